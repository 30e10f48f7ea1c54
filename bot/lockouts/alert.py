"""The alert about locked logins: one with its story and buttons, or a list."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement

from bot.blocks import (
    button,
    buttons,
    facts,
    header,
    marked_paragraph,
    paragraph,
    small_print,
)
from bot.confirming import are_you_sure
from bot.delivery import why_direct
from bot.locale import Translator
from bot.lockouts import wording
from bot.message import Message
from bot.text import escaped, on_one_line
from domain.exports.channel import ChannelProblem
from domain.sign_in.lockout_reports import LockoutLine, LockoutReport

ACTIVATE: Final = "lockouts.activate"
ACTIVATE_AND_RESET: Final = "lockouts.activate_and_reset"
LEAVE_LOCKED: Final = "lockouts.leave_locked"
OPEN_LOGIN: Final = "lockouts.open_login"
SHOW_LOCKED: Final = "lockouts.show_locked"


@dataclass(frozen=True)
class LockoutAlert:
    """What became of which logins.

    `problem` says why it is told to managers and not in the admin channel
    `channel_id`; None in that channel.
    """

    report: LockoutReport
    channel_id: str | None = None
    problem: ChannelProblem | None = None


def build(data: LockoutAlert, t: Translator) -> Message:
    """The message as it stands now; ids in its buttons and nothing secret anywhere."""
    report = data.report
    title = _title(report, t)
    told = _one(report.lines[0], t) if report.count == 1 else _several(report, t)
    blocks = [header(title), *told, *_why_here(data, t)]
    return Message(blocks, escaped(title))


def withdrawn(t: Translator) -> Message:
    """What stands in a channel that others read by now, in place of the names."""
    text = t.marked(
        "*There was an alert about locked logins here.* Others can read along in this "
        "channel by now, so the managers have it as a direct message."
    )
    return Message([marked_paragraph(text)], text)


def _title(report: LockoutReport, t: Translator) -> str:
    if report.count == 1:
        name = on_one_line(report.lines[0].name)
        return t("Employee login locked: {name}", name=name)
    if report.branch_name is None:
        return t(
            "{count} employee logins of several branches locked", count=report.count
        )
    return t(
        "{count} employee logins of {branch} locked",
        count=report.count,
        branch=on_one_line(report.branch_name),
    )


def _one(line: LockoutLine, t: Translator) -> list[Block]:
    tried = t.marked(
        "*{attempts}.* So nobody can sign in with this login any more.",
        attempts=wording.attempts(line.story, t),
    )
    seems = wording.likeness(line.story, t)
    return [
        facts(
            [
                (t("Employee number"), on_one_line(line.number)),
                (t("Branch"), on_one_line(line.branch_name)),
                (t("Locked on"), t.instant(line.locked_at)),
            ]
        ),
        marked_paragraph(f"{tried}\n{seems}" if seems else tried),
        *_what_next(line, t),
    ]


def _what_next(line: LockoutLine, t: Translator) -> list[Block]:
    done = wording.ended(line, t)
    if done is None:
        told = t("The employee got an e-mail that says what happened.")
        return [_decisions(line, t), small_print(told)]
    open_login = _open(line, t) if line.is_still_locked else None
    return [marked_paragraph(done, accessory=open_login)]


def _decisions(line: LockoutLine, t: Translator) -> Block:
    value = str(line.lockout_id)
    sure = are_you_sure(
        t("Activate and reset"),
        t(
            "The password that this employee has now will no longer work. The "
            "new one is shown once, to you only."
        ),
        t("Activate"),
        t,
    )
    return buttons(
        [
            button(ACTIVATE, t("Activate login"), value=value, style="primary"),
            button(
                ACTIVATE_AND_RESET,
                t("Activate and reset password"),
                value=value,
                confirm=sure,
            ),
            button(LEAVE_LOCKED, t("Do not activate"), value=value),
        ],
        "lockout",
    )


def _several(report: LockoutReport, t: Translator) -> list[Block]:
    attack = t.marked(
        "*It looks like an attack.* Ask the employees whether it was they before you "
        "activate their logins."
    )
    others = report.count - len(report.lines)
    return [
        *([marked_paragraph(attack)] if report.has_attack else []),
        *[_listed(line, report, t) for line in report.lines],
        *([_others(report, others, t)] if others else []),
    ]


def _listed(line: LockoutLine, report: LockoutReport, t: Translator) -> Block:
    who = [line.name, line.number]
    if report.branch_name is None:
        who.append(line.branch_name)
    named = escaped(" · ".join(on_one_line(part) for part in who))
    what = wording.ended(line, t) or t.marked(wording.attempts(line.story, t))
    return marked_paragraph(
        f"*{named}*\n{what}",
        accessory=_open(line, t) if line.is_still_locked else None,
    )


def _others(report: LockoutReport, others: int, t: Translator) -> Block:
    text = t.plural("And {count} more login.", "And {count} more logins.", others)
    still = t(
        "Locked now: {locked} of {count}.",
        locked=report.still_locked,
        count=report.count,
    )
    show = button(SHOW_LOCKED, t("Show locked logins"), value=str(report.alert_id))
    return paragraph(f"{text} {still}", accessory=show)


def _open(line: LockoutLine, t: Translator) -> ButtonElement:
    return button(
        OPEN_LOGIN,
        t("Open"),
        value=str(line.login_id),
        label=t("Open {name}", name=on_one_line(line.name)),
    )


def _why_here(data: LockoutAlert, t: Translator) -> list[Block]:
    if data.problem is None:
        return []
    return [marked_paragraph(why_direct.told(data.problem, data.channel_id, t))]
