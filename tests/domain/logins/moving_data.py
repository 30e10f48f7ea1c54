"""Moves of employee data as one line each: Hanna, now."""

from domain.logins import moving, moving_back, pair_finding
from domain.logins.moved_fields import MovedField
from domain.secret import Keyring, Secret

EVERYTHING = tuple(MovedField)
KEYRING = Keyring.from_setting(Secret("a key for tests only of 32 characters or more"))


def move(office, old, new, fields=EVERYTHING, *, actor=None, now=None):
    with office.database.transaction() as session:
        return moving.move(
            session,
            old,
            new,
            fields,
            keyring=KEYRING,
            actor=actor or office.hanna,
            now=now or office.now,
        )


def undo(office, move_id, *, actor=None, now=None):
    with office.database.transaction() as session:
        return moving_back.undo(
            session,
            move_id,
            keyring=KEYRING,
            actor=actor or office.hanna,
            now=now or office.now,
        )


def plan_undoing(office, move_id, *, actor=None, now=None):
    with office.database.reading() as session:
        return moving_back.plan_undoing(
            session, move_id, actor=actor or office.hanna, now=now or office.now
        )


def find_pairs(office, *, actor=None, start=0, limit=10):
    with office.database.reading() as session:
        return pair_finding.find_pairs(
            session,
            start=start,
            limit=limit,
            actor=actor or office.hanna,
            now=office.now,
        )


def with_login(office, email="oud@example.nl", **card):
    """A card with a login: (card id, login id)."""
    login_id = office.add_login(card={"email": email} | card)
    return office.login(login_id).record_card_id, login_id
