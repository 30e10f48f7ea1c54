"""The dry run of *Reset wachtwoorden en exporteer data*: whom, how many, who not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import confirming, mentions, payload
from bot.blocks import marked_paragraph
from bot.branches import place as places
from bot.branches.place import Place
from bot.confirming import DryRunFrame
from bot.locale import Translator
from bot.resets import approvals, letters_choice, whom
from bot.resets.earlier_reset import Earlier, Warned, look_once_more, soon_after
from bot.resets.letters_choice import NO_LETTERS, LettersChoice
from bot.resets.whom import Whom
from domain.exports.word_templates import WordTemplateLine
from domain.logins.model import LoginState
from domain.runs.planning import ResetChoice, ResetPlan, ResetScope

CALLBACK_ID: Final = "resets.export"
_SCOPES: Final = (ResetScope.NEVER_SIGNED_IN, ResetScope.WHOLE_BRANCH)


@dataclass(frozen=True)
class DryRun:
    """What the chosen reset would do; `groups` are those one may take along.

    `count_changed` says that the numbers are others than those just agreed to,
    `handed_out` that somebody handed out passwords since.
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
    handed_out: bool = False
    letters: LettersChoice = NO_LETTERS
    word_templates: Sequence[WordTemplateLine] = ()
    needs_approval: bool = False


@dataclass(frozen=True)
class Wish:
    """What the screen said: the choice, and the number that was counted for it."""

    place: Place
    choice: ResetChoice
    expected_count: int
    warned: Warned


def build(data: DryRun, t: Translator) -> View:
    """Whom, the numbers, what becomes of it, and the number to type for many."""
    submit, count = t("Export"), data.plan.count
    term = handed_over(data.channel_id, data.password_days, t)
    return confirming.dry_run(
        DryRunFrame(title(t), data.branch_name, count, submit, data.count_changed),
        [
            *(look_once_more(t) if data.handed_out else []),
            *_whom(data, t),
            *whom.loud(_at_work(data.plan.at_work, t), t),
            marked_paragraph(what_happens(count, t)),
            *(_earlier(data, t) if count else []),
            *whom.left_out(data.plan.left_out, t),
            *(_letters(data, t) if count else []),
            *([term] if count else []),
            *approvals.beforehand(is_needed=data.needs_approval, t=t),
        ],
        t,
        callback_id=CALLBACK_ID,
        ids=data.place.remembered(
            count=count,
            **whom.remembered(data.choice),
            **letters_choice.remembered(data.letters),
            **Warned.of(data.earlier, data.plan.again).remembered(),
        ),
    )


def parse(body: payload.Body) -> Wish:
    """What the screen said. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    return Wish(
        place=places.read(body),
        choice=whom.choice_of(ids),
        expected_count=payload.whole_number(ids.get("count")),
        warned=Warned.parse(ids),
    )


def title(t: Translator) -> str:
    """Of the dry run and of what answers it."""
    return t("Reset and export")


def _whom(data: DryRun, t: Translator) -> list[Block]:
    question = t("Who gets a new password?")
    return [
        *whom.scopes(question, _SCOPES, data.choice.scope, t),
        *whom.ticks(Whom(data.choice, data.groups), t),
    ]


def _earlier(data: DryRun, t: Translator) -> list[Block]:
    return soon_after(data.earlier, data.plan.again, t)


def _letters(data: DryRun, t: Translator) -> list[Block]:
    return letters_choice.blocks(data.letters, data.word_templates, t)


def _at_work(count: int, t: Translator) -> str | None:
    if not count:
        return None
    return t.plural(
        "Mind: one person who is at work with a password will have to use the new one.",
        "Mind: {count} people who are at work with their password will have to use "
        "the new one.",
        count,
    )


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
