"""Creating and activating the logins of a branch: dry run, confirmation, batches."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import confirming, notice, payload
from bot.branches import place as places
from bot.branches.opening import refresh_branch
from bot.branches.place import Place
from bot.interaction import Interaction
from bot.listening import Submitted
from bot.logins import activating, creating
from bot.logins.activating import ActivationDryRun
from bot.logins.creating import CreationDryRun
from domain import branches
from domain.errors import CountChangedError
from domain.logins import provisioning
from domain.logins.model import LoginState

# Does a few more when so many are done already; gives how many.
Batch = Callable[[Session, int], int]
Screen = Callable[[], View]
Finish = Callable[[int], View]


@dataclass(frozen=True)
class Confirmed:
    """An act on the `count` people that were shown, and what to show after it.

    `anew` is the dry run again, for when the number is another by now.
    """

    title: str
    place: Place
    count: int
    batch: Batch
    finish: Finish
    anew: Screen


def plan_creation(interaction: Interaction) -> None:
    """Show what creating would do."""
    here = places.read(interaction.body)
    interaction.push(notice.wait(interaction.t("Create logins"), interaction.t))
    interaction.show(_creation(interaction, here))


def plan_activation(interaction: Interaction) -> None:
    """Show what activating would do."""
    here = places.read(interaction.body)
    interaction.push(notice.wait(interaction.t("Activate logins"), interaction.t))
    interaction.show(_activation(interaction, here, frozenset()))


def count_again(interaction: Interaction) -> None:
    """Show what activating would do with the groups that are ticked now."""
    here, also = places.read(interaction.body), activating.ticked(interaction.body)
    view = _activation(interaction, here, also)
    # Of two quick ticks the second shows both, whatever the first made of the view.
    interaction.replace(payload.view(interaction.body)["id"], view)


def create(interaction: Interaction) -> Submitted:
    """Create the logins, if the number that was typed is right."""
    wish, t = creating.parse(interaction.body), interaction.t

    def batch(session: Session, done: int) -> int:
        return provisioning.create_logins(
            session,
            wish.place.branch_id,
            expected_count=None if done else wish.expected_count,
            limit=min(provisioning.BATCH, wish.expected_count - done),
            actor=interaction.actor,
            now=interaction.now,
        )

    confirmed = Confirmed(
        title=t("Create logins"),
        place=wish.place,
        count=wish.expected_count,
        batch=batch,
        finish=lambda count: notice.build(
            t("Create logins"), creating.done(count, t), t
        ),
        anew=partial(_creation, interaction, wish.place, count_changed=True),
    )
    return _do(interaction, confirmed)


def activate(interaction: Interaction) -> Submitted:
    """Activate the logins, if the number that was typed is right."""
    wish, t = activating.parse(interaction.body), interaction.t
    ticked = activating.ticked(interaction.body)
    anew = partial(_activation, interaction, wish.place, ticked, count_changed=True)
    if wish.also != ticked:
        # Ticked since the number was counted; it is agreed to once it is shown.
        return Submitted(anew())

    def batch(session: Session, done: int) -> int:
        return provisioning.activate_logins(
            session,
            wish.place.branch_id,
            also=wish.also,
            expected_count=None if done else wish.expected_count,
            limit=min(provisioning.BATCH, wish.expected_count - done),
            actor=interaction.actor,
            now=interaction.now,
        )

    confirmed = Confirmed(
        title=t("Activate logins"),
        place=wish.place,
        count=wish.expected_count,
        batch=batch,
        finish=lambda count: notice.build(
            t("Activate logins"),
            activating.done(count, t, mails=interaction.office.mails),
            t,
        ),
        anew=anew,
    )
    return _do(interaction, confirmed)


def _do(interaction: Interaction, confirmed: Confirmed) -> Submitted:
    confirming.check(interaction.body, confirmed.count)
    if confirmed.count <= provisioning.BATCH:
        return _at_once(interaction, confirmed)
    return Submitted(
        notice.wait(confirmed.title, interaction.t),
        then=partial(_in_batches, interaction, confirmed),
        is_waiting=True,
    )


def _at_once(interaction: Interaction, confirmed: Confirmed) -> Submitted:
    """Few enough for one transaction before the ack, which then tells the result."""
    try:
        with interaction.transaction() as session:
            count = _all_of(confirmed, partial(confirmed.batch, session))
    except CountChangedError:
        return Submitted(confirmed.anew())
    return Submitted(
        confirmed.finish(count),
        then=partial(refresh_branch, interaction, confirmed.place),
    )


def _in_batches(interaction: Interaction, confirmed: Confirmed) -> None:
    """Many, after the ack, in short transactions that nobody waits long for."""

    def one(done: int) -> int:
        with interaction.transaction() as session:
            return confirmed.batch(session, done)

    try:
        count = _all_of(confirmed, one)
    except CountChangedError:
        interaction.show(confirmed.anew())
        return
    # Whoever closed the modal may be at another branch: nothing is shown there.
    interaction.show(confirmed.finish(count))
    refresh_branch(interaction, confirmed.place)


def _all_of(confirmed: Confirmed, batch: Callable[[int], int]) -> int:
    """One batch after the other, and nobody beyond the number that was shown."""
    done = batch(0)
    while done < confirmed.count:
        more = batch(done)
        if not more:
            break
        done += more
    return done


def _creation(
    interaction: Interaction, place: Place, *, count_changed: bool = False
) -> View:
    actor = interaction.actor
    with interaction.reading() as session:
        plan = provisioning.plan_creation(
            session, place.branch_id, actor=actor, now=interaction.now
        )
        branch = branches.get(session, place.branch_id, actor=actor)
    data = CreationDryRun(place, branch.name, plan, count_changed)
    return creating.build(data, interaction.t)


def _activation(
    interaction: Interaction,
    place: Place,
    also: frozenset[LoginState],
    *,
    count_changed: bool = False,
) -> View:
    actor = interaction.actor
    with interaction.reading() as session:
        plan = provisioning.plan_activation(
            session, place.branch_id, actor=actor, now=interaction.now
        )
        branch = branches.get(session, place.branch_id, actor=actor)
    data = ActivationDryRun(
        place=place,
        branch_name=branch.name,
        count=plan.count + sum(plan.left_out.get(state, 0) for state in also),
        groups=plan.left_out,
        also=also,
        count_changed=count_changed,
    )
    return activating.build(data, interaction.t)
