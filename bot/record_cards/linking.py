"""Linking an employee's Slack account to the record card by hand, and unlinking it."""

from bot.identity import ask_slack, profile_from
from bot.interaction import Interaction
from bot.record_cards import card_form
from bot.record_cards.opening import card_view
from domain import slack_users
from domain.errors import DomainError
from domain.sign_in import slack_links
from domain.slack_users import SlackIdentity, SlackProfile


class NotLinkableError(DomainError):
    """A guest, a bot, somebody deactivated, or of another workspace."""

    code = "not_linkable"


def link(interaction: Interaction) -> None:
    """Link whom somebody chose in the form; their word is Slack's, asked just now."""
    card_id = card_form.card_of(interaction.body)
    who = SlackIdentity(
        interaction.person.identity.team_id, card_form.chosen_user(interaction.body)
    )
    profile = profile_from(ask_slack(interaction.client, who), who.team_id)
    if not _is_member(profile):
        raise NotLinkableError
    with interaction.transaction() as session:
        slack_links.link_by_hand(
            session,
            card_id,
            who,
            keyring=interaction.office.keyring,
            actor=interaction.actor,
            now=interaction.now,
        )
        slack_users.remember(session, who, profile, now=interaction.now)
    news = interaction.t("Linked.")
    seen = card_form.seen_in(interaction.body)
    interaction.show(card_view(interaction, card_id, news, seen))


def unlink(interaction: Interaction) -> None:
    """Let go of who is linked to the card."""
    card_id = card_form.card_of(interaction.body)
    with interaction.transaction() as session:
        slack_links.unlink(
            session, card_id, actor=interaction.actor, now=interaction.now
        )
    news = interaction.t("Unlinked.")
    seen = card_form.seen_in(interaction.body)
    interaction.show(card_view(interaction, card_id, news, seen))


def _is_member(profile: SlackProfile) -> bool:
    return not (
        profile.is_bot or profile.is_deleted or profile.is_guest or profile.is_outsider
    )
