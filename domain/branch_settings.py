"""What managers set per branch: *Vestiging instellingen*."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import audit, branches
from domain.actor import Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.branches import NAME_LENGTH, Branch, name_key
from domain.errors import DomainError
from domain.permissions import Act, require
from domain.plain_text import clean
from domain.step_ups import require_step_up


class Settings(TypedDict, total=False):
    """Settings of a branch, by column; those left out stay as they are.

    `second_administrator_above` is the number of people above which a reset waits
    for another administrator, None for never; `admin_channel_id` None is the
    company's channel.
    """

    name: str
    second_factor_required: bool
    wrong_attempts_allowed: int
    initial_password_days: int
    admin_channel_id: str | None
    second_administrator_above: int | None
    weekly_digest: bool


@dataclass(frozen=True)
class Range:
    """The least and the most that a number may be."""

    least: int
    most: int


# Fewer wrong attempts would lock out who only mistypes, more would lock out nobody.
RANGES: Final[Mapping[str, Range]] = {
    "wrong_attempts_allowed": Range(3, 20),
    "initial_password_days": Range(1, 30),
    "second_administrator_above": Range(0, 100_000),
}
NAMES: Final = tuple(Settings.__annotations__)
# Where workbooks are posted, and what else keeps a single account from much harm.
_GUARDED: Final = frozenset(
    {"admin_channel_id", "second_administrator_above", "second_factor_required"}
)


class SettingOutOfRangeError(DomainError):
    """A number is too small or too large; the fields say which and why."""

    code = "setting_out_of_range"

    def __init__(self, setting: str) -> None:
        allowed = RANGES[setting]
        super().__init__(setting=setting, least=allowed.least, most=allowed.most)


class BranchNameMissingError(DomainError):
    """A branch must be called something."""

    code = "branch_name_missing"
    concerns = "name"


class BranchNameTooLongError(DomainError):
    """A name of more characters than are kept."""

    code = "branch_name_too_long"
    concerns = "name"


class BranchNameTakenError(DomainError):
    """Another branch is called so; imports tell branches apart by name."""

    code = "branch_name_taken"
    concerns = "name"


class SettingsChangedError(DomainError):
    """Somebody set one of these to something else since they were shown."""

    code = "settings_changed"

    def __init__(self, settings: frozenset[str]) -> None:
        super().__init__()
        self.settings = settings


def of(branch: Branch) -> Settings:
    """All settings of a branch as they are."""
    values: Any = {name: getattr(branch, name) for name in NAMES}
    settings: Settings = values
    return settings


def refusals(settings: Settings) -> dict[str, DomainError]:
    """Why these can't be set, by setting; without looking at other branches."""
    refused: dict[str, DomainError] = {}
    for setting, allowed in RANGES.items():
        number = settings.get(setting)
        if isinstance(number, int) and not allowed.least <= number <= allowed.most:
            refused[setting] = SettingOutOfRangeError(setting)
    if "name" in settings:
        name = _tidy(settings["name"])
        if not name:
            refused["name"] = BranchNameMissingError()
        elif len(name) > NAME_LENGTH:
            refused["name"] = BranchNameTooLongError(most=NAME_LENGTH)
    return refused


def save_settings(
    session: Session,
    branch_id: BranchId,
    settings: Settings,
    *,
    shown: Settings | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Write these settings of a branch; gives the names of those that changed.

    One event names them, and there is none when nothing changed. `shown` is what
    the person saw before: what somebody else changed since is not overwritten.
    Limits are the product's (wrong attempts 3 to 20, life 1 to 30 days). A second
    factor is asked at each sign-in from now on; whoever is in stays in. Raises the
    errors of `refusals`, BranchNameTakenError, SettingsChangedError, NotFoundError
    for a branch out of reach; for another channel, second administrator or second
    factor StepUpRequiredError and StepUpBlockedError.
    """
    require(actor, Act.SET_UP_BRANCHES, branch_id)
    for error in refusals(settings).values():
        raise error
    branches.lock(session, branch_id, actor=actor)
    branch = session.get_one(Branch, branch_id, populate_existing=True)
    before: dict[str, Any] = {**of(branch)}
    wanted: dict[str, Any] = {**settings}
    if "name" in wanted:
        wanted["name"] = _tidy(wanted["name"])
    changed = tuple(
        name for name in NAMES if name in wanted and wanted[name] != before[name]
    )
    _require_unchanged(changed, before, shown or {})
    if not changed:
        return ()
    if _GUARDED.intersection(changed):
        require_step_up(session, actor, now=now)
    if "name" in changed:
        _require_free(session, branch_id, wanted["name"])
        branch.name_key = name_key(wanted["name"])
    for name in changed:
        setattr(branch, name, wanted[name])
    _write(session)
    about = Concerning(branch_id=branch_id, details={"fields": list(changed)})
    audit.record(session, AuditAct.BRANCH_CHANGED, about, actor=actor, now=now)
    return changed


def _tidy(name: str) -> str:
    return " ".join(clean(name).split())


def _require_unchanged(
    changed: tuple[str, ...], before: Mapping[str, Any], shown: Mapping[str, Any]
) -> None:
    others = frozenset(
        name for name in changed if name in shown and shown[name] != before[name]
    )
    if others:
        raise SettingsChangedError(others)


def _require_free(session: Session, branch_id: BranchId, name: str) -> None:
    same = select(Branch.id).where(
        Branch.name_key == name_key(name), Branch.id != branch_id
    )
    if session.scalar(same) is not None:
        raise BranchNameTakenError


def _write(session: Session) -> None:
    """Two that take a name at once both found it free; the database knows better."""
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as error:
        raise BranchNameTakenError from error
