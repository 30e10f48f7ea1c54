"""The form *Nieuwe beheerder* and *Beheerder*: type, branches, address for codes."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    EmailInputElement,
    ExternalDataMultiSelectElement,
    InputBlock,
    Option,
    RadioButtonsElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot import mentions, payload
from bot.administrators import wording
from bot.blocks import button, buttons, marked_paragraph, modal, paragraph, plain
from bot.branches import choosing
from bot.branches.choosing import BranchChoice
from bot.confirming import are_you_sure
from bot.locale import Translator
from bot.text import on_one_line
from domain.actor import AccountType, BranchId
from domain.appointments.listing import AdministratorLine

CALLBACK_ID: Final = "administrators.save"
PERSON_BLOCK: Final = "person"
PERSON: Final = "administrators.person"
TYPE_BLOCK: Final = "account_type"
TYPE: Final = "administrators.type"
BRANCHES_BLOCK: Final = "branches"
CHOOSE_BRANCHES: Final = "administrators.choose_branches"
EMAIL_BLOCK: Final = "email"
EMAIL: Final = "administrators.email"
CODES_BLOCK: Final = "codes"
CODES: Final = "administrators.codes"
REQUIRED: Final = "required"
DISMISS: Final = "administrators.dismiss"
LIFT: Final = "administrators.lift"
MAIL_INSTEAD: Final = "administrators.mail_instead"
MANY_BRANCHES: Final = 100


@dataclass(frozen=True)
class Shown:
    """What the entries were filled with; another state by now is not overwritten."""

    mark: str | None
    codes_required: bool | None


@dataclass(frozen=True)
class Form:
    """What the form is of; `line` is None for a new one.

    `types` are those that may be given, `may_require_codes` is for managers;
    `codes_for_all` says that everybody gives codes anyway. `page` is of the list.
    `shown` is for a form that is drawn again: Slack keeps its entries as they were.
    """

    line: AdministratorLine | None
    types: tuple[AccountType, ...]
    may_require_codes: bool
    codes_for_all: bool
    page: int = 0
    news: str = ""
    shown: Shown | None = None


def build(data: Form, t: Translator) -> View:
    """The entries, and for somebody who administers already what else one may do."""
    line = data.line
    shown = data.shown or _shown(line)
    return modal(
        t("New administrator") if line is None else t("Administrator"),
        [
            *([paragraph(data.news)] if data.news else []),
            _person(t) if line is None else _who(line),
            *_type(data, t),
            _branches(data, t),
            *_more_branches(data, t),
            _email(line, t),
            *_codes(data, t),
            *([] if line is None else [_acts(line, data, t)]),
        ],
        close=t("Cancel"),
        submit=t("Appoint") if line is None else t("Save"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(
            administrator=line.administrator_id if line else None,
            mark=shown.mark,
            codes=shown.codes_required,
            page=data.page,
        ),
    )


def shown_in(body: payload.Body) -> Shown:
    """What the entries of a form were filled with when it was opened."""
    ids = payload.remembered(body)
    mark, codes = ids.get("mark"), ids.get("codes")
    return Shown(None if mark is None else str(mark), codes)


def _shown(line: AdministratorLine | None) -> Shown:
    return Shown(line.mark, line.must_give_codes) if line else Shown(None, None)


def _person(t: Translator) -> Block:
    return InputBlock(
        block_id=PERSON_BLOCK,
        label=plain(t("Who")),
        element=UserSelectElement(
            action_id=PERSON, placeholder=plain(t("Choose somebody"))
        ),
    )


def _who(line: AdministratorLine) -> Block:
    return marked_paragraph(f"*{mentions.person(line.identity.user_id)}*")


def _type(data: Form, t: Translator) -> list[Block]:
    if len(data.types) == 1:
        return [paragraph(t("As a user: the employee logins of the branches below."))]
    options = {
        kind: Option(
            value=kind.value,
            text=plain(t(wording.TYPES[kind])),
            description=plain(t(wording.EXPLAINED[kind])),
        )
        for kind in data.types
    }
    chosen = data.line.account_type if data.line else AccountType.USER
    return [
        InputBlock(
            block_id=TYPE_BLOCK,
            label=plain(t("As what")),
            element=RadioButtonsElement(
                action_id=TYPE,
                options=list(options.values()),
                initial_option=options[chosen],
            ),
        )
    ]


def _branches(data: Form, t: Translator) -> Block:
    held = data.line.branches if data.line else ()
    known = choosing.options([BranchChoice(*each) for each in held[:MANY_BRANCHES]])
    is_for_some = AccountType.MANAGER in data.types
    return InputBlock(
        block_id=BRANCHES_BLOCK,
        label=plain(t("Branches")),
        hint=plain(t("Managers have every branch.")) if is_for_some else None,
        element=ExternalDataMultiSelectElement(
            action_id=CHOOSE_BRANCHES,
            placeholder=plain(t("Search for a branch")),
            initial_options=known or None,
            min_query_length=0,
        ),
        # A manager needs none; which type it becomes, Slack can't know.
        optional=is_for_some,
    )


def _more_branches(data: Form, t: Translator) -> list[Block]:
    """Those that the select has no room for; they stay, see `held_back`."""
    more = len(held_back(data.line)) if data.line else 0
    if not more:
        return []
    said = t.plural(
        "Besides one branch that there is no room for here; it stays.",
        "Besides {count} branches that there is no room for here; they stay.",
        more,
    )
    return [paragraph(said)]


def held_back(line: AdministratorLine) -> tuple[BranchId, ...]:
    """The branches that the form of somebody with very many can't show."""
    return tuple(branch_id for branch_id, _ in line.branches[MANY_BRANCHES:])


def _email(line: AdministratorLine | None, t: Translator) -> Block:
    return InputBlock(
        block_id=EMAIL_BLOCK,
        label=plain(t("E-mail address for codes")),
        hint=plain(
            t("Ask for it: codes go there, and Slack's own address may be another's.")
        ),
        element=EmailInputElement(
            action_id=EMAIL, initial_value=line.email if line else None
        ),
    )


def _codes(data: Form, t: Translator) -> list[Block]:
    if data.line is None or not data.may_require_codes:
        return []
    option = Option(
        value=REQUIRED,
        text=plain(t("Codes required")),
        description=plain(
            t("A code by e-mail or app before passwords are handed out.")
        ),
    )
    ticks = InputBlock(
        block_id=CODES_BLOCK,
        label=plain(t("Codes")),
        hint=plain(t("Required of all administrators now."))
        if data.codes_for_all
        else None,
        element=CheckboxesElement(
            action_id=CODES,
            options=[option],
            initial_options=[option] if data.line.must_give_codes else None,
        ),
        optional=True,
    )
    return [ticks]


def _without_app(t: Translator) -> ButtonElement:
    """For somebody who lost the phone."""
    sure = are_you_sure(
        t("Codes by e-mail"),
        t(
            "For somebody who lost the phone: the app no longer works, and codes come "
            "by e-mail. Ask by telephone or in person whether it is they who ask."
        ),
        t("Codes by e-mail"),
        t,
    )
    return button(MAIL_INSTEAD, t("Codes by e-mail"), confirm=sure)


def _acts(line: AdministratorLine, data: Form, t: Translator) -> Block:
    name = on_one_line(line.name or line.identity.user_id, 40)
    sure = are_you_sure(
        t("Dismiss"),
        t("From now on {name} can't administer anything here any more.", name=name),
        t("Dismiss"),
        t,
        danger=True,
    )
    if not data.may_require_codes:
        sure = are_you_sure(
            t("Dismiss"),
            t(
                "From now on {name} administers none of your branches any more.",
                name=name,
            ),
            t("Dismiss"),
            t,
            danger=True,
        )
    lift = button(LIFT, t("Lift block"))
    is_liftable = line.is_blocked and data.may_require_codes
    has_app = line.has_app and data.may_require_codes
    return buttons(
        [
            *([lift] if is_liftable else []),
            *([_without_app(t)] if has_app else []),
            button(DISMISS, t("Dismiss"), style="danger", confirm=sure),
        ],
        "acts",
    )
