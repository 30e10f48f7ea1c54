"""Who may do what: one table, asked on the first line of every service."""

from enum import StrEnum
from typing import Final

from domain.actor import AccountType, Actor, ActorKind, BranchId
from domain.errors import NotFoundError, NotPermittedError


class Act(StrEnum):
    """Everything that can be permitted or refused."""

    OPEN_MANAGEMENT_MENU = "open_management_menu"
    OPEN_STAFF_MENU = "open_staff_menu"
    SEE_LOGINS = "see_logins"
    CREATE_LOGINS = "create_logins"
    ACTIVATE_LOGINS = "activate_logins"
    DEACTIVATE_LOGIN = "deactivate_login"
    RESET_PASSWORDS = "reset_passwords"
    EXPORT_PASSWORDS = "export_passwords"
    REMOVE_SECOND_FACTOR = "remove_second_factor"
    SEE_TIMELINE = "see_timeline"
    IMPORT_RECORD_CARDS = "import_record_cards"
    APPOINT_ADMINISTRATORS = "appoint_administrators"
    SET_UP_BRANCHES = "set_up_branches"
    SEE_AUDIT_LOG = "see_audit_log"
    CLOSE_LOGINS_OF_LEAVERS = "close_logins_of_leavers"
    GIVE_UP_KEYS = "give_up_keys"


_MANAGERS: Final = frozenset({AccountType.MANAGER})
_EVERY_TYPE: Final = frozenset(AccountType)

BY_ACCOUNT_TYPE: Final[dict[Act, frozenset[AccountType]]] = {
    Act.OPEN_MANAGEMENT_MENU: _MANAGERS,
    Act.OPEN_STAFF_MENU: _EVERY_TYPE,
    Act.SEE_LOGINS: _EVERY_TYPE,
    Act.CREATE_LOGINS: _EVERY_TYPE,
    Act.ACTIVATE_LOGINS: _EVERY_TYPE,
    Act.DEACTIVATE_LOGIN: _EVERY_TYPE,
    Act.RESET_PASSWORDS: _EVERY_TYPE,
    Act.EXPORT_PASSWORDS: _EVERY_TYPE,
    Act.REMOVE_SECOND_FACTOR: _EVERY_TYPE,
    Act.SEE_TIMELINE: _EVERY_TYPE,
    Act.IMPORT_RECORD_CARDS: _EVERY_TYPE,
    Act.APPOINT_ADMINISTRATORS: _MANAGERS,
    Act.SET_UP_BRANCHES: _MANAGERS,
    Act.SEE_AUDIT_LOG: _MANAGERS,
    Act.CLOSE_LOGINS_OF_LEAVERS: frozenset(),
    Act.GIVE_UP_KEYS: frozenset(),
}

BY_KIND: Final[dict[ActorKind, frozenset[Act]]] = {
    ActorKind.ADMINISTRATOR: frozenset(),
    ActorKind.OPERATOR: frozenset(
        {
            Act.IMPORT_RECORD_CARDS,
            Act.APPOINT_ADMINISTRATORS,
            Act.SET_UP_BRANCHES,
            Act.SEE_AUDIT_LOG,
            Act.GIVE_UP_KEYS,
        }
    ),
    ActorKind.SCHEDULE: frozenset({Act.CLOSE_LOGINS_OF_LEAVERS}),
    ActorKind.NEWCOMER: frozenset(),
    # What employees do with their own login is decided by domain/sign_in.
    ActorKind.EMPLOYEE: frozenset(),
}


def may(actor: Actor, act: Act, branch_id: BranchId | None = None) -> bool:
    """Whether the actor may do this, in this branch when one is named."""
    if act in BY_KIND[actor.kind]:
        return True
    if actor.account_type not in BY_ACCOUNT_TYPE[act]:
        return False
    return branch_id is None or actor.reaches(branch_id)


def require(actor: Actor, act: Act, branch_id: BranchId | None = None) -> None:
    """Refuse what the actor may not do.

    Raises NotFoundError for a branch out of reach, so that nobody learns which
    branches exist; NotPermittedError for an act that the account type lacks.
    """
    if may(actor, act, branch_id):
        return
    if branch_id is not None and may(actor, act):
        raise NotFoundError(kind="branch")
    raise NotPermittedError(act=act.value)
