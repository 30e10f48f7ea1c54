from datetime import timedelta

from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.letters.refusals import ServerAwayError
from domain.runs.model import RowState, RunPhase
from domain.runs.telling import tell_once
from tests.domain.runs.looking import run_of
from tests.domain.runs.mailing import report_of, start

SECONDS = timedelta(seconds=6)


def test_a_mailing_is_announced_shown_as_it_goes_on_and_at_its_end(
    office, mailer, drawer, postman
):
    office.add_logins(4)
    start(office)
    postman.away = ServerAwayError("unreachable")
    mailer.works_for(timedelta(seconds=12), every=SECONDS)
    postman.away = None
    mailer.works()
    first, *_, last = drawer.messages
    assert (first.message, first.sent) == (None, 0)
    assert last.phase is RunPhase.DONE
    assert last.by_state == {RowState.SENT: 4}
    assert {each.message.ts for each in drawer.messages[1:]} == {"1.1"}
    assert first.template_name


def test_slack_that_is_away_keeps_no_letter_waiting(office, mailer, drawer, postman):
    logins = office.add_logins(4)
    run_id = start(office)
    drawer.is_away = True
    mailer.works_for(timedelta(minutes=1), every=SECONDS)
    assert [len(postman.letters_to(login)) for login in logins] == [1, 1, 1, 1]
    assert run_of(office, run_id).phase is RunPhase.DONE
    assert not run_of(office, run_id).result_shown
    drawer.is_away = False
    mailer.works_for(timedelta(minutes=10), every=SECONDS)
    assert run_of(office, run_id).result_shown


def test_slack_that_refuses_the_message_keeps_no_letter_waiting(
    office, mailer, drawer, postman
):
    logins = office.add_logins(2)
    run_id = start(office)
    postman.away = ServerAwayError("unreachable")
    drawer.trouble["show"] = DeliveryRefusedError("channel_not_found")
    mailer.goes_round()
    postman.away = None
    mailer.goes_round()
    assert [len(postman.letters_to(login)) for login in logins] == [1, 1]
    assert report_of(office, run_id).by_state == {RowState.SENT: 2}


def test_a_result_that_slack_refuses_is_told_no_more(office, mailer, drawer):
    office.add_login()
    run_id = start(office)
    mailer.goes_round()
    while not run_of(office, run_id).ended_at:
        mailer.goes_round()
    drawer.trouble["show"] = DeliveryRefusedError("channel_not_found")
    told = len(drawer.messages)
    mailer.works_for(timedelta(minutes=10), every=SECONDS)
    assert run_of(office, run_id).result_shown
    assert len(drawer.messages) <= told + 1


def test_a_pause_that_slack_asks_for_is_kept_whatever_changes(
    office, mailer, drawer, postman, clock
):
    office.add_logins(3)
    start(office)
    postman.away = ServerAwayError("unreachable")
    drawer.trouble["show"] = DeliveryPostponedError(
        "ratelimited", retry_after=timedelta(seconds=60)
    )
    mailer.works_for(timedelta(seconds=54), every=SECONDS)
    assert drawer.messages == []
    clock.forward(timedelta(seconds=10))
    assert tell_once(mailer.tools)
    assert len(drawer.messages) == 1


def test_a_mailing_that_stands_still_is_not_told_of_each_second(
    office, mailer, drawer, postman, clock
):
    office.add_logins(3)
    start(office)
    postman.away = ServerAwayError("unreachable")
    mailer.works_for(timedelta(minutes=2), every=timedelta(seconds=1))
    assert 3 <= len(drawer.messages) <= 10
    assert drawer.messages[-1].waits_for_mail_server == "unreachable"


def test_an_unforeseen_error_while_telling_ends_nothing(
    office, mailer, drawer, postman
):
    logins = office.add_logins(2)
    run_id = start(office)
    drawer.trouble["show"] = ValueError("a bug")
    mailer.works()
    assert [len(postman.letters_to(login)) for login in logins] == [1, 1]
    assert run_of(office, run_id).result_shown
