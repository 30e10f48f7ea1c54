"""A database that tells, by transaction, what changed and what was logged."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import false, not_, select
from sqlalchemy.orm import Session

from domain import tables
from domain.audit import AuditAct, AuditEvent
from domain.database import Database
from domain.exports.model import PostedFile

# What may change without an event, and why; single columns where the rest may not.
BOOKKEEPING: Final = {
    "access_letter": "what became of letters; that they were queued is logged",
    "address_notice": "the link of a letter that tells of a logged change",
    "attachment": "the bytes of a PDF; the version that names it is logged",
    "attempt_counter": "counts what comes in, to slow it down",
    "branch_week": "figures of each Monday; nobody's data changes",
    "code_try": "counts how often codes were compared",
    "lockout_alert": "the message that tells of lockouts, which are logged",
    "one_time_code": "a code under way; that it let somebody in is logged",
    "outbox": "what is still to be sent",
    "password_attempt": "every attempt, right or wrong, half a year",
    "pending_app": "an app before its first right code changes nothing",
    "portal_session": "who is signed in now; signing in is logged",
    "recovery_request": "counts who asks for links, answered or not",
    "run_row": "the ledger of a run; what a login gets by it is logged",
    "scheduled_tick": "which timed job ran last",
    "shown_password": "a password between being made and being shown",
    "slack_delivery": "which deliveries of Slack were dealt with",
    "slack_user": "a copy of what Slack says of people",
    "staff_list_upload": "a list between its preview and its confirmation",
    "trusted_device": "a browser that is known since a logged sign-in",
}
BOOKKEEPING_COLUMNS: Final = {
    "link": {"held_until": "a lease while somebody's new password is hashed"},
    "login": {"language": "the language somebody reads the pages in"},
    "posted_file": {
        "lease_number": "who works on it now",
        "leased_until": "who works on it now",
        "delete_at": "when it is due; that it was deleted is logged",
        "deletion_attempts": "counts what was tried",
        "slack_file_id": "a reserved place, before anything is posted",
        "sealed_opening_password": "ends with its time; who was shown it is logged",
    },
    "run": {
        "attempts": "counts what was tried",
        "due_at": "when a worker looks at it again",
        "lease_number": "who works on it now",
        "leased_until": "who works on it now",
        "message_channel_id": "where its message stands in Slack",
        "message_ts": "where its message stands in Slack",
        "password_expires_at": "what its file says; what logins get is logged",
        "phase": "how far it is; that it began, was approved and ended is logged",
        "progress_shown_at": "what its message says",
        "result_shown": "what its message says",
    },
    "step_up": {
        "code_digest": "a code under way",
        "code_expires_at": "a code under way",
        "mailed_at": "when codes were sent, to limit them",
        "sealed_pending_seed": "an app before its first right code",
        "pending_since": "an app before its first right code",
    },
}

# Rows that nobody has anything of yet.
_UNDER_WAY: Final = {"posted_file": PostedFile.posted_at.is_(None)}

Rows = dict[str, list[str]]
Event = tuple[int, datetime, AuditAct]


class RolledBackError(BaseException):
    """Ends a transaction where it would have been committed; nothing catches it."""


@dataclass(frozen=True)
class Seen:
    """What one transaction changed but for bookkeeping, and the events it wrote."""

    tables: frozenset[str]
    events: tuple[AuditAct, ...]


def rows_of(session: Session) -> Rows:
    """Every row of every table, without bookkeeping."""
    return {
        name: sorted(map(repr, session.execute(_without_bookkeeping(table))))
        for name, table in tables.METADATA.tables.items()
        if name not in BOOKKEEPING
    }


def _without_bookkeeping(table):
    without = BOOKKEEPING_COLUMNS.get(table.name, {})
    query = select(*[each for each in table.columns if each.name not in without])
    return query.where(not_(_UNDER_WAY.get(table.name, false())))


def every_row(database: Database) -> Rows:
    """The same with bookkeeping."""
    with database.reading() as session:
        return {
            name: sorted(map(repr, session.execute(select(table))))
            for name, table in tables.METADATA.tables.items()
        }


def _events_of(session: Session) -> set[Event]:
    query = select(AuditEvent.id, AuditEvent.at, AuditEvent.act)
    return {(number, at, act) for number, at, act in session.execute(query)}


class WatchedDatabase(Database):
    """Looks at each transaction right before its commit, while it is told to watch."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.seen: list[Seen] = []
        self._rows: Rows | None = None
        self._events: set[Event] = set()
        self._undone: AuditAct | None = None

    @contextmanager
    def transaction(
        self, patience: timedelta = timedelta(seconds=5)
    ) -> Iterator[Session]:
        """One writing transaction; see Database."""
        with super().transaction(patience) as session:
            yield session
            if self._rows is not None:
                session.flush()
                self._look(session, self._rows)

    @contextmanager
    def watching(self, *, undo: AuditAct | None = None) -> Iterator[list[Seen]]:
        """Note every transaction; the first that logs `undo` is rolled back."""
        with self.reading() as session:
            self._rows, self._events = rows_of(session), _events_of(session)
        self._undone = undo
        self.seen = []
        try:
            yield self.seen
        finally:
            self._rows = None

    def _look(self, session: Session, before: Rows) -> None:
        after = rows_of(session)
        changed = frozenset(name for name in after if after[name] != before[name])
        if not changed:
            return
        known, self._events = self._events, _events_of(session)
        events = tuple(act for _, _, act in sorted(self._events - known))
        if self._undone is not None and self._undone in events:
            raise RolledBackError
        self._rows = after
        self.seen.append(Seen(changed - {"audit_event"}, events))
