"""What no event may hold: the words of people, and their secrets."""

from sqlalchemy import select

from domain.administrators import Administrator
from domain.logins.model import Login
from domain.record_cards.model import RecordCard
from tests.domain.audit.acts import PERSON, Stage
from tests.domain.sign_in.people import INITIAL, PASSWORD
from tests.domain.sign_in.recovering import NEW

OF_A_CARD = (
    RecordCard.number,
    RecordCard.first_name,
    RecordCard.last_name,
    RecordCard.email,
    RecordCard.street,
    RecordCard.phone,
)
OF_OTHERS = (Login.user_name, Login.password_hash, Administrator.email)
SECRETS = (PASSWORD, INITIAL, NEW)


def words_of(stage: Stage) -> set[str]:
    """In lower case; a first name of three letters may be a part of a code."""
    with stage.database.reading() as session:
        found = [
            word
            for column in (*OF_A_CARD, *OF_OTHERS)
            for word in session.scalars(select(column))
        ]
    given = [*found, *PERSON.values(), *(each.reveal() for each in SECRETS)]
    return {str(word).lower() for word in given if word and len(str(word)) > 3}
