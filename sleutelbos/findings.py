"""What `sleutelbos check` can find besides the complaints of other commands."""

from typing import Final

from domain.exports.channel import ChannelProblem
from sleutelbos.wording import Wording

ALL_WELL: Final = Wording(
    nl="Alles is in orde: 'sleutelbos serve' kan aan het werk.",
    en="All is well: 'sleutelbos serve' can go to work.",
)
ENV_FILE_OPEN_TO_OTHERS: Final = Wording(
    nl=".env is leesbaar voor anderen op deze machine en bevat tokens: chmod 600 .env",
    en=".env can be read by others on this machine and holds tokens: chmod 600 .env",
)
ENV_FILE_IS_FOLDER: Final = Wording(
    nl=".env is een map en wordt niet gelezen: zet de instellingen in een bestand met "
    "die naam.",
    en=".env is a folder and is not read: put the settings into a file of that name.",
)
NAME_MISSPELT: Final = Wording(
    nl="{name} is geen instelling van Sleutelbos en doet niets: is {meant} bedoeld?",
    en="{name} is no setting of Sleutelbos and does nothing: is {meant} meant?",
)
NAME_UNKNOWN: Final = Wording(
    nl="{name} is geen instelling van Sleutelbos en doet niets: haal hem weg.",
    en="{name} is no setting of Sleutelbos and does nothing: remove it.",
)
COMPANY_UNSET: Final = Wording(
    nl="SLEUTELBOS_COMPANY ontbreekt: zet er de naam van het bedrijf, die mensen op "
    "hun scherm zien.",
    en="SLEUTELBOS_COMPANY is missing: set the company's name, which people see on "
    "their screen.",
)
DATABASE_NOT_MADE: Final = Wording(
    nl="Er is nog geen database {path}: 'sleutelbos import LIJST.xlsx' of "
    "'sleutelbos serve' maakt hem.",
    en="There is no database {path} yet: 'sleutelbos import LIST.xlsx' or "
    "'sleutelbos serve' makes it.",
)
NO_MANAGER: Final = Wording(
    nl="Er is nog geen manager: 'sleutelbos administrator add LID-ID --type manager', "
    "of een eigenaar van de werkruimte typt /beheer.",
    en="There is no manager yet: 'sleutelbos administrator add MEMBER-ID --type "
    "manager', or an owner of the workspace types /manage.",
)
SCOPES_MISSING: Final = Wording(
    nl="De Slack-app mist de scopes {scopes}: plak manifest.yml opnieuw bij 'App "
    "Manifest' en installeer de app opnieuw.",
    en="The Slack app lacks the scopes {scopes}: paste manifest.yml again at 'App "
    "Manifest' and install the app again.",
)
SCOPES_TOO_MANY: Final = Wording(
    nl="De Slack-app heeft scopes die niet nodig zijn, {scopes}: haal ze weg bij "
    "'OAuth & Permissions' en installeer de app opnieuw.",
    en="The Slack app has scopes that it does not need, {scopes}: remove them at "
    "'OAuth & Permissions' and install the app again.",
)
SOCKET_REFUSED: Final = Wording(
    nl="Slack opent geen Socket Mode met SLACK_APP_TOKEN ({error}): geef het token "
    "connections:write en zet Socket Mode aan.",
    en="Slack opens no Socket Mode with SLACK_APP_TOKEN ({error}): give the token "
    "connections:write and turn Socket Mode on.",
)
SLACK_ANSWERED: Final = Wording(
    nl="Slack weigert {method} ({error}).", en="Slack refuses {method} ({error})."
)
CLOCK_OFF: Final = Wording(
    nl="De klok van deze machine wijkt {seconds} seconden af van die van {other}: zet "
    "tijdsynchronisatie (NTP) aan.",
    en="The clock of this machine is {seconds} seconds off from that of {other}: turn "
    "time synchronisation (NTP) on.",
)
THE_DATABASE: Final = Wording(nl="de database", en="the database")
NO_ADMIN_CHANNEL: Final = Wording(
    nl="SLEUTELBOS_ADMIN_CHANNEL ontbreekt: zonder beheerkanaal is er geen export. "
    "Zet er het id van een besloten kanaal.",
    en="SLEUTELBOS_ADMIN_CHANNEL is missing: without an admin channel there is no "
    "export. Set the id of a private channel.",
)
PORTAL_URL_LOCAL: Final = Wording(
    nl="SLEUTELBOS_PORTAL_URL is {url}, een adres dat alleen deze machine kent, en het "
    "komt in elke export. Zet er het adres van de inlogpagina.",
    en="SLEUTELBOS_PORTAL_URL is {url}, an address that only this machine knows, and "
    "it goes into every export. Set the address of the sign-in page.",
)
PORTAL_URL_PLAIN: Final = Wording(
    nl="SLEUTELBOS_PORTAL_URL is {url}: zonder https:// kan een ander op het netwerk "
    "wachtwoorden meelezen. Zet er een adres met https://.",
    en="SLEUTELBOS_PORTAL_URL is {url}: without https:// others on the network can "
    "read passwords. Set an address with https://.",
)
CHANNELS: Final = {
    ChannelProblem.NOT_FOUND: Wording(
        nl="Beheerkanaal {channel} bestaat niet of Sleutelbos zit er niet in: typ daar "
        "'/invite @Sleutelbos'.",
        en="Admin channel {channel} does not exist or Sleutelbos is not in it: type "
        "'/invite @Sleutelbos' there.",
    ),
    ChannelProblem.ARCHIVED: Wording(
        nl="Beheerkanaal {channel} is gearchiveerd: kies een ander.",
        en="Admin channel {channel} is archived: choose another.",
    ),
    ChannelProblem.PUBLIC: Wording(
        nl="Beheerkanaal {channel} is openbaar: maak het besloten, er komen "
        "wachtwoorden in.",
        en="Admin channel {channel} is public: make it private, passwords arrive in "
        "it.",
    ),
    ChannelProblem.SHARED: Wording(
        nl="Beheerkanaal {channel} wordt gedeeld met een ander bedrijf: kies een "
        "ander, er komen wachtwoorden in.",
        en="Admin channel {channel} is shared with another company: choose another, "
        "passwords arrive in it.",
    ),
    ChannelProblem.BOT_NOT_MEMBER: Wording(
        nl="Sleutelbos zit niet in beheerkanaal {channel}: typ daar "
        "'/invite @Sleutelbos'.",
        en="Sleutelbos is not in admin channel {channel}: type '/invite @Sleutelbos' "
        "there.",
    ),
}
