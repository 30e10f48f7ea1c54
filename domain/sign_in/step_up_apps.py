"""The authenticator app of an administrator: its seed, and codes that work once."""

from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from domain.secret import Keyring, Secret, UnsealingError
from domain.sign_in.one_time_codes import matching_step
from domain.step_ups import StepUp

_log: Final = structlog.get_logger(__name__)


def seal(seed: Secret, administrator_id: int, *, keyring: Keyring) -> str:
    """The seed as it is stored: a thief of the database can't open it."""
    return keyring.seal(seed, purpose=_purpose(administrator_id))


def open_seed(step_up: StepUp, *, keyring: Keyring) -> Secret | None:
    """The seed, if there is one and these keys open it."""
    if step_up.sealed_totp_seed is None:
        return None
    try:
        return keyring.open(
            step_up.sealed_totp_seed, purpose=_purpose(step_up.administrator_id)
        )
    except UnsealingError:
        # Its key is gone; `sleutelbos key lost` puts mailed codes in its place.
        _log.warning(
            "step_up.seed_unreadable", administrator_id=step_up.administrator_id
        )
        return None


def matching(
    step_up: StepUp, code: Secret, *, keyring: Keyring, now: datetime
) -> int | None:
    """The step whose code this is, whether it was used or not (RFC 6238)."""
    seed = open_seed(step_up, keyring=keyring)
    return None if seed is None else matching_step(seed, code, now=now)


def spend(session: Session, step_up: StepUp, step: int) -> bool:
    """Use a step up; False for one that is not newer than the last.

    Of many at once one is the first, by one conditional statement.
    """
    taken = session.execute(
        update(StepUp)
        .where(
            StepUp.administrator_id == step_up.administrator_id,
            StepUp.sealed_totp_seed == step_up.sealed_totp_seed,
            or_(StepUp.totp_last_step.is_(None), StepUp.totp_last_step < step),
        )
        .values(totp_last_step=step)
        .returning(StepUp.administrator_id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(taken)


def _purpose(administrator_id: int) -> str:
    return f"totp seed of administrator {administrator_id}"
