"""Brings the screen of a login together, wherever it is opened from."""

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot.branches.place import Place
from bot.interaction import Interaction
from bot.logins import login_screen
from bot.logins.login_screen import LoginScreen
from bot.logins.sending import LastLetter, Sending
from domain import slack_users
from domain.actor import BranchId
from domain.letters import access_letters, email_templates
from domain.letters.email_templates import TemplateLine
from domain.logins import listing
from domain.logins.listing import LoginDetails
from domain.logins.model import LoginId
from domain.permissions import Act, may
from domain.record_cards.model import RecordCardId
from domain.sign_in import slack_links


def read_login(interaction: Interaction, login_id: LoginId) -> LoginDetails:
    """A login within reach, as it is now. Raises NotFoundError."""
    with interaction.reading() as session:
        return listing.get(
            session, login_id, actor=interaction.actor, now=interaction.now
        )


def login_view(
    interaction: Interaction,
    login_id: LoginId,
    place: Place | None = None,
    news: str = "",
) -> View:
    """The screen of a login; without a place the one of its branch is behind it."""
    login = read_login(interaction, login_id)
    with interaction.reading() as session:
        slack_name = _slack_name(session, RecordCardId(login.record_card_id))
        sending = _sending(session, interaction, login)
    here = place or Place(login.branch_id)
    screen = LoginScreen(login, here, interaction.now, news, slack_name, sending)
    return login_screen.build(screen, interaction.t)


def _slack_name(session: Session, card_id: RecordCardId) -> str | None:
    """How Slack shows who is linked to the card; the user id when we never met."""
    identity = slack_links.find_identity(session, card_id)
    if identity is None:
        return None
    names = slack_users.display_names(session, [identity])
    return names.get(identity, identity.user_id)


def _sending(
    session: Session, interaction: Interaction, login: LoginDetails
) -> Sending:
    letter = access_letters.last_letter(session, login.login_id)
    last = (
        LastLetter(letter.outcome, letter.queued_at, letter.ended_at, letter.error_code)
        if letter
        else None
    )
    return Sending(
        interaction.office.mails,
        _templates(session, interaction, login.branch_id),
        last,
    )


def _templates(
    session: Session, interaction: Interaction, branch_id: BranchId
) -> list[TemplateLine]:
    actor = interaction.actor
    if not may(actor, Act.MAIL_PASSWORDS, branch_id):
        return []
    language = interaction.t.language
    return email_templates.choose_from(
        session, branch_id, language=language, actor=actor
    )
