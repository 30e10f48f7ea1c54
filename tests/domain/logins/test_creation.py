from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from domain.actor import SCHEDULE, BranchId
from domain.audit import AuditAct, AuditEvent
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import provisioning
from domain.logins.model import Login, LoginState, PasswordKind
from domain.logins.provisioning import LeftOutReason
from domain.record_cards.model import RecordCard
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)
NOWHERE = BranchId(999_999)


def plan(office, *, actor=None, branch_id=None):
    with office.database.reading() as session:
        return provisioning.plan_creation(
            session,
            branch_id or office.utrecht,
            actor=actor or office.ursula,
            now=office.now,
        )


def create(office, *, actor=None, branch_id=None, **given):
    with office.database.transaction() as session:
        return provisioning.create_logins(
            session,
            branch_id or office.utrecht,
            actor=actor or office.ursula,
            now=office.now,
            **given,
        )


def left_out(office, reason, *, actor=None, **given):
    with office.database.reading() as session:
        return provisioning.left_out_of_creation(
            session,
            office.utrecht,
            reason,
            limit=given.pop("limit", 10),
            actor=actor or office.ursula,
            now=office.now,
            **given,
        )


def named(office, reason, **given):
    lines = left_out(office, reason, **given).lines
    return [(line.number, line.other_number) for line in lines]


def test_each_employed_card_with_an_address_gets_one_inactive_login(office):
    card_id = office.add_card(email="Anna@Example.nl")
    assert create(office) == 1
    login = office.login_of(card_id)
    assert login.user_name == "Anna@Example.nl"
    assert login.user_name_key == "anna@example.nl"
    assert (login.state, login.password_kind) == (LoginState.NEW, PasswordKind.NONE)
    assert (login.password_hash, login.sign_in_count) == (None, 0)
    assert (login.credential_version, login.created_at) == (1, office.now)


def test_each_created_login_has_one_event_in_the_same_transaction(office):
    card_id = office.add_card()
    create(office)
    (event,) = office.events(AuditAct.LOGIN_CREATED)
    assert event.login_id == office.login_of(card_id).id
    assert (event.record_card_id, event.branch_id) == (card_id, office.utrecht)
    assert (event.administrator_id, event.at) == (
        office.ursula.administrator_id,
        office.now,
    )
    assert event.details == {}


def test_pressing_twice_changes_nothing_the_second_time(office):
    office.add_card()
    assert [create(office), create(office)] == [1, 0]
    assert len(office.events(AuditAct.LOGIN_CREATED)) == 1


def test_a_card_without_address_is_left_out_and_named(office):
    office.add_card(number="00104", email=None)
    assert plan(office).left_out == {LeftOutReason.NO_ADDRESS: 1}
    assert create(office) == 0
    assert named(office, LeftOutReason.NO_ADDRESS) == [("00104", None)]


def test_somebody_whose_employment_ended_is_left_out_and_named(office):
    office.add_card(number="00104", end_on=YESTERDAY)
    office.add_card(number="00105", end_on=YESTERDAY, email=None)
    assert plan(office).left_out == {LeftOutReason.EMPLOYMENT_ENDED: 2}
    assert create(office) == 0
    assert named(office, LeftOutReason.EMPLOYMENT_ENDED) == [
        ("00104", None),
        ("00105", None),
    ]


def test_on_the_last_day_of_an_employment_a_login_is_created(office):
    office.add_card(end_on=TODAY)
    assert create(office) == 1


def test_of_two_cards_with_one_address_neither_gets_a_login_and_both_are_named(office):
    office.add_card(number="00104", email="samen@example.nl")
    office.add_card(number="00105", email="SAMEN@example.nl")
    assert plan(office).left_out == {LeftOutReason.ADDRESS_SHARED: 2}
    assert create(office) == 0
    assert named(office, LeftOutReason.ADDRESS_SHARED) == [
        ("00104", "00105"),
        ("00105", "00104"),
    ]


def test_an_address_shared_with_another_branch_is_shared_too(office):
    mine = office.add_card(number="00104", email="samen@example.nl")
    theirs = office.add_card(
        number="00105", email="samen@example.nl", branch_id=office.amsterdam
    )
    assert create(office) == 0
    assert create(office, actor=office.hanna, branch_id=office.amsterdam) == 0
    assert office.login_of(mine) is None
    assert office.login_of(theirs) is None


def test_the_number_of_a_foreign_branchs_card_is_told_to_nobody_out_of_its_reach(
    office,
):
    office.add_card(number="00104", email="samen@example.nl")
    office.add_card(
        number="00105", email="samen@example.nl", branch_id=office.amsterdam
    )
    office.add_login(card={"number": "00106", "branch_id": office.amsterdam})
    office.add_card(number="00107", email="j00106@example.nl")
    shared, in_use = LeftOutReason.ADDRESS_SHARED, LeftOutReason.ADDRESS_IN_USE
    assert named(office, shared, actor=office.ursula) == [("00104", None)]
    assert named(office, shared, actor=office.hanna) == [("00104", "00105")]
    assert named(office, in_use, actor=office.ursula) == [("00107", None)]
    assert named(office, in_use, actor=office.hanna) == [("00107", "00106")]


def test_somebody_who_left_does_not_stand_in_the_way_of_a_shared_address(office):
    old = office.add_card(email="samen@example.nl", end_on=YESTERDAY)
    new = office.add_card(email="samen@example.nl")
    assert create(office) == 1
    assert office.login_of(old) is None
    assert office.login_of(new) is not None


def test_an_address_that_is_another_logins_user_name_is_left_out_and_named(office):
    office.add_login(card={"number": "00104", "email": "anna@example.nl"})
    office.add_card(number="00105", email="Anna@example.nl")
    assert plan(office).left_out == {LeftOutReason.ADDRESS_IN_USE: 1}
    assert create(office) == 0
    assert named(office, LeftOutReason.ADDRESS_IN_USE) == [("00105", "00104")]


def test_an_address_is_in_use_even_when_the_cards_share_it_as_well(office):
    office.add_login(
        card={"number": "00104", "email": "anna@example.nl", "end_on": YESTERDAY}
    )
    office.add_card(number="00105", email="anna@example.nl")
    office.add_card(number="00106", email="anna@example.nl")
    assert plan(office).left_out == {LeftOutReason.ADDRESS_IN_USE: 2}
    assert create(office) == 0


def test_international_addresses_are_compared_in_one_form(office):
    office.add_card(number="00104", email="anna@m\u00fcller.example.com")
    office.add_card(number="00105", email="anna@mu\u0308ller.example.com")
    assert plan(office).left_out == {LeftOutReason.ADDRESS_SHARED: 2}


def test_only_cards_of_the_branch_get_a_login(office):
    mine = office.add_card()
    theirs = office.add_card(branch_id=office.amsterdam)
    assert create(office) == 1
    assert office.login_of(mine) is not None
    assert office.login_of(theirs) is None


def test_a_branch_is_served_in_batches_and_each_batch_is_whole(office):
    with office.database.transaction() as session:
        rows = [office.card_values() for _ in range(25)]
        session.execute(insert(RecordCard), rows)
    assert [create(office, limit=10) for _ in range(4)] == [10, 10, 5, 0]
    assert len(office.events(AuditAct.LOGIN_CREATED)) == 25


def test_a_batch_that_is_rolled_back_leaves_nothing(office):
    office.add_card()
    with office.database.transaction() as session:
        provisioning.create_logins(
            session, office.utrecht, actor=office.hanna, now=office.now
        )
        session.rollback()
    assert plan(office).count == 1
    assert office.events(AuditAct.LOGIN_CREATED) == []


def test_the_list_of_those_left_out_is_paged_by_name(office):
    for last_name in ("Cas", "Ank", "Dik", "Bob", "Eef"):
        office.add_card(number=last_name, last_name=last_name, email=None)
    after, pages = None, []
    while True:
        page = left_out(office, LeftOutReason.NO_ADDRESS, after=after, limit=2)
        pages.append([line.number for line in page.lines])
        after = page.next
        if after is None:
            break
    assert pages == [["Ank", "Bob"], ["Cas", "Dik"], ["Eef"]]


def test_a_name_in_the_list_is_as_one_says_it(office):
    office.add_card(first_name="Jan", prefix="de", last_name="Vries", email=None)
    (line,) = left_out(office, LeftOutReason.NO_ADDRESS).lines
    assert line.name == "Jan de Vries"


@pytest.mark.parametrize("act", [plan, create])
def test_a_foreign_branch_is_refused_as_if_it_were_not_there(office, act):
    refusals = []
    for actor, branch_id in (
        (office.ursula, office.amsterdam),
        (office.ursula, NOWHERE),
        (office.hanna, NOWHERE),
    ):
        with pytest.raises(NotFoundError) as refused:
            act(office, actor=actor, branch_id=branch_id)
        refusals.append(refused.value.fields)
    assert refusals == [{"kind": "branch"}] * 3


@pytest.mark.parametrize("act", [plan, create])
def test_the_schedule_creates_no_logins(office, act):
    with pytest.raises(NotPermittedError):
        act(office, actor=SCHEDULE)


def test_who_is_left_out_is_not_told_of_a_foreign_branch(office):
    with office.database.reading() as session, pytest.raises(NotFoundError):
        provisioning.left_out_of_creation(
            session,
            office.amsterdam,
            LeftOutReason.NO_ADDRESS,
            limit=10,
            actor=office.bram,
            now=office.now,
        )


ADDRESSES = ["a@example.nl", "b@example.nl", "c@example.nl", None]
CARDS = st.lists(
    st.fixed_dictionaries(
        {
            "email": st.sampled_from(ADDRESSES),
            "end_on": st.sampled_from([None, YESTERDAY, TODAY]),
            "is_here": st.booleans(),
            # The user name of the card's login, which need not be its address.
            "user_name": st.sampled_from([None, None, *ADDRESSES]),
        }
    ),
    max_size=8,
)


def expected_outcome(card, cards):
    """The rule in other words: why this card gets no login, or None."""
    rivals = [
        other
        for other in cards
        if other["email"] == card["email"]
        and not other["user_name"]
        and other["end_on"] != YESTERDAY
    ]
    if card["end_on"] == YESTERDAY:
        return LeftOutReason.EMPLOYMENT_ENDED
    if card["email"] is None:
        return LeftOutReason.NO_ADDRESS
    if card["email"] in [other["user_name"] for other in cards]:
        return LeftOutReason.ADDRESS_IN_USE
    return LeftOutReason.ADDRESS_SHARED if len(rivals) > 1 else None


def write_cards(office, session, drawn):
    """The cards as drawn, save that a user name is one login's only."""
    taken, cards = set(), []
    for number, card in enumerate(drawn):
        user_name = card["user_name"] if card["user_name"] not in taken else None
        taken.add(user_name)
        branch_id = office.utrecht if card["is_here"] else office.amsterdam
        values = office.card_values(
            number=str(number),
            email=card["email"],
            end_on=card["end_on"],
            branch_id=branch_id,
        )
        record_card = RecordCard(**values)
        session.add(record_card)
        session.flush()
        if user_name:
            session.add(
                Login(
                    record_card_id=record_card.id,
                    user_name=user_name,
                    user_name_key=user_name,
                    state=LoginState.ACTIVE,
                    created_at=office.now,
                )
            )
        cards.append(card | {"user_name": user_name, "id": record_card.id})
    session.flush()
    return cards


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=CARDS)
def test_every_card_has_a_login_or_a_named_reason_and_never_both(office, drawn):
    given = {"actor": office.ursula, "now": office.now}
    with office.database.transaction() as session:
        cards = write_cards(office, session, drawn)
        expected = {
            card["id"]: expected_outcome(card, cards)
            for card in cards
            if card["is_here"] and not card["user_name"]
        }
        before = set(session.scalars(select(Login.id)))
        planned = provisioning.plan_creation(session, office.utrecht, **given)
        count = 0
        while created := provisioning.create_logins(
            session, office.utrecht, limit=2, **given
        ):
            count += created
        served = set(
            session.scalars(select(Login.record_card_id).where(Login.id.not_in(before)))
        )
        assert served == {card for card, reason in expected.items() if reason is None}
        assert planned.count == count == len(served)

        named = {}
        for reason in LeftOutReason:
            page = provisioning.left_out_of_creation(
                session, office.utrecht, reason, limit=10, **given
            )
            assert len(page.lines) == planned.left_out.get(reason, 0)
            named |= {line.record_card_id: reason for line in page.lines}
        assert named == {card: reason for card, reason in expected.items() if reason}

        events = select(func.count()).where(
            AuditEvent.act == AuditAct.LOGIN_CREATED,
            AuditEvent.record_card_id.in_(served),
        )
        assert session.scalar(events) == count
        again = provisioning.plan_creation(session, office.utrecht, **given)
        assert (again.count, again.left_out) == (0, planned.left_out)
        session.rollback()
