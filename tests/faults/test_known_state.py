from dataclasses import replace

import pytest

from domain.logins.model import PasswordKind
from domain.secret import Secret
from tests.faults.known_state import (
    Credential,
    KnownState,
    MailedAccess,
    MailedState,
    UnknownStateError,
    known_state,
    mailed_state,
)

NOTHING = Credential(PasswordKind.NONE, None, 1)
OLD = Credential(PasswordKind.OWN, "old", 3)
EXPIRED = Credential(PasswordKind.INITIAL, "expired", 2)
POSTED = [Secret("new")]


def opens(password_hash, password):
    return password_hash == password.reveal()


@pytest.mark.parametrize(
    ("before", "now", "posted", "state"),
    [
        (NOTHING, NOTHING, [], KnownState.NOTHING_YET),
        (NOTHING, NOTHING, POSTED, KnownState.NOTHING_YET),
        (OLD, OLD, POSTED, KnownState.OLD_PASSWORD),
        (EXPIRED, EXPIRED, [], KnownState.OLD_PASSWORD),
        (
            OLD,
            Credential(PasswordKind.INITIAL, "new", 4),
            POSTED,
            KnownState.HANDED_OVER,
        ),
    ],
)
def test_a_permitted_state_is_recognised(before, now, posted, state):
    assert known_state(before, now, posted, opens) is state


@pytest.mark.parametrize(
    ("now", "posted"),
    [
        (Credential(PasswordKind.INITIAL, "new", 2), []),
        (Credential(PasswordKind.INITIAL, "other", 2), POSTED),
        (Credential(PasswordKind.INITIAL, "new", 3), POSTED),
        (Credential(PasswordKind.INITIAL, "new", 1), POSTED),
        (Credential(PasswordKind.NONE, None, 2), POSTED),
        (Credential(PasswordKind.INITIAL, None, 2), POSTED),
    ],
)
def test_any_other_state_is_refused(now, posted):
    with pytest.raises(UnknownStateError):
        known_state(NOTHING, now, posted, opens)


BY_PASSWORD = MailedAccess(Secret("new"), None, is_sent=False)
BY_LINK = MailedAccess(None, Secret("token"), is_sent=True)
OTHER_PASSWORD = MailedAccess(Secret("other"), None, is_sent=True)
WITH_PASSWORD = Credential(PasswordKind.INITIAL, "new", 4)
WITH_LINK = Credential(PasswordKind.NONE, None, 4)


def leads_in(token):
    return token.reveal() == "token"


@pytest.mark.parametrize(
    ("now", "letters", "state"),
    [
        (OLD, [], MailedState.AS_BEFORE),
        (WITH_PASSWORD, [BY_PASSWORD], MailedState.LETTER_WAITS),
        (WITH_LINK, [BY_LINK], MailedState.LETTER_SENT),
        (
            WITH_PASSWORD,
            [BY_PASSWORD, replace(BY_PASSWORD, is_sent=True)],
            MailedState.LETTER_SENT,
        ),
    ],
)
def test_a_permitted_state_of_a_mailing_is_recognised(now, letters, state):
    assert mailed_state(OLD, now, letters, opens, leads_in) is state


@pytest.mark.parametrize(
    ("now", "letters"),
    [
        # What a letter brings is not what the login has.
        (OLD, [BY_PASSWORD]),
        (WITH_PASSWORD, [OTHER_PASSWORD]),
        (WITH_PASSWORD, [BY_PASSWORD, OTHER_PASSWORD]),
        (WITH_PASSWORD, [BY_LINK]),
        (WITH_LINK, [BY_PASSWORD]),
        (WITH_LINK, [MailedAccess(None, Secret("dead"), is_sent=True)]),
        # No letter brings it.
        (WITH_PASSWORD, []),
        (WITH_LINK, []),
        (replace(WITH_PASSWORD, version=5), [BY_PASSWORD]),
        (replace(WITH_LINK, kind=PasswordKind.OWN), [BY_LINK]),
    ],
)
def test_anything_else_that_a_mailing_leaves_is_a_bug(now, letters):
    with pytest.raises(UnknownStateError):
        mailed_state(OLD, now, letters, opens, leads_in)
