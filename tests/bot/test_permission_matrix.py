"""Everything the bot listens for is behind an act, or for anybody, with the reason."""

import json
from dataclasses import replace

import pytest

from bot.app import build_app, web_client
from bot.branch_settings.entered import ATTEMPTS, DAYS, SECOND
from domain.actor import AccountType
from domain.permissions import BY_ACCOUNT_TYPE
from domain.secret import Secret
from sandbox.slack import acks, payloads
from sandbox.slack.sending import Deed
from tests.bot.in_slack import eventually
from tests.bot.permission_rows import ANYBODY, behind
from tests.bot.registrations import registered
from tests.scenarios.foreign_ids.replaying import rows

KINDS = {
    "action": "block_actions",
    "options": "block_suggestion",
    "view_submission": "view_submission",
    "view_closed": "view_closed",
}
REFUSALS = (
    "U beheert geen logins in Sleutelbos.",
    "Met uw type account mag dit niet.",
)
IDS = {
    "scope": "whole_branch",
    "act": "run",
    "reason": "locked",
    "upload": "x",
    "shown": "x",
}
NUMBERED = (
    "branch",
    "login",
    "card",
    "version",
    "count",
    "run",
    "template",
    "number",
    "administrator",
)
# Buttons whose value is a place in a list, and no id.
FIRST_PAGE = ("branches.turn_back", "branches.turn_page")
# Typed numbers are read before anything is known of the branch.
NUMBERS = {
    setting: {"entered": {"type": "number_input", "value": "5"}}
    for setting in (ATTEMPTS, DAYS, SECOND)
}
# What stands on the Home and under messages opens a modal of its own.
OUTSIDE_MODALS = (
    "action board.",
    "action lockouts.",
    "action exports.",
    "action resets.show_reason",
    "action resets.retry_failed",
    "action step_up.open_own",
)


@pytest.fixture
def rate_limits():
    """Hundreds of payloads come in seconds here."""
    return False


@pytest.fixture
def office(office):
    """Mail is set up, so that its absence is no reason to refuse."""
    return replace(office, mails=True, portal_url="https://inloggen.example.nl")


@pytest.fixture
def listeners(slack, office):
    client = web_client(Secret(slack.bot_token), slack.api_url)
    found = registered(build_app(office, client))
    return {f"{kind} {name}" for kind, names in found.items() for name in names}


def test_every_listener_has_a_row_and_every_row_a_listener(listeners):
    assert not behind().keys() & ANYBODY.keys()
    assert behind().keys() | ANYBODY.keys() == listeners


def lacking(account_type):
    """What this type may not; for somebody without a type everything there is."""
    return [
        row
        for row, act in behind().items()
        if not row.startswith("command") and account_type not in BY_ACCOUNT_TYPE[act]
    ]


def made(company, person, row, view):
    """The smallest payload for a listener, from a modal that the person has open."""
    kind, _blank, name = row.partition(" ")
    slack = company.slack
    payload = payloads.interaction(slack, KINDS[kind], person.user)
    payload |= payloads.in_view(slack, view)
    if kind == "options":
        return payload | {"action_id": name, "block_id": "b", "value": ""}
    payload["trigger_id"] = slack.tickets.new_trigger(person.id, view.id)
    if kind == "action":
        pressed = {"action_id": name, "block_id": "b", "type": "button"}
        value = "" if name in FIRST_PAGE else "1"
        payload["actions"] = [pressed | {"action_ts": "1.1", "value": value}]
        channel_id = slack.channel("algemeen").id
        payload["response_url"] = slack.tickets.new_response_url(channel_id, person.id)
        if row.startswith(OUTSIDE_MODALS):
            del payload["view"]
            payload["container"] = {"type": "message", "channel_id": channel_id}
            payload["trigger_id"] = slack.tickets.new_trigger(person.id)
    else:
        payload["view"] |= {"callback_id": name, "state": {"values": NUMBERS}}
    if kind == "view_closed":
        del payload["trigger_id"]
        payload["is_cleared"] = False
    return payload


def opened(company, person):
    """A modal of one's own making that carries every id there is."""
    ids = IDS | dict.fromkeys((*NUMBERED, "old", "new", "move", "of"), 1)
    content = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Eigen"},
        "submit": {"type": "plain_text", "text": "Doen"},
        "callback_id": "own",
        "private_metadata": json.dumps(ids | {"branch": company.branch}),
        "blocks": [{"type": "divider"}],
    }
    return company.slack.modals.open(person.id, content)


def seen(person):
    """What is before the person: the screen, and answers beside a message."""
    return person.screen(), person.reads_channel("algemeen")


def answer(company, person, row):
    """What the person reads; [] for a search that offers nothing."""
    slack, offered = company.slack, []
    with slack.changed:
        view = opened(company, person)
    before = seen(person)

    def take(acked):
        if row.startswith("options"):
            offered.extend(acks.options_of(acked)[0])
        elif row.startswith("view_submission"):
            return acks.to_submission(slack, view, acked)
        return ""

    deed = Deed(person.id, row, take)
    sent = slack.sockets.deliver("interactive", made(company, person, row, view), deed)
    slack.wait_for_acks()
    assert sent.is_settled
    if row.startswith(("options", "view_closed")):
        return offered
    eventually(lambda: seen(person) != before and "ogenblik" not in person.screen())
    return "".join(
        now.removeprefix(then) for now, then in zip(seen(person), before, strict=True)
    )


@pytest.mark.parametrize(
    ("name", "account_type"),
    [("mo", None), ("ursula", AccountType.USER), ("bram", AccountType.BRANCH_MANAGER)],
)
def test_who_lacks_the_act_is_refused_and_changes_nothing(company, name, account_type):
    person = company.slack.person(name)
    company.cards.add_login()
    before, unrefused = rows(company.office.database), {}
    company.slack.tolerates("not_found", "views.update")
    for row in lacking(account_type):
        said = answer(company, person, row)
        words = REFUSALS[0] if account_type is None else REFUSALS[1]
        is_refused = not said or words in said
        if not is_refused:
            unrefused[row] = said
    assert list(unrefused.items()) == []
    assert rows(company.office.database) == before


@pytest.mark.parametrize("command", ["/beheer", "/manage", "/personeel", "/staff"])
def test_commands_of_administration_refuse_who_administers_nothing(company, command):
    before = rows(company.office.database)
    company.mo.types(command)
    company.mo.sees(REFUSALS[0])
    assert rows(company.office.database) == before
