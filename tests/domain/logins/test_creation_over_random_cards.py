from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.audit import AuditAct, AuditEvent
from domain.logins import provisioning
from domain.logins.model import Login, LoginState
from domain.logins.provisioning import LeftOutReason
from domain.record_cards.model import RecordCard
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)

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
