"""The dry run of *Probeer de mislukte opnieuw*."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import confirming, payload
from bot.blocks import marked_paragraph, paragraph
from bot.confirming import DryRunFrame
from bot.locale import Translator
from bot.resets import approvals, dry_run, mailing_dry_run, mailing_status, reasons
from bot.resets.mailing_dry_run import Terms
from domain.runs.ledger import RetryPlan
from domain.runs.model import RowReason, RunId, RunKind

CALLBACK_ID: Final = "resets.retry"


@dataclass(frozen=True)
class Workbook:
    """What an export is retried as: the channel of its file, the passwords' days."""

    channel_id: str
    password_days: int
    makes_letters: bool = False


@dataclass(frozen=True)
class RetryDryRun:
    """What trying the failed ones of a run again would do, as a workbook or by mail."""

    run_id: RunId
    branch_name: str
    terms: Workbook | Terms
    plan: RetryPlan
    count_changed: bool = False
    template_changed: bool = False
    needs_approval: bool = False

    @property
    def kind(self) -> RunKind:
        """Of the run that failed in part."""
        return RunKind.MAIL if isinstance(self.terms, Terms) else RunKind.EXPORT


@dataclass(frozen=True)
class RetryWish:
    """What is submitted: which run, and what was shown of it."""

    run_id: RunId
    expected_count: int
    is_direct: bool
    version_id: int | None


def build(data: RetryDryRun, t: Translator) -> View:
    """How many, who not any more, and the number to type for many."""
    count = data.plan.count
    frame = DryRunFrame(
        title(data.kind, t), data.branch_name, count, t("Retry"), data.count_changed
    )
    return confirming.dry_run(
        frame,
        [
            *(mailing_dry_run.look_once_more(t) if data.template_changed else []),
            marked_paragraph(_what_happens(data.kind, count, t)),
            *_changed_since(data, t),
            *(_term(data, t) if count else []),
            *approvals.beforehand(
                is_needed=data.needs_approval,
                has_channel=data.terms.channel_id is not None,
                t=t,
            ),
        ],
        t,
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(run=data.run_id, count=count, **_shown(data.terms)),
    )


def _shown(terms: Workbook | Terms) -> dict[str, int | None]:
    if isinstance(terms, Workbook):
        return {}
    return {
        "version": terms.template.version_id,
        "direct": None if terms.channel_id else 1,
    }


def parse(body: payload.Body) -> RetryWish:
    """Which run. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    version = ids.get("version")
    return RetryWish(
        RunId(payload.whole_number(ids.get("run"))),
        payload.whole_number(ids.get("count")),
        is_direct=bool(ids.get("direct")),
        version_id=None if version is None else payload.whole_number(version),
    )


def title(kind: RunKind, t: Translator) -> str:
    """Of the dry run and of what answers it."""
    if kind is RunKind.MAIL:
        return mailing_dry_run.title(t)
    return dry_run.title(t)


def _what_happens(kind: RunKind, count: int, t: Translator) -> str:
    if kind is RunKind.MAIL:
        return mailing_dry_run.what_happens(count, t)
    return dry_run.what_happens(count, t)


def _changed_since(data: RetryDryRun, t: Translator) -> list[Block]:
    count, reason = data.plan.changed, RowReason.CHANGED_MEANWHILE
    if not count:
        return []
    return [paragraph(reasons.of_row(reason, data.kind, count, t))]


def _term(data: RetryDryRun, t: Translator) -> Sequence[Block]:
    terms = data.terms
    if isinstance(terms, Terms):
        named = mailing_status.template(terms.template.name, t)
        can_start = terms.channel_id is not None or not data.needs_approval
        follows = mailing_dry_run.what_follows(terms, t, can_start=can_start)
        return [marked_paragraph(named), *follows]
    handed_over = dry_run.handed_over(terms.channel_id, terms.password_days, t)
    if not terms.makes_letters:
        return [handed_over]
    letters = t(
        "Letters are made again too, from the same Word template; they go into the "
        "same channel."
    )
    return [handed_over, paragraph(letters)]
