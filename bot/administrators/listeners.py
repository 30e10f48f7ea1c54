"""Makes a workspace owner the first manager once they confirm."""

from slack_bolt import App
from sqlalchemy.orm import Session

from bot import notice
from bot.administrators import first_manager
from bot.interaction import Interaction
from bot.listening import Submitted, on_submission
from bot.office import Office
from domain import administrators


def register(app: App, office: Office) -> None:
    """Listen for the confirmation."""
    on_submission(app, office, first_manager.CALLBACK_ID, _begin)


def _begin(interaction: Interaction) -> Submitted:
    person, t = interaction.person, interaction.t

    def appoint(session: Session) -> None:
        administrators.appoint_first_manager(
            session,
            person.identity,
            is_workspace_owner=person.is_workspace_owner,
            now=interaction.now,
        )

    interaction.once(appoint)
    done = [t("You are a manager now. Type /manage to begin.")]
    return Submitted(notice.build(t("First manager"), done, t))
