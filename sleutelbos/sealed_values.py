"""Which keys the sealed values in the database were made with.

Not here is what is over within two days by itself and can be asked for again, or
is told to somebody when it does not open: letters and requests for links that wait,
mailed codes, apps that are being set up, uploaded lists, and every keyed digest.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from domain.audit_seals import AuditSeal
from domain.database import Database
from domain.exports.model import PostedFile
from domain.logins.model import Login, ShownPassword
from domain.runs.model import RunRow
from domain.secret import KEY_ID_LENGTH
from domain.sign_in.model import RecoveryCode
from domain.step_ups import StepUp


def key_ids(database: Database) -> set[str]:
    """The ids of the keys without which something in the database stays shut."""
    newest_seal = select(AuditSeal.sealed_head).order_by(AuditSeal.day.desc()).limit(1)
    columns: tuple[Any, ...] = (
        PostedFile.sealed_opening_password,
        ShownPassword.sealed_password,
        RunRow.sealed_password,
        Login.sealed_totp_seed,
        StepUp.sealed_totp_seed,
    )
    unused = _ids_in(RecoveryCode.code_digest, RecoveryCode.used_at.is_(None))
    with database.reading() as session:
        ids = {
            key_id for column in columns for key_id in session.scalars(_ids_in(column))
        }
        ids |= set(session.scalars(unused))
        ids |= {head[:KEY_ID_LENGTH] for head in session.scalars(newest_seal)}
    return ids


def _ids_in(column: Any, *conditions: ColumnElement[bool]) -> Select[str]:
    return (
        select(func.substr(column, 1, KEY_ID_LENGTH))
        .where(column.is_not(None), *conditions)
        .distinct()
    )
