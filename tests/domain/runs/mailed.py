"""What a mailing brought whom, and what else may have been handed out meanwhile."""

import pytest

from domain.letters.model import BuiltIn
from domain.letters.refusals import (
    LetterRefusedError,
    ServerAwayError,
)
from domain.logins import resets
from tests.domain.runs.looking import rows_of

BOTH = pytest.mark.parametrize("template", list(BuiltIn))
REFUSED = LetterRefusedError("recipient_refused_550")
AWAY = ServerAwayError("connection_refused")


def reasons_of(office, run_id):
    return {row.login_id: row.reason for row in rows_of(office, run_id)}


def assert_mailed_once(office, postman, logins):
    """One letter each, and what it brings is what the login has."""
    for login_id in logins:
        (letter,) = postman.letters_to(login_id)
        assert postman.lets_in(letter, login_id)
        assert letter.to.address == office.login(login_id).user_name
        assert office.login(login_id).credential_version == 2


def shows_new_password(office, login, keyring, now):
    transaction = office.database.transaction
    shown = resets.prepare_shown_password(
        transaction, login, keyring=keyring, actor=office.hanna, now=now
    )
    resets.apply_shown_password(transaction, shown, actor=office.hanna, now=now)
    return shown.password
