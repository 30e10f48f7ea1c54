"""What Slack tells of people by itself: somebody's account changed."""

from slack_bolt import App

from bot import payload
from bot.listening import on_news
from bot.office import Office
from domain import slack_users


def register(app: App, office: Office) -> None:
    """Listen for changed accounts."""
    on_news(app, office, "user_change", _ask_again_next_time)


def _ask_again_next_time(office: Office, body: payload.Body) -> None:
    """Changes can arrive late and shuffled, so Slack is asked when it matters."""
    identity = payload.caller(body)
    if identity is None:
        return
    with office.database.reading() as session:
        if slack_users.find(session, identity) is None:
            return
    with office.database.transaction() as session:
        slack_users.expire(session, identity, now=office.clock())
