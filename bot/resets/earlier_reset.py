"""What a dry run says of passwords that people got a short while ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from slack_sdk.models.blocks import Block
from sqlalchemy.orm import Session

from bot import mentions, payload
from bot.blocks import marked_paragraph, paragraph
from bot.interaction import Interaction
from bot.locale import Translator
from domain import administrators
from domain.actor import BranchId
from domain.errors import DomainError
from domain.runs.model import RunKind
from domain.runs.recent_reset import recent_reset


@dataclass(frozen=True)
class Earlier:
    """The branch's last reset of less than a day ago: by whom, when, for how many."""

    user_id: str
    at: datetime
    count: int
    kind: RunKind = RunKind.EXPORT
    run_id: int = 0


class HandedOutMeanwhileError(DomainError):
    """Since the dry run was shown somebody else gave people new passwords."""

    code = "handed_out_meanwhile"


@dataclass(frozen=True)
class Warned:
    """Of what a dry run warned: the last reset, if any, and how many people."""

    run_id: int
    again: int

    @classmethod
    def of(cls, earlier: Earlier | None, again: int) -> Self:
        """What is said of these."""
        return cls(earlier.run_id if earlier else 0, again)

    @classmethod
    def parse(cls, ids: Mapping[str, Any]) -> Self:
        """As the view carries it. Raises NotFoundError."""
        run_id, again = (
            payload.whole_number(ids.get(name, 0)) for name in ("earlier", "given")
        )
        return cls(run_id, again)

    def remembered(self) -> Mapping[str, int]:
        """For `private_metadata`."""
        return {"earlier": self.run_id, "given": self.again}

    def require_no_more(self, now: Self) -> None:
        """Raises HandedOutMeanwhileError when there is more to warn of `now`.

        A day later there is less, and nobody needs to look again for that.
        """
        if now.run_id > self.run_id or now.again > self.again:
            raise HandedOutMeanwhileError


def look_once_more(t: Translator) -> list[Block]:
    """Passwords were handed out since the dry run was shown."""
    words = t("Passwords or links were handed out meanwhile. Please look once more.")
    return [paragraph(words)]


def read(
    session: Session, interaction: Interaction, branch_id: BranchId
) -> Earlier | None:
    """What to warn of in a dry run for this branch."""
    recent = recent_reset(
        session, branch_id, actor=interaction.actor, now=interaction.now
    )
    if recent is None:
        return None
    starter = administrators.slack_identity(session, recent.started_by)
    return Earlier(starter.user_id, recent.at, recent.count, recent.kind, recent.run_id)


def soon_after(earlier: Earlier | None, again: int, t: Translator) -> list[Block]:
    """Who was first, and for how many what they got in the last day stops working."""
    lines = []
    if earlier:
        lines.append(_before(earlier, t))
    if again:
        lines.append(f"*{_stops_working(again, t)}*")
    return [marked_paragraph("\n".join(lines))] if lines else []


def _before(earlier: Earlier, t: Translator) -> str:
    named = {
        "who": mentions.person(earlier.user_id),
        "instant": t.instant(earlier.at),
    }
    if earlier.kind is RunKind.MAIL:
        return t.plural(
            "{who} sent one person of this branch an e-mail on {instant}.",
            "{who} sent {count} people of this branch an e-mail on {instant}.",
            earlier.count,
            **named,
        )
    return t.plural(
        "{who} gave one person of this branch a new password on {instant}.",
        "{who} gave {count} people of this branch a new password on {instant}.",
        earlier.count,
        **named,
    )


def _stops_working(again: int, t: Translator) -> str:
    return t.plural(
        "Mind: one of these people got an e-mail or a new password in the last 24 "
        "hours. What was handed out before stops working.",
        "Mind: {count} of these people got an e-mail or a new password in the last "
        "24 hours. What was handed out before, in a workbook too, stops working.",
        again,
    )
