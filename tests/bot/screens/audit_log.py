"""*Logboek*."""

from datetime import UTC, date, datetime

from bot.audit_log import log_screen
from bot.audit_log.groups import ActGroup
from bot.audit_log.log_screen import LogScreen, Looked, Named
from domain.actor import ActorKind, Surface
from domain.audit import AuditAct
from domain.audit_entries import AuditEntry
from domain.slack_users import SlackIdentity


def entry(text, act=AuditAct.LOGIN_ACTIVATED, **other):
    given = {
        "event_id": 12,
        "at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        "act": act,
        "actor_kind": ActorKind.ADMINISTRATOR,
        "administrator": SlackIdentity("T1", "U1"),
        "administrator_name": text,
        "surface": Surface.SLACK,
        "branch_name": text,
        "number": text,
        "person_name": text,
        "run_id": None,
        "details": {},
    }
    return AuditEntry(**given | other)


def found(t, text):
    by_itself = {"actor_kind": ActorKind.SCHEDULE, "administrator": None}
    nobody = {"branch_name": None, "person_name": None, "number": None}
    for_all = {"required": False, "of": "all"}
    entries = [
        entry(text),
        entry(text, AuditAct.PASSWORD_RESET, run_id=7),
        entry(text, AuditAct.LOGIN_CLOSED, **by_itself, surface=Surface.WORKER),
        entry(text, is_erased=True),
        entry(text, AuditAct.BRANCH_CHANGED, person_name=None, number=None),
        entry(
            text,
            AuditAct.ADMINISTRATOR_APPOINTED,
            details={"account_type": "user"},
            about_name=text,
            about_branches=[text, text],
            **nobody,
        ),
        entry(text, AuditAct.CODES_REQUIRED, details=for_all, **nobody),
        entry(text, AuditAct.EMPLOYEE_DATA_MOVED, other_number=text),
    ]
    looked = Looked(
        branch=Named(2, text),
        person=Named(3, text),
        administrator=Named(4, text),
        group=ActGroup.LOGINS,
        since=date(2026, 11, 1),
        until=date(2026, 11, 20),
    )
    data = LogScreen(looked, entries, has_older=True, is_newest=False)
    return log_screen.build(data, t)


def nothing(t, _text):
    data = LogScreen(Looked(), [], has_older=False, is_newest=True)
    return log_screen.build(data, t)


SCREENS = {"log": found, "log-nothing": nothing}
