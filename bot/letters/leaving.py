"""Whether letters can leave at all, asked at every press that needs them."""

from bot.interaction import Interaction
from domain.errors import DomainError


class MailNotSetUpError(DomainError):
    """Nobody said yet how letters leave."""

    code = "mail_not_set_up"


def require_mail(interaction: Interaction) -> None:
    """Refuse what needs letters. Raises MailNotSetUpError."""
    if not interaction.office.mails:
        raise MailNotSetUpError
