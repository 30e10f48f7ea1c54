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
    MAIL_PASSWORDS = "mail_passwords"
    EDIT_TEMPLATES = "edit_templates"
    REMOVE_SECOND_FACTOR = "remove_second_factor"
    SEE_TIMELINE = "see_timeline"
    IMPORT_RECORD_CARDS = "import_record_cards"
    APPOINT_ADMINISTRATORS = "appoint_administrators"
    SET_UP_BRANCHES = "set_up_branches"
    SEE_AUDIT_LOG = "see_audit_log"
    CLOSE_LOGINS_OF_LEAVERS = "close_logins_of_leavers"
    SEND_REMINDERS = "send_reminders"
    SEND_DIGESTS = "send_digests"
    GIVE_UP_KEYS = "give_up_keys"
    SEE_RECORD_CARDS = "see_record_cards"
    EDIT_RECORD_CARDS = "edit_record_cards"
    LINK_SLACK_ACCOUNTS = "link_slack_accounts"
    MOVE_EMPLOYEE_DATA = "move_employee_data"
    SEE_ADMINISTRATORS = "see_administrators"
    GIVE_CODES = "give_codes"
    REQUIRE_CODES = "require_codes"
    LIFT_STEP_UP = "lift_step_up"
    APPROVE_RUNS = "approve_runs"
    COMPARE_WITH_SLACK = "compare_with_slack"
    APPLY_RETENTION = "apply_retention"
    EXPORT_PERSONS = "export_persons"
    ERASE_PERSONS = "erase_persons"
    SEE_EXPORTS = "see_exports"
    EXPIRE_EXPORTS = "expire_exports"


_MANAGERS: Final = frozenset({AccountType.MANAGER})
_APPOINTING: Final = frozenset({AccountType.MANAGER, AccountType.BRANCH_MANAGER})
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
    Act.MAIL_PASSWORDS: _EVERY_TYPE,
    Act.EDIT_TEMPLATES: _MANAGERS,
    Act.REMOVE_SECOND_FACTOR: _EVERY_TYPE,
    Act.SEE_TIMELINE: _EVERY_TYPE,
    Act.IMPORT_RECORD_CARDS: _EVERY_TYPE,
    # Whom a branch manager may appoint is narrowed in domain/administrators.
    Act.APPOINT_ADMINISTRATORS: _APPOINTING,
    Act.SET_UP_BRANCHES: _MANAGERS,
    Act.SEE_AUDIT_LOG: _MANAGERS,
    Act.CLOSE_LOGINS_OF_LEAVERS: frozenset(),
    Act.SEND_REMINDERS: frozenset(),
    Act.SEND_DIGESTS: frozenset(),
    Act.GIVE_UP_KEYS: frozenset(),
    Act.SEE_RECORD_CARDS: _EVERY_TYPE,
    Act.EDIT_RECORD_CARDS: _EVERY_TYPE,
    Act.LINK_SLACK_ACCOUNTS: _EVERY_TYPE,
    Act.MOVE_EMPLOYEE_DATA: _EVERY_TYPE,
    Act.SEE_ADMINISTRATORS: _APPOINTING,
    # One's own: given, set up and turned off.
    Act.GIVE_CODES: _EVERY_TYPE,
    Act.REQUIRE_CODES: _MANAGERS,
    Act.LIFT_STEP_UP: _MANAGERS,
    Act.APPROVE_RUNS: _EVERY_TYPE,
    Act.COMPARE_WITH_SLACK: frozenset(),
    Act.APPLY_RETENTION: frozenset(),
    Act.EXPORT_PERSONS: frozenset(),
    Act.ERASE_PERSONS: frozenset(),
    Act.SEE_EXPORTS: frozenset(),
    Act.EXPIRE_EXPORTS: frozenset(),
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
            Act.SEE_ADMINISTRATORS,
            Act.EXPORT_PERSONS,
            Act.ERASE_PERSONS,
            Act.SEE_EXPORTS,
            Act.EXPIRE_EXPORTS,
        }
    ),
    ActorKind.SCHEDULE: frozenset(
        {
            Act.CLOSE_LOGINS_OF_LEAVERS,
            Act.SEND_REMINDERS,
            Act.SEND_DIGESTS,
            Act.COMPARE_WITH_SLACK,
            Act.APPLY_RETENTION,
            Act.ERASE_PERSONS,
        }
    ),
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
