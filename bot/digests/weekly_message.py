"""The weekly digest: who never signed in, and how eight weeks went, as bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block

from bot.blocks import button, buttons, header, marked_paragraph, paragraph
from bot.branches import acts
from bot.delivery import why_direct
from bot.home.board import OPEN_BRANCH
from bot.locale import Translator
from bot.message import Message
from bot.text import escaped, on_one_line
from domain.exports.channel import ChannelProblem
from domain.logins.weekly import BranchWeeks, Week

_BAR: Final = 20
_FULL: Final = "▇"
_EMPTY: Final = "░"


@dataclass(frozen=True)
class WeeklyDigest:
    """What is told of a branch; `mails` says that e-mail can leave.

    `problem` says why it is told to managers and not in the channel `channel_id`.
    """

    weeks: BranchWeeks
    mails: bool
    problem: ChannelProblem | None = None
    channel_id: str | None = None


def build(data: WeeklyDigest, t: Translator) -> Message:
    """Names up to a bound, bars with their numbers, and the button that mails."""
    told = data.weeks
    title = t("Weekly digest of {branch}", branch=on_one_line(told.branch_name))
    return Message(
        [
            header(title),
            *([_bars(told.weeks, t)] if told.weeks else []),
            *_never(data, t),
            *_why_here(data, t),
        ],
        " ".join([escaped(f"{title}."), _count(told.never_count, t), *_aloud(told, t)]),
    )


def _bars(weeks: Sequence[Week], t: Translator) -> Block:
    days = [t.day(week.monday) for week in weeks]
    width = max(map(len, days))
    lines = [
        f"{day:>{width}}  {_bar(week)}  {_of_all(week, t)}"
        for day, week in zip(days, weeks, strict=True)
    ]
    title = t.marked("*Signed in at least once, of all active and locked logins*")
    drawn = "\n".join(lines)
    return marked_paragraph(f"{title}\n```\n{drawn}\n```")


def _bar(week: Week) -> str:
    if not week.login_count:
        return _EMPTY * _BAR
    share = week.signed_in_count * _BAR // week.login_count
    return _FULL * share + _EMPTY * (_BAR - share)


def _of_all(week: Week, t: Translator) -> str:
    return t(
        "{count} of {all}",
        count=week.signed_in_count,
        all=week.login_count,
    )


def _aloud(told: BranchWeeks, t: Translator) -> list[str]:
    """The bars in words, for who has the message read out."""
    return [f"{t.day(week.monday)}: {_of_all(week, t)}." for week in told.weeks]


def _count(count: int, t: Translator) -> str:
    if not count:
        return t("Everybody with an active login has signed in at least once.")
    return t.plural(
        "One employee with an active login never signed in.",
        "{count} employees with an active login never signed in.",
        count,
    )


def _never(data: WeeklyDigest, t: Translator) -> list[Block]:
    told = data.weeks
    count = _count(told.never_count, t)
    if not told.never_count:
        return [paragraph(count), _buttons(data, t)]
    # A paragraph each: names made of signs that are escaped become five times as long.
    named = [
        t.marked(
            "• {name} ({number})",
            name=on_one_line(person.name),
            number=on_one_line(person.number),
        )
        for person in told.named
    ]
    others = told.never_count - len(told.named)
    return [
        marked_paragraph(f"*{count}*"),
        *map(marked_paragraph, named),
        *([paragraph(_others(others, t))] if others else []),
        _buttons(data, t),
    ]


def _others(count: int, t: Translator) -> str:
    return t.plural(
        "And one more, whom you find in the employee logins of this branch.",
        "And {count} more, whom you find in the employee logins of this branch.",
        count,
    )


def _buttons(data: WeeklyDigest, t: Translator) -> Block:
    value = str(data.weeks.branch_id)
    act = acts.handing_out(mails=data.mails)
    hand_out = button(
        act.action_id,
        t("Mail these people") if data.mails else t("Export passwords"),
        value=value,
        label=t(act.label),
        style="primary",
    )
    open_branch = button(OPEN_BRANCH, t("Open employee logins"), value=value)
    pressable = [hand_out, open_branch] if data.weeks.never_count else [open_branch]
    return buttons(pressable, "digest")


def _why_here(data: WeeklyDigest, t: Translator) -> list[Block]:
    if data.problem is None:
        return []
    return [marked_paragraph(why_direct.told(data.problem, data.channel_id, t))]
