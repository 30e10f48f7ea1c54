"""The branch screen *Werknemerslogins*: counts, acts, search, logins."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement, ExternalDataSelectElement
from slack_sdk.models.views import View

from bot.blocks import (
    button,
    buttons,
    facts,
    header,
    line,
    marked_paragraph,
    modal,
    paragraph,
    plain,
    small_print,
)
from bot.branches.acts import BranchAct
from bot.branches.place import Place, page_value
from bot.locale import Translator
from bot.logins import states
from bot.text import on_one_line
from domain.logins.listing import BranchCounts, LoginLine, LoginPage

CALLBACK_ID: Final = "branches.screen"
TURN_PAGE: Final = "branches.turn_page"
TURN_BACK: Final = "branches.turn_back"
OTHER_BRANCH: Final = "branches.other"
SEARCH_LOGIN: Final = "logins.search"
OPEN_LOGIN: Final = "logins.open"
SHOW_ALL: Final = "branches.show_all"


@dataclass(frozen=True)
class BranchScreen:
    """What the screen shows of one branch; `news` is what just became of it."""

    place: Place
    branch_name: str
    counts: BranchCounts
    page: LoginPage
    acts: tuple[BranchAct, ...]
    news: str = ""


def build(data: BranchScreen, t: Translator) -> View:
    """The whole screen; one page of logins at a time."""
    return modal(
        t("Employee logins"),
        [
            header(on_one_line(data.branch_name, limit=100)),
            *([paragraph(data.news)] if data.news else []),
            _counts(data.counts, t),
            small_print(
                t(
                    "Record cards, without e-mail address and without login: of who "
                    "is employed now."
                )
            ),
            small_print(
                t(
                    "Inactive, active and locked together are all employee logins; "
                    "never signed in is a part of them."
                )
            ),
            line(),
            *[_act(act, t) for act in data.acts],
            line(),
            _search(t),
            *(_only_locked(t) if data.place.only_locked else []),
            *_logins(data, t),
            *_paging(data.page, t),
        ],
        close=t("Close"),
        callback_id=CALLBACK_ID,
        ids=data.place.remembered(),
    )


def _counts(counts: BranchCounts, t: Translator) -> Block:
    return facts(
        [
            (t("Record cards"), t.number(counts.cards)),
            (t("Without e-mail address"), t.number(counts.without_email)),
            (t("Without login"), t.number(counts.without_login)),
            (t("Inactive"), t.number(counts.inactive)),
            (t("Never signed in"), t.number(counts.never_signed_in)),
            (t("Active"), t.number(counts.active)),
            (t("Locked"), t.number(counts.locked)),
            (t("No longer employed"), t.number(counts.no_longer_employed)),
        ]
    )


def _act(act: BranchAct, t: Translator) -> Block:
    return marked_paragraph(
        f"*{t.marked(act.label)}*\n{t.marked(act.sentence)}",
        accessory=button(act.action_id, t(act.button), label=t(act.label)),
    )


def _search(t: Translator) -> Block:
    box = ExternalDataSelectElement(
        action_id=SEARCH_LOGIN,
        placeholder=plain(t("Search by name or number")),
        min_query_length=2,
    )
    other = button(OTHER_BRANCH, t("Other branch"))
    return buttons([box, other], "search")


def _only_locked(t: Translator) -> list[Block]:
    show_all = button(SHOW_ALL, t("Show all"), label=t("Show all logins"))
    return [paragraph(t("Only the locked logins:"), accessory=show_all)]


def _logins(data: BranchScreen, t: Translator) -> list[Block]:
    if data.page.lines:
        return [_login(login, t) for login in data.page.lines]
    if data.place.only_locked:
        return [paragraph(t("No login of this branch is locked."))]
    return [paragraph(t("This branch has no employee logins yet."))]


def _login(login: LoginLine, t: Translator) -> Block:
    name = on_one_line(login.name)
    text = f"{name} · {on_one_line(login.number)}\n{states.words(login.state, t)}"
    if login.sign_in_count == 0:
        text = f"{text}, {states.signed_in(0, t)}"
    open_login = button(
        OPEN_LOGIN,
        t("Open"),
        value=str(login.login_id),
        label=t("Open {name}", name=name),
    )
    return paragraph(text, accessory=open_login)


def _paging(page: LoginPage, t: Translator) -> list[Block]:
    turns: list[ButtonElement] = []
    if page.previous:
        value = page_value(page.previous, backwards=True) or ""
        turns.append(button(TURN_BACK, t("Previous"), value=value))
    if page.next:
        value = page_value(page.next, backwards=False) or ""
        turns.append(button(TURN_PAGE, t("Next"), value=value))
    return [buttons(turns, "pages")] if turns else []
