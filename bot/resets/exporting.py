"""*Reset wachtwoorden en exporteer data*: the dry run, and the start of the run."""

from datetime import datetime
from typing import cast

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import confirming, notice
from bot.branches import place as places
from bot.branches.place import Place
from bot.interaction import Interaction
from bot.listening import Submitted
from bot.resets import admin_channel, answers, channel_problem, dry_run
from bot.resets.channel_problem import ChannelTrouble
from bot.resets.dry_run import DryRun, Wish
from bot.resets.earlier_reset import Earlier
from domain import administrators, branches
from domain.actor import AdministratorId
from domain.errors import CountChangedError
from domain.runs import ledger
from domain.runs.ledger import RunUnderWayError
from domain.runs.planning import ResetChoice, plan_reset, recent_reset


def plan(interaction: Interaction) -> None:
    """Show what a reset would do, unless a task is open or no channel can take it."""
    here = places.read(interaction.body)
    interaction.push(notice.wait(interaction.t("Reset and export"), interaction.t))
    _show_or_tell(interaction, here)


def look_again(interaction: Interaction) -> None:
    """The same once somebody has seen to the channel."""
    _show_or_tell(interaction, places.read(interaction.body))


def count_again(interaction: Interaction) -> None:
    """Show what the reset would do with what is chosen now."""
    here, choice = places.read(interaction.body), dry_run.chosen(interaction.body)
    view = _dry_run(interaction, here, choice)
    # Of two quick ticks the second shows both, whatever the first made of the view.
    interaction.replace(interaction.body["view"]["id"], view)


def start(interaction: Interaction) -> Submitted:
    """Start the run, if the number that was typed is right and nobody was first."""
    wish, chosen = dry_run.parse(interaction.body), dry_run.chosen(interaction.body)
    if wish.choice != chosen:
        # Ticked since the number was counted; it is agreed to once it is shown.
        again = _dry_run(interaction, wish.place, chosen, count_changed=True)
        return Submitted(again)
    confirming.check(interaction.body, wish.expected_count)
    try:
        channel_id = _start(interaction, wish)
    except CountChangedError:
        changed = _dry_run(interaction, wish.place, wish.choice, count_changed=True)
        return Submitted(changed)
    except RunUnderWayError as error:
        return Submitted(under_way(interaction, error))
    interaction.office.wake_worker()
    return Submitted(answers.started(channel_id, interaction.t))


def under_way(interaction: Interaction, error: RunUnderWayError) -> View:
    """Who was first, and when."""
    started_by = cast("AdministratorId", error.fields["started_by"])
    started_at = cast("datetime", error.fields["started_at"])
    with interaction.reading() as session:
        starter = administrators.slack_identity(session, started_by)
    return answers.under_way(starter.user_id, started_at, interaction.t)


def _start(interaction: Interaction, wish: Wish) -> str:
    actor, branch_id = interaction.actor, wish.place.branch_id
    with interaction.transaction() as session:
        branch = branches.get(session, branch_id, actor=actor)
        channel_id = admin_channel.required(branch, interaction.office)
        ledger.start_reset(
            session,
            branch_id,
            wish.choice,
            expected_count=wish.expected_count,
            channel_id=channel_id,
            actor=actor,
            now=interaction.now,
        )
    return channel_id


def _show_or_tell(interaction: Interaction, place: Place) -> None:
    try:
        _show(interaction, place)
    except RunUnderWayError as error:
        interaction.show(under_way(interaction, error))


def _show(interaction: Interaction, place: Place) -> None:
    with interaction.reading() as session:
        branch = branches.get(session, place.branch_id, actor=interaction.actor)
        ledger.require_no_open_run(session, place.branch_id, actor=interaction.actor)
    channel_id = admin_channel.of(branch, interaction.office)
    problem = admin_channel.problem_of(interaction, channel_id)
    if problem is not None:
        trouble = ChannelTrouble(problem, channel_id, place)
        interaction.show(channel_problem.build(trouble, interaction.t))
        return
    interaction.show(_dry_run(interaction, place, ResetChoice()))


def _earlier(
    session: Session, interaction: Interaction, place: Place
) -> Earlier | None:
    recent = recent_reset(
        session, place.branch_id, actor=interaction.actor, now=interaction.now
    )
    if recent is None:
        return None
    starter = administrators.slack_identity(session, recent.started_by)
    return Earlier(starter.user_id, recent.at, recent.count)


def _dry_run(
    interaction: Interaction,
    place: Place,
    choice: ResetChoice,
    *,
    count_changed: bool = False,
) -> View:
    actor, now = interaction.actor, interaction.now
    without_ticks = ResetChoice(choice.scope)
    with interaction.reading() as session:
        planned = plan_reset(session, place.branch_id, choice, actor=actor, now=now)
        bare = plan_reset(session, place.branch_id, without_ticks, actor=actor, now=now)
        branch = branches.get(session, place.branch_id, actor=actor)
        earlier = _earlier(session, interaction, place)
    left_out = {reason.value for reason in bare.left_out}
    data = DryRun(
        place=place,
        branch_name=branch.name,
        password_days=branch.initial_password_days,
        channel_id=admin_channel.required(branch, interaction.office),
        choice=choice,
        plan=planned,
        groups=[state for state in dry_run.GROUPS if state.value in left_out],
        earlier=earlier,
        count_changed=count_changed,
    )
    return dry_run.build(data, interaction.t)
