"""`sleutelbos administrator`: appoint, list and dismiss without going through Slack."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from domain import branches
from domain.actor import OPERATOR, AccountType, BranchId
from domain.administrators import LastManagerError
from domain.appointments import appointing, dismissing, listing
from domain.appointments.listing import AdministratorLine
from domain.appointments.rules import CodeAddressUnusableError, NotAppointableError
from domain.plain_text import clean
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
            appointing.appoint(
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
        except NotAppointableError as error:
            # By what Slack said of the person before.
            raise CommandError(
                complaints.NO_SUCH_MEMBER, value=wanted.user_id
            ) from error
        except CodeAddressUnusableError as error:
            raise CommandError(complaints.NOT_AN_ADDRESS, value=wanted.email) from error
        names = ", ".join(branch.name for branch in found)
    language = settings.language
    of_branches = answers.OF_BRANCHES.say(language, names=names) if names else ""
    return answers.APPOINTED.say(
        language,
        user=wanted.user_id,
        type=wanted.account_type.value,
        branches=f" {of_branches}" if of_branches else "",
    )


def list_lines(settings: Settings) -> list[str]:
    """A line for everybody who administers: id, type, branches, name in Slack."""
    with opening.opened(settings) as database, database.reading() as session:
        lines = listing.list_administrators(session, actor=OPERATOR)
    if not lines:
        return [answers.NO_ADMINISTRATORS.say(settings.language)]
    return [_listed(line, settings) for line in lines]


def dismiss(
    settings: Settings, user_id: str, team_id: str | None, *, now: datetime
) -> str:
    """Take somebody's role away; gives the line that says so."""
    with opening.opened(settings) as database, database.transaction() as session:
        found = [
            line
            for line in listing.list_administrators(session, actor=OPERATOR)
            if line.identity.user_id == user_id
            and team_id in (None, line.identity.team_id)
        ]
        if len(found) != 1:
            raise CommandError(complaints.NO_ADMINISTRATOR, value=user_id)
        try:
            dismissing.dismiss(
                session, found[0].administrator_id, actor=OPERATOR, now=now
            )
        except LastManagerError as error:
            raise CommandError(complaints.LAST_MANAGER, value=user_id) from error
    return answers.DISMISSED.say(settings.language, user=user_id)


def _listed(line: AdministratorLine, settings: Settings) -> str:
    names = ", ".join(name for _, name in line.branches)
    parts = [line.identity.user_id, line.account_type.value]
    if names:
        parts.append(answers.OF_BRANCHES.say(settings.language, names=names))
    if line.name:
        parts.append(f"({clean(line.name)})")
    return " ".join(parts)


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
