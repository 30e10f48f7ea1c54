"""*Probeer de mislukte opnieuw*: a second run with only the failed ones."""

from slack_sdk.models.views import View

from bot import confirming, notice, payload
from bot.interaction import Interaction
from bot.listening import Submitted
from bot.resets import admin_channel, answers, channel_problem, retry_dry_run
from bot.resets.channel_problem import ChannelTrouble
from bot.resets.exporting import under_way
from bot.resets.retry_dry_run import RetryDryRun, RetryWish
from domain import branches
from domain.actor import BranchId
from domain.branches import Branch
from domain.errors import CountChangedError
from domain.runs import ledger
from domain.runs.ledger import RunUnderWayError
from domain.runs.model import RunId


def plan(interaction: Interaction) -> None:
    """Show what it would do, unless the admin channel still can't take the file."""
    t = interaction.t
    interaction.open(notice.wait(t("Reset and export"), t))
    run_id = RunId(payload.whole_number(interaction.value))
    branch = _branch_of(interaction, run_id)
    channel_id = admin_channel.of(branch, interaction.office)
    problem = admin_channel.problem_of(interaction, channel_id)
    if problem is not None:
        trouble = ChannelTrouble(problem, channel_id)
        interaction.show(channel_problem.build(trouble, t))
        return
    try:
        interaction.show(_dry_run(interaction, run_id, branch))
    except RunUnderWayError as error:
        interaction.show(under_way(interaction, error))


def start(interaction: Interaction) -> Submitted:
    """Start it, if the number that was typed is right and nobody was first."""
    wish = retry_dry_run.parse(interaction.body)
    confirming.check(interaction.body, wish.expected_count)
    branch = _branch_of(interaction, wish.run_id)
    channel_id = admin_channel.required(branch, interaction.office)
    try:
        _start(interaction, wish, channel_id)
    except CountChangedError:
        changed = _dry_run(interaction, wish.run_id, branch, count_changed=True)
        return Submitted(changed)
    except RunUnderWayError as error:
        return Submitted(under_way(interaction, error))
    interaction.office.wake_worker()
    return Submitted(answers.started(channel_id, interaction.t))


def _start(interaction: Interaction, wish: RetryWish, channel_id: str) -> None:
    with interaction.transaction() as session:
        ledger.retry_failed(
            session,
            wish.run_id,
            expected_count=wish.expected_count,
            channel_id=channel_id,
            actor=interaction.actor,
            now=interaction.now,
        )


def _branch_of(interaction: Interaction, run_id: RunId) -> Branch:
    actor = interaction.actor
    with interaction.reading() as session:
        run = ledger.get_run(session, run_id, actor=actor)
        return branches.get(session, BranchId(run.branch_id), actor=actor)


def _dry_run(
    interaction: Interaction,
    run_id: RunId,
    branch: Branch,
    *,
    count_changed: bool = False,
) -> View:
    with interaction.reading() as session:
        planned = ledger.plan_retry(
            session, run_id, actor=interaction.actor, now=interaction.now
        )
    data = RetryDryRun(
        run_id=run_id,
        branch_name=branch.name,
        password_days=branch.initial_password_days,
        channel_id=admin_channel.required(branch, interaction.office),
        plan=planned,
        count_changed=count_changed,
    )
    return retry_dry_run.build(data, interaction.t)
