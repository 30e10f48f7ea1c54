"""Whatever is moved, undone, changed, imported and activated: what always holds."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from domain.actor import BranchId
from domain.audit import AuditAct, AuditEvent
from domain.errors import DomainError
from domain.logins import address_change, leaving, links, provisioning
from domain.logins.address_change import AddressChange
from domain.logins.address_notices import AddressNotice
from domain.logins.links import Link, LinkPurpose
from domain.logins.model import Login
from domain.logins.moved_fields import MovedField
from domain.logins.moves import Move
from domain.record_cards import fields
from domain.record_cards.model import RecordCard
from domain.record_cards.slack_link import SlackLink
from tests.domain.logins.moving_data import KEYRING, move, undo
from tests.domain.office import TEAM, day

CARDS = 5
ADDRESSES = [f"{name}@example.nl" for name in "abc"]
CARD = st.integers(0, CARDS - 1)
FIELDS = st.sets(st.sampled_from(MovedField))
MOVES = st.one_of(
    st.tuples(st.just("move"), CARD, CARD, FIELDS),
    # From the last move backwards: earlier ones are mostly built on.
    st.tuples(st.just("undo"), st.integers(0, 2)),
)
ACTS = st.lists(
    st.one_of(
        MOVES,
        MOVES,
        st.tuples(st.just("address"), CARD, st.sampled_from(ADDRESSES)),
        st.tuples(st.just("create"), st.booleans()),
        st.tuples(st.just("activate"), st.booleans()),
        st.tuples(st.just("leave"), CARD),
        st.tuples(st.just("days"), st.integers(1, 20)),
    ),
    min_size=5,
    max_size=14,
)
DRAWN_CARDS = st.lists(
    st.tuples(st.sampled_from([None, *ADDRESSES]), st.booleans(), st.booleans()),
    min_size=CARDS,
    max_size=CARDS,
)


class Story:
    """A company of five cards, and what was done to them."""

    def __init__(self, office, drawn):
        self.office, self.now = office, office.now
        with office.database.transaction() as session:
            for table in (
                AuditEvent,
                Link,
                SlackLink,
                Move,
                AddressNotice,
                Login,
            ):
                session.execute(delete(table))
            session.execute(update(RecordCard).values(moved_to_card_id=None))
            session.execute(delete(RecordCard))
        self.cards = [
            office.add_card(
                number=str(number),
                email=email,
                phone=f"06 {number}" if has_phone else None,
                branch_id=office.utrecht if is_here else office.amsterdam,
            )
            for number, (email, has_phone, is_here) in enumerate(drawn)
        ]
        with office.database.transaction() as session:
            for number, card_id in enumerate(self.cards):
                link = SlackLink(
                    team_id=TEAM,
                    user_id=f"U{number}",
                    record_card_id=card_id,
                    linked_at=self.now,
                )
                session.add(link)

    def does(self, act, *given):
        with suppress(DomainError):
            getattr(self, act)(*given)

    def transaction(self):
        return self.office.database.transaction()

    def move(self, old, new, ticked):
        cards = (self.cards[old], self.cards[new])
        move(self.office, *cards, ticked, now=self.now)

    def undo(self, number):
        with self.office.database.reading() as session:
            standing = select(Move.id).where(Move.undone_at.is_(None))
            ids = session.scalars(standing.order_by(Move.id.desc())).all()
        if ids:
            undo(self.office, ids[number % len(ids)], now=self.now)

    def address(self, card, email):
        change = AddressChange(self.cards[card], email, fields.email_key(email))
        with self.transaction() as session:
            address_change.change_addresses(
                session,
                [change],
                keyring=KEYRING,
                actor=self.office.hanna,
                now=self.now,
            )

    def create(self, is_here):
        with self.transaction() as session:
            provisioning.create_logins(
                session, self.branch(is_here), actor=self.office.hanna, now=self.now
            )

    def activate(self, is_here):
        with self.transaction() as session:
            provisioning.activate_logins(
                session, self.branch(is_here), actor=self.office.hanna, now=self.now
            )

    def leave(self, card):
        self.office.change_card(self.cards[card], end_on=day("2026-11-19"))
        with self.transaction() as session:
            leaving.close_leavers(session, now=self.now)

    def days(self, count):
        self.now += timedelta(days=count)

    def branch(self, is_here) -> BranchId:
        return self.office.utrecht if is_here else self.office.amsterdam

    def hand_out(self):
        """A link and a session for every login; gives what each is bound to."""
        with self.transaction() as session:
            logins = session.scalars(select(Login)).all()
            for login in logins:
                links.make_link(
                    session,
                    login.id,
                    LinkPurpose.RECOVERY,
                    life=timedelta(days=365),
                    now=self.now,
                )
            return {
                login.id: (login.user_name_key, login.record_card_id)
                for login in logins
            }


def holds(story):
    with story.office.database.reading() as session:
        cards = {card.id: card for card in session.scalars(select(RecordCard))}
        logins = session.scalars(select(Login)).all()
        slack = session.scalars(select(SlackLink)).all()
    assert len({login.record_card_id for login in logins}) == len(logins)
    for login in logins:
        card = cards[login.record_card_id]
        assert login.user_name_key == card.email_key
        assert card.moved_to_card_id is None
    for card in cards.values():
        assert (card.moved_to_card_id is None) == (card.closed_at is None)
        assert card.moved_to_card_id != card.id
        assert card.name_key == fields.card_name_key(
            card.last_name, card.first_name, card.prefix, card.number
        )
    assert all(cards[link.record_card_id].moved_to_card_id is None for link in slack)


def working_links(story):
    """The logins whose links work, as the sign-in page decides it."""
    with story.office.database.reading() as session:
        return set(
            session.scalars(
                select(Link.login_id)
                .join(Login, Login.id == Link.login_id)
                .where(Link.credential_version == Login.credential_version)
            )
        )


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=DRAWN_CARDS, acts=ACTS)
def test_every_login_has_one_card_and_its_address(office, drawn, acts):
    story = Story(office, drawn)
    story.create(is_here=True)
    story.create(is_here=False)
    for act in acts:
        bound = story.hand_out()
        undone = len(office.events(AuditAct.MOVE_UNDONE))
        story.does(*act)
        holds(story)
        went_back = len(office.events(AuditAct.MOVE_UNDONE)) > undone
        for login_id in working_links(story) & set(bound):
            login = office.login(login_id)
            assert login.user_name_key == bound[login_id][0]
            is_moved_back = went_back and login.record_card_id != bound[login_id][1]
            assert not is_moved_back
    moved = office.events(AuditAct.EMPLOYEE_DATA_MOVED)
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Move)) == len(moved)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    drawn=DRAWN_CARDS,
    pairs=st.lists(st.tuples(CARD, CARD, FIELDS), min_size=1, max_size=5),
)
def test_undoing_everything_backwards_gives_back_everything(office, drawn, pairs):
    story = Story(office, drawn)
    story.create(is_here=True)
    before = everything(story)
    for pair in pairs:
        story.does("move", *pair)
    with office.database.reading() as session:
        ids = session.scalars(select(Move.id).order_by(Move.id.desc())).all()
    for move_id in ids:
        undo(office, move_id)
    assert everything(story) == before


def everything(story):
    """What the cards say, and where each login hangs under which name."""
    with story.office.database.reading() as session:
        cards = session.scalars(select(RecordCard).order_by(RecordCard.id))
        logins = session.scalars(select(Login).order_by(Login.id))
        said = [
            (
                card.email,
                card.phone,
                card.full_name,
                card.name_key,
                card.moved_to_card_id,
                card.closed_at,
            )
            for card in cards
        ]
        hang = [
            (each.record_card_id, each.user_name_key, each.state) for each in logins
        ]
    return said, hang
