"""*Reset wachtwoorden en exporteer data*: the dry run, and the start of the run."""

from functools import partial

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import confirming, notice
from bot.branches import place as places
from bot.branches.place import Place
from bot.interaction import Interaction
from bot.listening import Submitted
from bot.resets import (
    admin_channel,
    answers,
    channel_problem,
    dry_run,
    earlier_reset,
    letters_choice,
    whom,
)
from bot.resets.channel_problem import ChannelTrouble
from bot.resets.dry_run import DryRun, Wish
from bot.resets.earlier_reset import HandedOutMeanwhileError, Warned
from bot.resets.letters_choice import NO_LETTERS, LettersChoice
from domain import branches
from domain.errors import CountChangedError
from domain.exports import word_templates
from domain.runs import ledger
from domain.runs.approving import awaits_approval, needs_approval
from domain.runs.ledger import RunUnderWayError
from domain.runs.planning import ResetChoice, plan_reset


def plan(interaction: Interaction) -> None:
    """Show what a reset would do, unless a task is open or no channel can take it."""
    here = places.read(interaction.body)
    interaction.push(notice.wait(dry_run.title(interaction.t), interaction.t))
    _show_or_tell(interaction, here)


def look_again(interaction: Interaction) -> None:
    """The same once somebody has seen to the channel."""
    _show_or_tell(interaction, places.read(interaction.body))


def count_again(interaction: Interaction) -> None:
    """Show what the reset would do with what is chosen now."""
    here, choice = places.read(interaction.body), whom.chosen(interaction.body)
    letters = letters_choice.chosen(interaction.body, interaction.t)
    view = _dry_run(interaction, here, choice, letters)
    # Of two quick ticks the second shows both, whatever the first made of the view.
    interaction.replace(interaction.body["view"]["id"], view)


def start(interaction: Interaction) -> Submitted:
    """Start the run, if the number that was typed is right and nobody was first."""
    wish, chosen = dry_run.parse(interaction.body), whom.chosen(interaction.body)
    letters = letters_choice.chosen(interaction.body, interaction.t)
    shown_anew = partial(_dry_run, interaction, wish.place, chosen, letters)
    if wish.choice != chosen:
        # Ticked since the number was counted; it is agreed to once it is shown.
        return Submitted(shown_anew(count_changed=True))
    confirming.check(interaction.body, wish.expected_count)
    try:
        channel_id, awaits = _start(interaction, wish, letters)
    except CountChangedError:
        return Submitted(shown_anew(count_changed=True))
    except HandedOutMeanwhileError:
        return Submitted(shown_anew(handed_out=True))
    except RunUnderWayError as error:
        return Submitted(_under_way(interaction, error))
    interaction.office.wake_worker()
    t = interaction.t
    told = answers.started(dry_run.title(t), channel_id, t, awaits=awaits)
    return Submitted(told)


def _start(
    interaction: Interaction, wish: Wish, letters: LettersChoice
) -> tuple[str, bool]:
    branch_id = wish.place.branch_id
    with interaction.transaction() as session:
        actor = interaction.actor
        branch = branches.get(session, branch_id, actor=actor)
        channel_id = admin_channel.required(branch, interaction.office)
        run_id = ledger.start_reset(
            session,
            branch_id,
            wish.choice,
            expected_count=wish.expected_count,
            channel_id=channel_id,
            ready_letters=letters.ready,
            word_template_id=letters.template_id,
            actor=actor,
            now=interaction.now,
        )
        _require_as_warned(session, interaction, wish)
        return channel_id, awaits_approval(session, run_id)


def _require_as_warned(session: Session, interaction: Interaction, wish: Wish) -> None:
    """Under the branch's lock; raises HandedOutMeanwhileError."""
    branch_id = wish.place.branch_id
    planned = plan_reset(
        session, branch_id, wish.choice, actor=interaction.actor, now=interaction.now
    )
    earlier = earlier_reset.read(session, interaction, branch_id)
    wish.warned.require_no_more(Warned.of(earlier, planned.again))


def _show_or_tell(interaction: Interaction, place: Place) -> None:
    try:
        _show(interaction, place)
    except RunUnderWayError as error:
        interaction.show(_under_way(interaction, error))


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
    interaction.show(_dry_run(interaction, place, ResetChoice(), NO_LETTERS))


def _under_way(interaction: Interaction, error: RunUnderWayError) -> View:
    return answers.told_under_way(interaction, dry_run.title(interaction.t), error)


def _dry_run(
    interaction: Interaction,
    place: Place,
    choice: ResetChoice,
    letters: LettersChoice,
    *,
    count_changed: bool = False,
    handed_out: bool = False,
) -> View:
    actor, now = interaction.actor, interaction.now
    without_ticks = ResetChoice(choice.scope)
    with interaction.reading() as session:
        planned = plan_reset(session, place.branch_id, choice, actor=actor, now=now)
        bare = plan_reset(session, place.branch_id, without_ticks, actor=actor, now=now)
        branch = branches.get(session, place.branch_id, actor=actor)
        own = word_templates.choose_from(session, place.branch_id, actor=actor)
        earlier = earlier_reset.read(session, interaction, place.branch_id)
    data = DryRun(
        place=place,
        branch_name=branch.name,
        password_days=branch.initial_password_days,
        channel_id=admin_channel.required(branch, interaction.office),
        choice=choice,
        plan=planned,
        groups=whom.groups_in(bare.left_out),
        earlier=earlier,
        count_changed=count_changed,
        handed_out=handed_out,
        letters=letters,
        word_templates=own,
        needs_approval=needs_approval(branch, planned.count),
    )
    return dry_run.build(data, interaction.t)
