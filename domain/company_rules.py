"""What holds for the whole company, as a manager chose it: one row."""

from typing import Final

from sqlalchemy import false
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.database import Record

_THE_ONE: Final = 1


class CompanyRules(Record):
    """The company's own choices; the migration makes the only row."""

    __tablename__ = "company_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Whether every administrator gives codes (domain/step_ups.py).
    codes_for_all: Mapped[bool] = mapped_column(default=False, server_default=false())


def read_rules(session: Session) -> CompanyRules:
    """The company's choices as they are now."""
    return session.get_one(CompanyRules, _THE_ONE)
