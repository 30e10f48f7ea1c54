"""Logins in every state, of people who are employed, left or were kept on."""

from datetime import timedelta

from hypothesis import strategies as st

from domain.logins.model import Login, LoginState
from domain.record_cards.model import RecordCard
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)

LOGINS = st.lists(
    st.tuples(
        st.sampled_from(LoginState),
        st.sampled_from([None, YESTERDAY, TODAY]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


def expected_group(state, end_on, is_kept):
    """The rule in other words: as what a login counts."""
    has_left = end_on == YESTERDAY and not is_kept
    return LoginState.EMPLOYMENT_ENDED if has_left else state


def write_logins(office, session, drawn):
    """Logins as drawn: (id, as what it counts) of those of Utrecht."""
    mine = {}
    for number, (state, end_on, is_kept, is_here) in enumerate(drawn):
        branch_id = office.utrecht if is_here else office.amsterdam
        card = RecordCard(
            **office.card_values(number=str(number), end_on=end_on, branch_id=branch_id)
        )
        session.add(card)
        session.flush()
        login = Login(
            record_card_id=card.id,
            user_name=card.email,
            user_name_key=card.email_key,
            state=state,
            closed_for_end_on=end_on if is_kept else None,
            created_at=office.now,
        )
        session.add(login)
        session.flush()
        if is_here:
            mine[login.id] = expected_group(state, end_on, is_kept)
    return mine
