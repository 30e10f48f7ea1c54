"""Deliveries from Slack that had their effect: a repeated one has none."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.database import Record, insert_new

# Slack repeats after an instant, a minute and five minutes.
REMEMBERED_FOR: Final = timedelta(hours=1)


class SlackDelivery(Record):
    """One delivery, by the id that Slack gave it."""

    __tablename__ = "slack_delivery"

    delivery_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(index=True)


def is_first(session: Session, delivery_id: str, *, now: datetime) -> bool:
    """Whether this delivery is here for the first time; remembers it."""
    row = {"delivery_id": delivery_id[:120], "received_at": now}
    return bool(
        insert_new(session, SlackDelivery, [row], returning=[SlackDelivery.delivery_id])
    )


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop what Slack will not repeat any more."""
    session.execute(
        delete(SlackDelivery).where(SlackDelivery.received_at < now - REMEMBERED_FOR)
    )
