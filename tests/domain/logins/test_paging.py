import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import NotFoundError
from domain.logins import listing
from domain.logins.model import Login, LoginState
from domain.logins.paging import PageKey
from domain.record_cards.model import RecordCard, RecordCardId


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
        look = {"limit": limit, "actor": office.ursula, "now": office.now}
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
