"""What is too old goes at night, in whole batches, and once."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from domain import audit_seals
from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.logins.model import LoginState
from domain.sign_in.model import AttemptOutcome, PasswordAttempt
from sleutelbos import retention
from sleutelbos.periods import FIXED, PERIODS, said
from sleutelbos.retention import BATCH, Kept, kept_by
from sleutelbos.settings import load
from tests.domain.office import furnish

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.fixture
def office(database, now):
    return furnish(database, now)


@pytest.fixture
def applies(database, clock):
    def act(kept=Kept(), go_on=lambda: None):  # noqa: B008 (frozen)
        retention.apply(database, kept, clock, go_on)

    return act


def attempts(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(PasswordAttempt))


def add_attempts(office, count):
    with office.database.transaction() as session:
        session.add_all(
            PasswordAttempt(
                at=office.now,
                name_digest="x",
                network="203.0.113.7",
                outcome=AttemptOutcome.WRONG,
            )
            for _ in range(count)
        )


class KilledError(Exception):
    """The process ends here."""


def test_attempts_go_after_their_period_in_whole_batches(
    database, office, applies, clock
):
    add_attempts(office, BATCH + 1)
    clock.forward(timedelta(days=182, hours=23))
    applies()
    assert attempts(database) == BATCH + 1
    clock.forward(timedelta(days=1))
    # Killed when the first batch of attempts is done.
    turns = iter(range(2))

    def until_killed():
        if next(turns, None) is None:
            raise KilledError

    with pytest.raises(KilledError):
        applies(go_on=until_killed)
    assert attempts(database) == 1
    applies()
    assert attempts(database) == 0
    applies()


def test_people_who_left_are_erased_when_their_period_is_over(
    office, applies, clock, now
):
    left = now.date() - timedelta(days=1)
    ended = LoginState.EMPLOYMENT_ENDED
    leaver = office.add_login(ended, card={"end_on": left})
    again = office.add_login(LoginState.ACTIVE, card={"end_on": left})
    stayer = office.add_login()
    clock.forward(timedelta(days=729))
    applies()
    assert office.events(AuditAct.PERSON_ERASED) == []
    clock.forward(timedelta(days=1))
    applies()
    clock.forward(timedelta(days=1))
    applies()
    (event,) = office.events(AuditAct.PERSON_ERASED)
    assert event.login_id == leaver
    for login in (again, stayer):
        assert office.card(office.login(login).record_card_id).erased_at is None


def test_a_card_that_was_left_behind_by_a_move_is_erased_alone(
    office, applies, clock, now
):
    new = office.add_card()
    old = office.add_card()
    office.change_card(old, moved_to_card_id=new, closed_at=now)
    clock.forward(timedelta(days=732))
    applies()
    assert office.card(old).erased_at is not None
    assert office.card(new).erased_at is None


def test_whole_sealed_days_of_the_log_go_and_the_rest_is_whole(
    database, office, keyring, applies, clock
):
    clock.forward(timedelta(days=2))
    with database.transaction() as session:
        assert audit_seals.seal_next_day(session, keyring, now=clock())
    before = len(office.events())
    clock.forward(timedelta(days=728))
    applies()
    assert len(office.events()) == before
    clock.forward(timedelta(days=1))
    applies()
    applies()
    assert [event.act for event in office.events()] == [AuditAct.DAYS_FORGOTTEN]
    with database.reading() as session:
        found = audit_seals.verify(session, keyring, actor=OPERATOR)
    assert found.breaks == []


def test_periods_are_set_by_variables(set_up):
    assert kept_by(load()) == Kept()
    set_up(SLEUTELBOS_KEEP_LEAVERS_DAYS="90", SLEUTELBOS_KEEP_ATTEMPTS_DAYS="30")
    assert kept_by(load()) == Kept(leavers=90, attempts=30)


@pytest.mark.parametrize("written", ["6", "367", "een jaar", "-30", "30.5"])
def test_a_wrong_period_is_refused_with_what_to_write(sleutelbos, set_up, written):
    set_up(SLEUTELBOS_KEEP_ATTEMPTS_DAYS=written)
    ended = sleutelbos("check")
    assert ended.code == 1
    assert (
        "SLEUTELBOS_KEEP_ATTEMPTS_DAYS is onbruikbaar: schrijf een heel aantal dagen, "
        "7 tot en met 366." in ended.out
    )


def test_check_shows_the_periods(sleutelbos, office_file, set_up):
    set_up(SLEUTELBOS_KEEP_LOG_DAYS="400")
    shown = sleutelbos("check").out
    assert "400 dagen" in shown
    for period in PERIODS:
        assert period.what.nl in shown
        assert period.variable in shown
    for fixed in FIXED:
        assert fixed.what.nl in shown


def test_the_table_in_the_documentation_is_that_of_the_code():
    rows = [
        f"| {period.what.en} | {period.days} days | `{period.variable}`, "
        f"{period.least} to {period.most} |"
        for period in PERIODS
    ]
    rows += [
        f"| {fixed.what.en} | {said(fixed.kept_for, 'en')} | fixed |" for fixed in FIXED
    ]
    assert "\n".join(rows) in OPERATIONS.read_text(encoding="utf-8")
