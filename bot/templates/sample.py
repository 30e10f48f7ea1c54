"""The choice of a colleague whose letter is shown, in the editor and beside it."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.models.blocks import Block, ExternalDataSelectElement, Option

from bot import payload
from bot.blocks import button, buttons, plain, small_print
from bot.locale import Translator
from bot.text import on_one_line
from domain.errors import DomainError
from domain.logins.finding import Holder
from domain.logins.model import LoginId

OFFERED: Final = 20
BLOCK_ID: Final = "sample"
SEARCH: Final = "templates.search_colleague"
PREVIEW: Final = "templates.preview"


class NoColleagueError(DomainError):
    """A preview was asked for of nobody."""

    code = "no_colleague"


def blocks(t: Translator) -> list[Block]:
    """Whose letter, and the button that shows it."""
    search = ExternalDataSelectElement(
        action_id=SEARCH,
        placeholder=plain(t("Search for a colleague")),
        min_query_length=2,
    )
    return [
        small_print(
            t(
                "See the letter as a colleague would get it. Nothing is sent, and "
                "nobody's password changes."
            )
        ),
        buttons([search, button(PREVIEW, t("Preview"))], BLOCK_ID),
    ]


def options(found: Sequence[Holder]) -> list[Option]:
    """What the search offers."""
    return [
        Option(
            value=str(holder.login_id),
            text=plain(
                f"{on_one_line(holder.name, 40)} · {on_one_line(holder.number, 12)} · "
                f"{on_one_line(holder.branch_name, 15)}"
            ),
        )
        for holder in found
    ]


def parse(body: payload.Body) -> LoginId:
    """Whose letter is asked for. Raises NoColleagueError for nobody's."""
    entry = payload.mapping(payload.values(body).get(BLOCK_ID))
    chosen = payload.mapping(payload.mapping(entry.get(SEARCH)).get("selected_option"))
    if "value" not in chosen:
        raise NoColleagueError
    return LoginId(payload.whole_number(chosen["value"]))
