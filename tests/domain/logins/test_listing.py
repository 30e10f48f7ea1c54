from datetime import timedelta

import pytest
from sqlalchemy import event

from domain.actor import SCHEDULE, BranchId
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import finding, listing, provisioning
from domain.logins.listing import BranchCounts
from domain.logins.model import LoginId, LoginState, PasswordKind
from domain.logins.provisioning import LeftOutReason
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)
NOWHERE = BranchId(999_999)


def counts(office, *, actor=None, branch_id=None):
    with office.database.reading() as session:
        return listing.counts(
            session,
            branch_id or office.utrecht,
            actor=actor or office.ursula,
            now=office.now,
        )


def page(office, *, actor=None, branch_id=None, **given):
    with office.database.reading() as session:
        return listing.page(
            session,
            branch_id or office.utrecht,
            actor=actor or office.ursula,
            now=office.now,
            **given,
        )


def numbers(found):
    return [line.number for line in found.lines]


@pytest.fixture
def alphabet(office):
    """Seven logins in Utrecht, added in another order than that of their names."""
    for name in "DAFCGBE":
        office.add_login(card={"number": name, "last_name": name})
    return office


def test_an_empty_branch_counts_nothing(office):
    assert counts(office) == BranchCounts(0, 0, 0, 0, 0, 0, 0, 0)


def test_a_branch_counts_each_group(office):
    office.add_card()
    office.add_card(email=None)
    office.add_card(email=None, end_on=YESTERDAY)
    office.add_login(LoginState.NEW)
    office.add_login(LoginState.SWITCHED_OFF, sign_in_count=3)
    office.add_login(LoginState.EMPLOYMENT_ENDED, card={"end_on": YESTERDAY})
    office.add_login(LoginState.LOCKED, sign_in_count=1)
    office.add_login(LoginState.ACTIVE)
    office.add_login(LoginState.ACTIVE, sign_in_count=9)
    office.add_login(LoginState.ACTIVE, card={"branch_id": office.amsterdam})
    assert counts(office) == BranchCounts(
        cards=7,
        without_email=1,
        without_login=2,
        inactive=3,
        never_signed_in=3,
        active=2,
        locked=1,
        no_longer_employed=2,
    )


def test_the_dry_run_of_creating_adds_up_to_what_the_branch_counts(office):
    office.add_card(email="jan@example.nl")
    office.add_card(email=None)
    for _ in range(2):
        office.add_card(email="samen@example.nl")
    office.add_card(email="weg@example.nl", end_on=YESTERDAY)
    office.add_login(LoginState.ACTIVE, sign_in_count=1)
    counted = counts(office)
    with office.database.reading() as session:
        plan = provisioning.plan_creation(
            session, office.utrecht, actor=office.hanna, now=office.now
        )
    left_out = dict(plan.left_out)
    assert left_out.pop(LeftOutReason.EMPLOYMENT_ENDED) == counted.no_longer_employed
    assert plan.count + sum(left_out.values()) == counted.without_login


def test_a_page_shows_what_is_known_of_each_login(office):
    expires_at = office.now + timedelta(days=7)
    login_id = office.add_login(
        card={"number": "00104", "first_name": "Jan", "last_name": "Vries"},
        password_kind=PasswordKind.INITIAL,
        initial_password_expires_at=expires_at,
        sign_in_count=2,
    )
    (line,) = page(office).lines
    assert line == listing.LoginLine(
        login_id=login_id,
        name="Jan Vries",
        number="00104",
        user_name="j00104@example.nl",
        state=LoginState.ACTIVE,
        sign_in_count=2,
        password_kind=PasswordKind.INITIAL,
        initial_password_expires_at=expires_at,
    )


def test_only_logins_of_the_branch_are_listed(office):
    office.add_login(card={"branch_id": office.amsterdam})
    assert numbers(page(office)) == []


@pytest.mark.parametrize("look", [counts, page])
def test_a_foreign_branch_is_refused_as_if_it_were_not_there(office, look):
    for branch_id in (office.amsterdam, NOWHERE):
        with pytest.raises(NotFoundError) as refused:
            look(office, branch_id=branch_id)
        assert refused.value.fields == {"kind": "branch"}


def test_a_branch_that_is_not_there_is_not_counted(office):
    with pytest.raises(NotFoundError):
        counts(office, actor=office.hanna, branch_id=NOWHERE)


@pytest.mark.parametrize("look", [counts, page])
def test_the_schedule_sees_no_logins(office, look):
    with pytest.raises(NotPermittedError):
        look(office, actor=SCHEDULE)


def test_one_login_is_shown_with_its_branch_and_version(office):
    signed_in_at = office.now - timedelta(days=1)
    login_id = office.add_login(
        LoginState.LOCKED,
        card={"number": "00104", "first_name": "Jan", "last_name": "Vries"},
        credential_version=4,
        sign_in_count=2,
        last_sign_in_at=signed_in_at,
    )
    with office.database.reading() as session:
        details = listing.get(session, login_id, actor=office.bram, now=office.now)
    assert (details.name, details.number) == ("Jan Vries", "00104")
    assert (details.state, details.user_name) == (
        LoginState.LOCKED,
        "j00104@example.nl",
    )
    assert (details.branch_id, details.branch_name) == (office.utrecht, "Utrecht")
    assert details.record_card_id == office.login(login_id).record_card_id
    assert (details.sign_in_count, details.last_sign_in_at) == (2, signed_in_at)
    assert details.credential_version == 4


@pytest.mark.parametrize(
    "state", [LoginState.NEW, LoginState.ACTIVE, LoginState.LOCKED]
)
def test_somebody_who_left_is_shown_as_such_before_the_login_is_closed(office, state):
    login_id = office.add_login(state, card={"end_on": YESTERDAY})
    found = counts(office)
    assert (found.inactive, found.active, found.locked) == (1, 0, 0)
    (line,) = page(office).lines
    with office.database.reading() as session:
        details = listing.get(session, login_id, actor=office.bram, now=office.now)
    ended = LoginState.EMPLOYMENT_ENDED
    assert (line.state, details.state) == (ended, ended)


def test_a_foreign_login_and_no_login_are_refused_alike(office):
    foreign = office.add_login(card={"branch_id": office.amsterdam})
    refusals = []
    for login_id in (foreign, LoginId(999_999)):
        with office.database.reading() as session, pytest.raises(NotFoundError) as no:
            listing.get(session, login_id, actor=office.ursula, now=office.now)
        refusals.append(no.value.fields)
    assert refusals == [{"kind": "login"}] * 2


def test_the_branch_screen_takes_at_most_three_statements(alphabet):
    second = page(alphabet, limit=3, at=page(alphabet, limit=3).next)
    statements = []
    event.listen(
        alphabet.database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: statements.append(statement),
    )
    with alphabet.database.reading() as session:
        given = {"actor": alphabet.ursula, "now": alphabet.now}
        listing.counts(session, alphabet.utrecht, **given)
        listing.page(session, alphabet.utrecht, at=second.next, limit=3, **given)
        finding.find(session, alphabet.utrecht, "a", limit=100, **given)
    read = [s for s in statements if s.lstrip().upper().startswith("SELECT")]
    assert len(read) == 3
