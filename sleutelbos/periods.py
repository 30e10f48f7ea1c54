"""For how long data of persons is kept: what can be set, and what is fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain import outbox
from domain.exports import handover
from domain.importing import uploads
from domain.letters import access_letters
from domain.logins import address_notices, links, moves, resets
from domain.privacy import slack_people
from domain.sign_in import devices, forgetting, mail_codes, sessions, slack_links
from sleutelbos.wording import Language, Wording


@dataclass(frozen=True)
class Period:
    """Days that can be set by a variable, from `least` to `most`."""

    variable: str
    days: int
    least: int
    most: int
    what: Wording


@dataclass(frozen=True)
class Fixed:
    """A period that nobody sets."""

    kept_for: timedelta
    what: Wording


ATTEMPTS: Final = Period(
    "SLEUTELBOS_KEEP_ATTEMPTS_DAYS",
    forgetting.KEPT_FOR.days,
    least=7,
    most=366,
    what=Wording(
        nl="inlogpogingen met hun netwerkadressen",
        en="attempts to sign in with their network addresses",
    ),
)
LOG: Final = Period(
    "SLEUTELBOS_KEEP_LOG_DAYS",
    730,
    least=183,
    most=3660,
    what=Wording(
        nl="het logboek, in hele verzegelde dagen",
        en="the audit log, in whole sealed days",
    ),
)
RUNS: Final = Period(
    "SLEUTELBOS_KEEP_RUNS_DAYS",
    30,
    least=30,
    most=366,
    what=Wording(
        nl="wie er in een geëindigde taak zaten (zolang haar wachtwoorden kunnen "
        "werken blijft dat staan), en van haar bestanden dat ze er waren",
        en="who was in a task that ended (as long as its passwords may work it stays), "
        "and of its files that they were there",
    ),
)
LETTERS: Final = Period(
    "SLEUTELBOS_KEEP_LETTERS_DAYS",
    access_letters.KEPT_FOR.days,
    least=30,
    most=730,
    what=Wording(
        nl="wat er werd van e-mails met toegang",
        en="what became of e-mails with access",
    ),
)
LEAVERS: Final = Period(
    "SLEUTELBOS_KEEP_LEAVERS_DAYS",
    730,
    least=31,
    most=3660,
    what=Wording(
        nl="stamkaart en werknemerslogin na de einddatum, of nadat de gegevens naar "
        "een andere stamkaart gingen",
        en="record card and employee login after the end date, or after the data went "
        "to another record card",
    ),
)
PERIODS: Final[Sequence[Period]] = (ATTEMPTS, LOG, RUNS, LETTERS, LEAVERS)

FIXED: Final[Sequence[Fixed]] = (
    Fixed(
        moves.UNDO_LIFE,
        Wording(
            nl="wat een verplaatsing ongedaan maakt",
            en="what would undo a move of data",
        ),
    ),
    Fixed(
        slack_links.KEPT_AFTER_THE_END,
        Wording(
            nl="de koppeling met Slack van wie uit dienst is",
            en="the link with Slack of who left",
        ),
    ),
    Fixed(
        slack_people.KEPT_FOR,
        Wording(
            nl="naam en taal in Slack van wie Sleutelbos niet meer gebruikt (van wie "
            "beheerde: zo lang als het logboek)",
            en="name and language in Slack of who uses Sleutelbos no more (of who "
            "administered: as long as the log)",
        ),
    ),
    Fixed(
        devices.KEPT_FOR,
        Wording(
            nl="een browser die iemand niet meer gebruikt",
            en="a browser that somebody uses no more",
        ),
    ),
    Fixed(
        links.KEPT_FOR,
        Wording(nl="gebruikte en verlopen links", en="used and expired links"),
    ),
    Fixed(
        outbox.KEPT_FOR,
        Wording(
            nl="verstuurde berichten, zonder hun inhoud",
            en="messages that were sent, without their content",
        ),
    ),
    Fixed(
        address_notices.LIFE,
        Wording(
            nl="de link 'Dit klopt niet' na een ander e-mailadres",
            en="the link 'This is not right' after another e-mail address",
        ),
    ),
    Fixed(
        handover.KEPT_FOR,
        Wording(
            nl="een geplaatst bestand en zijn openingswachtwoord",
            en="a posted file and its opening password",
        ),
    ),
    Fixed(
        sessions.ABSOLUTE,
        Wording(nl="wie er ingelogd is", en="who is signed in"),
    ),
    Fixed(
        resets.KEPT_FOR,
        Wording(
            nl="een wachtwoord dat getoond zou worden",
            en="a password that was to be shown",
        ),
    ),
    Fixed(
        uploads.LIFE,
        Wording(
            nl="een personeelslijst die op bevestiging wacht",
            en="a staff list that waits to be confirmed",
        ),
    ),
    Fixed(
        mail_codes.LIFE,
        Wording(nl="een code per e-mail", en="a code by e-mail"),
    ),
)

PERIODS_HEADING: Final = Wording(nl="Bewaartermijnen:", en="For how long data is kept:")
PERIOD_LINE: Final = Wording(
    nl="* {kept_for}: {what} ({by})", en="* {kept_for}: {what} ({by})"
)
FIXED_LINE: Final = Wording(
    nl="* {kept_for}: {what} (vast)", en="* {kept_for}: {what} (fixed)"
)
_DAYS: Final = Wording(nl="{count} dagen", en="{count} days")
_HOURS: Final = Wording(nl="{count} uur", en="{count} hours")
_MINUTES: Final = Wording(nl="{count} minuten", en="{count} minutes")
_HOUR: Final = timedelta(hours=1)


def said(kept_for: timedelta, language: Language) -> str:
    """A period in days, hours or minutes."""
    if kept_for.days > 1:
        return _DAYS.say(language, count=kept_for.days)
    if kept_for > _HOUR:
        return _HOURS.say(language, count=kept_for // _HOUR)
    return _MINUTES.say(language, count=kept_for // timedelta(minutes=1))
