"""*Probeer de mislukte opnieuw*: a second run with only the failed ones."""

from bot import notice, payload
from bot.interaction import Interaction
from bot.resets import admin_channel, answers, channel_problem
from bot.resets.channel_problem import ChannelTrouble
from bot.resets.exporting import under_way
from domain import branches
from domain.actor import BranchId
from domain.runs import ledger
from domain.runs.ledger import RunUnderWayError
from domain.runs.model import RunId


def retry(interaction: Interaction) -> None:
    """Start it, unless the channel still can't take the file or somebody was first."""
    actor, t = interaction.actor, interaction.t
    interaction.open(notice.wait(t("Reset and export"), t))
    run_id = RunId(payload.whole_number(interaction.value))
    with interaction.reading() as session:
        run = ledger.get_run(session, run_id, actor=actor)
        branch = branches.get(session, BranchId(run.branch_id), actor=actor)
    channel_id = admin_channel.of(branch, interaction.office)
    problem = admin_channel.problem_of(interaction, channel_id)
    if problem is not None:
        trouble = ChannelTrouble(problem, channel_id)
        interaction.show(channel_problem.build(trouble, t))
        return
    _start(interaction, run_id, admin_channel.required(branch, interaction.office))


def _start(interaction: Interaction, run_id: RunId, channel_id: str) -> None:
    try:
        with interaction.transaction() as session:
            ledger.retry_failed(
                session,
                run_id,
                channel_id=channel_id,
                actor=interaction.actor,
                now=interaction.now,
            )
    except RunUnderWayError as error:
        interaction.show(under_way(interaction, error))
        return
    interaction.office.wake_worker()
    interaction.show(answers.started(channel_id, interaction.t))
