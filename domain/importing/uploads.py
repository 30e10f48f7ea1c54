"""From an uploaded list to its preview, and from there into the record cards.

What was shown is what is done: `confirm` reckons the plan again, in the transaction
that carries it out, and does nothing when it is another than the one on the screen.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from domain import branches
from domain.actor import Actor, AdministratorId, BranchId
from domain.errors import DomainError, NotPermittedError
from domain.importing import sealing
from domain.importing.fingerprint import fingerprint
from domain.importing.model import StaffListUpload, UploadExpiredError, UploadId
from domain.importing.planning import Plan, make_plan
from domain.importing.report import Remarks, Report
from domain.importing.staff_lists import StaffList, hold_cards, report_of
from domain.importing.writing import write_plan
from domain.permissions import Act, require
from domain.secret import Keyring

LIFE: Final = timedelta(minutes=30)
_NAME_LENGTH: Final = 200
_BRANCHES_TOLD: Final = 10


class PreviewOutdatedError(DomainError):
    """Since the preview the cards changed, or what this person may import."""

    code = "preview_outdated"


@dataclass(frozen=True)
class Preview:
    """What an import would do, and the fingerprint that confirming it takes."""

    report: Report
    fingerprint: str


@dataclass(frozen=True)
class Imported:
    """How many rows became what, and in how many branches there are new cards.

    `branch_ids` are the first ten of those by name.
    """

    new: int
    changed: int
    unchanged: int
    refused: int
    warnings: int
    address_changes: int
    branch_count: int
    branch_ids: tuple[BranchId, ...]


def preview(session: Session, staff_list: StaffList, *, actor: Actor) -> Preview:
    """What importing this list would do now; writes nothing.

    Raises NotPermittedError for who may not import.
    """
    require(actor, Act.IMPORT_RECORD_CARDS)
    plan = make_plan(session, staff_list.checked, actor=actor)
    return Preview(report_of(staff_list, plan), fingerprint(plan))


def keep(
    session: Session,
    staff_list: StaffList,
    file_name: str,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> UploadId:
    """Keep a list for half an hour; an earlier one of the same person goes.

    Raises NotPermittedError for who may not import, or is no administrator.
    """
    administrator_id = _owner(actor)
    unfinished = StaffListUpload.result.is_(None)
    _forget(session, StaffListUpload.administrator_id == administrator_id, unfinished)
    upload_id = UploadId(secrets.token_hex(16))
    session.add(
        StaffListUpload(
            id=upload_id,
            administrator_id=administrator_id,
            file_name=file_name[:_NAME_LENGTH],
            sealed_list=sealing.seal_list(staff_list, upload_id, keyring),
            expires_at=now + LIFE,
        )
    )
    return upload_id


def preview_again(
    session: Session,
    upload_id: UploadId,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> tuple[str, Preview]:
    """The name of a kept file, and what importing it would do now.

    Raises UploadExpiredError.
    """
    upload = _find(session, upload_id, actor, now)
    return upload.file_name, preview(session, _list_of(upload, keyring), actor=actor)


def confirm(
    session: Session,
    upload_id: UploadId,
    shown: str,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> tuple[str, Imported]:
    """Import a kept list as its preview with the fingerprint `shown` said.

    Gives the name of the file, and what was done; whoever confirms twice is told
    twice what was done once. Raises PreviewOutdatedError when it would do something
    else by now, UploadExpiredError after half an hour, NotPermittedError for who may
    not import.
    """
    require(actor, Act.IMPORT_RECORD_CARDS)
    upload = _find(session, upload_id, actor, now, for_update=True)
    if upload.result is not None:
        return upload.file_name, _told_again(upload.result)
    staff_list = _list_of(upload, keyring)
    hold_cards(session)
    plan = make_plan(session, staff_list.checked, actor=actor)
    if fingerprint(plan) != shown:
        raise PreviewOutdatedError
    write_plan(session, plan, keyring=keyring, actor=actor, now=now)
    report = report_of(staff_list, plan)
    imported = _imported(session, report, plan)
    remarks = report.remarks
    upload.sealed_remarks = sealing.seal_remarks(remarks, upload_id, keyring)
    upload.sealed_list = None
    upload.result = asdict(imported)
    return upload.file_name, imported


def remarks(
    session: Session,
    upload_id: UploadId,
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> tuple[str, Remarks]:
    """The name of a kept file, and the rows that ask for attention.

    Raises UploadExpiredError.
    """
    upload = _find(session, upload_id, actor, now)
    if upload.sealed_remarks is not None:
        kept = sealing.open_remarks(upload.sealed_remarks, upload_id, keyring)
        return upload.file_name, kept
    found = preview(session, _list_of(upload, keyring), actor=actor)
    return upload.file_name, found.report.remarks


def cancel(session: Session, upload_id: UploadId, *, actor: Actor) -> None:
    """Forget a list that its owner does not import after all."""
    _forget(
        session,
        StaffListUpload.id == upload_id,
        StaffListUpload.administrator_id == actor.administrator_id,
        StaffListUpload.result.is_(None),
    )


def forget_expired(session: Session, *, now: datetime) -> None:
    """Drop what is older than half an hour."""
    _forget(session, StaffListUpload.expires_at <= now)


def _owner(actor: Actor) -> AdministratorId:
    require(actor, Act.IMPORT_RECORD_CARDS)
    if actor.administrator_id is None:
        raise NotPermittedError(act=Act.IMPORT_RECORD_CARDS.value)
    return actor.administrator_id


def _find(
    session: Session,
    upload_id: UploadId,
    actor: Actor,
    now: datetime,
    *,
    for_update: bool = False,
) -> StaffListUpload:
    query = select(StaffListUpload).where(
        StaffListUpload.id == upload_id,
        StaffListUpload.administrator_id == _owner(actor),
        StaffListUpload.expires_at > now,
    )
    if for_update:
        query = query.with_for_update()
    upload = session.scalars(query).one_or_none()
    if upload is None:
        raise UploadExpiredError
    return upload


def _list_of(upload: StaffListUpload, keyring: Keyring) -> StaffList:
    if upload.sealed_list is None:
        raise UploadExpiredError
    return sealing.open_list(upload.sealed_list, UploadId(upload.id), keyring)


def _imported(session: Session, report: Report, plan: Plan) -> Imported:
    keys = sorted({card.details.branch_key or "" for card in plan.new})
    told = keys[:_BRANCHES_TOLD]
    ids = branches.ids_by_key(session, told)
    return Imported(
        new=len(report.new),
        changed=len(report.changed),
        unchanged=len(report.unchanged),
        refused=len(report.refused),
        warnings=len(report.warnings),
        address_changes=len(report.address_changes),
        branch_count=len(keys),
        branch_ids=tuple(ids[key] for key in told),
    )


def _told_again(result: dict[str, Any]) -> Imported:
    return Imported(**result | {"branch_ids": tuple(result["branch_ids"])})


def _forget(session: Session, *conditions: Any) -> None:
    session.execute(delete(StaffListUpload).where(*conditions))
