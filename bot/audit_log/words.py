"""The audit log's codes in words, for the screen and for workbooks."""

from typing import Final

from bot.locale import msgid
from domain.actor import ActorKind, Surface
from domain.audit import AuditAct

SHEET: Final = msgid("Audit log")
HEADINGS: Final = (
    msgid("Event"),
    msgid("Time_UTC"),
    msgid("What"),
    msgid("Who"),
    msgid("Slack_id"),
    msgid("Where_from"),
    msgid("Branch"),
    msgid("Employee_number"),
    msgid("Employee"),
    msgid("Task"),
    msgid("Details"),
)
ACTS: Final = {
    AuditAct.CARD_ADDED: msgid("Record card added"),
    AuditAct.CARD_CHANGED: msgid("Record card changed"),
    AuditAct.CARDS_IMPORTED: msgid("Staff list imported"),
    AuditAct.BRANCH_ADDED: msgid("Branch added"),
    AuditAct.BRANCH_CHANGED: msgid("Branch changed"),
    AuditAct.ADMINISTRATOR_APPOINTED: msgid("Administrator appointed"),
    AuditAct.ADMINISTRATOR_CHANGED: msgid("Administrator changed"),
    AuditAct.ADMINISTRATOR_DISMISSED: msgid("Administrator dismissed"),
    AuditAct.CODES_SET_UP: msgid("An administrator's codes set up"),
    AuditAct.CODES_TURNED_OFF: msgid("An administrator's codes turned off"),
    AuditAct.CODES_REQUIRED: msgid("Codes for administrators"),
    AuditAct.STEP_UP_PASSED: msgid("Administrator confirmed by a code"),
    AuditAct.STEP_UP_FAILED: msgid("Wrong code of an administrator"),
    AuditAct.STEP_UP_BLOCKED: msgid("Administrator blocked after wrong codes"),
    AuditAct.STEP_UP_LIFTED: msgid("Block of an administrator lifted"),
    AuditAct.EMPLOYEE_DATA_MOVED: msgid("Employee data moved"),
    AuditAct.MOVE_UNDONE: msgid("Move of employee data undone"),
    AuditAct.ADDRESS_DISPUTED: msgid("Changed e-mail address disputed"),
    AuditAct.RUN_APPROVED: msgid("Task approved"),
    AuditAct.RUN_DECLINED: msgid("Task declined"),
    AuditAct.AUDIT_LOG_EXPORTED: msgid("Audit log exported"),
    AuditAct.DAYS_FORGOTTEN: msgid("Old days removed from the audit log"),
    AuditAct.PERSON_EXPORTED: msgid("An employee's data exported"),
    AuditAct.PERSON_ERASED: msgid("An employee's data erased"),
    AuditAct.LOGIN_CREATED: msgid("Employee login created"),
    AuditAct.LOGIN_ACTIVATED: msgid("Employee login activated"),
    AuditAct.LOGIN_DEACTIVATED: msgid("Employee login deactivated"),
    AuditAct.LOGIN_CLOSED: msgid("Employee login closed: employment ended"),
    AuditAct.LOGIN_ADDRESS_CHANGED: msgid("E-mail address changed"),
    AuditAct.LOGIN_LOCKED: msgid("Employee login locked"),
    AuditAct.LOCKOUT_LEFT: msgid("Lockout left as it is"),
    AuditAct.SIGNED_IN: msgid("Signed in"),
    AuditAct.SIGN_IN_REFUSED: msgid("Sign-in refused"),
    AuditAct.SIGNED_OUT_EVERYWHERE: msgid("Signed out everywhere"),
    AuditAct.SECOND_FACTOR_SET: msgid("Second factor set"),
    AuditAct.SECOND_FACTOR_REMOVED: msgid("Second factor removed"),
    AuditAct.LINK_ASKED_FOR: msgid("Link to a new password asked"),
    AuditAct.SLACK_LINKED: msgid("Slack account linked"),
    AuditAct.SLACK_UNLINKED: msgid("Slack account unlinked"),
    AuditAct.PASSWORD_CHOSEN: msgid("Own password chosen"),
    AuditAct.PASSWORD_RESET: msgid("Password reset"),
    AuditAct.PASSWORD_SHOWN: msgid("New password shown"),
    AuditAct.PASSWORD_EXPIRED: msgid("Password or link made invalid"),
    AuditAct.ACCESS_MAILED: msgid("Link or password sent by e-mail"),
    AuditAct.TEMPLATE_ADDED: msgid("E-mail template added"),
    AuditAct.TEMPLATE_CHANGED: msgid("E-mail template changed"),
    AuditAct.TEMPLATE_DELETED: msgid("E-mail template deleted"),
    AuditAct.WORD_TEMPLATE_ADDED: msgid("Word template added"),
    AuditAct.WORD_TEMPLATE_REMOVED: msgid("Word template removed"),
    AuditAct.REMINDERS_STOPPED: msgid("Reminders stopped"),
    AuditAct.RUN_STARTED: msgid("Task started"),
    AuditAct.RUN_ENDED: msgid("Task ended"),
    AuditAct.EXPORT_POSTED: msgid("Export posted"),
    AuditAct.EXPORT_OPENING_PASSWORD_SHOWN: msgid("Opening password of export shown"),
    AuditAct.EXPORT_DELETED: msgid("Export deleted"),
    AuditAct.EXPORT_EXPIRED: msgid("Passwords of export made invalid"),
    AuditAct.KEY_GIVEN_UP: msgid("Secret key declared lost"),
}
# What one did with one's own run; the event is the same.
WITHDRAWN: Final = msgid("Task withdrawn")
ACTORS: Final = {
    ActorKind.ADMINISTRATOR: msgid("administrator"),
    ActorKind.OPERATOR: msgid("operator"),
    ActorKind.SCHEDULE: msgid("Sleutelbos itself"),
    ActorKind.NEWCOMER: msgid("first manager"),
    ActorKind.EMPLOYEE: msgid("employee"),
}
SOMEBODY: Final = msgid("somebody")
SURFACES: Final = {
    Surface.SLACK: msgid("Slack"),
    Surface.COMMAND_LINE: msgid("command line"),
    Surface.WORKER: msgid("background"),
    Surface.PORTAL: msgid("sign-in page"),
}
ERASED: Final = msgid("an erased employee")
