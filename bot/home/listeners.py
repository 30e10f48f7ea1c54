"""Shows the App Home and keeps the language that somebody chose there."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from slack_bolt import App
from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

from bot import notice, payload
from bot.branches.opening import show_branch, show_choice
from bot.branches.place import Place
from bot.home import board, home_view, own_login
from bot.home.board import Board
from bot.home.home_view import Home
from bot.home.own_login import Own, OwnLogin
from bot.importing import reading
from bot.interaction import Interaction
from bot.left_out.lists import view_of
from bot.left_out.screen import LeftOutOf, Listing, title
from bot.listening import on_action, on_event
from bot.office import Office
from bot.text import on_one_line
from domain import administrators, branches, slack_users
from domain.actor import AccountType, BranchId
from domain.logins import board as readiness
from domain.logins.model import Login, PasswordKind
from domain.permissions import Act, require
from domain.sign_in import slack_links

_BRANCHES_NAMED: Final = 10


def register(app: App, office: Office) -> None:
    """Listen for people who open the App Home and for the language switch."""
    on_event(app, office, "app_home_opened", _show)
    for action_id in home_view.CHOICES:
        on_action(app, office, action_id, _choose_language)
    on_action(app, office, board.OPEN_BRANCH, _open_branch)
    on_action(app, office, board.SHOW_LOCKED, _show_locked)
    on_action(app, office, board.SHOW_WITHOUT_ADDRESS, _show_without_address)
    on_action(app, office, board.ALL_BRANCHES, _show_all)
    on_action(app, office, board.IMPORT, reading.open_choice)


def _show(interaction: Interaction) -> None:
    event = interaction.body["event"]
    if event.get("tab") != "home":
        return
    # Somebody may choose a language while this is being built; the choice stays.
    try:
        _publish(interaction, event.get("view", {}).get("hash"))
    except SlackApiError as error:
        if error.response.get("error") != "hash_conflict":
            raise


def _choose_language(interaction: Interaction) -> None:
    language = home_view.parse(interaction.body)
    person = interaction.person
    with interaction.transaction() as session:
        slack_users.choose_language(session, person.identity, language)
    interaction.person = replace(person, language=language)
    _publish(interaction)


def _publish(interaction: Interaction, seen_hash: str | None = None) -> None:
    """Show the Home; with `seen_hash` only in the place of the one that was seen."""
    view = home_view.build(_home(interaction), interaction.t)
    user_id = interaction.person.identity.user_id
    interaction.client.views_publish(user_id=user_id, view=view, hash=seen_hash)


def _home(interaction: Interaction) -> Home:
    actor = interaction.person.actor
    with interaction.reading() as session:
        needs_first_manager = not administrators.has_managers(session)
        names: tuple[str, ...] = ()
        if actor and actor.account_type is not AccountType.MANAGER:
            known = branches.search(session, "", actor=actor, limit=_BRANCHES_NAMED)
            names = tuple(on_one_line(branch.name) for branch in known)
        linked = slack_links.find_card(session, interaction.person.identity)
        own = _own(linked.login, interaction.now) if linked else own_login.UNKNOWN
        states = _board(session, interaction) if actor else None
    return Home(
        company=on_one_line(interaction.office.company),
        account_type=actor.account_type if actor else None,
        branch_names=names,
        more_branches=len(actor.branch_ids) - len(names) if actor and names else 0,
        needs_first_manager=needs_first_manager,
        own=own,
        board=states,
    )


def _board(session: Session, interaction: Interaction) -> Board:
    found = readiness.read(session, actor=interaction.actor, now=interaction.now)
    return Board(found, mails=interaction.office.mails)


def _open_branch(interaction: Interaction, *, only_locked: bool = False) -> None:
    branch_id = BranchId(payload.whole_number(interaction.value))
    interaction.open(notice.wait(interaction.t("Employee logins"), interaction.t))
    show_branch(interaction, Place(branch_id, only_locked=only_locked))


def _show_locked(interaction: Interaction) -> None:
    _open_branch(interaction, only_locked=True)


def _show_without_address(interaction: Interaction) -> None:
    branch_id = payload.whole_number(interaction.value)
    listing = Listing(LeftOutOf.WITHOUT_ADDRESS, branch_id, "")
    interaction.open(notice.wait(title(listing.act, interaction.t), interaction.t))
    interaction.show(view_of(interaction, listing))


def _show_all(interaction: Interaction) -> None:
    require(interaction.actor, Act.SEE_LOGINS)
    interaction.open(notice.wait(interaction.t("Select branch"), interaction.t))
    show_choice(interaction)


def _own(login: Login | None, now: datetime) -> Own:
    if login is None:
        return own_login.NO_LOGIN
    is_initial = login.password_kind is PasswordKind.INITIAL
    until = login.initial_password_expires_at if is_initial else None
    return OwnLogin(
        user_name=login.user_name,
        state=login.state,
        last_sign_in_at=login.last_sign_in_at,
        first_until=until,
        first_has_expired=until is not None and until <= now,
    )
