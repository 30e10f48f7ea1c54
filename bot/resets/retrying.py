"""*Probeer de mislukte opnieuw*: a second run with only the failed ones."""

from dataclasses import dataclass, replace

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import confirming, notice, payload
from bot.interaction import Interaction
from bot.letters import leaving
from bot.listening import Submitted
from bot.resets import (
    admin_channel,
    answers,
    channel_problem,
    mailing_way,
    retry_dry_run,
)
from bot.resets.channel_problem import ChannelTrouble
from bot.resets.mailing_dry_run import Terms
from bot.resets.mailing_way import OtherTemplateError
from bot.resets.retry_dry_run import RetryDryRun, RetryWish, Workbook
from domain import branches
from domain.actor import BranchId
from domain.branches import Branch
from domain.errors import CountChangedError
from domain.runs import ledger
from domain.runs.approving import awaits_approval, needs_approval
from domain.runs.ledger import RunUnderWayError
from domain.runs.model import RunId, RunKind


@dataclass(frozen=True)
class _Failed:
    """The run that failed in part, and its branch."""

    run_id: RunId
    kind: RunKind
    version_id: int | None
    makes_letters: bool
    branch: Branch


def plan(interaction: Interaction) -> None:
    """Show what it would do, unless nothing can be handed out now as it was."""
    t = interaction.t
    interaction.open(notice.wait(t("Retry"), t))
    failed = _failed(interaction, RunId(payload.whole_number(interaction.value)))
    try:
        if failed.kind is RunKind.MAIL:
            _plan_mailing(interaction, failed)
        else:
            _plan_export(interaction, failed)
    except RunUnderWayError as error:
        interaction.show(_under_way(interaction, failed, error))


def start(interaction: Interaction) -> Submitted:
    """Start it, if the number that was typed is right and nobody was first."""
    wish = retry_dry_run.parse(interaction.body)
    confirming.check(interaction.body, wish.expected_count)
    failed = _failed(interaction, wish.run_id)
    shown = _shown_channel(interaction, wish, failed)
    try:
        awaits = _start(interaction, wish, shown or interaction.person.identity.user_id)
    except CountChangedError:
        data = _read(interaction, failed, shown)
        return _shown_anew(interaction, replace(data, count_changed=True))
    except OtherTemplateError:
        data = _read(interaction, failed, shown)
        return _shown_anew(interaction, replace(data, template_changed=True))
    except RunUnderWayError as error:
        return Submitted(_under_way(interaction, failed, error))
    interaction.office.wake_worker()
    title = retry_dry_run.title(failed.kind, interaction.t)
    return Submitted(answers.started(title, shown, interaction.t, awaits=awaits))


def _plan_mailing(interaction: Interaction, failed: _Failed) -> None:
    leaving.require_mail(interaction)
    channel_id = mailing_way.usable_channel(interaction, failed.branch)
    data = _read(interaction, failed, channel_id)
    interaction.show(retry_dry_run.build(data, interaction.t))


def _plan_export(interaction: Interaction, failed: _Failed) -> None:
    channel_id = admin_channel.of(failed.branch, interaction.office)
    problem = admin_channel.problem_of(interaction, channel_id)
    if problem is not None:
        trouble = ChannelTrouble(problem, channel_id)
        interaction.show(channel_problem.build(trouble, interaction.t))
        return
    data = _read(interaction, failed, channel_id)
    interaction.show(retry_dry_run.build(data, interaction.t))


def _shown_channel(
    interaction: Interaction, wish: RetryWish, failed: _Failed
) -> str | None:
    if failed.kind is RunKind.MAIL:
        leaving.require_mail(interaction)
        is_direct = wish.is_direct
        return mailing_way.shown_channel(
            interaction, failed.branch, is_direct=is_direct
        )
    return admin_channel.required(failed.branch, interaction.office)


def _start(interaction: Interaction, wish: RetryWish, channel_id: str) -> bool:
    with interaction.transaction() as session:
        run_id = ledger.retry_failed(
            session,
            wish.run_id,
            expected_count=wish.expected_count,
            channel_id=channel_id,
            actor=interaction.actor,
            now=interaction.now,
        )
        mailing_way.require_version(session, run_id, wish.version_id)
        return awaits_approval(session, run_id)


def _failed(interaction: Interaction, run_id: RunId) -> _Failed:
    actor = interaction.actor
    with interaction.reading() as session:
        run = ledger.get_run(session, run_id, actor=actor)
        branch = branches.get(session, BranchId(run.branch_id), actor=actor)
        makes_letters = run.ready_letters is not None
        version_id = run.template_version_id
        return _Failed(run_id, run.kind, version_id, makes_letters, branch)


def _read(
    interaction: Interaction, failed: _Failed, channel_id: str | None
) -> RetryDryRun:
    with interaction.reading() as session:
        planned = ledger.plan_retry(
            session, failed.run_id, actor=interaction.actor, now=interaction.now
        )
        terms = _terms(session, interaction, failed, channel_id)
    return RetryDryRun(
        failed.run_id,
        failed.branch.name,
        terms,
        planned,
        needs_approval=needs_approval(failed.branch, planned.count),
    )


def _terms(
    session: Session,
    interaction: Interaction,
    failed: _Failed,
    channel_id: str | None,
) -> Workbook | Terms:
    days = failed.branch.initial_password_days
    if failed.version_id is None:
        channel_id = admin_channel.required(failed.branch, interaction.office)
        return Workbook(channel_id, days, failed.makes_letters)
    branch_id = BranchId(failed.branch.id)
    template = mailing_way.template_of_today(
        session, interaction, failed.version_id, branch_id
    )
    return Terms(template, days, channel_id)


def _shown_anew(interaction: Interaction, data: RetryDryRun) -> Submitted:
    return Submitted(retry_dry_run.build(data, interaction.t))


def _under_way(
    interaction: Interaction, failed: _Failed, error: RunUnderWayError
) -> View:
    title = retry_dry_run.title(failed.kind, interaction.t)
    return answers.told_under_way(interaction, title, error)
