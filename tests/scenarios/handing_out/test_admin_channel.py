"""Where a workbook may go: each thing that can be wrong is said with its way out."""

import pytest

from domain.logins.model import PasswordKind
from tests.scenarios.handing_out.people import (
    CHANNEL,
    asks_opening_password,
    opens_dry_run,
    starts,
)

NOTHING = "Er is niets gestart; alle wachtwoorden blijven zoals ze zijn."
ONE = "Eén medewerker krijgt een nieuw eerste wachtwoord."


def test_without_admin_channel_nothing_can_be_started(company):
    company.cards.add_login()
    opens_dry_run(company.hanna)
    company.hanna.sees("Deze vestiging heeft nog geen beheerkanaal.")
    company.hanna.sees("een besloten kanaal met u en Sleutelbos erin")
    company.hanna.sees(NOTHING)


PROBLEMS = {
    "public": (
        lambda slack: slack.change_channel(CHANNEL, is_private=False),
        "Het beheerkanaal #beheer-utrecht is openbaar",
        "Maak het besloten in de instellingen van het kanaal",
    ),
    "shared": (
        lambda slack: slack.change_channel(CHANNEL, is_ext_shared=True),
        "wordt gedeeld met een andere organisatie",
        "dat alleen uw eigen bedrijf kan zien",
    ),
    "archived": (
        lambda slack: slack.change_channel(CHANNEL, is_archived=True),
        "Het beheerkanaal #beheer-utrecht is gearchiveerd.",
        "Haal het uit het archief",
    ),
    "without the bot": (
        lambda slack: slack.leave(CHANNEL),
        "Sleutelbos ziet het beheerkanaal #beheer-utrecht niet",
        "typ daar /invite @Sleutelbos",
    ),
    "without the person": (
        lambda slack: slack.leave(CHANNEL, "hanna"),
        "U zit niet in het beheerkanaal #beheer-utrecht",
        "Vraag iemand die erin zit om u toe te voegen.",
    ),
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_an_unsuitable_channel_is_refused_with_what_to_do(
    company, admin_channel, problem
):
    spoil, what_is_wrong, what_to_do = PROBLEMS[problem]
    company.cards.add_login()
    company.slack.tolerates("channel_not_found", method="conversations.info")
    spoil(company.slack)
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees(what_is_wrong)
    hanna.sees(what_to_do)
    hanna.sees(NOTHING)
    hanna.presses("Opnieuw kijken")
    hanna.sees(what_is_wrong)


def test_once_the_channel_is_put_right_the_dry_run_follows(company, admin_channel):
    company.cards.add_login()
    company.slack.leave(CHANNEL, "hanna")
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("U zit niet in het beheerkanaal")
    company.slack.join(CHANNEL, "hanna")
    hanna.presses("Opnieuw kijken")
    hanna.sees(ONE)


def test_silence_of_slack_about_the_channel_is_no_permission(company, admin_channel):
    company.cards.add_login()
    company.slack.next_call("conversations.info").fails(503)
    opens_dry_run(company.hanna)
    company.hanna.sees("Slack liet ons zojuist niet weten wie er in het beheerkanaal")


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_channel_that_is_spoilt_after_the_start_gets_no_file(
    company, admin_channel, worker, problem
):
    login = company.cards.add_login()
    starts(company.hanna, ONE)
    company.slack.tolerates("channel_not_found", method="conversations.info")
    PROBLEMS[problem][0](company.slack)
    worker.starts()
    # Told where only Hanna reads it, unless the channel is fit for talk.
    place = CHANNEL if problem == "without the person" else None
    reader = company.bram if place else company.hanna
    result = reader.sees("mag geen wachtwoorden ontvangen", in_channel=place)
    assert "Eén medewerker kreeg geen nieuw wachtwoord" in result.text
    assert company.slack.calls("files.getUploadURLExternal") == []
    assert company.cards.login(login).password_kind is PasswordKind.NONE


def test_a_channel_that_closed_meanwhile_gets_its_result_told_directly(
    company, admin_channel, worker
):
    company.cards.add_login()
    held = company.slack.next_call("files.info").is_held()
    starts(company.hanna, ONE)
    worker.starts()
    held.is_reached()
    company.hanna.sees("Bezig:", in_channel=CHANNEL)
    company.slack.change_channel(CHANNEL, is_archived=True)
    company.slack.tolerates("is_inactive", method="chat.update")
    held.release()
    direct = company.hanna.sees("Klaar: één medewerker")
    assert "Alleen u kunt dit lezen" in direct.text
    company.slack.change_channel(CHANNEL, is_archived=False)
    company.hanna.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    asks_opening_password(company.hanna, on=direct.surface)


def test_a_message_that_somebody_deleted_comes_back_with_the_result(
    company, admin_channel, worker
):
    company.cards.add_login()
    held = company.slack.next_call("files.info").is_held()
    starts(company.hanna, ONE)
    worker.starts()
    held.is_reached()
    company.hanna.sees("Bezig:", in_channel=CHANNEL)
    company.slack.posting.remove(company.slack.messages(CHANNEL)[0])
    company.slack.tolerates("message_not_found", method="chat.update")
    held.release()
    company.hanna.sees("Klaar: één medewerker", in_channel=CHANNEL)
    company.hanna.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    assert len(company.slack.calls("chat.postMessage")) == 2
