"""The dry run of *Reset wachtwoorden en exporteer data*: whom, how many, who not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    Option,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from bot import confirming, mentions, payload
from bot.blocks import (
    button,
    buttons,
    header,
    marked_paragraph,
    paragraph,
    plain,
)
from bot.branches import place as places
from bot.branches.place import Place
from bot.confirming import DryRunFrame
from bot.locale import Translator, msgid
from bot.resets import reasons
from bot.resets.earlier_reset import Earlier, soon_after
from domain.errors import NotFoundError
from domain.logins.model import LoginState
from domain.runs.planning import ResetChoice, ResetLeftOut, ResetPlan, ResetScope

CALLBACK_ID: Final = "resets.export"
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
        "Only who never signed in (number of logins = 0)"
    ),
    ResetScope.WHOLE_BRANCH: msgid("The whole branch"),
}


@dataclass(frozen=True)
class DryRun:
    """What the chosen reset would do; `groups` are those one may take along.

    `count_changed` says that the numbers are others than those just agreed to.
    """

    place: Place
    branch_name: str
    password_days: int
    channel_id: str
    choice: ResetChoice
    plan: ResetPlan
    groups: Collection[LoginState]
    earlier: Earlier | None = None
    count_changed: bool = False


@dataclass(frozen=True)
class Wish:
    """What the screen said: the choice, and the number that was counted for it."""

    place: Place
    choice: ResetChoice
    expected_count: int


def build(data: DryRun, t: Translator) -> View:
    """Whom, the numbers, what becomes of it, and the number to type for many."""
    title, submit, count = t("Reset and export"), t("Export"), data.plan.count
    term = handed_over(data.channel_id, data.password_days, t)
    return confirming.dry_run(
        DryRunFrame(title, data.branch_name, count, submit, data.count_changed),
        [
            *_whom(data, t),
            *_loud(data.plan, t),
            marked_paragraph(what_happens(count, t)),
            *(soon_after(data.earlier, data.plan.again, t) if count else []),
            *_left_out(data.plan.left_out, t),
            *([term] if count else []),
        ],
        t,
        callback_id=CALLBACK_ID,
        ids=data.place.remembered(count=count, **remembered(data.choice)),
    )


def parse(body: payload.Body) -> Wish:
    """What the screen said. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    return Wish(
        place=places.read(body),
        choice=choice_of(ids),
        expected_count=payload.whole_number(ids.get("count")),
    )


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
    radio = _value(body, SCOPE_BLOCK, CHOOSE_SCOPE)
    if radio is not None and radio.get("selected_option"):
        is_whole = radio["selected_option"]["value"] == ResetScope.WHOLE_BRANCH.value
        scope = ResetScope.WHOLE_BRANCH if is_whole else ResetScope.NEVER_SIGNED_IN
    boxes = _value(body, ALSO_BLOCK, TICK_ALSO)
    if boxes is not None:
        values = {option["value"] for option in boxes.get("selected_options") or []}
        also = frozenset(state for state in GROUPS if state.value in values)
    return ResetChoice(scope, also)


def _value(
    body: payload.Body, block_id: str, action_id: str
) -> Mapping[str, Any] | None:
    return payload.values(body).get(block_id, {}).get(action_id)


def _whom(data: DryRun, t: Translator) -> list[Block]:
    scopes = {
        scope: Option(value=scope.value, text=plain(t(words)))
        for scope, words in _SCOPES.items()
    }
    radio = RadioButtonsElement(
        action_id=CHOOSE_SCOPE,
        options=list(scopes.values()),
        initial_option=scopes[data.choice.scope],
    )
    asked = paragraph(t("Who gets a new password?"))
    return [asked, buttons([radio], SCOPE_BLOCK), *_ticks(data, t)]


def _ticks(data: DryRun, t: Translator) -> list[Block]:
    there = [s for s in GROUPS if s in data.groups or s in data.choice.also]
    if not there:
        return []
    options = {
        state: Option(value=state.value, text=plain(t(_TICKS[state])))
        for state in there
    }
    ticked = [option for state, option in options.items() if state in data.choice.also]
    boxes = CheckboxesElement(
        action_id=TICK_ALSO,
        options=list(options.values()),
        initial_options=ticked or None,
    )
    return [buttons([boxes], ALSO_BLOCK)]


def _loud(plan: ResetPlan, t: Translator) -> list[Block]:
    if not plan.at_work:
        return []
    warning = t.plural(
        "Mind: one person who is at work with a password will have to use the new one.",
        "Mind: {count} people who are at work with their password will have to use "
        "the new one.",
        plan.at_work,
    )
    return [header("⚠️ " + t("The whole branch")), marked_paragraph(f"*{warning}*")]


def what_happens(count: int, t: Translator) -> str:
    """How many get a new password, in bold."""
    if count == 0:
        return t("Nobody gets a new password this way.")
    words = t.plural(
        "One person gets a new initial password.",
        "{count} people get a new initial password.",
        count,
    )
    return f"*{words}*"


def _left_out(left_out: Mapping[ResetLeftOut, int], t: Translator) -> list[Block]:
    return [
        paragraph(
            reasons.left_out(reason, left_out[reason], t),
            accessory=button(SHOW_LEFT_OUT, t("Show list"), value=reason.value),
        )
        for reason in ResetLeftOut
        if left_out.get(reason)
    ]


def handed_over(channel_id: str, password_days: int, t: Translator) -> Block:
    """Where the workbook goes, and how long its passwords work."""
    where = t.marked(
        "The encrypted workbook is put into {channel} and deleted there after 24 "
        "hours. Only you get to see the password that opens it.",
        channel=mentions.channel(channel_id),
    )
    term = t.plural(
        "The new passwords work from that moment, for one day.",
        "The new passwords work from that moment, for {count} days.",
        password_days,
    )
    return marked_paragraph(f"{where} {term}")
