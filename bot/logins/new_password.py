"""Shows a new password of one login: made, shown, and only then valid."""

from bot import log_safety
from bot.interaction import Interaction
from bot.logins import shown_password
from bot.logins.shown_password import ShownPassword, ShownPasswordVoidError
from domain.logins import resets
from domain.logins.listing import LoginDetails
from domain.logins.model import LoginState
from domain.logins.resets import LoginChangedMeanwhileError, PreparedPassword


def show_new_password(
    interaction: Interaction, login: LoginDetails, place: str
) -> None:
    """In the view that answers; `place` is what the log calls the button.

    Raises ShownPasswordVoidError or LoginChangedMeanwhileError when the password
    that was shown is not valid: see domain.logins.resets.
    """
    prepared = resets.prepare_shown_password(
        interaction.transaction,
        login.login_id,
        keyring=interaction.office.keyring,
        actor=interaction.actor,
        now=interaction.now,
    )
    shown = ShownPassword(
        name=login.name,
        user_name=login.user_name,
        password=prepared.password,
        expires_at=prepared.expires_at,
        is_active=login.state is LoginState.ACTIVE,
    )
    interaction.show(shown_password.build(shown, interaction.t))
    _apply(interaction, prepared, place)


def _apply(interaction: Interaction, prepared: PreparedPassword, place: str) -> None:
    try:
        resets.apply_shown_password(
            interaction.transaction,
            prepared,
            actor=interaction.actor,
            now=interaction.now,
        )
    except LoginChangedMeanwhileError:
        raise
    except Exception as error:
        reference = log_safety.new_reference()
        log_safety.unexpected(error, reference, place)
        raise ShownPasswordVoidError(reference=reference) from error
