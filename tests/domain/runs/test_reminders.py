import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain import administrators
from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.errors import NotFoundError
from domain.letters.refusals import LetterRefusedError
from domain.logins.model import Login, LoginState, PasswordKind
from domain.record_cards.model import RecordCard
from domain.runs import expiring, reminders
from domain.runs.model import Reminder, Run, RunFailure, RunKind, RunPhase
from domain.runs.reminders import Outcome
from domain.runs.template_use import TemplateInUseError, delete_template
from tests.domain.runs.looking import rows_of, run_of
from tests.domain.runs.mailing import add_template, change_template, start

ALL = frozenset({3, 7, 14})
DAY = timedelta(days=1)


@pytest.fixture
def begin(office, clock):
    """Deal with what is due, as the schedule does."""

    def begins():
        outcomes = []
        while True:
            with office.database.transaction() as session:
                outcome = reminders.begin_next(session, now=clock())
            if outcome is None:
                return outcomes
            outcomes.append(outcome)

    return begins


@pytest.fixture
def stop(office, clock):
    def stops(run_id, actor=None):
        with office.database.transaction() as session:
            return reminders.stop(
                session, run_id, actor=actor or office.bram, now=clock()
            )

    return stops


def planned(office):
    with office.database.reading() as session:
        query = select(Reminder).order_by(Reminder.due_at, Reminder.id)
        return list(session.scalars(query))


def runs(office):
    with office.database.reading() as session:
        return list(session.scalars(select(Run).order_by(Run.id)))


def change(office, login_id, **values):
    with office.database.transaction() as session:
        session.execute(update(Login).where(Login.id == login_id).values(**values))


def met(office, run):
    return {row.login_id for row in rows_of(office, run.id)}


def test_they_are_due_at_nine_by_the_clock_in_the_netherlands(office, clock):
    office.add_login()
    start(office, remind_after=ALL)
    assert [each.due_at for each in planned(office)] == [
        datetime(2026, 11, 23, 8, tzinfo=UTC),
        datetime(2026, 11, 27, 8, tzinfo=UTC),
        datetime(2026, 12, 4, 8, tzinfo=UTC),
    ]


def test_summer_time_does_not_move_them(office):
    office.add_login()
    start(office, now=datetime(2027, 3, 26, 9, tzinfo=UTC), remind_after=frozenset({3}))
    (only,) = planned(office)
    assert only.due_at == datetime(2027, 3, 29, 7, tzinfo=UTC)


def test_other_days_than_these_are_refused(office):
    office.add_login()
    with pytest.raises(ValueError, match="after"):
        start(office, remind_after=frozenset({1}))
    assert runs(office) == []


def test_none_are_planned_unless_chosen(office, mailer, begin, clock):
    office.add_login()
    start(office)
    mailer.works()
    clock.forward(30 * DAY)
    assert begin() == []


def test_only_who_never_got_in_is_reminded(office, mailer, begin, clock):
    never, got_in, chose, off = (office.add_login() for _ in range(4))
    run_id = start(office, remind_after=frozenset({3}))
    mailer.works()
    change(office, got_in, sign_in_count=1, password_kind=PasswordKind.OWN)
    change(office, chose, password_kind=PasswordKind.OWN)
    change(office, off, state=LoginState.SWITCHED_OFF)
    clock.forward(3 * DAY)
    assert begin() == [Outcome.BEGUN]
    first, reminder = runs(office)
    assert met(office, reminder) == {never}
    assert (reminder.kind, reminder.reminds_of_run_id) == (RunKind.MAIL, run_id)
    assert (reminder.started_by, reminder.channel_id) == (
        first.started_by,
        first.channel_id,
    )
    mailer.works()
    assert run_of(office, reminder.id).phase is RunPhase.DONE


def test_who_could_not_be_reached_is_reminded_too(
    office, mailer, postman, begin, clock
):
    login_id = office.add_login()
    address = office.login(login_id).user_name
    postman.trouble[address] = LetterRefusedError("recipient_refused_550")
    start(office, remind_after=frozenset({3}))
    mailer.works()
    clock.forward(3 * DAY)
    assert begin() == [Outcome.BEGUN]
    assert met(office, runs(office)[1]) == {login_id}


def test_a_password_that_somebody_was_handed_otherwise_stays(
    office, mailer, begin, clock
):
    on_paper, expired, by_letter = (office.add_login() for _ in range(3))
    start(office, remind_after=frozenset({3}))
    mailer.works()
    clock.forward(2 * DAY)
    for login_id, valid in ((on_paper, 10 * DAY), (expired, DAY / 2)):
        change(
            office,
            login_id,
            password_kind=PasswordKind.INITIAL,
            password_set_at=clock(),
            initial_password_expires_at=clock() + valid,
        )
    clock.forward(DAY)
    assert begin() == [Outcome.BEGUN]
    assert met(office, runs(office)[1]) == {expired, by_letter}


def test_a_password_of_the_mailing_itself_is_replaced(office, mailer, begin, clock):
    login_id = office.add_login()
    template = add_template(office, "{{ wachtwoord }}")
    start(office, template, remind_after=frozenset({3}))
    mailer.works()
    clock.forward(3 * DAY)
    assert begin() == [Outcome.BEGUN]
    assert met(office, runs(office)[1]) == {login_id}


def test_who_moved_to_another_branch_or_left_is_not_reminded(
    office, mailer, begin, clock
):
    stays, moved, left = (office.add_login() for _ in range(3))
    start(office, remind_after=frozenset({3}))
    mailer.works()
    cards = {each: office.login(each).record_card_id for each in (moved, left)}
    office.change_card(cards[moved], branch_id=office.amsterdam)
    office.change_card(cards[left], end_on=clock().date())
    clock.forward(3 * DAY)
    assert begin() == [Outcome.BEGUN]
    assert met(office, runs(office)[1]) == {stays}
    with office.database.reading() as session:
        assert len(session.scalars(select(RecordCard.id)).all()) == 3


def test_nobody_left_ends_this_one_and_the_later_ones(office, mailer, begin, clock):
    login_id = office.add_login()
    start(office, remind_after=ALL)
    mailer.works()
    change(office, login_id, sign_in_count=1)
    clock.forward(3 * DAY)
    assert begin() == [Outcome.NEEDLESS]
    assert all(each.ended_at == clock() for each in planned(office))
    clock.forward(30 * DAY)
    assert begin() == []
    assert len(runs(office)) == 1


def test_it_waits_an_hour_while_another_run_of_the_branch_is_open(
    office, mailer, begin, clock
):
    office.add_login()
    start(office, remind_after=frozenset({3}))
    mailer.works()
    clock.forward(3 * DAY)
    start(office, now=clock())
    assert begin() == [Outcome.POSTPONED]
    (only,) = planned(office)
    assert only.due_at == clock() + timedelta(hours=1)
    mailer.works()
    clock.forward(DAY)
    assert begin() == [Outcome.BEGUN]


def test_each_day_is_a_run_of_its_own_with_todays_words(
    office, mailer, postman, begin, clock
):
    login_id = office.add_login()
    template = add_template(office)
    start(office, template, remind_after=ALL)
    mailer.works()
    version_id = change_template(office, template, clock())
    for days in (3, 4, 7):
        clock.forward(days * DAY)
        assert begin() == [Outcome.BEGUN]
        mailer.works()
    first, *others = runs(office)
    assert first.template_version_id != version_id
    assert {run.template_version_id for run in others} == {version_id}
    letters = postman.letters_to(login_id)
    assert len(letters) == 4
    assert [postman.lets_in(each, login_id) for each in letters] == [
        False,
        False,
        False,
        True,
    ]


def test_a_template_with_reminders_to_come_is_not_deleted(office, mailer, clock, stop):
    office.add_login()
    template = add_template(office)
    run_id = start(office, template, remind_after=frozenset({14}))
    mailer.works()

    def delete():
        with office.database.transaction() as session:
            delete_template(session, template, actor=office.hanna, now=clock())

    with pytest.raises(TemplateInUseError):
        delete()
    stop(run_id)
    delete()


def test_a_dismissed_starter_ends_them_and_the_run_says_so(
    office, mailer, begin, clock
):
    office.add_login()
    start(office, remind_after=ALL)
    mailer.works()
    with office.database.transaction() as session:
        session.execute(
            update(administrators.Administrator)
            .where(administrators.Administrator.id == office.bram.administrator_id)
            .values(dismissed_at=clock())
        )
    clock.forward(3 * DAY)
    assert begin() == [Outcome.BEGUN]
    assert all(each.ended_at for each in planned(office))
    mailer.works()
    reminder = runs(office)[1]
    assert reminder.failure is RunFailure.NOT_PERMITTED


def test_stopping_is_logged_once(office, mailer, begin, clock, stop):
    office.add_login()
    run_id = start(office, remind_after=ALL)
    mailer.works()
    assert stop(run_id)
    assert not stop(run_id)
    assert len(office.events(AuditAct.REMINDERS_STOPPED)) == 1
    assert run_of(office, run_id).result_shown is False
    clock.forward(30 * DAY)
    assert begin() == []


def test_nobody_stops_them_in_another_branch(office, mailer, clock):
    office.add_login(card={"branch_id": office.amsterdam})
    run_id = start(
        office,
        actor=office.hanna,
        branch_id=office.amsterdam,
        expected_count=1,
        remind_after=ALL,
    )
    with (
        pytest.raises(NotFoundError),
        office.database.transaction() as session,
    ):
        reminders.stop(session, run_id, actor=office.bram, now=clock())


def test_two_workers_begin_one_run(office, mailer, clock):
    office.add_login()
    start(office, remind_after=frozenset({3}))
    mailer.works()
    clock.forward(3 * DAY)
    both, outcomes = threading.Barrier(2), []

    def begin():
        both.wait()
        with office.database.transaction() as session:
            outcomes.append(reminders.begin_next(session, now=clock()))

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["None", "begun"]
    assert len(runs(office)) == 2


def test_a_kill_before_the_commit_leaves_it_due(office, mailer, begin, clock):
    office.add_login()
    start(office, remind_after=frozenset({3}))
    mailer.works()
    clock.forward(3 * DAY)
    with pytest.raises(RuntimeError), office.database.transaction() as session:
        assert reminders.begin_next(session, now=clock()) is Outcome.BEGUN
        raise RuntimeError
    assert len(runs(office)) == 1
    assert begin() == [Outcome.BEGUN]
    assert len(runs(office)) == 2


def test_stopping_and_beginning_at_once_wait_for_each_other(
    office, mailer, clock, stop
):
    office.add_login()
    run_id = start(office, remind_after=ALL)
    mailer.works()
    clock.forward(3 * DAY)
    both, failed = threading.Barrier(2), []

    def at_once(act):
        both.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 (what it was is asserted below)
            failed.append(error)

    def begin():
        with office.database.transaction() as session:
            reminders.begin_next(session, now=clock())

    acts = [begin, lambda: stop(run_id)]
    threads = [threading.Thread(target=at_once, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert all(each.ended_at for each in planned(office)[1:])


def test_who_is_locked_for_a_while_is_reminded_the_next_time(
    office, mailer, begin, clock
):
    login_id = office.add_login()
    start(office, remind_after=ALL)
    mailer.works()
    clock.forward(3 * DAY)
    change(office, login_id, state=LoginState.LOCKED)
    assert begin() == [Outcome.NEEDLESS]
    change(office, login_id, state=LoginState.ACTIVE)
    clock.forward(4 * DAY)
    assert begin() == [Outcome.BEGUN]
    assert met(office, runs(office)[-1]) == {login_id}


def test_who_was_mailed_otherwise_yesterday_is_reminded_the_next_time(
    office, mailer, begin, clock
):
    office.add_login()
    start(office, remind_after=ALL)
    mailer.works()
    clock.forward(2.5 * DAY)
    start(office, now=clock())
    mailer.works()
    clock.forward(0.5 * DAY)
    assert begin() == [Outcome.NEEDLESS]
    clock.forward(4 * DAY)
    assert begin() == [Outcome.BEGUN]


@pytest.mark.parametrize("is_over", [True, False])
def test_none_follows_a_mailing_that_was_made_invalid(
    office, mailer, postman, begin, clock, is_over
):
    login_id = office.add_login()
    run_id = start(office, remind_after=ALL)
    if is_over:
        mailer.works()
    with office.database.transaction() as session:
        expiring.begin(session, run_id, actor=OPERATOR, now=clock())
    with office.database.transaction() as session:
        expiring.expire_batch(session, run_id, actor=OPERATOR, now=clock())
    assert all(reminder.ended_at for reminder in planned(office))
    clock.forward(14 * DAY)
    assert begin() == []
    mailer.works()
    assert len(postman.letters_to(login_id)) == int(is_over)
