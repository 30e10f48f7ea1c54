"""Brings list and form to somebody: reads them, and puts them in their views."""

from slack_sdk.models.views import View

from bot import notice, payload
from bot.administrators import form, list_screen
from bot.administrators.form import Form, Shown
from bot.administrators.list_screen import AdministratorList
from bot.interaction import Interaction
from domain import administrators
from domain.actor import AccountType, Actor, AdministratorId
from domain.appointments import listing
from domain.company_rules import read_rules
from domain.permissions import Act, may, require

_EVERY_TYPE = tuple(AccountType)


def list_view(
    interaction: Interaction, page: int = 0, news: str = "", *, times: int = 0
) -> View:
    """The list; `times` tells one showing from another whose tick was refused.

    Raises NotPermittedError.
    """
    actor = interaction.actor
    with interaction.reading() as session:
        lines = listing.list_administrators(session, actor=actor)
        for_all = read_rules(session).codes_for_all
    shown = for_all if may(actor, Act.REQUIRE_CODES) else None
    data = AdministratorList(lines, shown, page, news, times)
    return list_screen.build(data, interaction.t)


def refresh_list(interaction: Interaction, page: int, news: str) -> None:
    """The list at the bottom of the stack, if it is still open."""
    view = payload.view(interaction.body)
    root_view_id = view.get("root_view_id")
    if not root_view_id or root_view_id == view.get("id"):
        return
    interaction.refresh(root_view_id, lambda: _list_again(interaction, page, news))


def _list_again(interaction: Interaction, page: int, news: str) -> View:
    """The list, or the news alone for who just gave up the own role."""
    with interaction.reading() as session:
        actor = administrators.find_actor(session, interaction.person.identity)
    if actor is None or not may(actor, Act.SEE_ADMINISTRATORS):
        return notice.build(interaction.t("Administrators"), [news], interaction.t)
    return list_view(interaction, page, news)


def form_view(
    interaction: Interaction,
    administrator_id: AdministratorId | None,
    page: int,
    news: str = "",
    shown: Shown | None = None,
) -> View:
    """The form for a new administrator, or for one of the list.

    `shown` is what the form that stands there now was filled with. Raises
    NotFoundError, NotPermittedError.
    """
    actor = interaction.actor
    require(actor, Act.APPOINT_ADMINISTRATORS)
    with interaction.reading() as session:
        line = None
        if administrator_id is not None:
            line = listing.find(session, administrator_id, actor=actor)
        for_all = read_rules(session).codes_for_all
    data = Form(
        line,
        _types(actor),
        may_require_codes=may(actor, Act.REQUIRE_CODES),
        codes_for_all=for_all,
        page=page,
        news=news,
        shown=shown,
    )
    return form.build(data, interaction.t)


def _types(actor: Actor) -> tuple[AccountType, ...]:
    return _EVERY_TYPE if actor.reaches_every_branch else (AccountType.USER,)
