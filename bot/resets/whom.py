"""Whom a reset is for: the question of its dry run, and the answer read back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    Option,
    RadioButtonsElement,
)

from bot import payload
from bot.blocks import button, buttons, header, marked_paragraph, paragraph, plain
from bot.locale import Translator, msgid
from bot.resets import reasons
from domain.errors import NotFoundError
from domain.logins.model import LoginState
from domain.runs.planning import ResetChoice, ResetLeftOut, ResetScope

SCOPE_BLOCK: Final = "scope"
CHOOSE_SCOPE: Final = "resets.choose_scope"
ALSO_BLOCK: Final = "also"
TICK_ALSO: Final = "resets.tick_also"
SHOW_LEFT_OUT: Final = "resets.show_left_out"
GROUPS: Final = (
    LoginState.NEW,
    LoginState.SWITCHED_OFF,
    LoginState.EMPLOYMENT_ENDED,
    LoginState.LOCKED,
)
_TICKS: Final = {
    LoginState.NEW: msgid("Also those that were never active"),
    LoginState.SWITCHED_OFF: msgid("Also those that were switched off"),
    LoginState.EMPLOYMENT_ENDED: msgid(
        "Also those of people who are no longer employed"
    ),
    LoginState.LOCKED: msgid("Also those that are locked"),
}
_SCOPES: Final = {
    ResetScope.NEVER_SIGNED_IN: msgid(
        "Only people who never signed in (number of logins = 0)"
    ),
    ResetScope.WHOLE_BRANCH: msgid("The whole branch"),
}


@dataclass(frozen=True)
class Whom:
    """What is chosen, and the groups that one may take along."""

    choice: ResetChoice
    groups: Collection[LoginState]


def groups_in(left_out: Collection[ResetLeftOut]) -> list[LoginState]:
    """The groups among those who are left out when nothing is ticked."""
    reasons_there = {reason.value for reason in left_out}
    return [state for state in GROUPS if state.value in reasons_there]


def scopes(
    question: str, offered: Sequence[ResetScope], chosen: ResetScope, t: Translator
) -> list[Block]:
    """The question, and whom it may be for."""
    options = {
        scope: Option(value=scope.value, text=plain(t(_SCOPES[scope])))
        for scope in offered
    }
    radio = RadioButtonsElement(
        action_id=CHOOSE_SCOPE,
        options=list(options.values()),
        initial_option=options[chosen],
    )
    return [paragraph(question), buttons([radio], SCOPE_BLOCK)]


def ticks(whom: Whom, t: Translator) -> list[Block]:
    """The groups to take along, if any, and what that does not do for them."""
    there = [s for s in GROUPS if s in whom.groups or s in whom.choice.also]
    if not there:
        return []
    options = {
        state: Option(value=state.value, text=plain(t(_TICKS[state])))
        for state in there
    }
    ticked = [option for state, option in options.items() if state in whom.choice.also]
    boxes = CheckboxesElement(
        action_id=TICK_ALSO,
        options=list(options.values()),
        initial_options=ticked or None,
    )
    return [buttons([boxes], ALSO_BLOCK), *(_stays_shut(t) if ticked else [])]


def _stays_shut(t: Translator) -> list[Block]:
    warned = t(
        "Mind: nobody is activated by this. Whoever you take along gets in only after "
        "somebody activates the login."
    )
    return [paragraph(f"⚠️ {warned}")]


def loud(warning: str | None, t: Translator) -> list[Block]:
    """What people at work lose, if anybody does."""
    if warning is None:
        return []
    return [header("⚠️ " + t("The whole branch")), marked_paragraph(f"*{warning}*")]


def left_out(counts: Mapping[ResetLeftOut, int], t: Translator) -> list[Block]:
    """Who gets nothing and why, each reason with a button for the list."""
    return [
        paragraph(
            reasons.left_out(reason, counts[reason], t),
            accessory=button(SHOW_LEFT_OUT, t("Show list"), value=reason.value),
        )
        for reason in ResetLeftOut
        if counts.get(reason)
    ]


def remembered(choice: ResetChoice) -> dict[str, str | None]:
    """A choice for `private_metadata`."""
    also = " ".join(sorted(choice.also)) or None
    return {"scope": choice.scope.value, "also": also}


def choice_of(ids: Mapping[str, Any]) -> ResetChoice:
    """The choice that a view carries. Raises NotFoundError for what is none."""
    try:
        also = frozenset(map(LoginState, str(ids.get("also") or "").split()))
        return ResetChoice(ResetScope(str(ids.get("scope"))), also)
    except ValueError as error:
        raise NotFoundError(kind="view") from error


def chosen(body: payload.Body) -> ResetChoice:
    """Whom by what is ticked now, or else by what the screen was built with."""
    shown = choice_of(payload.remembered(body))
    scope, also = shown.scope, shown.also
    radio = payload.values(body).get(SCOPE_BLOCK, {}).get(CHOOSE_SCOPE)
    if radio is not None and radio.get("selected_option"):
        is_whole = radio["selected_option"]["value"] == ResetScope.WHOLE_BRANCH.value
        scope = ResetScope.WHOLE_BRANCH if is_whole else ResetScope.NEVER_SIGNED_IN
    ticked = ticked_in(body, ALSO_BLOCK, TICK_ALSO)
    if ticked is not None:
        also = frozenset(state for state in GROUPS if state.value in ticked)
    return ResetChoice(scope, also)


def ticked_in(
    body: payload.Body, block_id: str, action_id: str
) -> frozenset[str] | None:
    """The values that are ticked now; None where there are no such boxes."""
    boxes = payload.values(body).get(block_id, {}).get(action_id)
    if boxes is None:
        return None
    return frozenset(option["value"] for option in boxes.get("selected_options") or [])
