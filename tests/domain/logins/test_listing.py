from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from domain.actor import SCHEDULE, BranchId
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import listing
from domain.logins.listing import BranchCounts
from domain.logins.model import Login, LoginId, LoginState, PasswordKind
from domain.logins.paging import PageKey
from domain.record_cards.model import RecordCard, RecordCardId
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
    assert counts(office) == BranchCounts(0, 0, 0, 0, 0, 0, 0)


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
    )


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


def test_pages_go_forth_and_back_by_name(alphabet):
    first = page(alphabet, limit=3)
    second = page(alphabet, limit=3, at=first.next)
    third = page(alphabet, limit=3, at=second.next)
    assert [numbers(p) for p in (first, second, third)] == [
        ["A", "B", "C"],
        ["D", "E", "F"],
        ["G"],
    ]
    assert (first.previous, third.next) == (None, None)
    back = page(alphabet, limit=3, at=third.previous, backwards=True)
    start = page(alphabet, limit=3, at=back.previous, backwards=True)
    assert (back.lines, start.lines) == (second.lines, first.lines)
    assert (start.previous, numbers(page(alphabet, limit=3, at=start.next))) == (
        None,
        ["D", "E", "F"],
    )


def test_a_page_that_is_exactly_full_has_none_after_it(alphabet):
    assert page(alphabet, limit=7).next is None


def test_a_page_back_that_comes_out_short_is_the_first_page(alphabet):
    second = page(alphabet, limit=2, at=page(alphabet, limit=2).next)
    back = page(alphabet, limit=5, at=second.previous, backwards=True)
    assert numbers(back) == ["A", "B", "C", "D", "E"]
    assert back.previous is None


def test_a_place_that_is_gone_gives_the_first_page(alphabet):
    foreign = alphabet.add_card(branch_id=alphabet.amsterdam)
    for card_id in (RecordCardId(999_999), foreign):
        for backwards in (False, True):
            at = PageKey(card_id)
            found = page(alphabet, limit=2, at=at, backwards=backwards)
            assert numbers(found) == ["A", "B"]


def test_the_page_after_the_last_login_is_the_first_page(alphabet):
    last = alphabet.add_card(last_name="Z")
    assert numbers(page(alphabet, limit=2, at=PageKey(last))) == ["A", "B"]


def test_people_of_one_name_are_paged_one_by_one(office):
    for number in ("3", "1", "2"):
        office.add_login(card={"number": number, "last_name": "Same"})
    with office.database.transaction() as session:
        session.query(RecordCard).update({"name_key": "same"})
    seen, at = [], None
    while True:
        found = page(office, limit=1, at=at)
        seen += numbers(found)
        at = found.next
        if at is None:
            break
    assert sorted(seen) == ["1", "2", "3"]


@pytest.mark.parametrize("part", ["vries", "Jan de Vries", "104", "JAN 00104"])
def test_searching_keeps_the_logins_that_have_every_word(office, part):
    office.add_login(
        card={
            "number": "00104",
            "first_name": "Jan",
            "prefix": "de",
            "last_name": "Vries",
        }
    )
    office.add_login(card={"number": "00200", "last_name": "Bakker"})
    assert numbers(page(office, part=part)) == ["00104"]


@pytest.mark.parametrize("part", ["%", "_", "\\", "'; DROP TABLE login; --"])
def test_searching_takes_signs_of_sql_literally(alphabet, part):
    assert numbers(page(alphabet, part=part)) == []


def test_searching_is_paged_too(alphabet):
    for number in ("X1", "X2", "X3"):
        alphabet.add_login(card={"number": number, "last_name": number})
    first = page(alphabet, part="x", limit=2)
    assert numbers(first) == ["X1", "X2"]
    assert numbers(page(alphabet, part="x", limit=2, at=first.next)) == ["X3"]


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
        details = listing.get(session, login_id, actor=office.bram)
    assert (details.name, details.number) == ("Jan Vries", "00104")
    assert (details.state, details.user_name) == (
        LoginState.LOCKED,
        "j00104@example.nl",
    )
    assert (details.branch_id, details.branch_name) == (office.utrecht, "Utrecht")
    assert details.record_card_id == office.login(login_id).record_card_id
    assert (details.sign_in_count, details.last_sign_in_at) == (2, signed_in_at)
    assert details.credential_version == 4


def test_a_foreign_login_and_no_login_are_refused_alike(office):
    foreign = office.add_login(card={"branch_id": office.amsterdam})
    refusals = []
    for login_id in (foreign, LoginId(999_999)):
        with office.database.reading() as session, pytest.raises(NotFoundError) as no:
            listing.get(session, login_id, actor=office.ursula)
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
        given = {"actor": alphabet.ursula}
        listing.counts(session, alphabet.utrecht, now=alphabet.now, **given)
        listing.page(session, alphabet.utrecht, at=second.next, limit=3, **given)
        listing.page(session, alphabet.utrecht, part="a", limit=100, **given)
    read = [s for s in statements if s.lstrip().upper().startswith("SELECT")]
    assert len(read) == 3


def test_a_page_key_is_a_short_text_without_anybodys_name(alphabet):
    key = page(alphabet, limit=1).next
    assert PageKey.decode(key.encode()) == key
    assert key.encode().isdigit()


@pytest.mark.parametrize(
    "text", ["", "x", "-1", "1.0", " 1", "1;2", "\u0661", "9" * 19, "1" * 3000]
)
def test_a_page_key_that_somebody_made_up_is_refused(text):
    with pytest.raises(NotFoundError):
        PageKey.decode(text)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    names=st.lists(
        st.sampled_from(["Ank", "ank", "Bob", "Éva", "Zoë", "O'"]), max_size=9
    ),
    limit=st.integers(1, 4),
)
def test_paging_meets_everybody_once_and_back_the_same_way(office, names, limit):
    with office.database.transaction() as session:
        for name in names:
            card = RecordCard(**office.card_values(last_name=name))
            session.add(card)
            session.flush()
            session.add(
                Login(
                    record_card_id=card.id,
                    user_name=card.email,
                    user_name_key=card.email_key,
                    state=LoginState.ACTIVE,
                    created_at=office.now,
                )
            )
        session.flush()
        look = {"limit": limit, "actor": office.ursula}
        forth = [listing.page(session, office.utrecht, **look)]
        while forth[-1].next is not None:
            forth.append(
                listing.page(session, office.utrecht, at=forth[-1].next, **look)
            )
        back = [forth[-1]]
        while back[-1].previous is not None:
            back.append(
                listing.page(
                    session,
                    office.utrecht,
                    at=back[-1].previous,
                    backwards=True,
                    **look,
                )
            )
        met = [line.login_id for found in forth for line in found.lines]
        assert len(set(met)) == len(met) == len(names)
        assert [found.lines for found in reversed(back)] == [
            found.lines for found in forth
        ]
        session.rollback()
