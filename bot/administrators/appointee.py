"""Whoever is to be appointed, as Slack describes them now."""

from bot.identity import SlackSilentError, ask_slack, profile_from
from bot.interaction import Interaction
from domain import slack_users
from domain.errors import DomainError
from domain.slack_users import SlackIdentity


class AppointeeUnseenError(DomainError):
    """Slack did not say who was chosen."""

    code = "appointee_unseen"
    concerns = "person"


def look_at(interaction: Interaction, user_id: str) -> SlackIdentity:
    """Have what Slack says of a chosen person at hand, asked for unless just heard.

    Raises AppointeeUnseenError.
    """
    identity = SlackIdentity(interaction.person.identity.team_id, user_id)
    with interaction.reading() as session:
        known = slack_users.find(session, identity)
    if known is not None and known.is_fresh(interaction.now):
        return identity
    try:
        answer = ask_slack(interaction.client, identity)
        profile = profile_from(answer, identity.team_id)
    except SlackSilentError as error:
        raise AppointeeUnseenError from error
    with interaction.office.database.transaction(interaction.patience) as session:
        slack_users.remember(session, identity, profile, now=interaction.now)
    return identity
