"""Why somebody gets no new password, in words: with a count, and as a heading."""

from typing import Final

from bot.locale import Translator, msgid
from bot.logins import activating
from domain.logins.model import LoginState
from domain.runs.model import RowReason
from domain.runs.planning import ResetLeftOut

_LEFT_OUT_HEADINGS: Final = {
    ResetLeftOut.HAS_SIGNED_IN: msgid("Signed in before, and keep their password"),
    ResetLeftOut.NEW: msgid("Never active"),
    ResetLeftOut.SWITCHED_OFF: msgid("Switched off by an administrator"),
    ResetLeftOut.EMPLOYMENT_ENDED: msgid("No longer employed"),
    ResetLeftOut.LOCKED: msgid("Locked by wrong passwords"),
}
_ROW_HEADINGS: Final = {
    RowReason.CHANGED_MEANWHILE: msgid("Changed by somebody meanwhile"),
    RowReason.NOT_WRITABLE: msgid("Characters that no workbook can hold"),
    RowReason.NOT_POSTED: msgid("No new password, because there is no file"),
}


def left_out(reason: ResetLeftOut, count: int, t: Translator) -> str:
    """How many the dry run leaves out for this reason, in a sentence."""
    if reason is ResetLeftOut.HAS_SIGNED_IN:
        return t.plural(
            "One person has signed in before and keeps the password.",
            "{count} people have signed in before and keep their password.",
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


def of_row(reason: RowReason, count: int, t: Translator) -> str:
    """How many a run gave no new password for this reason, in a sentence."""
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


def row_heading(reason: RowReason, t: Translator) -> str:
    """What everybody on the list of this reason has in common."""
    return t(_ROW_HEADINGS[reason])
