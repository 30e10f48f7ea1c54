"""Creating and activating the logins of a branch: dry run, confirmation, batches."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import confirming, notice
from bot.branches import place as places
from bot.branches.opening import refresh_branch
from bot.branches.place import Place
from bot.interaction import Interaction, ViewGoneError
from bot.listening import Submitted
from bot.logins import activating, creating
from bot.logins.activating import ActivationDryRun
from bot.logins.creating import CreationDryRun
from domain import branches
from domain.logins import provisioning
from domain.logins.model import LoginState

Batch = Callable[[Session], int]
Finish = Callable[[int], View]


def plan_creation(interaction: Interaction) -> None:
    """Show what creating would do."""
    here = places.read(interaction.body)
    interaction.push(notice.wait(interaction.t("Create logins"), interaction.t))
    dry_run = _creation(interaction, here)
    interaction.show(creating.build(dry_run, interaction.t))


def plan_activation(interaction: Interaction) -> None:
    """Show what activating would do."""
    here = places.read(interaction.body)
    interaction.push(notice.wait(interaction.t("Activate logins"), interaction.t))
    dry_run = _activation(interaction, here, frozenset())
    interaction.show(activating.build(dry_run, interaction.t))


def count_again(interaction: Interaction) -> None:
    """Show what activating would do with the groups that are ticked now."""
    here = places.read(interaction.body)
    dry_run = _activation(interaction, here, activating.parse(interaction.body))
    interaction.show(activating.build(dry_run, interaction.t))


def create(interaction: Interaction) -> Submitted:
    """Create the logins, if the number that was typed is right."""
    here, t = places.read(interaction.body), interaction.t
    dry_run = _creation(interaction, here)
    if confirming.must_ask_again(interaction.body, dry_run.plan.count):
        return Submitted(creating.build(dry_run, t))
    confirming.check(interaction.body, dry_run.plan.count)

    def batch(session: Session) -> int:
        return provisioning.create_logins(
            session, here.branch_id, actor=interaction.actor, now=interaction.now
        )

    def finish(count: int) -> View:
        return notice.build(t("Create logins"), creating.done(count, t), t)

    if dry_run.plan.count <= provisioning.BATCH:
        return _at_once(interaction, here, batch, finish)
    return Submitted(
        notice.wait(t("Create logins"), t),
        then=partial(_in_batches, interaction, here, batch, finish),
        is_waiting=True,
    )


def activate(interaction: Interaction) -> Submitted:
    """Activate the logins, if the number that was typed is right."""
    here, t = places.read(interaction.body), interaction.t
    also = activating.parse(interaction.body)
    dry_run = _activation(interaction, here, also)
    if confirming.must_ask_again(interaction.body, dry_run.count):
        return Submitted(activating.build(dry_run, t))
    confirming.check(interaction.body, dry_run.count)

    def batch(session: Session) -> int:
        return provisioning.activate_logins(
            session,
            here.branch_id,
            also=also,
            actor=interaction.actor,
            now=interaction.now,
        )

    def finish(count: int) -> View:
        return notice.build(t("Activate logins"), activating.done(count, t), t)

    if dry_run.count <= provisioning.BATCH:
        return _at_once(interaction, here, batch, finish)
    return Submitted(
        notice.wait(t("Activate logins"), t),
        then=partial(_in_batches, interaction, here, batch, finish),
        is_waiting=True,
    )


def _at_once(
    interaction: Interaction, place: Place, batch: Batch, finish: Finish
) -> Submitted:
    """Few enough for one transaction before the ack, which then tells the result."""
    with interaction.transaction() as session:
        count = _until_none_are_left(lambda: batch(session))
    return Submitted(finish(count), then=partial(refresh_branch, interaction, place))


def _in_batches(
    interaction: Interaction, place: Place, batch: Batch, finish: Finish
) -> None:
    """Many, after the ack, in short transactions that nobody waits long for."""

    def one() -> int:
        with interaction.transaction() as session:
            return batch(session)

    count = _until_none_are_left(one)
    # Whoever closed the modal still gets the branch screen anew.
    with suppress(ViewGoneError):
        interaction.show(finish(count))
    refresh_branch(interaction, place)


def _until_none_are_left(batch: Callable[[], int]) -> int:
    count = done = batch()
    while done:
        done = batch()
        count += done
    return count


def _creation(interaction: Interaction, place: Place) -> CreationDryRun:
    actor = interaction.actor
    with interaction.reading() as session:
        plan = provisioning.plan_creation(
            session, place.branch_id, actor=actor, now=interaction.now
        )
        branch = branches.get(session, place.branch_id, actor=actor)
    return CreationDryRun(place, branch.name, plan)


def _activation(
    interaction: Interaction, place: Place, also: frozenset[LoginState]
) -> ActivationDryRun:
    actor = interaction.actor
    with interaction.reading() as session:
        plan = provisioning.plan_activation(
            session, place.branch_id, actor=actor, now=interaction.now
        )
        branch = branches.get(session, place.branch_id, actor=actor)
    ticked = sum(plan.left_out.get(state, 0) for state in also)
    return ActivationDryRun(
        place=place,
        branch_name=branch.name,
        count=plan.count + ticked,
        groups=plan.left_out,
        also=also,
    )
