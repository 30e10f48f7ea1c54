"""How a mailing stands, in words: its progress, what it waits for, its end."""

from typing import Final

from bot import mentions
from bot.letters import causes
from bot.letters.validity import WORKS_UNTIL
from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.letters import built_in_templates
from domain.letters.template_wording import HandsOver
from domain.runs.model import RowState, RunFailure, RunPhase
from domain.runs.reporting import RunReport

_TO_PREPARE: Final = (RowState.WAITING, RowState.PREPARED)
_FAILURES: Final = {
    RunFailure.NOT_PERMITTED: msgid(
        "Stopped: {who} may not send passwords of this branch any more."
    ),
    RunFailure.NOBODY_LEFT: msgid(
        "Nothing done: everybody's login was changed by somebody meanwhile."
    ),
    RunFailure.NOT_PREPARED: msgid(
        "Failed: the passwords could not be made. Tell who set up Sleutelbos for you "
        "(IT)."
    ),
    RunFailure.KEY_LOST: msgid(
        "Stopped: the secret key of Sleutelbos was lost, and with it the e-mails of "
        "this task."
    ),
    RunFailure.MAIL_SERVER_AWAY: msgid(
        "Stopped: the mail server took no e-mails for too long."
    ),
}
_OTHER_FAILURE: Final = msgid("Failed: the e-mails could not be made.")


def words(
    report: RunReport, started_by: str, t: Translator, *, failed: str | None = None
) -> str:
    """A few lines of markup; `started_by` is who that is in Slack.

    `failed` says why it failed where that is worded elsewhere.
    """
    if report.failure is not None:
        status = _failed(report, failed or _why(report.failure, started_by, t), t)
    elif report.phase is RunPhase.DONE:
        status = _done(report, t)
    else:
        status = _under_way(report, t)
    waits = _waits(report, t)
    return f"{status}\n{waits}" if waits else status


def template(name: str, t: Translator) -> str:
    """With which template."""
    return t.marked("Template: {name}", name=on_one_line(name, limit=75))


def template_name(report: RunReport, t: Translator) -> str:
    """Of the template as it was when the mailing began."""
    if report.built_in is not None:
        return built_in_templates.wording_of(report.built_in, t.language).name
    return report.template_name or ""


def _queued(report: RunReport) -> int:
    return report.by_state.get(RowState.APPLIED, 0)


def _under_way(report: RunReport, t: Translator) -> str:
    sent = t.marked(
        "Under way: {done} of {count} e-mails sent.",
        done=report.sent,
        count=report.row_count,
    )
    ready, to_make = (
        _queued(report),
        sum(report.by_state.get(state, 0) for state in _TO_PREPARE),
    )
    parts = [sent]
    if ready:
        parts.append(
            t.plural(
                "One is ready for the mail server.",
                "{count} are ready for the mail server.",
                ready,
            )
        )
    if to_make:
        parts.append(
            t.plural(
                "One is still to be made; until then nothing changes for that person.",
                "{count} are still to be made; until then nothing changes for these "
                "people.",
                to_make,
            )
        )
    return " ".join(parts)


def _waits(report: RunReport, t: Translator) -> str | None:
    if report.waits_for_mail_server is None:
        return None
    if report.phase in (RunPhase.DONE, RunPhase.FAILED):
        told = t.marked("The mail server does not take them now.")
    else:
        told = t.marked("The mail server takes no e-mails now; the task waits.")
    why = t.marked(
        "Cause: {why}. The e-mails go out by themselves once it takes them again.",
        why=causes.of_the_server(report.waits_for_mail_server, t),
    )
    return f"*{told}* {why}"


def _done(report: RunReport, t: Translator) -> str:
    sent = t.plural(
        "Done: one person has been sent an e-mail.",
        "Done: {count} people have been sent an e-mail.",
        report.sent,
    )
    parts = [sent]
    if report.password_expires_at is not None and report.sent + _queued(report):
        parts.append(
            t.marked(
                WORKS_UNTIL[report.hands_over or HandsOver.LINK],
                instant=t.instant(report.password_expires_at),
            )
        )
    parts += _on_their_way(report, t)
    return " ".join(parts)


def _why(failure: RunFailure, started_by: str, t: Translator) -> str:
    return t.marked(
        _FAILURES.get(failure, _OTHER_FAILURE), who=mentions.person(started_by)
    )


def _failed(report: RunReport, why: str, t: Translator) -> str:
    nobody = t.marked("Nobody was sent an e-mail.")
    before = t.plural(
        "One person was sent an e-mail before that.",
        "{count} people were sent an e-mail before that.",
        report.sent,
    )
    parts = [why, before if report.sent else nobody, *_on_their_way(report, t)]
    return " ".join(parts)


def _on_their_way(report: RunReport, t: Translator) -> list[str]:
    queued = _queued(report)
    if not queued:
        return []
    words = t.plural(
        "One e-mail is still on its way to the mail server.",
        "{count} e-mails are still on their way to the mail server.",
        queued,
    )
    return [words]
