"""Carrying out the plan of an import, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from domain import audit, branches
from domain.actor import Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.importing.checking import CardDetails, ListedCard
from domain.importing.headings import Column
from domain.importing.planning import CardChange, Plan
from domain.importing.stored import parts
from domain.logins.address_change import AddressChange, change_addresses
from domain.record_cards.fields import EmailAddress, card_name_key
from domain.record_cards.model import RecordCard
from domain.secret import Keyring

_CARDS: Any = RecordCard.__table__

BranchIds = Mapping[str, BranchId]


def write_plan(
    session: Session, plan: Plan, *, keyring: Keyring, actor: Actor, now: datetime
) -> None:
    """Write the cards, the logins' new addresses and what the audit log keeps."""
    if not plan.new and not plan.changes:
        return
    branch_ids: dict[str, BranchId] = {}
    for names in parts(list(plan.branch_names.values())):
        branch_ids |= branches.ensure(session, names, actor=actor, now=now)
    for cards in parts(plan.new):
        _add_cards(session, cards, branch_ids, actor, now)
    for changes in parts(plan.changes):
        _change_cards(session, changes, branch_ids, actor, now)
    _change_logins(session, plan.changes, keyring, actor, now)
    counts = {"new": len(plan.new), "changed": len(plan.changes)}
    summary = Concerning(details=counts)
    audit.record(session, AuditAct.CARDS_IMPORTED, summary, actor=actor, now=now)


def _add_cards(
    session: Session,
    cards: Sequence[ListedCard],
    branch_ids: BranchIds,
    actor: Actor,
    now: datetime,
) -> None:
    rows = [
        {
            "number": card.number,
            "number_key": card.number_key,
            **_email_columns(card.email),
            **_detail_columns(card.number, card.details, branch_ids),
            "created_at": now,
            "changed_at": now,
        }
        for card in cards
    ]
    added = session.execute(
        insert(_CARDS).returning(_CARDS.c.id, _CARDS.c.branch_id), rows
    )
    subjects = [Concerning(row.branch_id, row.id) for row in added]
    audit.record_many(session, AuditAct.CARD_ADDED, subjects, actor=actor, now=now)


def _change_cards(
    session: Session,
    changes: Sequence[CardChange],
    branch_ids: BranchIds,
    actor: Actor,
    now: datetime,
) -> None:
    """Everything but the addresses that are user names too."""
    rows, subjects = [], []
    for change in changes:
        columns = [
            column
            for column in change.columns
            if column is not Column.EMAIL or not change.changes_login
        ]
        if columns:
            row = _changed_row(change, branch_ids)
            rows.append(row | {"card_id": change.stored.id, "changed_at": now})
            details = {"fields": columns}
            subjects.append(
                Concerning(row["branch_id"], change.stored.id, details=details)
            )
    if rows:
        names = [name for name in rows[0] if name != "card_id"]
        session.execute(
            update(_CARDS)
            .where(_CARDS.c.id == bindparam("card_id"))
            .values({name: bindparam(name) for name in names}),
            rows,
        )
    audit.record_many(session, AuditAct.CARD_CHANGED, subjects, actor=actor, now=now)


def _changed_row(change: CardChange, branch_ids: BranchIds) -> dict[str, Any]:
    stored = change.stored
    row = _detail_columns(stored.number, change.details, branch_ids)
    if change.email is not None and not change.changes_login:
        return row | _email_columns(change.email)
    return row | {"email": stored.email, "email_key": stored.email_key}


def _change_logins(
    session: Session,
    changes: Sequence[CardChange],
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> None:
    addresses = [
        AddressChange(change.stored.id, change.email.text, change.email.key)
        for change in changes
        if change.email is not None and change.changes_login
    ]
    change_addresses(session, addresses, keyring=keyring, actor=actor, now=now)


def _email_columns(email: EmailAddress | None) -> dict[str, str | None]:
    text, key = email or (None, None)
    return {"email": text, "email_key": key}


def _detail_columns(
    number: str, details: CardDetails, branch_ids: BranchIds
) -> dict[str, Any]:
    columns = details._asdict()
    columns["branch_id"] = branch_ids[columns.pop("branch_key")]
    columns["name_key"] = card_name_key(
        details.last_name or "", details.first_name, details.prefix, number
    )
    return columns
