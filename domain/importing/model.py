"""Staff lists that were uploaded, between their preview and its confirmation.

They are here and not in the memory of a process: another process, or the same one
after a restart, may be the one that is told to import. Somebody who looks at a
preview holds no transaction either. The rows are sealed, because a file of SQLite
keeps the bytes of what was deleted from it, and they go at confirming, cancelling
or after half an hour.
"""

from datetime import datetime
from typing import Any, NewType

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Record
from domain.errors import DomainError

UploadId = NewType("UploadId", str)


class UploadExpiredError(DomainError):
    """The upload is too old, was cancelled, or made way for a newer one."""

    code = "upload_expired"


class StaffListUpload(Record):
    """One list of one administrator, by an id that is never given twice.

    `sealed_list` holds its rows until they are imported; `result` and
    `sealed_remarks` say afterwards what became of them.
    """

    __tablename__ = "staff_list_upload"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    administrator_id: Mapped[int] = mapped_column(
        ForeignKey("administrator.id"), index=True
    )
    file_name: Mapped[str] = mapped_column(String(200))
    sealed_list: Mapped[str | None] = mapped_column(Text)
    sealed_remarks: Mapped[str | None] = mapped_column(Text)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    expires_at: Mapped[datetime] = mapped_column(index=True)
