"""The table of who in Slack is which record card's employee."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.database import Record


class SlackLink(Record):
    """A person in Slack who proved to be the employee of this card."""

    __tablename__ = "slack_link"

    team_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    record_card_id: Mapped[int] = mapped_column(
        ForeignKey("record_card.id"), unique=True
    )
    linked_at: Mapped[datetime]
