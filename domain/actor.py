"""Who acts: an administrator, an employee, the machine's operator, the schedule."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

AdministratorId = NewType("AdministratorId", int)
BranchId = NewType("BranchId", int)


class AccountType(StrEnum):
    """What an administrator may administer, as the manual names it."""

    MANAGER = "manager"
    BRANCH_MANAGER = "branch_manager"
    USER = "user"


class ActorKind(StrEnum):
    """In what capacity somebody acts."""

    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"
    SCHEDULE = "schedule"
    NEWCOMER = "newcomer"
    EMPLOYEE = "employee"


class Surface(StrEnum):
    """Where the act came in."""

    SLACK = "slack"
    COMMAND_LINE = "command_line"
    WORKER = "worker"
    PORTAL = "portal"


@dataclass(frozen=True)
class Actor:
    """Somebody who acts; `branch_ids` is what a branch-bound administrator reaches."""

    kind: ActorKind
    surface: Surface
    administrator_id: AdministratorId | None = None
    account_type: AccountType | None = None
    branch_ids: frozenset[BranchId] = frozenset()

    @property
    def reaches_every_branch(self) -> bool:
        """Managers, the operator and the schedule are not bound to branches."""
        return (
            self.kind in (ActorKind.OPERATOR, ActorKind.SCHEDULE)
            or self.account_type is AccountType.MANAGER
        )

    def reaches(self, branch_id: BranchId) -> bool:
        """Whether the branch is within this actor's reach."""
        return self.reaches_every_branch or branch_id in self.branch_ids


EMPLOYEE = Actor(ActorKind.EMPLOYEE, Surface.PORTAL)
OPERATOR = Actor(ActorKind.OPERATOR, Surface.COMMAND_LINE)
SCHEDULE = Actor(ActorKind.SCHEDULE, Surface.WORKER)
