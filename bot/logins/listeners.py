"""Answers everything about employee logins, of a branch and one by one."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from slack_bolt import App
from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import notice, payload
from bot.blocks import plain
from bot.branches import acts, screen
from bot.branches import place as places
from bot.branches.opening import refresh_branch
from bot.branches.place import Place
from bot.interaction import Interaction
from bot.listening import Submitted, on_action, on_search, on_submission
from bot.locale import Translator
from bot.logins import (
    activating,
    branch_wide,
    creating,
    login_screen,
    no_login,
    timeline,
)
from bot.logins.login_screen import LoginScreen
from bot.logins.new_password import show_new_password
from bot.logins.no_login import NoLogin
from bot.logins.timeline import Timeline
from bot.office import Office
from bot.text import on_one_line
from domain import slack_users
from domain.logins import finding, listing, provisioning
from domain.logins import timeline as history
from domain.logins.finding import Found
from domain.logins.listing import LoginDetails
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
    press(login_screen.SHOW_NEW_PASSWORD, _show_new_password)
    press(login_screen.REMOVE_SECOND_FACTOR, _remove_second_factor)
    press(login_screen.UNLINK_SLACK, _unlink_slack)
    press(login_screen.SHOW_TIMELINE, _open_timeline)
    press(timeline.OLDER, _turn_timeline)
    press(timeline.NEWEST, _turn_timeline)
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
    interaction.show(_login_screen(interaction, login_id, place))


def _login_screen(
    interaction: Interaction, login_id: LoginId, place: Place, news: str = ""
) -> View:
    login = _login(interaction, login_id)
    slack_name = _slack_name(interaction, RecordCardId(login.record_card_id))
    return login_screen.build(
        LoginScreen(login, place, interaction.now, news, slack_name), interaction.t
    )


def _slack_name(interaction: Interaction, card_id: RecordCardId) -> str | None:
    """How Slack shows who is linked to the card; the user id when we never met."""
    with interaction.reading() as session:
        identity = slack_links.find_identity(session, card_id)
        if identity is None:
            return None
        names = slack_users.display_names(session, [identity])
    return names.get(identity, identity.user_id)


def _unlink_slack(interaction: Interaction) -> None:
    login_id = login_screen.login_of(interaction.body)
    login = _login(interaction, login_id)
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
    interaction.show(_login_screen(interaction, login_id, place, news))


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
    login, t = _login(interaction, login_id), interaction.t
    place, news = places.read(interaction.body), login_screen.removed(login, t, did=did)
    interaction.show(_login_screen(interaction, login_id, place, news))


def _login(interaction: Interaction, login_id: LoginId) -> LoginDetails:
    with interaction.reading() as session:
        return listing.get(
            session, login_id, actor=interaction.actor, now=interaction.now
        )


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
        return login_screen.saved(_login(interaction, saved.login_id), interaction.t)

    return Submitted(then=partial(refresh_branch, interaction, saved.place, news))


def _show_new_password(interaction: Interaction) -> None:
    login_id = login_screen.login_of(interaction.body)
    interaction.push(notice.wait(interaction.t("New password"), interaction.t))
    login = _login(interaction, login_id)
    show_new_password(interaction, login, login_screen.SHOW_NEW_PASSWORD)
    _refresh_login(interaction, login_id)


def _refresh_login(interaction: Interaction, login_id: LoginId) -> None:
    """The screen below still holds the version from before the new password."""
    place = places.read(interaction.body)
    interaction.refresh(
        payload.view(interaction.body)["id"],
        lambda: _login_screen(interaction, login_id, place),
    )


def _open_timeline(interaction: Interaction) -> None:
    interaction.push(notice.wait(interaction.t("Timeline"), interaction.t))
    _show_timeline(interaction, before=None)


def _turn_timeline(interaction: Interaction) -> None:
    _show_timeline(interaction, before=timeline.parse(interaction.body))


def _show_timeline(interaction: Interaction, before: int | None) -> None:
    login_id = login_screen.login_of(interaction.body)
    with interaction.reading() as session:
        entries = history.timeline(
            session,
            login_id,
            before=before,
            limit=timeline.PAGE + 1,
            actor=interaction.actor,
        )
        shown = entries[: timeline.PAGE]
        who = {entry.administrator for entry in shown if entry.administrator}
        names = slack_users.display_names(session, who)
    data = Timeline(
        login_id=login_id,
        entries=shown,
        names=names,
        has_older=len(entries) > len(shown),
        is_newest=before is None,
    )
    interaction.show(timeline.build(data, interaction.t))
