"""What keeps letters from going out: settings, the mail server, letters given up."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from domain.letters import undelivered
from domain.letters.mail_server import Security
from domain.letters.refusals import ServerAwayError, cause_of
from domain.letters.smtp import MailConnection
from domain.letters.translator import translator
from sleutelbos import findings
from sleutelbos.settings import Settings
from sleutelbos.wording import CommandError

# A letter that waits longer has met trouble; one retry is no trouble.
_PATIENCE: Final = timedelta(minutes=10)
_LOOKED_BACK: Final = timedelta(days=7)
_NOBODY_READS: Final = re.compile(
    r"(no|do-?not|niet|geen)[-_.]?(reply|antwoord\w*|beantwoorden)", re.IGNORECASE
)


def find_problems(settings: Settings) -> Iterator[CommandError]:
    """What is wrong with the settings, and with what the mail server answers."""
    server, sender = settings.smtp_url, settings.mail_from
    if server is None or sender is None:
        missing = {"SLEUTELBOS_SMTP_URL": server, "SLEUTELBOS_MAIL_FROM": sender}
        names = " + ".join(name for name, value in missing.items() if value is None)
        yield CommandError(findings.MAIL_UNSET, names=names)
        return
    if server.security is Security.NONE and not server.is_on_this_machine:
        yield CommandError(findings.MAIL_IN_CLEAR, host=server.host)
    if _NOBODY_READS.search(sender.address):
        yield CommandError(findings.MAIL_FROM_NOBODY, address=sender.address)
    try:
        MailConnection(server).try_out()
    except ServerAwayError as error:
        yield CommandError(
            findings.MAIL_SERVER_AWAY,
            host=server.host,
            port=server.port,
            reason=_reason(error.code, settings),
        )


def find_undelivered(
    session: Session, settings: Settings, now: datetime
) -> Iterator[CommandError]:
    """Letters that wait for long, and those given up in the last days; no addresses."""
    t = translator(settings.language)
    waiting = undelivered.find_waiting(session)
    if waiting is not None and now - waiting.since > _PATIENCE:
        yield CommandError(
            findings.LETTERS_WAIT,
            count=waiting.count,
            since=t.instant(waiting.since),
            reason=_reason(waiting.code, settings),
        )
    for reason in undelivered.count_by_reason(session, since=now - _LOOKED_BACK):
        yield CommandError(
            findings.LETTERS_GIVEN_UP,
            count=reason.count,
            since=t.instant(reason.earliest_at),
            reason=_reason(reason.code, settings),
        )


def _reason(code: str | None, settings: Settings) -> str:
    if code is None:
        return findings.LETTERS_NOT_TRIED.say(settings.language)
    words = findings.MAIL_CAUSES[cause_of(code)].say(settings.language)
    return f"{words} ({code})"
