"""Administrators as those see them who decide on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.actor import AccountType, Actor, AdministratorId, BranchId
from domain.administrators import Administrator
from domain.appointments import rules
from domain.branches import Branch
from domain.company_rules import read_rules
from domain.permissions import Act, require
from domain.slack_users import SlackIdentity, display_names
from domain.step_ups import CodeWay, StepUp

_ORDER = tuple(AccountType)


@dataclass(frozen=True)
class AdministratorLine:
    """One administrator; branches are those within the reader's reach.

    `name` is what Slack calls the person, None where Slack never said.
    `gives_codes` is whether codes are asked of this one, `must_give_codes` whether a
    manager required them of this one in particular, `has_app` whether they come from
    an app. `mark` tells whether it is as
    it was shown.
    """

    administrator_id: AdministratorId
    identity: SlackIdentity
    name: str | None
    account_type: AccountType
    branches: tuple[tuple[BranchId, str], ...]
    email: str | None
    gives_codes: bool
    must_give_codes: bool
    is_blocked: bool
    mark: str
    has_app: bool = False


def list_administrators(session: Session, *, actor: Actor) -> list[AdministratorLine]:
    """Everybody whom the actor may change: managers first, then by name.

    A branch manager sees the users of the own branches. Raises NotPermittedError.
    """
    require(actor, Act.SEE_ADMINISTRATORS)
    found = session.scalars(
        select(Administrator).where(Administrator.dismissed_at.is_(None))
    )
    lines = _lines(session, [each for each in found if _is_seen(each, actor)], actor)
    return sorted(lines, key=_place)


def find(
    session: Session, administrator_id: AdministratorId, *, actor: Actor
) -> AdministratorLine:
    """One of them. Raises NotFoundError, NotPermittedError."""
    require(actor, Act.SEE_ADMINISTRATORS)
    administrator = rules.get(session, administrator_id, actor=actor)
    return _lines(session, [administrator], actor)[0]


def _is_seen(administrator: Administrator, actor: Actor) -> bool:
    if actor.reaches_every_branch:
        return True
    is_user = administrator.account_type is AccountType.USER
    return is_user and any(
        actor.reaches(BranchId(link.branch_id)) for link in administrator.branches
    )


def _place(line: AdministratorLine) -> tuple[int, str, int]:
    name = (line.name or line.identity.user_id).casefold()
    return (_ORDER.index(line.account_type), name, line.administrator_id)


def _lines(
    session: Session, administrators: Sequence[Administrator], actor: Actor
) -> list[AdministratorLine]:
    identities = {
        each.id: SlackIdentity(each.team_id, each.user_id) for each in administrators
    }
    names = display_names(session, list(identities.values()))
    branch_names = _branch_names(session, administrators)
    step_ups = _step_ups(session, identities)
    codes_for_all = read_rules(session).codes_for_all
    lines = []
    for each in administrators:
        step_up = step_ups.get(each.id)
        is_required = step_up is not None and step_up.is_required
        has_chosen = step_up is not None and step_up.way is not None
        reached = [
            (BranchId(link.branch_id), branch_names[link.branch_id])
            for link in each.branches
            if actor.reaches(BranchId(link.branch_id))
        ]
        lines.append(
            AdministratorLine(
                AdministratorId(each.id),
                identities[each.id],
                names.get(identities[each.id]),
                each.account_type,
                tuple(sorted(reached, key=lambda branch: branch[1].casefold())),
                each.email,
                gives_codes=codes_for_all or is_required or has_chosen,
                must_give_codes=is_required,
                is_blocked=step_up is not None and step_up.blocked_at is not None,
                mark=rules.mark_of(each, actor),
                has_app=step_up is not None and step_up.way is CodeWay.APP,
            )
        )
    return lines


def _branch_names(
    session: Session, administrators: Sequence[Administrator]
) -> Mapping[int, str]:
    wanted = {link.branch_id for each in administrators for link in each.branches}
    rows = session.execute(select(Branch.id, Branch.name).where(Branch.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _step_ups(session: Session, ids: Collection[int]) -> Mapping[int, StepUp]:
    rows = session.scalars(select(StepUp).where(StepUp.administrator_id.in_(ids)))
    return {row.administrator_id: row for row in rows}
