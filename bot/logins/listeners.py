"""Answers everything about employee logins, of a branch and one by one."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from slack_bolt import App
from slack_sdk.models.blocks import Option
from sqlalchemy.orm import Session

from bot import notice, payload
from bot.blocks import plain
from bot.branches import acts, screen
from bot.branches import place as places
from bot.branches.opening import refresh_branch
from bot.interaction import Interaction
from bot.letters import leaving
from bot.listening import Submitted, on_action, on_search, on_submission
from bot.locale import Translator
from bot.logins import (
    activating,
    branch_wide,
    creating,
    login_screen,
    no_login,
    sending,
    telling,
    timeline,
)
from bot.logins.new_password import show_new_password
from bot.logins.no_login import NoLogin
from bot.logins.showing import login_view, read_login
from bot.office import Office
from bot.record_cards import card_head
from bot.text import on_one_line
from domain.logins import access_by_mail, finding, provisioning
from domain.logins.access_by_mail import LoginInactiveError
from domain.logins.activation import StaleLoginError
from domain.logins.finding import Found
from domain.logins.model import LoginId
from domain.record_cards.model import RecordCardId
from domain.sign_in import factors, slack_links

_OFFERED: Final = 20


def register(app: App, office: Office) -> None:
    """Listen for the branch-wide acts, the search, and the screens of a login."""
    press = partial(on_action, app, office)
    press(acts.CREATE.action_id, branch_wide.plan_creation)
    press(acts.ACTIVATE.action_id, branch_wide.plan_activation)
    press(activating.TICK_ALSO, branch_wide.count_again)
    press(screen.OPEN_LOGIN, _open_login)
    press(screen.SEARCH_LOGIN, _open_found)
    press(sending.SEND, _send_access)
    press(login_screen.SHOW_NEW_PASSWORD, _show_new_password)
    press(login_screen.REMOVE_SECOND_FACTOR, _remove_second_factor)
    press(login_screen.UNLINK_SLACK, _unlink_slack)
    press(login_screen.SHOW_TIMELINE, telling.open_of_login)
    press(card_head.SHOW_TIMELINE, telling.open_of_card)
    press(timeline.OLDER, telling.turn)
    press(timeline.NEWEST, telling.turn)
    on_search(app, office, screen.SEARCH_LOGIN, _offer_logins)
    on_submission(app, office, creating.CALLBACK_ID, branch_wide.create)
    on_submission(app, office, activating.CALLBACK_ID, branch_wide.activate)
    on_submission(app, office, login_screen.CALLBACK_ID, _save)


def _offer_logins(interaction: Interaction) -> Sequence[Option]:
    place = places.read(interaction.body)
    with interaction.reading() as session:
        found = finding.find(
            session,
            place.branch_id,
            str(interaction.body.get("value") or ""),
            limit=_OFFERED,
            actor=interaction.actor,
            now=interaction.now,
        )
    return [_offer(person, interaction.t) for person in found]


def _offer(person: Found, t: Translator) -> Option:
    text = f"{on_one_line(person.name, 50)} · {on_one_line(person.number, 15)}"
    if person.login_id is not None:
        return Option(value=str(person.login_id), text=plain(text))
    return Option(
        value=no_login.option_value(person.record_card_id),
        text=plain(text),
        description=plain(no_login.briefly(person.why_none, t)),
    )


def _open_found(interaction: Interaction) -> None:
    card_id = no_login.chosen_card(interaction.value)
    if card_id is None:
        _open_login(interaction)
        return
    interaction.push(notice.wait(interaction.t("Employee login"), interaction.t))
    with interaction.reading() as session:
        person = finding.without_login(
            session, card_id, actor=interaction.actor, now=interaction.now
        )
    interaction.show(no_login.build(NoLogin(person), interaction.t))


def _open_login(interaction: Interaction) -> None:
    place = places.read(interaction.body)
    login_id = LoginId(payload.whole_number(interaction.value))
    interaction.push(notice.wait(interaction.t("Employee login"), interaction.t))
    interaction.show(login_view(interaction, login_id, place))


def _unlink_slack(interaction: Interaction) -> None:
    login_id = login_screen.login_of(interaction.body)
    login = read_login(interaction, login_id)
    with interaction.transaction() as session:
        did = slack_links.unlink(
            session,
            RecordCardId(login.record_card_id),
            actor=interaction.actor,
            now=interaction.now,
        )
    place, news = (
        places.read(interaction.body),
        login_screen.unlinked(interaction.t, did=did),
    )
    interaction.show(login_view(interaction, login_id, place, news))


def _remove_second_factor(interaction: Interaction) -> None:
    login_id = login_screen.login_of(interaction.body)
    with interaction.transaction() as session:
        did = factors.remove_second_factor(
            session,
            login_id,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    login, t = read_login(interaction, login_id), interaction.t
    place, news = places.read(interaction.body), login_screen.removed(login, t, did=did)
    interaction.show(login_view(interaction, login_id, place, news))


def _send_access(interaction: Interaction) -> None:
    """Save the tick and send a letter, in one; or say why not, on the same screen."""
    leaving.require_mail(interaction)
    wanted, t = login_screen.parse(interaction.body), interaction.t
    try:
        to = access_by_mail.send_access(
            interaction.transaction,
            wanted.login_id,
            sending.template_of(interaction.body),
            make_active=wanted.active,
            expected_version=wanted.expected_version,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
    except LoginInactiveError:
        news = sending.tick_first(t)
    except StaleLoginError:
        news = sending.changed_meanwhile(t)
    else:
        news = sending.sent(to, t)
    interaction.show(login_view(interaction, wanted.login_id, wanted.place, news))


def _save(interaction: Interaction) -> Submitted:
    saved = login_screen.parse(interaction.body)

    def save(session: Session) -> None:
        provisioning.set_active(
            session,
            saved.login_id,
            saved.active,
            expected_version=saved.expected_version,
            actor=interaction.actor,
            now=interaction.now,
        )

    interaction.once(save)

    def news() -> str:
        return login_screen.saved(
            read_login(interaction, saved.login_id), interaction.t
        )

    return Submitted(then=partial(refresh_branch, interaction, saved.place, news))


def _show_new_password(interaction: Interaction) -> None:
    login_id = login_screen.login_of(interaction.body)
    interaction.push(notice.wait(interaction.t("New password"), interaction.t))
    login = read_login(interaction, login_id)
    show_new_password(interaction, login, login_screen.SHOW_NEW_PASSWORD)
    _refresh_login(interaction, login_id)


def _refresh_login(interaction: Interaction, login_id: LoginId) -> None:
    """The screen below still holds the version from before the new password."""
    place = places.read(interaction.body)
    interaction.refresh(
        payload.view(interaction.body)["id"],
        lambda: login_view(interaction, login_id, place),
    )
