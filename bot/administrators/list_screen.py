"""The list *Gebruikersbeheer*: who administers, as what, and of which branches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, CheckboxesElement, Option
from slack_sdk.models.views import View

from bot import mentions, paging, payload
from bot.administrators import wording
from bot.blocks import (
    button,
    buttons,
    marked_paragraph,
    modal,
    paragraph,
    plain,
)
from bot.locale import Translator
from bot.text import escaped, on_one_line
from domain.appointments.listing import AdministratorLine

CALLBACK_ID: Final = "administrators.list"
NEW: Final = "administrators.new"
OPEN: Final = "administrators.open"
TURN_PAGE: Final = "administrators.turn_page"
TURN_BACK: Final = "administrators.turn_back"
CODES_FOR_ALL: Final = "administrators.codes_for_all"
FOR_ALL: Final = "for_all"
PAGE: Final = 15
_TICKS: Final = "codes_"


@dataclass(frozen=True)
class AdministratorList:
    """Everybody in order, and which page is shown, from 0.

    `codes_for_all` is None for who may not require codes of all; `news` says what was
    just done. `times` is another one where Slack is to forget a tick.
    """

    lines: Sequence[AdministratorLine]
    codes_for_all: bool | None
    page: int = 0
    news: str = ""
    times: int = 0


def build(data: AdministratorList, t: Translator) -> View:
    """*Nieuwe beheerder*, the tick for all, and the administrators of this page."""
    page = paging.page_of(data.lines, data.page, size=PAGE)
    return modal(
        t("Administrators"),
        [
            *([paragraph(data.news)] if data.news else []),
            _head(data, t),
            *_for_all(data, t),
            *(_line(line, t) for line in page.lines),
            *([] if page.lines else [paragraph(t("Nobody yet."))]),
            *paging.turning(page, TURN_BACK, TURN_PAGE, t),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(page=page.number),
    )


def page_of(body: payload.Body) -> int:
    """The page of the list that a view carries. Raises NotFoundError."""
    return payload.whole_number(payload.remembered(body).get("page") or 0)


def parse_for_all(body: payload.Body) -> bool:
    """Whether codes for all administrators is ticked now."""
    return bool(payload.action(body).get("selected_options"))


def times_of(body: payload.Body) -> int:
    """Which showing of the tick was pressed. Raises NotFoundError."""
    block_id = str(payload.action(body).get("block_id"))
    return payload.whole_number(block_id.removeprefix(_TICKS))


def _head(data: AdministratorList, t: Translator) -> Block:
    said = t("Who administers in Sleutelbos. Each change is told to the person.")
    if data.codes_for_all is None:
        said = t(
            "Who is a user of your branches. Each change is told to the person and in "
            "the admin channel."
        )
    new = button(NEW, t("New"), label=t("New administrator"), style="primary")
    return paragraph(said, accessory=new)


def _for_all(data: AdministratorList, t: Translator) -> list[Block]:
    if data.codes_for_all is None:
        return []
    option = Option(
        value=FOR_ALL,
        text=plain(t("Codes required of all administrators")),
        description=plain(
            t("A code by e-mail or app before passwords are handed out.")
        ),
    )
    ticked = [option] if data.codes_for_all else None
    return [
        buttons(
            [
                CheckboxesElement(
                    action_id=CODES_FOR_ALL, options=[option], initial_options=ticked
                )
            ],
            f"{_TICKS}{data.times}",
        )
    ]


def _line(line: AdministratorLine, t: Translator) -> Block:
    about = t(wording.TYPES[line.account_type])
    if line.branches:
        names = wording.branches([name for _, name in line.branches], t)
        about = t("{type} of {branches}", type=about, branches=names)
    notes = [t("gives codes")] if line.gives_codes else []
    notes += [t("blocked after wrong codes")] if line.is_blocked else []
    who = mentions.person(line.identity.user_id)
    said = f"*{who}*\n{escaped(' · '.join([about, *notes]))}"
    name = on_one_line(line.name or line.identity.user_id)
    return marked_paragraph(
        said,
        accessory=button(
            OPEN,
            t("Open"),
            value=str(line.administrator_id),
            label=t("Open {name}", name=name),
        ),
    )
