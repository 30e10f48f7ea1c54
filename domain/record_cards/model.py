"""The record card table."""

from datetime import date, datetime
from typing import NewType

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Record

RecordCardId = NewType("RecordCardId", int)


class RecordCard(Record):
    """One employment of one person; a person may have two."""

    __tablename__ = "record_card"
    __table_args__ = (
        # The branch screen pages by (name_key, id) within a branch.
        Index("ix_record_card_branch_id_name_key_id", "branch_id", "name_key", "id"),
        Index("ix_record_card_email_key", "email_key"),
        Index("ix_record_card_end_on", "end_on"),
        # Likely pairs are looked for by what two cards have in common.
        Index("ix_record_card_birth_on", "birth_on"),
        Index("ix_record_card_phone", "phone"),
        Index("ix_record_card_moved_to_card_id", "moved_to_card_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    number_key: Mapped[str] = mapped_column(String(80), unique=True)
    first_name: Mapped[str | None] = mapped_column(String(100))
    prefix: Mapped[str | None] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    # Last name, first name, prefix and number, folded: sorted by and searched in.
    name_key: Mapped[str] = mapped_column(String(700))
    email: Mapped[str | None] = mapped_column(String(254))
    email_key: Mapped[str | None] = mapped_column(String(254))
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    job_title: Mapped[str | None] = mapped_column(String(100))
    contract: Mapped[str | None] = mapped_column(String(100))
    start_on: Mapped[date | None]
    end_on: Mapped[date | None]
    phone: Mapped[str | None] = mapped_column(String(100))
    street: Mapped[str | None] = mapped_column(String(200))
    postal_code: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(100))
    birth_on: Mapped[date | None]
    # Closed since its data moved to another card of the same person.
    moved_to_card_id: Mapped[int | None] = mapped_column(ForeignKey("record_card.id"))
    closed_at: Mapped[datetime | None]
    # Since then it says nothing of a person any more.
    erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def full_name(self) -> str:
        """First name, prefix and last name, as one says it."""
        return full_name(self.first_name, self.prefix, self.last_name)


def full_name(*parts: str | None) -> str:
    """The parts of a name that are there, with a blank between them."""
    return " ".join(part for part in parts if part)
