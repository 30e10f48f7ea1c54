import pytest

from domain.logins.model import PasswordKind
from domain.secret import Secret
from tests.faults.known_state import (
    Credential,
    KnownState,
    UnknownStateError,
    known_state,
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
