"""How administrators get their own codes: by mail, from an app, or none at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain import audit, slack_users, step_ups
from domain.actor import Actor, AdministratorId
from domain.administrators import slack_identity
from domain.audit import AuditAct, Concerning
from domain.errors import DomainError
from domain.letters.queueing import LetterKind, queue_letter
from domain.masking import masked
from domain.secret import Keyring, Secret, UnsealingError
from domain.sign_in import step_up, step_up_apps, step_up_mail
from domain.sign_in.one_time_codes import (
    app_uri,
    matching_step,
    new_seed,
    read_digits,
)
from domain.sign_in.step_up import Given, GivenKind, Proof, own_id
from domain.step_ups import CodeWay, StepUp

PENDING_LIFE: Final = timedelta(minutes=30)
_OFF: Final = "off"


class CodesRequiredError(DomainError):
    """A manager requires codes; one can't turn them off."""

    code = "codes_required"


class NoPendingStepUpAppError(DomainError):
    """No app is being set up, or it was begun too long ago."""

    code = "no_pending_step_up_app"


@dataclass(frozen=True)
class OwnCodes:
    """How one's own codes stand; `address` as `j•••@example.nl`.

    `way` is None while no codes are asked. `is_setting_up_app` says that an app was
    shown its key and gave no code yet.
    """

    way: CodeWay | None
    is_required: bool
    is_blocked: bool
    address: str | None
    is_setting_up_app: bool


@dataclass(frozen=True)
class ShownApp:
    """What an app is told, to be shown once: the key, and the same as an address."""

    seed: Secret
    uri: Secret


def read_own(session: Session, *, actor: Actor, now: datetime) -> OwnCodes:
    """How the actor's own codes stand."""
    administrator_id = own_id(actor)
    row = session.get(StepUp, administrator_id)
    address = step_up_mail.known_address(session, administrator_id)
    return OwnCodes(
        way=step_ups.way_of(session, administrator_id),
        is_required=step_ups.is_required_of(session, administrator_id),
        is_blocked=row is not None and row.blocked_at is not None,
        address=masked(address) if address else None,
        is_setting_up_app=row is not None and _is_pending(row, now),
    )


def require_proof(session: Session, *, actor: Actor, now: datetime) -> None:
    """Whoever is asked codes changes how only after one of the last five minutes.

    Others have none to give. Raises StepUpRequiredError, StepUpBlockedError.
    """
    within = step_ups.CHANGING_CODES_LIFE
    step_ups.require_step_up(session, actor, now=now, within=within)


def choose_mail(
    session: Session, typed: str, *, keyring: Keyring, actor: Actor, now: datetime
) -> Given:
    """Get codes by mail from now on, proven by one that `send_code` sent.

    Counted like any other code. Raises StepUpRequiredError where codes come from an
    app: who has it gives its code first.
    """
    administrator_id = own_id(actor)
    require_proof(session, actor=actor, now=now)
    details = {"way": CodeWay.MAIL.value}
    proof = Proof(CodeWay.MAIL, AuditAct.CODES_SET_UP, details)
    given = step_up.prove(session, typed, proof, keyring=keyring, actor=actor, now=now)
    if given.kind is GivenKind.RIGHT:
        _set(session, administrator_id, CodeWay.MAIL, None)
        _tell(session, administrator_id, CodeWay.MAIL.value, keyring, now)
    return given


def begin_app(
    session: Session, *, company: str, keyring: Keyring, actor: Actor, now: datetime
) -> ShownApp:
    """Give the key for an authenticator app; nothing changes until its first code.

    The same again within half an hour. Raises StepUpRequiredError where codes are
    asked already, StepUpBlockedError.
    """
    administrator_id = own_id(actor)
    require_proof(session, actor=actor, now=now)
    row = step_ups.hold(session, administrator_id)
    seed = _pending(row, keyring, now)
    if seed is None:
        seed = new_seed()
        row.sealed_pending_seed = keyring.seal(seed, purpose=_purpose(row))
        row.pending_since = now
    identity = slack_identity(session, administrator_id)
    name = slack_users.display_names(session, {identity}).get(identity, "Slack")
    issuer = f"Sleutelbos {company}".strip()
    return ShownApp(seed, app_uri(seed, company=issuer, user_name=name))


def confirm_app(
    session: Session, typed: str, *, keyring: Keyring, actor: Actor, now: datetime
) -> Given:
    """Get codes from the app from now on, now that it shows a right one.

    An app of before stops working. A wrong code is not counted: it is about an app
    that guards nothing yet. Raises NoPendingStepUpAppError, StepUpRequiredError.
    """
    administrator_id = own_id(actor)
    require_proof(session, actor=actor, now=now)
    row = step_ups.hold(session, administrator_id)
    seed = _pending(row, keyring, now)
    if seed is None:
        raise NoPendingStepUpAppError
    code = read_digits(typed)
    if code is None:
        return Given(GivenKind.MALFORMED)
    step = matching_step(seed, code, now=now)
    if step is None:
        return Given(GivenKind.WRONG)
    _set(session, administrator_id, CodeWay.APP, seed, keyring=keyring, step=step)
    details = {"way": CodeWay.APP.value}
    concerning = Concerning(details=details)
    audit.record(session, AuditAct.CODES_SET_UP, concerning, actor=actor, now=now)
    _tell(session, administrator_id, CodeWay.APP.value, keyring, now)
    return Given(GivenKind.RIGHT)


def turn_off(
    session: Session, *, keyring: Keyring, actor: Actor, now: datetime
) -> bool:
    """Give no codes any more; says whether any were given.

    Raises CodesRequiredError, StepUpRequiredError: a last code proves who it is.
    """
    administrator_id = own_id(actor)
    require_proof(session, actor=actor, now=now)
    if step_ups.is_required_of(session, administrator_id):
        raise CodesRequiredError
    row = step_ups.hold(session, administrator_id)
    if row.way is None:
        return False
    before = row.way
    _set(session, administrator_id, None, None)
    concerning = Concerning(details={"way": before.value})
    audit.record(session, AuditAct.CODES_TURNED_OFF, concerning, actor=actor, now=now)
    _tell(session, administrator_id, _OFF, keyring, now)
    return True


def forget_pending(session: Session, *, now: datetime) -> None:
    """Wipe the keys of apps that were never confirmed."""
    session.execute(
        update(StepUp)
        .where(StepUp.pending_since <= now - PENDING_LIFE)
        .values(sealed_pending_seed=None, pending_since=None)
        .execution_options(synchronize_session=False)
    )


def _set(
    session: Session,
    administrator_id: AdministratorId,
    way: CodeWay | None,
    seed: Secret | None,
    *,
    keyring: Keyring | None = None,
    step: int | None = None,
) -> None:
    sealed = None
    if seed is not None and keyring is not None:
        sealed = step_up_apps.seal(seed, administrator_id, keyring=keyring)
    session.execute(
        update(StepUp)
        .where(StepUp.administrator_id == administrator_id)
        .values(
            way=way,
            sealed_totp_seed=sealed,
            totp_last_step=step,
            sealed_pending_seed=None,
            pending_since=None,
        )
        .execution_options(synchronize_session="fetch")
    )


def _tell(
    session: Session,
    administrator_id: AdministratorId,
    way: str,
    keyring: Keyring,
    now: datetime,
) -> None:
    """By mail where an address is known: a thief in Slack does not read it there."""
    if step_up_mail.known_address(session, administrator_id) is None:
        return
    to = step_up_mail.recipient_of(session, administrator_id)
    kind, values = LetterKind.STEP_UP_SET, {"way": way}
    queue_letter(session, kind, to, values=values, keyring=keyring, now=now)


def _is_pending(row: StepUp, now: datetime) -> bool:
    begun = row.pending_since
    has_seed = row.sealed_pending_seed is not None
    return has_seed and begun is not None and now < begun + PENDING_LIFE


def _pending(row: StepUp, keyring: Keyring, now: datetime) -> Secret | None:
    sealed = row.sealed_pending_seed
    if sealed is None or not _is_pending(row, now):
        return None
    try:
        return keyring.open(sealed, purpose=_purpose(row))
    except UnsealingError:
        return None


def _purpose(row: StepUp) -> str:
    return f"pending totp seed of administrator {row.administrator_id}"
