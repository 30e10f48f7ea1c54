"""The readiness board on the App Home: per branch its counts, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement

from bot.blocks import button, marked_paragraph, paragraph
from bot.branches import acts
from bot.branches.acts import BranchAct
from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.logins.board import BranchState, NextStep

OPEN_BRANCH: Final = "board.open_branch"
SHOW_LOCKED: Final = "board.show_locked"
SHOW_WITHOUT_ADDRESS: Final = "board.show_without_address"
ALL_BRANCHES: Final = "board.all_branches"
IMPORT: Final = "board.import"
# Slack takes 100 blocks (docs.slack.dev, "Views"); the rest of the Home needs some.
LISTED: Final = 60
_NAME_LENGTH: Final = 60
_NAME_IN_LABEL: Final = 30
_LABEL_LENGTH: Final = 70
_STEPS: Final = {
    NextStep.IMPORT: msgid("Next: import the staff list."),
    NextStep.CREATE: msgid("Next: create employee logins."),
    NextStep.ACTIVATE: msgid("Next: activate employee logins."),
    NextStep.SHOW_LOCKED: msgid("Next: see who is locked out."),
    NextStep.ADD_ADDRESSES: msgid("Next: fill in e-mail addresses."),
    NextStep.HAND_OUT: msgid("Next: send who never signed in a way in."),
    NextStep.READY: msgid("✓ Ready."),
}


@dataclass(frozen=True)
class Board:
    """The branches within reach, those that need something first.

    `mails` says that e-mail can leave: without it passwords are exported.
    """

    branches: Sequence[BranchState]
    mails: bool


def blocks(data: Board, t: Translator) -> list[Block]:
    """One line for each branch, as many as fit; nothing where there are none."""
    if not data.branches:
        return []
    listed, others = data.branches[:LISTED], data.branches[LISTED:]
    return [
        marked_paragraph(t.marked("*How far your branches are*")),
        *[_line(branch, data, t) for branch in listed],
        *([_others(others, t)] if others else []),
    ]


def _line(branch: BranchState, data: Board, t: Translator) -> Block:
    name = t.marked("*{name}*", name=on_one_line(branch.name, _NAME_LENGTH))
    step = branch.next_step
    is_empty = step is NextStep.IMPORT
    stands = t("No record cards yet.") if is_empty else _counts(branch, t)
    press = _next_button(branch, data, t)
    return marked_paragraph(f"{name} · {t(_STEPS[step])}\n{stands}", accessory=press)


def _counts(branch: BranchState, t: Translator) -> str:
    counted = (
        (t("Without e-mail address"), branch.without_email),
        (t("Without login"), branch.without_login),
        (t("Inactive"), branch.inactive),
        (t("Never signed in"), branch.never_signed_in),
        (t("Active"), branch.active),
        (t("Locked"), branch.locked),
    )
    return " · ".join(f"{name}: {t.number(count)}" for name, count in counted)


def _next_button(branch: BranchState, data: Board, t: Translator) -> ButtonElement:
    act, step = _act(branch.next_step, data), branch.next_step
    if act is not None:
        return _button(act.action_id, t(act.button), t(act.label), branch)
    if step is NextStep.IMPORT:
        return _button(IMPORT, t("Import"), t("Import"), branch)
    if step is NextStep.SHOW_LOCKED:
        return _button(SHOW_LOCKED, t("Show"), t("Show locked logins"), branch)
    if step is NextStep.ADD_ADDRESSES:
        what = t("Without e-mail address")
        return _button(SHOW_WITHOUT_ADDRESS, t("Show"), what, branch)
    return _button(OPEN_BRANCH, t("Open"), t("Employee logins"), branch)


def _button(action_id: str, text: str, what: str, branch: BranchState) -> ButtonElement:
    # Which branch first: a label is cut at the end, and takes 75 characters.
    name = on_one_line(branch.name, _NAME_IN_LABEL)
    label = on_one_line(f"{name}: {what}", _LABEL_LENGTH)
    return button(action_id, text, value=str(branch.branch_id), label=label)


def _act(step: NextStep, data: Board) -> BranchAct | None:
    return {
        NextStep.CREATE: acts.CREATE,
        NextStep.ACTIVATE: acts.ACTIVATE,
        NextStep.HAND_OUT: acts.handing_out(mails=data.mails),
    }.get(step)


def _others(others: Sequence[BranchState], t: Translator) -> Block:
    waiting = sum(branch.next_step is not NextStep.READY for branch in others)
    text = t.plural(
        "And {count} more branch, {waiting} of them not ready.",
        "And {count} more branches, {waiting} of them not ready.",
        len(others),
        waiting=waiting,
    )
    return paragraph(text, accessory=button(ALL_BRANCHES, t("All branches")))
