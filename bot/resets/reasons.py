"""Why somebody gets no new password, in words: with a count, and as a heading."""

from typing import Final

from bot.locale import Translator, msgid
from bot.logins import activating
from domain.logins.model import LoginState
from domain.runs.model import RowReason, RunKind
from domain.runs.planning import ResetLeftOut

_LEFT_OUT_HEADINGS: Final = {
    ResetLeftOut.HAS_SIGNED_IN: msgid("Signed in before, and keep their password"),
    ResetLeftOut.NEW: msgid("Never active"),
    ResetLeftOut.SWITCHED_OFF: msgid("Switched off by an administrator"),
    ResetLeftOut.EMPLOYMENT_ENDED: msgid("No longer employed"),
    ResetLeftOut.LOCKED: msgid("Locked by wrong passwords"),
    ResetLeftOut.MAILED_LATELY: msgid("Got an e-mail in the last 24 hours"),
    ResetLeftOut.NO_ADDRESS: msgid("No e-mail address, and so no login"),
    ResetLeftOut.NO_LOGIN: msgid("No login yet"),
}
_ROW_HEADINGS: Final = {
    RowReason.CHANGED_MEANWHILE: msgid("Changed by somebody meanwhile"),
    RowReason.NOT_WRITABLE: msgid("Characters that no workbook can hold"),
    RowReason.NOT_POSTED: msgid("No new password, because there is no file"),
    RowReason.ADDRESS_REFUSED: msgid("The mail server refuses the address"),
    RowReason.NOT_SENT: msgid("The mail server did not take the e-mail"),
    RowReason.OVERTAKEN: msgid("Changed by somebody before the e-mail left"),
    RowReason.NOT_APPLIED: msgid("No e-mail, because the task ended before it"),
}


def left_out(reason: ResetLeftOut, count: int, t: Translator) -> str:
    """How many the dry run leaves out for this reason, in a sentence."""
    if reason is ResetLeftOut.HAS_SIGNED_IN:
        return t.plural(
            "One person has signed in before and keeps the password.",
            "{count} people have signed in before and keep their password.",
            count,
        )
    if reason is ResetLeftOut.MAILED_LATELY:
        return t.plural(
            "One person got an e-mail in the last 24 hours.",
            "{count} people got an e-mail in the last 24 hours.",
            count,
        )
    if reason is ResetLeftOut.NO_ADDRESS:
        return t.plural(
            "One person has no usable e-mail address, and so no login.",
            "{count} people have no usable e-mail address, and so no login.",
            count,
        )
    if reason is ResetLeftOut.NO_LOGIN:
        return t.plural(
            "One person has no login yet.",
            "{count} people have no login yet.",
            count,
        )
    if reason is ResetLeftOut.NEW:
        return t.plural(
            "One login was never active.",
            "{count} logins were never active.",
            count,
        )
    return activating.why(LoginState(reason.value), count, t)


def left_out_heading(reason: ResetLeftOut, t: Translator) -> str:
    """What everybody on the list of this reason has in common."""
    return t(_LEFT_OUT_HEADINGS[reason])


def of_row(reason: RowReason, kind: RunKind, count: int, t: Translator) -> str:
    """How many a run gave no new password for this reason, in a sentence."""
    if kind is RunKind.MAIL:
        return _of_letter(reason, count, t)
    if reason is RowReason.CHANGED_MEANWHILE:
        return t.plural(
            "One login was changed by somebody meanwhile and is left as it is. If "
            "this employee is in the file, that password does not work.",
            "{count} logins were changed by somebody meanwhile and are left as they "
            "are. If these employees are in the file, those passwords do not work.",
            count,
        )
    if reason is RowReason.NOT_WRITABLE:
        return t.plural(
            "One person is not in the file: the record card holds characters that "
            "no workbook can hold. Correct the card and try again.",
            "{count} people are not in the file: their record cards hold characters "
            "that no workbook can hold. Correct the cards and try again.",
            count,
        )
    return t.plural(
        "One person got no new password and keeps what there was.",
        "{count} people got no new password and keep what they had.",
        count,
    )


def _of_letter(reason: RowReason, count: int, t: Translator) -> str:
    if reason is RowReason.CHANGED_MEANWHILE:
        return t.plural(
            "One login was changed by somebody meanwhile and is left as it is.",
            "{count} logins were changed by somebody meanwhile and are left as they "
            "are.",
            count,
        )
    if reason is RowReason.ADDRESS_REFUSED:
        return t.plural(
            "The mail server refuses the address of one person, who can't sign in "
            "now: the old password does not work any more. Correct the address on the "
            "record card, and try again.",
            "The mail server refuses the addresses of {count} people, who can't sign "
            "in now: their old passwords do not work any more. Correct the addresses "
            "on the record cards, and try again.",
            count,
        )
    if reason is RowReason.NOT_SENT:
        return t.plural(
            "The mail server did not take the e-mail to one person, who can't sign in "
            "now: the old password does not work any more.",
            "The mail server did not take the e-mails to {count} people, who can't "
            "sign in now: their old passwords do not work any more.",
            count,
        )
    if reason is RowReason.OVERTAKEN:
        return t.plural(
            "One login was changed by somebody before its e-mail left. It was not "
            "sent, and the old password does not work any more: try again.",
            "{count} logins were changed by somebody before their e-mails left. These "
            "were not sent, and the old passwords do not work any more: try again.",
            count,
        )
    return t.plural(
        "One person got no e-mail and keeps what there was.",
        "{count} people got no e-mail and keep what they had.",
        count,
    )


def row_heading(reason: RowReason, t: Translator) -> str:
    """What everybody on the list of this reason has in common."""
    return t(_ROW_HEADINGS[reason])
