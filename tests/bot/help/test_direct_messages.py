"""What a direct message starts: one answer, and only to members of the workspace."""

import pytest
from structlog.testing import capture_logs

from domain import slack_users
from domain.slack_deliveries import SlackDelivery
from domain.slack_users import SlackIdentity
from tests.bot.help.asking import add_mos_login, letters, link, requests
from tests.bot.in_slack import eventually

ON_ITS_WAY = "Er is een e-mail onderweg naar m•••@example.nl."
WHAT_I_DO = "Ik help als u niet kunt inloggen."


@pytest.fixture
def mo(company):
    """Mo, linked to the card 00104."""
    link(company, company.mo, add_mos_login(company))
    return company.mo


def answers(company, person):
    """What the app wrote to this person."""
    channel = company.slack.direct_message(person.id)
    return [each.text for each in channel.messages if each.is_from_app]


def all_done(company):
    """Wait until the app has taken everything that it was sent."""
    company.slack.wait_for_acks()
    company.hanna.sends_dm("hallo")
    company.hanna.sees(WHAT_I_DO)


@pytest.mark.parametrize("small_talk", ["hallo", "dank je wel!", "👍", "wat kun je?"])
def test_small_talk_gets_one_short_line_and_starts_nothing(small_talk, company, mo):
    mo.sends_dm(small_talk)
    mo.sees(WHAT_I_DO)
    assert letters(company) == []


def test_a_pasted_password_is_answered_and_repeated_nowhere(company, mo, capfd):
    with capture_logs() as logged:
        mo.sends_dm("wachtwoord vergeten, het was Kanarie#2026 dacht ik")
        mo.sees("Dat lijkt op een wachtwoord. Is het er een: verwijder dat bericht")
        all_done(company)
    mo.presses("Nieuw wachtwoord")
    mo.sees(ON_ITS_WAY)
    assert "Kanarie" not in company.slack.recorded_text()
    assert "Kanarie" not in str(logged) + "".join(capfd.readouterr())
    with company.office.database.reading() as session:
        kept = session.query(SlackDelivery).all()
        assert all("Kanarie" not in each.delivery_id for each in kept)


def test_a_message_that_is_delivered_twice_has_one_effect(company, mo):
    company.slack.next_payloads(1).arrive_twice()
    mo.sends_dm("wachtwoord vergeten")
    mo.sees(ON_ITS_WAY)
    all_done(company)
    assert len(answers(company, mo)) == 1
    assert len(requests(company)) == 1


def test_small_talk_that_is_delivered_twice_is_answered_once(company, mo):
    company.slack.next_payloads(1).arrive_twice()
    mo.sends_dm("hallo")
    mo.sees(WHAT_I_DO)
    all_done(company)
    assert len(answers(company, mo)) == 1


def test_editing_and_deleting_start_nothing(company, mo):
    said = mo.sends_dm("hallo")
    mo.sees(WHAT_I_DO)
    mo.edits(said, "wachtwoord vergeten")
    mo.deletes(said)
    all_done(company)
    assert len(answers(company, mo)) == 1
    assert requests(company) == []


def test_a_message_in_a_thread_is_answered_in_that_thread(company, mo):
    said = mo.sends_dm("hallo")
    mo.sees(WHAT_I_DO)
    mo.sends_dm("wachtwoord vergeten", in_thread_of=said)
    mo.sees(ON_ITS_WAY)
    posted = company.slack.calls("chat.postMessage")[-1].arguments
    assert posted["thread_ts"] == said.ts
    assert len(requests(company)) == 1


def test_a_picture_with_a_cry_for_help_is_one_request(company, mo):
    place = company.slack.direct_message(mo.id).id
    company.slack.share_file("mo", place, "a.png", b"x", text="ik kan niet inloggen")
    mo.opens_messages()
    mo.sees(ON_ITS_WAY)
    assert len(requests(company)) == 1


def test_what_is_said_in_a_channel_is_not_heard(company, mo):
    mo.writes("wachtwoord vergeten", channel="algemeen")
    all_done(company)
    assert answers(company, mo) == []
    assert requests(company) == []


def test_an_answer_that_slack_refuses_is_for_the_log(company, mo):
    company.slack.tolerates("fatal_error")
    company.slack.next_call("chat.postMessage").answers("fatal_error")
    with capture_logs() as logged:
        mo.sends_dm("wachtwoord vergeten")
        eventually(lambda: any(each["event"] == "slack.answer_lost" for each in logged))
    assert len(requests(company)) == 1
    assert answers(company, mo) == []


def test_an_answer_whose_fate_is_unknown_is_not_posted_twice(company, mo):
    company.slack.next_call("chat.postMessage").loses_its_answer()
    mo.sends_dm("wachtwoord vergeten")
    mo.sees(ON_ITS_WAY)
    all_done(company)
    assert len(answers(company, mo)) == 1


def choose(company, person, language):
    with company.office.database.transaction() as session:
        identity = SlackIdentity(company.slack.team_id, person.id)
        slack_users.choose_language(session, identity, language)


def test_who_asks_in_english_is_answered_in_english(company, mo):
    mo.sends_dm("I forgot my password")
    mo.sees("An e-mail is on its way to m•••@example.nl.")
    mo.sends_dm("hello, can you help?")
    mo.sees("I help when you can't sign in.")


def test_who_chose_a_language_is_answered_in_it_whatever_is_asked(company, mo):
    mo.sends_dm("hallo")
    mo.sees(WHAT_I_DO)
    choose(company, mo, "nl")
    mo.sends_dm("I forgot my password")
    mo.sees(ON_ITS_WAY)
