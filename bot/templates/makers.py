"""Who made versions, by the names that Slack shows."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from domain import administrators, slack_users
from domain.actor import AdministratorId
from domain.letters.email_templates import VersionLine


def names_of(
    session: Session, versions: Iterable[VersionLine]
) -> dict[AdministratorId | None, str]:
    """The name of each maker whom we ever met in Slack."""
    makers = {version.made_by for version in versions if version.made_by is not None}
    who = {maker: administrators.slack_identity(session, maker) for maker in makers}
    names = slack_users.display_names(session, set(who.values()))
    return {
        maker: names[identity] for maker, identity in who.items() if identity in names
    }
