"""`sleutelbos administrator add`: appoint somebody without going through Slack."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from domain import administrators, branches
from domain.actor import OPERATOR, AccountType, BranchId
from domain.administrators import LastManagerError
from domain.slack_users import SlackIdentity
from sleutelbos import answers, complaints, opening, slack_workspace
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError

_USER_ID: Final = re.compile(r"[UW][A-Z0-9]{2,20}")
_TEAM_ID: Final = re.compile(r"T[A-Z0-9]{2,20}")
_SHOWN_BRANCHES: Final = 10


@dataclass(frozen=True)
class Appointment:
    """Who becomes what, as it was typed."""

    user_id: str
    account_type: AccountType
    branch_names: Sequence[str] = ()
    email: str | None = None
    team_id: str | None = None


def appoint(settings: Settings, wanted: Appointment, *, now: datetime) -> str:
    """Appoint somebody, or change what they are; gives the line that says so."""
    _check(wanted)
    team_id = wanted.team_id or _own_team(settings)
    if settings.slack_bot_token is not None:
        slack_workspace.require_member(settings, wanted.user_id)
    with opening.opened(settings) as database, database.transaction() as session:
        named = (_branch(session, name) for name in wanted.branch_names)
        found = list({branch.id: branch for branch in named}.values())
        try:
            administrators.appoint(
                session,
                SlackIdentity(team_id, wanted.user_id),
                wanted.account_type,
                [BranchId(branch.id) for branch in found],
                _address(wanted.email),
                actor=OPERATOR,
                now=now,
            )
        except LastManagerError as error:
            raise CommandError(complaints.LAST_MANAGER, value=wanted.user_id) from error
        names = ", ".join(branch.name for branch in found)
    language = settings.language
    of_branches = answers.OF_BRANCHES.say(language, names=names) if names else ""
    return answers.APPOINTED.say(
        language,
        user=wanted.user_id,
        type=wanted.account_type.value,
        branches=f" {of_branches}" if of_branches else "",
    )


def _check(wanted: Appointment) -> None:
    if not _USER_ID.fullmatch(wanted.user_id):
        raise CommandError(complaints.NOT_A_MEMBER_ID, value=wanted.user_id)
    if wanted.team_id is not None and not _TEAM_ID.fullmatch(wanted.team_id):
        raise CommandError(complaints.NOT_A_TEAM_ID, value=wanted.team_id)
    is_manager = wanted.account_type is AccountType.MANAGER
    if is_manager and wanted.branch_names:
        raise CommandError(complaints.MANAGER_HAS_EVERY_BRANCH)
    if not is_manager and not wanted.branch_names:
        raise CommandError(complaints.BRANCHES_REQUIRED)
    _address(wanted.email)


def _own_team(settings: Settings) -> str:
    if settings.slack_bot_token is None:
        raise CommandError(complaints.TEAM_UNKNOWN)
    return slack_workspace.team_id(settings)


def _address(email: str | None) -> str | None:
    if email is None:
        return None
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise CommandError(complaints.NOT_AN_ADDRESS, value=email) from error


def _branch(session: Session, name: str) -> branches.Branch:
    key = branches.name_key(name)
    for branch in branches.search(session, name, actor=OPERATOR, limit=1_000):
        if branch.name_key == key:
            return branch
    some = branches.search(session, "", actor=OPERATOR, limit=_SHOWN_BRANCHES)
    if not some:
        raise CommandError(complaints.NO_BRANCHES_YET, value=name)
    known = ", ".join(branch.name for branch in some)
    raise CommandError(complaints.BRANCH_UNKNOWN, value=name, known=known)
