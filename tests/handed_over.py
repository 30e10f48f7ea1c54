"""Whether the passwords of a workbook are those that its logins have."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from domain.database import Database
from domain.logins.model import Login, PasswordKind
from domain.logins.passwords import canonical_initial_form
from domain.secret import Secret
from tests.passwords import matches


def assert_passwords_work(
    database: Database, rows: Iterable[Mapping[str, str]]
) -> list[Login]:
    """Every line's password opens its login; gives the logins in the same order."""
    with database.reading() as session:
        by_name = {login.user_name: login for login in session.scalars(select(Login))}
    logins = [by_name[row["Gebruikersnaam"]] for row in rows]
    assert logins
    for login, row in zip(logins, rows, strict=True):
        typed = canonical_initial_form(Secret(row["Wachtwoord"]))
        assert login.password_kind is PasswordKind.INITIAL
        assert login.password_hash is not None
        assert matches(login.password_hash, typed)
    return logins
