"""What became of a run: its rows, its file, and the passwords that it handed over."""

from sqlalchemy import select

from domain.exports import handover
from domain.logins.model import PasswordKind
from domain.logins.passwords import canonical_initial_form
from domain.runs.model import (
    Run,
    RunRow,
)
from domain.secret import Secret
from tests.passwords import matches


def opening_password(office, keyring, run_id, clock):
    with office.database.transaction() as session:
        return handover.show_opening_password(
            session, run_id, keyring=keyring, actor=office.bram, now=clock()
        )


def rows_of(office, run_id):
    with office.database.reading() as session:
        return list(session.scalars(select(RunRow).where(RunRow.run_id == run_id)))


def run_of(office, run_id):
    with office.database.reading() as session:
        return session.get_one(Run, run_id)


def file_of(office, run_id):
    with office.database.reading() as session:
        return handover.find_file(session, run_id)


def assert_handed_over(office, drawer, keyring, run_id, clock, logins):
    """The workbook in the channel holds a valid password for each of the logins."""
    password = opening_password(office, keyring, run_id, clock)
    lines = {line["Gebruikersnaam"]: line for line in drawer.workbook(password)}
    assert len(lines) == len(logins)
    for login_id in logins:
        login = office.login(login_id)
        typed = canonical_initial_form(Secret(lines[login.user_name]["Wachtwoord"]))
        assert login.password_kind is PasswordKind.INITIAL
        assert matches(login.password_hash, typed)
