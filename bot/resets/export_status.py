"""How a reset with an export stands, in words: its progress, its end, its file."""

from typing import Final

from bot import mentions
from bot.locale import Translator, msgid
from domain.runs.model import RowState, RunFailure, RunPhase
from domain.runs.reporting import FileStatus, RunReport

_FAILURES: Final = {
    RunFailure.NOT_PERMITTED: msgid(
        "Failed: {who} may not export passwords of this branch any more."
    ),
    RunFailure.CHANNEL_UNSUITABLE: msgid(
        "Failed: {channel} may not receive passwords. It has to be a private channel "
        "of your own company, with Sleutelbos and {who} in it."
    ),
    RunFailure.NOT_POSTED: msgid("Failed: Slack did not take the file."),
    RunFailure.NOBODY_LEFT: msgid(
        "Nothing done: everybody's login was changed by somebody meanwhile."
    ),
    RunFailure.NOT_PREPARED: msgid(
        "Failed: the passwords could not be made. Tell who set up Sleutelbos for you "
        "(IT)."
    ),
    RunFailure.KEY_LOST: msgid(
        "Stopped: the secret key of Sleutelbos was lost, and with it the passwords "
        "of this task."
    ),
    RunFailure.FILE_GONE: msgid(
        "Stopped: the file is deleted, so no more of its passwords become valid."
    ),
}

_FAILURES_WITH_LETTERS: Final = _FAILURES | {
    RunFailure.TEMPLATE_UNUSABLE: msgid(
        "Failed: no letters can be made from this Word template. Choose another, or "
        "have a manager upload it anew."
    ),
    RunFailure.NOT_POSTED: msgid(
        "Failed: Slack did not take both the workbook and the letters."
    ),
    RunFailure.FILE_GONE: msgid(
        "Stopped: the workbook or the letters are deleted, so no more of their "
        "passwords become valid."
    ),
}

_UNDER_WAY: Final = {
    RunPhase.PREPARING: msgid(
        "Under way: {done} of {count} passwords are made. Nothing changes until "
        "the file is in {channel}."
    ),
    RunPhase.POSTING: msgid(
        "Under way: the passwords are made, the file goes into {channel}."
    ),
    RunPhase.APPLYING: msgid(
        "Under way: the file is in {channel}; {done} of {count} new passwords work."
    ),
}
_UNDER_WAY_WITH_LETTERS: Final = {
    RunPhase.PREPARING: msgid(
        "Under way: {done} of {count} passwords are made. Nothing changes until the "
        "workbook and the letters are in {channel}."
    ),
    RunPhase.POSTING: msgid(
        "Under way: the passwords are made, the workbook and the letters go into "
        "{channel}."
    ),
    RunPhase.APPLYING: msgid(
        "Under way: the workbook and the letters are in {channel}; {done} of {count} "
        "new passwords work."
    ),
}

_FILES: Final = {
    FileStatus.IN_CHANNEL: msgid(
        "The workbook is in {channel} and is deleted there after 24 hours."
    ),
    FileStatus.SHUT: msgid(
        "The workbook is in {channel}; its opening password can't be shown any more."
    ),
    FileStatus.DELETED: msgid("The workbook was deleted from {channel}."),
    FileStatus.TO_DELETE_BY_HAND: msgid(
        "The workbook has to be deleted from {channel} by hand."
    ),
}

_WITH_LETTERS: Final = {
    FileStatus.IN_CHANNEL: msgid(
        "The workbook and the letters are in {channel} and are deleted there after 24 "
        "hours."
    ),
    FileStatus.SHUT: msgid(
        "The workbook and the letters are in {channel}; their opening password can't "
        "be shown any more."
    ),
    FileStatus.DELETED: msgid(
        "The workbook and the letters were deleted from {channel}."
    ),
    FileStatus.TO_DELETE_BY_HAND: msgid(
        "The workbook and the letters have to be deleted from {channel} by hand."
    ),
}
_LETTERS: Final = {
    FileStatus.IN_CHANNEL: msgid("The letters are in {channel}."),
    FileStatus.SHUT: msgid("The letters are in {channel}."),
    FileStatus.DELETED: msgid("The letters were deleted from {channel}."),
    FileStatus.TO_DELETE_BY_HAND: msgid(
        "The letters have to be deleted from {channel} by hand."
    ),
}


def words(
    report: RunReport, started_by: str, t: Translator, *, failed: str | None = None
) -> str:
    """One paragraph of markup; `started_by` is who that is in Slack.

    `failed` says why it failed where that is worded elsewhere.
    """
    applied = report.by_state.get(RowState.APPLIED, 0)
    if report.failure is not None:
        why = failed or _why(report, started_by, report.failure, t)
        return f"{why} {_before_that(applied, t)}"
    under_way = _UNDER_WAY_WITH_LETTERS if report.makes_letters else _UNDER_WAY
    if report.phase not in under_way:
        return _done(report, applied, t)
    is_preparing = report.phase is RunPhase.PREPARING
    return t.marked(
        under_way[report.phase],
        done=report.prepared if is_preparing else applied,
        count=report.row_count,
        channel=mentions.channel(report.channel_id),
    )


def _done(report: RunReport, applied: int, t: Translator) -> str:
    done = t.plural(
        "Done: one person has a new initial password.",
        "Done: {count} people have a new initial password.",
        applied,
    )
    file = _files(report, t)
    expires_at = report.password_expires_at
    if expires_at is None or not applied:
        return f"{done} {file}"
    term = t.marked(
        "The passwords work until {instant}.", instant=t.instant(expires_at)
    )
    return f"{done} {term} {file}"


def _files(report: RunReport, t: Translator) -> str:
    channel = mentions.channel(report.channel_id)
    workbook = report.file or FileStatus.IN_CHANNEL
    if not report.makes_letters:
        return t.marked(_FILES[workbook], channel=channel)
    letters = report.letters or FileStatus.IN_CHANNEL
    if letters is workbook:
        return t.marked(_WITH_LETTERS[workbook], channel=channel)
    both = (_FILES[workbook], _LETTERS[letters])
    return " ".join(t.marked(words, channel=channel) for words in both)


def _why(report: RunReport, started_by: str, failure: RunFailure, t: Translator) -> str:
    failures = _FAILURES_WITH_LETTERS if report.makes_letters else _FAILURES
    return t.marked(
        failures[failure],
        who=mentions.person(started_by),
        channel=mentions.channel(report.channel_id),
    )


def _before_that(applied: int, t: Translator) -> str:
    nobody = t.marked("Nobody got a new password.")
    before = t.plural(
        "One person got a new password before that.",
        "{count} people got a new password before that.",
        applied,
    )
    return before if applied else nobody
