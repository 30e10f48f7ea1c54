"""Which keys the sealed values in the database were made with."""

from typing import Any

from sqlalchemy import Select, func, select

from domain.audit_seals import AuditSeal
from domain.database import Database
from domain.exports.model import PostedFile
from domain.logins.model import ShownPassword
from domain.runs.model import RunRow
from domain.secret import KEY_ID_LENGTH


def key_ids(database: Database) -> set[str]:
    """The ids of the keys without which something in the database stays shut."""
    newest_seal = select(AuditSeal.sealed_head).order_by(AuditSeal.day.desc()).limit(1)
    columns: tuple[Any, ...] = (
        PostedFile.sealed_opening_password,
        ShownPassword.sealed_password,
        RunRow.sealed_password,
    )
    with database.reading() as session:
        ids = {
            key_id for column in columns for key_id in session.scalars(_ids_in(column))
        }
        ids |= {head[:KEY_ID_LENGTH] for head in session.scalars(newest_seal)}
    return ids


def _ids_in(column: Any) -> Select[str]:
    return (
        select(func.substr(column, 1, KEY_ID_LENGTH))
        .where(column.is_not(None))
        .distinct()
    )
