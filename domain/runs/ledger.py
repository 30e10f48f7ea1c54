"""Starting a run, and trying the failed rows of one again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain import branches
from domain.actor import Actor, BranchId
from domain.errors import DomainError, NotFoundError, NotPermittedError
from domain.exports import word_templates
from domain.exports.model import ReadyLetters
from domain.letters import email_templates
from domain.letters.model import EmailTemplateId
from domain.permissions import Act, require
from domain.runs import reminder_days
from domain.runs.approving import may_have_begun
from domain.runs.beginning import (
    NobodyToResetError,
    RunUnderWayError,
    begin_run,
    count_of,
    refuse_beside_open_run,
    require_count,
)
from domain.runs.choosing import ResetChoice, met_by, met_by_mail
from domain.runs.ending import show_again
from domain.runs.failed_rows import failed_of
from domain.runs.model import RowState, Run, RunId, RunKind, RunRow
from domain.runs.permitted import HANDING_OUT
from domain.runs.template_use import hold_current_version, hold_newest_version_of
from domain.step_ups import require_step_up

__all__ = [
    "AlreadyRetriedError",
    "NobodyToResetError",
    "RetryPlan",
    "RunUnderWayError",
    "get_run",
    "plan_retry",
    "require_no_open_run",
    "retry_failed",
    "start_mailing",
    "start_reset",
]


class AlreadyRetriedError(DomainError):
    """The failed rows of this run were tried again before."""

    code = "already_retried"


def start_reset(  # noqa: PLR0913 (each is something that HR chose or saw)
    session: Session,
    branch_id: BranchId,
    choice: ResetChoice,
    *,
    expected_count: int,
    channel_id: str,
    ready_letters: ReadyLetters | None = None,
    word_template_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> RunId:
    """Start a run over everybody whom the choice meets.

    `expected_count` is what the dry run showed. With `ready_letters` it makes a letter
    for each too; of one's OWN, from the template with this id. Raises
    StepUpRequiredError, RunUnderWayError, WordTemplateGoneError, CountChangedError or
    NobodyToResetError; then nothing was started.
    """
    _require_starting(session, actor, RunKind.EXPORT, branch_id, now)
    branches.lock(session, branch_id, actor=actor)
    refuse_beside_open_run(session, branch_id)
    if ready_letters is ReadyLetters.OWN:
        word_templates.hold(session, word_template_id or 0, branch_id)
    else:
        word_template_id = None
    met = met_by(branch_id, choice, now=now)
    count = require_count(session, met, expected_count)
    details: dict[str, Any] = {
        "scope": choice.scope.value,
        "also": sorted(choice.also),
    }
    if ready_letters is not None:
        details["ready_letters"] = ready_letters.value
    columns = {
        "row_count": count,
        "channel_id": channel_id,
        "ready_letters": ready_letters,
        "word_template_id": word_template_id,
    }
    return begin_run(session, branch_id, met, columns, details, actor=actor, now=now)


def start_mailing(  # noqa: PLR0913 (each is something that HR chose or saw)
    session: Session,
    branch_id: BranchId,
    choice: ResetChoice,
    *,
    template_id: EmailTemplateId,
    again: bool,
    remind_after: frozenset[int] = frozenset(),
    expected_count: int,
    channel_id: str,
    actor: Actor,
    now: datetime,
) -> RunId:
    """Start a run that mails everybody whom the choice meets.

    `again` takes along who got a letter in the last day; `expected_count` is what the
    dry run showed. With a template that hands over a link only active logins are met.
    `channel_id` is the branch's admin channel, or the starter's own
    user id when it has none. What the letters say is the template's version of now.
    Raises StepUpRequiredError, RunUnderWayError, TemplateGoneError, CountChangedError
    or NobodyToResetError; then nothing was started.
    """
    _require_starting(session, actor, RunKind.MAIL, branch_id, now)
    branches.lock(session, branch_id, actor=actor)
    refuse_beside_open_run(session, branch_id)
    version_id = hold_current_version(session, template_id, branch_id)
    template = email_templates.read_version(session, version_id)
    choice = choice.by_mail(template.hands_over)
    met = met_by_mail(branch_id, choice, again=again, now=now)
    columns = {
        "kind": RunKind.MAIL,
        "row_count": require_count(session, met, expected_count),
        "channel_id": channel_id,
        "template_version_id": version_id,
    }
    details = {
        "scope": choice.scope.value,
        "also": sorted(choice.also),
        "again": again,
        "remind_after": sorted(remind_after),
        "template_version": version_id,
    }
    run_id = begin_run(session, branch_id, met, columns, details, actor=actor, now=now)
    reminder_days.plan(session, run_id, remind_after, now=now)
    return run_id


@dataclass(frozen=True)
class RetryPlan:
    """What trying again would do; `changed` failed too and changed since."""

    count: int
    changed: int


def plan_retry(
    session: Session, run_id: RunId, *, actor: Actor, now: datetime
) -> RetryPlan:
    """Count the failed rows that can be tried again; writes nothing.

    Raises RunUnderWayError, AlreadyRetriedError or WordTemplateGoneError.
    """
    run = get_run(session, run_id, actor=actor)
    refuse_beside_open_run(session, BranchId(run.branch_id))
    _require_untried(session, run)
    _require_word_template(session, run)
    failed = session.scalar(
        select(func.count()).where(
            RunRow.run_id == run_id, RunRow.state == RowState.FAILED
        )
    )
    count = count_of(session, failed_of(run, now))
    return RetryPlan(count, (failed or 0) - count)


def retry_failed(
    session: Session,
    run_id: RunId,
    *,
    expected_count: int,
    channel_id: str,
    actor: Actor,
    now: datetime,
) -> RunId:
    """Start a second run with only the failed rows of an ended one.

    Logins that changed since are left alone: they got another password meanwhile,
    or the employment ended. A mailing takes along whose address was corrected, and
    its letters say what the template says by now.
    `expected_count` is what the dry run showed. Raises StepUpRequiredError,
    RunUnderWayError, AlreadyRetriedError, TemplateGoneError, WordTemplateGoneError,
    CountChangedError or NobodyToResetError.
    """
    run = get_run(session, run_id, actor=actor)
    branch_id = BranchId(run.branch_id)
    _require_starting(session, actor, run.kind, branch_id, now)
    branches.lock(session, branch_id, actor=actor)
    refuse_beside_open_run(session, branch_id)
    _require_untried(session, run)
    _require_word_template(session, run, held=True)
    failed = failed_of(run, now)
    columns: dict[str, Any] = {
        "kind": run.kind,
        "row_count": require_count(session, failed, expected_count),
        "channel_id": channel_id,
        "retry_of_run_id": run_id,
        # From what the first was made, though nobody else can choose it by now.
        "ready_letters": run.ready_letters,
        "word_template_id": run.word_template_id,
    }
    if run.template_version_id is not None:
        columns["template_version_id"] = hold_newest_version_of(
            session, run.template_version_id, branch_id
        )
    # Its message offers the retry no more once it is rewritten.
    show_again(session, run.id, now=now)
    details = {"retry_of": run_id}
    return begin_run(session, branch_id, failed, columns, details, actor=actor, now=now)


def _require_untried(session: Session, run: Run) -> None:
    retried = session.scalar(
        select(Run.id).where(
            Run.retry_of_run_id == run.id,
            may_have_begun(),
        )
    )
    if retried is not None or run.ended_at is None:
        raise AlreadyRetriedError


def _require_word_template(session: Session, run: Run, *, held: bool = False) -> None:
    if run.word_template_id is not None:
        word_templates.require_content(session, run.word_template_id, held=held)


def get_run(session: Session, run_id: RunId, *, actor: Actor) -> Run:
    """A run of a branch within reach; raises NotFoundError otherwise."""
    run = session.get(Run, run_id)
    if run is None or not actor.reaches(BranchId(run.branch_id)):
        raise NotFoundError(kind="run")
    require(actor, Act.RESET_PASSWORDS, BranchId(run.branch_id))
    return run


def _require_starting(
    session: Session, actor: Actor, kind: RunKind, branch_id: BranchId, now: datetime
) -> None:
    handing_out = HANDING_OUT[kind]
    require(actor, Act.RESET_PASSWORDS, branch_id)
    require(actor, handing_out, branch_id)
    if actor.administrator_id is None:
        raise NotPermittedError(act=handing_out.value)
    require_step_up(session, actor, now=now)


def require_no_open_run(session: Session, branch_id: BranchId, *, actor: Actor) -> None:
    """Refuse at once who could start nothing now.

    Starting asks it again: a run may begin meanwhile. Raises RunUnderWayError.
    """
    require(actor, Act.RESET_PASSWORDS, branch_id)
    refuse_beside_open_run(session, branch_id)
