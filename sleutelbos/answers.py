"""What the command line says when something is done."""

from typing import Final

from sleutelbos.wording import Wording

UP_TO_DATE: Final = Wording(
    nl="De database is bijgewerkt.", en="The database is up to date."
)
APPOINTED: Final = Wording(
    nl="{user} is nu {type}{branches}.", en="{user} is a {type} now{branches}."
)
OF_BRANCHES: Final = Wording(nl="van {names}", en="of {names}")
DISMISSED: Final = Wording(
    nl="{user} is geen beheerder meer.", en="{user} is no administrator any more."
)
NO_ADMINISTRATORS: Final = Wording(
    nl="Er is nog geen beheerder.", en="There is no administrator yet."
)
EXPORTED: Final = Wording(
    nl="Geschreven naar {path}; aantal regels: {count}.",
    en="Written to {path}; number of events: {count}.",
)
SEALED: Final = Wording(
    nl="Verzegeld tot en met {day}; regels daarna, nog zonder zegel: {count}.",
    en="Sealed up to and including {day}; later events, without a seal yet: {count}.",
)
FORGOTTEN: Final = Wording(
    nl="Regels tot en met {day} zijn verwijderd omdat ze oud waren; hun zegels zijn er "
    "nog.",
    en="Events up to and including {day} were removed because they were old; their "
    "seals are there still.",
)
NOTHING_SEALED: Final = Wording(
    nl="Nog niets verzegeld ('serve' verzegelt 's nachts hele dagen); regels: {count}.",
    en="Nothing is sealed yet ('serve' seals whole days at night); events: {count}.",
)
HEAD: Final = Wording(nl="Laatste zegel: {head}", en="Newest seal: {head}")
INTACT: Final = Wording(
    nl="Het logboek is zoals het verzegeld werd.", en="The log is as it was sealed."
)
UNPROVEN: Final = Wording(
    nl="De sleutel van de zegels tot en met {day} is verloren: dat er vóór {since} "
    "niets gewijzigd is, is niet te bewijzen.",
    en="The key of the seals up to and including {day} is lost: that nothing was "
    "changed before {since} can't be proven.",
)
NO_KEY_LOST: Final = Wording(
    nl="De geheime sleutel opent alles wat verzegeld is: er is niets verloren.",
    en="The secret key opens all that is sealed: nothing is lost.",
)
LOST_RUNS: Final = Wording(
    nl="- lopende taken, die eindigen zonder nog wachtwoorden te wijzigen: {count}",
    en="- tasks under way, which end without changing any more passwords: {count}",
)
LOST_EXPORTS: Final = Wording(
    nl="- geplaatste bestanden waarvan niemand het openingswachtwoord nog te zien "
    "krijgt (reset die vestigingen opnieuw): {count}",
    en="- posted files whose opening password nobody gets to see any more (reset those "
    "branches again): {count}",
)
LOST_SHOWN: Final = Wording(
    nl="- wachtwoorden die net getoond zouden worden (de oude blijven gelden): {count}",
    en="- passwords that were about to be shown (the old ones stay valid): {count}",
)
LOST_APPS: Final = Wording(
    nl="- medewerkers van wie de authenticator-app en de herstelcodes niet meer "
    "werken (zij krijgen voortaan een code per e-mail, en een e-mail daarover; wie "
    "geen e-mail kan lezen, helpt HR met 'Verwijder tweede factor'): {count}",
    en="- employees whose authenticator app and recovery codes no longer work (they "
    "get codes by e-mail from then on, and an e-mail that says so; who can't read "
    "e-mail is helped by HR with 'Remove second factor'): {count}",
)
LOST_OWN_APPS: Final = Wording(
    nl="- beheerders van wie de authenticator-app voor Sleutelbos niet meer werkt "
    "(zij krijgen voortaan een code per e-mail, en een e-mail daarover): {count}",
    en="- administrators whose authenticator app for Sleutelbos no longer works (they "
    "get codes by e-mail from then on, and an e-mail that says so): {count}",
)
LOST_PAPERS: Final = Wording(
    nl="- medewerkers van wie alleen de herstelcodes niet meer werken (zeg hun dat zij "
    "bij Beveiliging nieuwe maken): {count}",
    en="- employees of whom only the recovery codes no longer work (tell them to make "
    "new ones under Security): {count}",
)
LOST_LETTERS: Final = Wording(
    nl="- e-mails die nog verstuurd moesten worden (managers horen wie ze niet "
    "krijgt): {count}",
    en="- e-mails that were still to be sent (managers hear who does not get them): "
    "{count}",
)
LOST_LINK_REQUESTS: Final = Wording(
    nl="- verzoeken om een link voor een nieuw wachtwoord (wie er een vroeg, vraagt "
    "hem opnieuw): {count}",
    en="- requests for a link to a new password (whoever asked for one, asks again): "
    "{count}",
)
LOST_SEALS: Final = Wording(
    nl="- de zegels van het logboek tot en met {day}: ze krijgen een nieuwe "
    "ondertekening, en 'sleutelbos audit verify' zegt voortaan dat de oude kwijt is",
    en="- the seals of the audit log up to and including {day}: they are signed anew, "
    "and 'sleutelbos audit verify' says from then on that the old signature is lost",
)
KEY_NOT_GIVEN_UP_YET: Final = Wording(
    nl="Er is nog niets gedaan. Zet zo mogelijk de oude sleutel terug; anders: stop "
    "elke 'sleutelbos serve' en herhaal met --confirm.",
    en="Nothing is done yet. Put the old key back if you can; if not, stop every "
    "'sleutelbos serve' and repeat with --confirm.",
)
KEY_GIVEN_UP: Final = Wording(
    nl="Dat is losgelaten. 'sleutelbos serve' kan weer starten; bewaar een kopie van "
    "de nieuwe sleutel.",
    en="That is let go of. 'sleutelbos serve' can start again; keep a copy of the new "
    "key.",
)
