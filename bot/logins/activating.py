"""The dry run of *Maak werknemerslogins actief*, with the groups one may tick."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, CheckboxesElement, Option
from slack_sdk.models.views import View

from bot import confirming, payload
from bot.blocks import button, buttons, paragraph, plain
from bot.branches import acts
from bot.branches import place as places
from bot.branches.place import Place
from bot.confirming import DryRunFrame
from bot.locale import Translator
from domain.logins.model import LoginState
from domain.logins.provisioning import LEFT_UNLESS_TICKED

CALLBACK_ID: Final = "logins.activate"
ALSO_BLOCK: Final = "also"
TICK_ALSO: Final = "logins.tick_also"
SHOW_LEFT_OUT: Final = "logins.left_out_of_activation"


@dataclass(frozen=True)
class ActivationDryRun:
    """What activating would do in a branch.

    `groups` are the logins that are left unless ticked; `count` is with those
    of `also`. `count_changed` says that the number is another than the one
    agreed to.
    """

    place: Place
    branch_name: str
    count: int
    groups: Mapping[LoginState, int]
    also: frozenset[LoginState]
    count_changed: bool = False


@dataclass(frozen=True)
class ActivationWish:
    """What the screen said: where, which groups too, and the number with them."""

    place: Place
    also: frozenset[LoginState]
    expected_count: int


def build(data: ActivationDryRun, t: Translator) -> View:
    """How many, which groups are left, and the number to type for many."""
    title, submit, count = t("Activate logins"), t("Activate"), data.count
    also = " ".join(sorted(data.also)) or None
    return confirming.dry_run(
        DryRunFrame(title, data.branch_name, count, submit, data.count_changed),
        [paragraph(_what_happens(count, t)), *_groups(data, t)],
        t,
        callback_id=CALLBACK_ID,
        ids=data.place.remembered(count=count, also=also),
    )


def parse(body: payload.Body) -> ActivationWish:
    """What the screen said. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    return ActivationWish(
        place=places.read(body),
        also=_among(str(ids.get("also") or "").split()),
        expected_count=payload.whole_number(ids.get("count")),
    )


def ticked(body: payload.Body) -> frozenset[LoginState]:
    """The groups that are ticked now, or else those the screen was built with."""
    boxes = payload.values(body).get(ALSO_BLOCK, {}).get(TICK_ALSO)
    if boxes is None:
        return parse(body).also
    return _among([option["value"] for option in boxes.get("selected_options") or []])


def _among(values: Collection[str]) -> frozenset[LoginState]:
    return frozenset(state for state in LEFT_UNLESS_TICKED if state.value in values)


def done(count: int, t: Translator, *, mails: bool) -> list[str]:
    """What to say when it is done; `mails` is whether letters can leave."""
    hand_out = acts.handing_out(mails=mails)
    activated = t.plural(
        "One employee login is active now.",
        "{count} employee logins are active now.",
        count,
    )
    following = t(
        "Hand out the passwords next: press {button}, beside {label}.",
        button=t(hand_out.button),
        label=t(hand_out.label),
    )
    return [activated, following]


def why(state: LoginState, count: int, t: Translator) -> str:
    """How many are left for this reason, in a sentence."""
    if state is LoginState.SWITCHED_OFF:
        return t.plural(
            "One login was switched off by an administrator.",
            "{count} logins were switched off by an administrator.",
            count,
        )
    if state is LoginState.EMPLOYMENT_ENDED:
        return t.plural(
            "One login belongs to somebody who is no longer employed.",
            "{count} logins belong to people who are no longer employed.",
            count,
        )
    return t.plural(
        "One login is locked by wrong passwords.",
        "{count} logins are locked by wrong passwords.",
        count,
    )


def _tick(state: LoginState, t: Translator) -> str:
    if state is LoginState.SWITCHED_OFF:
        return t("Also those that were switched off")
    if state is LoginState.EMPLOYMENT_ENDED:
        return t("Also those of people who are no longer employed")
    return t("Also those that are locked")


def _what_happens(count: int, t: Translator) -> str:
    if count == 0:
        return t("Nothing to activate: no login of this branch waits for it.")
    return t.plural(
        "One employee login will be activated.",
        "{count} employee logins will be activated.",
        count,
    )


def _groups(data: ActivationDryRun, t: Translator) -> list[Block]:
    there = [state for state in LEFT_UNLESS_TICKED if data.groups.get(state)]
    if not there:
        return []
    lines = [
        paragraph(
            why(state, data.groups[state], t),
            accessory=button(SHOW_LEFT_OUT, t("Show list"), value=state.value),
        )
        for state in there
    ]
    options = {
        state: Option(value=state.value, text=plain(_tick(state, t))) for state in there
    }
    ticked = [option for state, option in options.items() if state in data.also]
    boxes = CheckboxesElement(
        action_id=TICK_ALSO,
        options=list(options.values()),
        initial_options=ticked or None,
    )
    return [*lines, buttons([boxes], ALSO_BLOCK)]
