"""The language that an employee chose; letters follow it."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain.logins.model import Login


def choose_language(session: Session, login_id: int, language: str) -> None:
    """Keep the choice with the login; `language` is a code such as `nl`."""
    session.execute(
        update(Login)
        .where(Login.id == login_id)
        .values(language=language)
        .execution_options(synchronize_session=False)
    )
