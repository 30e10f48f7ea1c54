"""Help is for members of our own workspace, whatever Slack answers about the rest."""

import pytest

from sandbox.slack import payloads
from sandbox.slack.sending import Deed
from tests.bot.help.asking import add_mos_login, link, requests
from tests.bot.in_slack import eventually

ON_ITS_WAY = "Er is een e-mail onderweg naar m•••@example.nl."
FOR_MEMBERS = "Sleutelbos is voor leden van deze werkruimte"
TRY_AGAIN = "Slack liet ons zojuist niet weten wie u bent."
ACCOUNTS = {
    "member": ({}, ON_ITS_WAY),
    "workspace owner": ({"is_owner": True, "is_admin": True}, ON_ITS_WAY),
    "guest": ({"is_restricted": True}, FOR_MEMBERS),
    "single-channel guest": (
        {"is_restricted": True, "is_ultra_restricted": True},
        FOR_MEMBERS,
    ),
    "invited and not yet come": ({"is_invited_user": True}, FOR_MEMBERS),
    "stranger": ({"is_stranger": True}, FOR_MEMBERS),
    "member of another workspace": ({"team_id": "T0OTHER"}, FOR_MEMBERS),
    "stranger of another workspace": (
        {"team_id": "T0OTHER", "is_stranger": True},
        FOR_MEMBERS,
    ),
    "bot": ({"is_bot": True}, None),
    "deactivated": ({"deleted": True}, None),
    "deactivated guest": ({"deleted": True, "is_restricted": True}, None),
}
SILENCES = {
    "an error": lambda call: call.answers("fatal_error"),
    "nobody": lambda call: call.answers("user_not_found"),
    "a failure": lambda call: call.fails(),
    "too many calls": lambda call: call.is_rate_limited(),
    "a lost answer": lambda call: call.loses_its_answer(),
    "nothing in time": lambda call: call.is_held(),
}


def somebody(company, **account):
    """An account that was linked to the card 00104 while it was a member's."""
    person = company.slack.add_person("iemand", "Iemand", **account)
    link(company, person, add_mos_login(company))
    return person


def writes(company, person):
    """Slack tells of a message, also of accounts that could not write one."""
    place = company.slack.direct_message(person.id)
    company.slack.posting.by_person(place, person.id, "wachtwoord vergeten")


def commands(company, person):
    """The same of a typed command."""
    slack = company.slack
    place, user = slack.direct_message(person.id), slack.user("iemand")
    payload = payloads.slash_command(slack, user, place, "/wachtwoord", "")
    deed = Deed(person.id, "/wachtwoord")
    slack.sockets.deliver("slash_commands", payload, deed)


def said_to(company, person):
    """Everything the app wrote to this person, modals included."""
    slack = company.slack
    written = [
        each.text
        for each in slack.direct_message(person.id).messages
        if each.is_from_app
    ]
    top = person.client.top_view()
    return "\n".join([*written, str(top.content) if top else ""])


def reads_all(person):
    """So that nothing is left unread."""
    with person.workspace.changed:
        for message in person.workspace.direct_message(person.id).messages:
            message.seen_by[person.id] = message.revision


@pytest.mark.parametrize("way", [writes, commands])
@pytest.mark.parametrize("account", ACCOUNTS)
def test_only_members_of_our_workspace_are_helped(account, way, company):
    flags, answer = ACCOUNTS[account]
    person = somebody(company, **flags)
    way(company, person)
    if answer is None:
        company.slack.wait_for_acks()
        eventually(lambda: company.slack.calls("users.info"))
        company.hanna.sends_dm("hallo")
        company.hanna.sees("Ik help")
        assert said_to(company, person).strip() == ""
    else:
        eventually(lambda: answer in said_to(company, person))
    assert len(requests(company)) == (answer == ON_ITS_WAY)
    reads_all(person)


@pytest.mark.parametrize("way", [writes, commands])
@pytest.mark.parametrize("silence", SILENCES)
def test_without_slacks_word_on_a_person_nobody_is_helped(silence, way, company):
    person = somebody(company)
    company.slack.tolerates("fatal_error")
    company.slack.tolerates("user_not_found")
    SILENCES[silence](company.slack.next_call("users.info"))
    way(company, person)
    eventually(lambda: TRY_AGAIN in said_to(company, person))
    assert requests(company) == []
    reads_all(person)
    company.slack.demands.release_all()


def test_a_guest_gets_one_line_for_a_message_that_is_delivered_twice(company):
    guest = somebody(company, is_restricted=True)
    company.slack.next_payloads(1).arrive_twice()
    guest.sends_dm("wachtwoord vergeten")
    guest.sees(FOR_MEMBERS)
    company.slack.wait_for_acks()
    company.hanna.sends_dm("hallo")
    company.hanna.sees("Ik help")
    assert said_to(company, guest).count(FOR_MEMBERS) == 1


def test_a_guest_is_answered_in_the_language_of_the_account(company):
    guest = somebody(company, is_restricted=True, locale="nl-NL")
    guest.sends_dm("hallo")
    guest.sees(FOR_MEMBERS)
