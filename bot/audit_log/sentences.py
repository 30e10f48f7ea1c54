"""An event in one sentence: who did it, and what to whom, as what and where."""

from collections.abc import Sequence
from typing import Any, Final

from bot.administrators.wording import TYPES
from bot.audit_log import words
from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.actor import AccountType, ActorKind
from domain.audit import AuditAct
from domain.audit_entries import AuditEntry
from domain.runs.model import RunFailure

# Told in words; the rest of the details are codes, counts and names of fields.
TOLD: Final = frozenset(
    {"administrator_id", "account_type", "branch_ids", "required", "of", "to_card"}
)
_REQUIRED: Final = {True: msgid("required"), False: msgid("no longer required")}
_IN_LINE: Final = msgid("{what}: {whom}")
# Of an administrator of many branches; the workbook names them all.
_NAMED: Final = 8
# Who is meant need not have done it: nobody has signed in yet.
_BY_ANYBODY: Final = frozenset(
    {
        AuditAct.SIGN_IN_REFUSED,
        AuditAct.LOGIN_LOCKED,
        AuditAct.LINK_ASKED_FOR,
        AuditAct.ADDRESS_DISPUTED,
    }
)
_EVERYBODY: Final = msgid("everybody who administers")


def act(entry: AuditEntry, t: Translator) -> str:
    """What was done."""
    is_withdrawn = entry.details.get("reason") == RunFailure.WITHDRAWN
    if entry.act is AuditAct.RUN_DECLINED and is_withdrawn:
        return t(words.WITHDRAWN)
    return t(words.ACTS[entry.act])


def what(entry: AuditEntry, t: Translator) -> str:
    """What was done, and to whom or what."""
    said, whom = act(entry, t), _whom(entry, t)
    if whom:
        said = t(_IN_LINE, what=said, whom=whom)
    if entry.run_id is None:
        return said
    return t("{sentence} (task {number})", sentence=said, number=str(entry.run_id))


def actor(entry: AuditEntry, t: Translator) -> str:
    """Who did it."""
    if entry.actor_kind is ActorKind.ADMINISTRATOR and entry.administrator_name:
        return entry.administrator_name
    if entry.actor_kind is ActorKind.EMPLOYEE and entry.act in _BY_ANYBODY:
        return t(words.SOMEBODY)
    return t(words.ACTORS[entry.actor_kind])


def about(entry: AuditEntry, t: Translator) -> Sequence[str]:
    """Whom, as what and where, in the words of today; nothing where none is named."""
    details = entry.details
    parts = [entry.about_name] if entry.about_name else []
    if entry.act is AuditAct.CODES_REQUIRED:
        if "of" in details:
            parts.append(t(_EVERYBODY))
        parts.append(t(_REQUIRED[bool(details.get("required"))]))
    account_type = _type(details.get("account_type"))
    if account_type is not None:
        parts.append(t(TYPES[account_type]))
    if entry.other_number:
        parts.append(t("record card {number}", number=entry.other_number))
    return [*parts, *entry.about_branches]


def _whom(entry: AuditEntry, t: Translator) -> str:
    parts = []
    if entry.is_erased:
        parts.append(t(words.ERASED))
    elif entry.person_name:
        number = on_one_line(entry.number or "", 20)
        parts.append(f"{on_one_line(entry.person_name, 60)} ({number})")
    if entry.branch_name:
        parts.append(on_one_line(entry.branch_name, 60))
    parts += [on_one_line(each, 60) for each in about(entry, t)[:_NAMED]]
    return ", ".join(parts)


def _type(code: Any) -> AccountType | None:
    return next((each for each in AccountType if each.value == code), None)
