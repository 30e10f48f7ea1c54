"""What `sleutelbos person` and `sleutelbos export` say."""

from typing import Final

from domain.runs.model import RunKind
from sleutelbos.wording import Wording

NO_SUCH_NUMBER: Final = Wording(
    nl="Geen stamkaart heeft personeelsnummer '{number}'. Nullen vooraan tellen mee; "
    "een gewiste stamkaart heeft geen nummer meer.",
    en="No record card has employee number '{number}'. Zeros in front count; an erased "
    "card has no number any more.",
)
STILL_EMPLOYED: Final = Wording(
    nl="{number} is in dienst: zet eerst een einddatum op de stamkaart, of herhaal met "
    "--even-employed.",
    en="{number} is employed: put an end date on the record card first, or repeat with "
    "--even-employed.",
)
STILL_ADMINISTERS: Final = Wording(
    nl="{number} is ook beheerder (Slack-id {user}): neem eerst de rol weg met "
    "'sleutelbos administrator dismiss {user}'.",
    en="{number} is an administrator too (Slack id {user}): first take the role away "
    "with 'sleutelbos administrator dismiss {user}'.",
)
WRITTEN: Final = Wording(
    nl="Geschreven naar {path}, alleen voor u leesbaar: {count} regels uit {tables} "
    "tabellen. Wis het bestand als het overhandigd is.",
    en="Written to {path}, readable by you alone: {count} rows of {tables} tables. "
    "Delete the file once it is handed over.",
)
WOULD_ERASE: Final = Wording(
    nl="Gewist worden: de stamkaarten {numbers} en de werknemerslogin met wachtwoord, "
    "tweede factor, sessies, links, netwerkadressen en Slack-koppeling ({count} "
    "regels), en elke personeelslijst die op bevestiging wacht. Het logboek houdt "
    "nummers van regels en geen naam.",
    en="To be erased: the record cards {numbers} and the employee login with password, "
    "second factor, sessions, links, network addresses and Slack link ({count} rows), "
    "and each staff list that waits to be confirmed. The log keeps ids and no name.",
)
OUTSIDE: Final = Wording(
    nl="Buiten Sleutelbos blijft staan wat er al is: back-ups, verstuurde e-mails, "
    "berichten in Slack, en een geplaatst bestand tot het een dag oud is.",
    en="Outside of Sleutelbos stays what is there: backups, e-mails that were sent, "
    "messages in Slack, and a posted file until it is a day old.",
)
REPEAT_TO_ERASE: Final = Wording(
    nl="Er is nog niets gedaan. Herhaal met --confirm; terug kan niet.",
    en="Nothing is done yet. Repeat with --confirm; there is no way back.",
)
ERASED: Final = Wording(
    nl="Gewist. Het personeelsnummer is weer vrij.",
    en="Erased. The employee number is free again.",
)
REMAINS: Final = Wording(
    nl="De database is nu in gebruik en kan resten van gewiste regels bevatten: stop "
    "'sleutelbos serve' en laat sqlite3 een VACUUM doen.",
    en="The database is in use now and may hold remains of erased rows: stop "
    "'sleutelbos serve' and have sqlite3 do a VACUUM.",
)

NO_SUCH_EXPORT: Final = Wording(
    nl="Er is geen export of mailing {run}: 'sleutelbos export list' noemt ze.",
    en="There is no export or mailing {run}: 'sleutelbos export list' names them.",
)
NO_EXPORTS: Final = Wording(
    nl="Er is nog niets uitgegeven.", en="Nothing was handed out yet."
)
KINDS: Final = {
    RunKind.EXPORT: Wording(nl="export", en="export"),
    RunKind.MAIL: Wording(nl="mailing", en="mailing"),
}
RUN: Final = Wording(
    nl="{run} {kind} {branch}, {at} UTC, door {by}; medewerkers: {count}; nog geldig: "
    "{valid}; bestanden in Slack: {files}{then}",
    en="{run} {kind} {branch}, {at} UTC, by {by}; employees: {count}; still valid: "
    "{valid}; files in Slack: {files}{then}",
)
UNDER_WAY: Final = Wording(nl="; loopt nog", en="; under way")
REFUSED: Final = Wording(
    nl="; ging niet door, niemand kreeg iets",
    en="; did not go ahead, nobody got anything",
)
MEMBER: Final = Wording(
    nl="{number} {name}: {standing}", en="{number} {name}: {standing}"
)
ERASED_MEMBER: Final = Wording(
    nl="een gewiste medewerker: {standing}", en="an erased employee: {standing}"
)
VALID: Final = Wording(nl="nog geldig", en="still valid")
OWN: Final = Wording(nl="eigen wachtwoord gekozen", en="chose an own password")
NOT_VALID: Final = Wording(nl="niet meer geldig", en="not valid any more")
FORGOTTEN: Final = Wording(
    nl="Wie erin zat is vergeten: de bewaartermijn is voorbij en de wachtwoorden zijn "
    "verlopen.",
    en="Who was in it is forgotten: its period is over and the passwords have expired.",
)
WOULD_EXPIRE: Final = Wording(
    nl="Ongeldig te maken: {count}; zij kiezen dan een nieuw wachtwoord op de "
    "inlogpagina of krijgen het van HR. Wie een eigen wachtwoord koos houdt dat: "
    "{own}. Bestanden in Slack worden gewist: {files}. Er is nog niets gedaan: "
    "herhaal met --confirm.",
    en="To be made invalid: {count}; they then choose a new password on the sign-in "
    "page or get one from HR. Who chose an own password keeps it: {own}. Files in "
    "Slack are deleted: {files}. Nothing is done yet: repeat with --confirm.",
)
EXPIRED: Final = Wording(
    nl="Ongeldig gemaakt: {count}. Eigen wachtwoorden gelaten: {own}. Het beheerkanaal "
    "hoort het, en bestanden worden binnen vijf minuten gewist zolang 'sleutelbos "
    "serve' draait.",
    en="Made invalid: {count}. Own passwords left: {own}. The admin channel is told, "
    "and files are deleted within five minutes while 'sleutelbos serve' runs.",
)
