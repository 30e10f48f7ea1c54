"""The dry run of *Probeer de mislukte opnieuw*."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import confirming, payload
from bot.blocks import marked_paragraph, paragraph
from bot.confirming import DryRunFrame
from bot.locale import Translator
from bot.resets import dry_run, reasons
from domain.runs.ledger import RetryPlan
from domain.runs.model import RowReason, RunId

CALLBACK_ID: Final = "resets.retry"


@dataclass(frozen=True)
class RetryDryRun:
    """What trying the failed ones of a run again would do."""

    run_id: RunId
    branch_name: str
    password_days: int
    channel_id: str
    plan: RetryPlan
    count_changed: bool = False


@dataclass(frozen=True)
class RetryWish:
    """What is submitted: which run, and the number that was shown."""

    run_id: RunId
    expected_count: int


def build(data: RetryDryRun, t: Translator) -> View:
    """How many, who not any more, and the number to type for many."""
    title, submit, count = t("Reset and export"), t("Retry"), data.plan.count
    term = dry_run.handed_over(data.channel_id, data.password_days, t)
    return confirming.dry_run(
        DryRunFrame(title, data.branch_name, count, submit, data.count_changed),
        [
            marked_paragraph(dry_run.what_happens(count, t)),
            *_changed_since(data.plan.changed, t),
            *([term] if count else []),
        ],
        t,
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(run=data.run_id, count=count),
    )


def parse(body: payload.Body) -> RetryWish:
    """Which run. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    return RetryWish(
        RunId(payload.whole_number(ids.get("run"))),
        payload.whole_number(ids.get("count")),
    )


def _changed_since(count: int, t: Translator) -> list[Block]:
    if not count:
        return []
    return [paragraph(reasons.of_row(RowReason.CHANGED_MEANWHILE, count, t))]
