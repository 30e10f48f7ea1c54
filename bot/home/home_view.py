"""The App Home as one sees it."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, header, line, marked_paragraph, paragraph
from bot.home import board, own_login
from bot.home.board import Board
from bot.home.own_login import UNKNOWN, Own
from bot.locale import LANGUAGES, Language, Translator, msgid
from bot.step_up import own_codes
from domain.actor import AccountType

CALLBACK_ID: Final = "home"
LANGUAGE_BLOCK: Final = "language"
CHOOSE_DUTCH: Final = "home.choose_dutch"
CHOOSE_ENGLISH: Final = "home.choose_english"
CHOICES: Final[dict[str, Language]] = {CHOOSE_DUTCH: "nl", CHOOSE_ENGLISH: "en"}
# Everybody finds their own language by its own name.
_LANGUAGE_NAMES: Final[dict[Language, str]] = {"nl": "Nederlands", "en": "English"}
_WHO: Final = {
    AccountType.MANAGER: msgid("You are a manager: you administer every branch."),
    AccountType.BRANCH_MANAGER: msgid(
        "You are a branch manager: you administer the employee logins of your "
        "own branches."
    ),
    AccountType.USER: msgid(
        "You are a user: you administer the employee logins of your own branches."
    ),
}


@dataclass(frozen=True)
class Home:
    """What the App Home says of one person."""

    company: str
    account_type: AccountType | None
    branch_names: tuple[str, ...]
    more_branches: int
    needs_first_manager: bool
    own: Own = UNKNOWN
    board: Board | None = None


def build(data: Home, t: Translator) -> View:
    """The App Home of a member."""
    return _home(
        [
            header(_title(data.company, t)),
            *_what_one_is(data, t),
            line(),
            paragraph(t("In which language shall Sleutelbos speak to you?")),
            _language_switch(t),
        ]
    )


def refusal(text: str) -> View:
    """The App Home of somebody who gets one polite line."""
    return _home([paragraph(text)])


def parse(body: payload.Body) -> Language:
    """The language that was chosen."""
    return CHOICES[payload.action(body)["action_id"]]


def _title(company: str, t: Translator) -> str:
    product = t("Sleutelbos")
    # So the company is called while nobody has set its name.
    if company == product:
        return product
    return t("Sleutelbos of {company}", company=company)


def _what_one_is(data: Home, t: Translator) -> list[Block]:
    """As administrator and as employee; first what one most likely comes for."""
    parts = [_who(data, t), own_login.blocks(data.own, t)]
    if data.account_type is None and not data.needs_first_manager:
        parts.reverse()
    first, second = parts
    return [*first, line(), *second]


def _who(data: Home, t: Translator) -> list[Block]:
    if data.account_type is None:
        return [paragraph(_of_a_member(data, t))]
    blocks = [paragraph(t(_WHO[data.account_type]))]
    if data.branch_names:
        blocks.append(paragraph(_branches(data, t)))
    own = own_codes.open_button(t)
    commands = marked_paragraph(_commands(data.account_type, t), accessory=own)
    return [*blocks, commands, *(board.blocks(data.board, t) if data.board else [])]


def _of_a_member(data: Home, t: Translator) -> str:
    if data.needs_first_manager:
        return t(
            "Nobody manages Sleutelbos yet. An owner of this workspace types "
            "/manage to begin."
        )
    return t("You administer no logins in Sleutelbos. Should you? Then ask a manager.")


def _branches(data: Home, t: Translator) -> str:
    names = ", ".join(data.branch_names)
    if data.more_branches:
        return t(
            "Your branches: {names} and {count} more.",
            names=names,
            count=data.more_branches,
        )
    return t("Your branches: {names}.", names=names)


def _commands(account_type: AccountType, t: Translator) -> str:
    manage = t.marked("`/beheer` or `/manage`: management")
    staff = t.marked("`/personeel` or `/staff`: employee logins")
    direct = t.marked("`/personeel logins` and the name of a branch: straight to it")
    lines = [manage] if account_type is AccountType.MANAGER else []
    return "\n".join([*lines, staff, direct])


def _language_switch(t: Translator) -> Block:
    ids = {language: action_id for action_id, language in CHOICES.items()}
    return buttons(
        [
            button(
                ids[language],
                _LANGUAGE_NAMES[language],
                style="primary" if language == t.language else None,
            )
            for language in LANGUAGES
        ],
        LANGUAGE_BLOCK,
    )


def _home(blocks: list[Block]) -> View:
    return View(type="home", callback_id=CALLBACK_ID, blocks=blocks)
