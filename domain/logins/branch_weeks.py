"""How many of a branch's employees had signed in, week by week."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Record


class BranchWeek(Record):
    """The logins of a branch on one Monday, and how many had ever signed in."""

    __tablename__ = "branch_week"

    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"), primary_key=True)
    monday: Mapped[date] = mapped_column(primary_key=True)
    login_count: Mapped[int]
    signed_in_count: Mapped[int]
