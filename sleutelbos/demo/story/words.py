"""What the story tells, in Dutch and in English.

What stands on screens and buttons comes from the bot's own catalogs.
"""

from typing import Final

from sleutelbos.wording import Wording

PORT_TAKEN: Final = Wording(
    nl="Poort {port} is niet vrij: kies een andere, bijvoorbeeld --port 8181.",
    en="Port {port} can't be used: choose another one, for instance --port 8181.",
)
STOPPED: Final = Wording(nl="Gestopt.", en="Stopped.")

STAFF_LIST: Final = Wording(nl="personeelslijst.xlsx", en="staff-list.xlsx")
COMMAND: Final = Wording(nl="/personeel", en="/staff")

TITLE: Final = Wording(
    nl="Van personeelslijst naar uitgedeelde wachtwoorden",
    en="From a staff list to passwords handed out",
)
INTRODUCTION: Final = Wording(
    nl="{company} is een verzonnen bedrijf met {branches} vestigingen en {people} "
    "mensen op de personeelslijst. De Slack hieronder is een proeftuin op deze "
    "computer ({address}). Na afloop blijft alleen deze map over: {folder}",
    en="{company} is a made-up company with {branches} branches and {people} people "
    "on its staff list. The Slack below is a sandbox on this computer ({address}). "
    "Afterwards only this folder is left: {folder}",
)

IT: Final = Wording(nl="Systeembeheer", en="IT")
HANNA: Final = Wording(nl="Hanna (HR)", en="Hanna (HR)")
TYPES: Final = Wording(nl="typt", en="types")
PRESSES: Final = Wording(nl="drukt op", en="presses")
AND_PRESSES: Final = Wording(nl="en drukt op", en="and presses")
CLOSES: Final = Wording(nl="sluit dit venster", en="closes this window")
LOOKS: Final = Wording(nl="kijkt in", en="looks at")
DOWNLOADS: Final = Wording(nl="downloadt en opent", en="downloads and opens")

IMPORTING: Final = Wording(
    nl="Een lijst zoals ze in het echt zijn: met een titel boven de koppen, een datum "
    "die niet bestaat en iemand met 'geen' als adres. Wat goed is, gaat erin; bij de "
    "rest staat waarom niet.",
    en="A list as they really are: with a title above the headings, a date that does "
    "not exist, and somebody whose address is 'geen' (none). What is good goes in; "
    "of the rest it says why not.",
)
APPOINTING: Final = Wording(
    nl="Hanna wordt manager en beheert daarmee alle vestigingen.",
    en="Hanna becomes a manager, and so administers every branch.",
)
BRANCH: Final = Wording(
    nl="Vanuit elk kanaal in één keer naar de logins van een vestiging.",
    en="From any channel straight to the logins of a branch.",
)
CREATING: Final = Wording(
    nl="Eerst een proef: om hoeveel mensen het gaat, en wie erbuiten valt en waarom. "
    "Er is nog niets gebeurd.",
    en="First a dry run: how many people it is about, and who is left out and why. "
    "Nothing has happened yet.",
)
ACTIVATING: Final = Wording(
    nl="Daarna mogen ze inloggen; een wachtwoord hebben ze nog niet.",
    en="After that they may sign in; they have no password yet.",
)
BRANCH_AGAIN: Final = Wording(
    nl="De tellingen en de lijst zijn bijgewerkt.",
    en="The counts and the list are up to date.",
)
EXPORTING: Final = Wording(
    nl="Standaard alleen voor wie nog nooit inlogde: wie al inlogt, houdt het eigen "
    "wachtwoord.",
    en="Unless chosen otherwise only for those who never signed in: everybody else "
    "keeps the password they have.",
)
PROGRESS: Final = Wording(
    nl="De voortgang staat in één bericht, dat steeds wordt bijgewerkt.",
    en="The progress is in one message, which is kept up to date.",
)
RESULT: Final = Wording(
    nl="Het bestand staat er, en nu pas gelden de nieuwe wachtwoorden.",
    en="The file is there, and only now the new passwords work.",
)
OPENING: Final = Wording(
    nl="Alleen Hanna krijgt dit te zien, want zij vroeg het bestand aan.",
    en="Only Hanna gets to see this, since she asked for the file.",
)
WORKBOOK: Final = Wording(
    nl="Klaar voor de mailmerge in Word.",
    en="Ready for the mail merge in Word.",
)
MORE_LINES: Final = Wording(nl="… en nog {count} regels", en="… and {count} more lines")
MORE_ROWS: Final = Wording(
    nl="… en nog {count} rijen, met ook kolommen voor adres, vestiging en geldigheid",
    en="… and {count} more rows, with columns for address, branch and expiry too",
)

FOLDER: Final = Wording(nl="Bewaard in:", en="Kept in:")
PASSWORD: Final = Wording(
    nl="Het bestand gaat open met:", en="The workbook opens with:"
)
MADE_UP: Final = Wording(
    nl="Alles hierin is verzonnen: gooi de map gerust weg.",
    en="Everything in it is made up: throw the folder away when you like.",
)
