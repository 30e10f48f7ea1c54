"""What Slack tells of people by itself: somebody's account changed."""

from functools import partial
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from bot import payload
from bot.identity import SlackSilentError, ask_slack, profile_from
from bot.listening import on_news
from bot.office import Office
from domain import administrators, slack_users
from domain.actor import SCHEDULE
from domain.appointments import slack_standing
from domain.slack_users import SlackIdentity, SlackProfile

_log = structlog.get_logger(__name__)


def register(app: App, office: Office) -> None:
    """Listen for changed accounts."""
    on_news(app, office, "user_change", partial(_hear, app.client))


def _hear(client: WebClient, office: Office, body: payload.Body) -> None:
    """Changes can arrive late and shuffled, so Slack is asked when it matters."""
    identity = payload.caller(body)
    if identity is None:
        return
    with office.database.reading() as session:
        is_known = slack_users.find(session, identity) is not None
        administers = _administers(session, identity, body)
    if is_known:
        with office.database.transaction() as session:
            slack_users.expire(session, identity, now=office.clock())
    if administers is not None and not _is_well(body, administers.team_id):
        _dismiss(client, office, administers)


def _administers(
    session: Session, identity: SlackIdentity, body: payload.Body
) -> SlackIdentity | None:
    """As whom the person administers; the event may name a team they moved to."""
    own = SlackIdentity(str(body.get("team_id")), identity.user_id)
    found = administrators.find_actor(session, own)
    return own if found is not None else None


def _is_well(body: payload.Body, team_id: str) -> bool:
    """Whether the event itself calls this a member as any other."""
    try:
        told = profile_from(payload.event(body), team_id)
    except SlackSilentError:
        return False
    return slack_standing.standing_of(told) is None


def _dismiss(client: WebClient, office: Office, identity: SlackIdentity) -> None:
    """Ask once more, since the event may be an old one; in doubt nobody is dismissed.

    Until Slack answers, the person is refused all the same.
    """
    try:
        answer: Any = ask_slack(client, identity)
        profile: SlackProfile = profile_from(answer, identity.team_id)
    except SlackSilentError:
        _log.warning("administrators.not_asked")
        return
    with office.database.transaction() as session:
        settled = slack_standing.dismiss_unfit(
            session, identity, profile, actor=SCHEDULE, now=office.clock()
        )
    for administrator_id in settled.dismissed:
        _log.info("administrators.dismissed", administrator_id=administrator_id)
    for administrator_id in settled.last_manager:
        _log.warning(
            "administrators.last_manager_left", administrator_id=administrator_id
        )
