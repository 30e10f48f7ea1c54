"""What one looks for in the log, as HR calls it: each act is in one group."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.locale import msgid
from domain.audit import AuditAct


class ActGroup(StrEnum):
    """A kind of acts."""

    SIGNING_IN = "signing_in"
    HANDING_OUT = "handing_out"
    LOGINS = "logins"
    CARDS = "cards"
    ADMINISTRATORS = "administrators"
    SETTINGS = "settings"
    LOG = "log"


WORDS: Final[Mapping[ActGroup, str]] = {
    ActGroup.SIGNING_IN: msgid("Signing in, lockouts and forgotten passwords"),
    ActGroup.HANDING_OUT: msgid("Passwords handed out, exports and e-mails"),
    ActGroup.LOGINS: msgid("Logins created, activated and closed"),
    ActGroup.CARDS: msgid("Record cards, imports and moves"),
    ActGroup.ADMINISTRATORS: msgid("Administrators and their codes"),
    ActGroup.SETTINGS: msgid("Branches and templates"),
    ActGroup.LOG: msgid("The log itself"),
}
_PREFIXES: Final[Mapping[ActGroup, tuple[str, ...]]] = {
    ActGroup.SIGNING_IN: (
        "login.signed_in",
        "login.sign_in_refused",
        "login.locked",
        "login.signed_out_everywhere",
        "lockout.",
        "second_factor.",
        "link.",
        "password.chosen",
    ),
    ActGroup.HANDING_OUT: (
        "password.",
        "access.",
        "run.",
        "export.",
        "reminders.",
    ),
    ActGroup.LOGINS: ("login.",),
    ActGroup.CARDS: (
        "card.",
        "cards.",
        "employee_data.",
        "slack.",
        "person.",
    ),
    ActGroup.ADMINISTRATORS: ("administrator.", "step_up."),
    ActGroup.SETTINGS: ("branch.", "template.", "word_template."),
    ActGroup.LOG: ("audit_log.", "key."),
}


def group_of(act: AuditAct) -> ActGroup:
    """The first group that names it."""
    return next(
        group for group, named in _PREFIXES.items() if act.value.startswith(named)
    )


def acts_of(group: ActGroup) -> frozenset[AuditAct]:
    """Every act of a group."""
    return frozenset(act for act in AuditAct if group_of(act) is group)
