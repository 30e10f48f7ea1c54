"""What `sleutelbos check` can find besides the complaints of other commands."""

from typing import Final

from domain.exports.channel import ChannelProblem
from domain.letters.refusals import Cause
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
MANAGER_LEFT_SLACK: Final = Wording(
    nl="Manager {user} kan in Slack niets meer (weg, gast of bot) en is de laatste "
    "manager: wijs een andere aan met 'sleutelbos administrator add LID-ID --type "
    "manager'.",
    en="Manager {user} can do nothing in Slack any more (gone, a guest or a bot) and "
    "is the last manager: appoint another one with 'sleutelbos administrator add "
    "MEMBER-ID --type manager'.",
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
PROXIES_UNSET: Final = Wording(
    nl="SLEUTELBOS_TRUSTED_PROXIES is 0, terwijl de inlogpagina achter een proxy met "
    "https staat: alle bezoekers lijken er één, en wie te veel fouten maakt, houdt "
    "iedereen op. Zet er hoeveel proxy's het zijn, meestal 1.",
    en="SLEUTELBOS_TRUSTED_PROXIES is 0 while the sign-in page stands behind a proxy "
    "with https: all visitors look like one, and whoever makes too many mistakes holds "
    "up everybody. Set how many proxies there are, mostly 1.",
)
SIGNING_SECRET_UNUSED: Final = Wording(
    nl="SLACK_SIGNING_SECRET doet niets zolang SLACK_APP_TOKEN er is, want Socket Mode "
    "gaat voor: haal een van de twee weg.",
    en="SLACK_SIGNING_SECRET does nothing while SLACK_APP_TOKEN is there, for Socket "
    "Mode goes before: remove one of the two.",
)
LISTEN_STRANGER: Final = Wording(
    nl="Op {address} draait iets anders dan Sleutelbos: stop dat, of kies in "
    "SLEUTELBOS_LISTEN een ander adres.",
    en="Something other than Sleutelbos runs at {address}: stop it, or choose another "
    "address in SLEUTELBOS_LISTEN.",
)
PORTAL_SILENT: Final = Wording(
    nl="De inlogpagina antwoordt niet op {url} ({error}): kijk naar DNS, firewall, "
    "certificaat en proxy.",
    en="The sign-in page does not answer at {url} ({error}): look at DNS, firewall, "
    "certificate and proxy.",
)
PORTAL_ELSEWHERE: Final = Wording(
    nl="{url} komt bij een andere Sleutelbos uit dan die op deze machine: kijk waar de "
    "proxy naartoe stuurt.",
    en="{url} leads to another Sleutelbos than the one on this machine: look where the "
    "proxy sends to.",
)
SLACK_PATH_CLOSED: Final = Wording(
    nl="Slack komt niet door op {url}: laat de proxy dat adres ongewijzigd doorgeven, "
    "en kijk of 'serve' de bot draait.",
    en="Slack does not get through at {url}: have the proxy pass that address on "
    "unchanged, and see that 'serve' runs the bot.",
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
MAIL_UNSET: Final = Wording(
    nl="{names} ontbreekt: zonder mailserver en afzender krijgt niemand een code, een "
    "link of bericht; e-mails wachten tot hij er is.",
    en="{names} is missing: without a mail server and a sender nobody gets a code, a "
    "link or a notice; e-mails wait until it is there.",
)
MAIL_IN_CLEAR: Final = Wording(
    nl="SLEUTELBOS_SMTP_URL stuurt codes en links onversleuteld naar {host}: schrijf "
    "smtp+starttls:// of smtps://.",
    en="SLEUTELBOS_SMTP_URL sends codes and links unencrypted to {host}: write "
    "smtp+starttls:// or smtps://.",
)
MAIL_FROM_NOBODY: Final = Wording(
    nl="SLEUTELBOS_MAIL_FROM is {address}: medewerkers antwoorden op een e-mail als ze "
    "hulp nodig hebben. Zet er een adres dat iemand leest.",
    en="SLEUTELBOS_MAIL_FROM is {address}: employees answer an e-mail when they need "
    "help. Set an address that somebody reads.",
)
MAIL_SERVER_AWAY: Final = Wording(
    nl="Mailserver {host}, poort {port}: {reason}.",
    en="Mail server {host}, port {port}: {reason}.",
)
LETTERS_WAIT: Final = Wording(
    nl="E-mails die nog niet verstuurd zijn: {count}. De oudste wacht sinds {since}: "
    "{reason}.",
    en="E-mails not sent yet: {count}. The oldest waits since {since}: {reason}.",
)
LETTERS_GIVEN_UP: Final = Wording(
    nl="E-mails die niet bezorgd zijn: {count}, de eerste op {since}: {reason}.",
    en="E-mails not delivered: {count}, the first at {since}: {reason}.",
)
LETTERS_NOT_TRIED: Final = Wording(
    nl="'sleutelbos serve' heeft het nog niet geprobeerd: draait hij, en zijn "
    "SLEUTELBOS_SMTP_URL en SLEUTELBOS_MAIL_FROM daar gezet",
    en="'sleutelbos serve' has not tried yet: does it run, and are SLEUTELBOS_SMTP_URL "
    "and SLEUTELBOS_MAIL_FROM set there",
)
MAIL_CAUSES: Final = {
    Cause.ADDRESS_REFUSED: Wording(
        nl="de mailserver kent het adres niet; managers hebben de namen gekregen",
        en="the mail server does not know the address; managers were told the names",
    ),
    Cause.ADDRESS_UNUSABLE: Wording(
        nl="het adres is onbruikbaar; managers hebben de namen gekregen",
        en="the address can't be used; managers were told the names",
    ),
    Cause.ADDRESS_INTERNATIONAL: Wording(
        nl="in het adres staan vóór de @ letters als ø of é, en deze mailserver kan "
        "daar niet mee overweg (SMTPUTF8): vraag de beheerder van de mailserver dat "
        "aan te zetten, of de medewerker om een ander adres",
        en="the address has letters such as ø or é before the @, which this mail "
        "server can't handle (SMTPUTF8): ask whoever runs it to turn that on, or the "
        "employee for another address",
    ),
    Cause.LETTER_REFUSED: Wording(
        nl="de mailserver weigert de e-mail zelf: zie de spamfilter en het logboek "
        "van de mailserver, en SPF, DKIM en DMARC in docs/operations.md",
        en="the mail server refuses the e-mail itself: see the mail server's spam "
        "filter and log, and SPF, DKIM and DMARC in docs/operations.md",
    ),
    Cause.PUT_OFF: Wording(
        nl="de mailserver neemt deze nu niet aan, bijvoorbeeld omdat de mailbox vol "
        "is: zie het logboek van de mailserver",
        en="the mail server does not take these now, because the mailbox is full for "
        "example: see the mail server's log",
    ),
    Cause.SENDER_REFUSED: Wording(
        nl="de mailserver laat deze afzender nu niet versturen: controleer "
        "SLEUTELBOS_MAIL_FROM, en of de mailserver een naam en wachtwoord wil",
        en="the mail server does not let this sender send now: check "
        "SLEUTELBOS_MAIL_FROM, and whether the mail server wants a name and password",
    ),
    Cause.PASSWORD_REFUSED: Wording(
        nl="de mailserver weigert de naam of het wachtwoord in SLEUTELBOS_SMTP_URL",
        en="the mail server refuses the name or password in SLEUTELBOS_SMTP_URL",
    ),
    Cause.NO_PASSWORDS: Wording(
        nl="de mailserver neemt hier geen naam en wachtwoord aan: laat ze weg uit "
        "SLEUTELBOS_SMTP_URL, of kies smtp+starttls:// of smtps://",
        en="the mail server takes no name and password here: leave them out of "
        "SLEUTELBOS_SMTP_URL, or choose smtp+starttls:// or smtps://",
    ),
    Cause.NO_ENCRYPTION: Wording(
        nl="de verbinding kan niet versleuteld worden: kies smtps:// voor poort 465, "
        "smtp+starttls:// voor poort 587",
        en="the connection can't be encrypted: choose smtps:// for port 465, "
        "smtp+starttls:// for port 587",
    ),
    Cause.CERTIFICATE_REFUSED: Wording(
        nl="het certificaat van de mailserver klopt niet met zijn naam, is verlopen, "
        "of van een onbekende uitgever (SSL_CERT_FILE noemt een eigen)",
        en="the mail server's certificate is not for its name, has expired, or is of "
        "an unknown issuer (SSL_CERT_FILE names one of your own)",
    ),
    Cause.NAME_UNKNOWN: Wording(
        nl="die naam bestaat niet in DNS: controleer SLEUTELBOS_SMTP_URL",
        en="that name does not exist in DNS: check SLEUTELBOS_SMTP_URL",
    ),
    Cause.UNREACHABLE: Wording(
        nl="er komt geen verbinding: controleer naam en poort, en of een firewall "
        "uitgaande mail tegenhoudt",
        en="there is no connection: check name and port, and whether a firewall stops "
        "outgoing mail",
    ),
    Cause.TOO_SLOW: Wording(
        nl="de mailserver antwoordt niet op tijd: klopt de poort (465 is smtps://), "
        "en is de mailserver overbelast",
        en="the mail server does not answer in time: is the port right (465 is "
        "smtps://), and is the mail server overloaded",
    ),
    Cause.TOO_LATE: Wording(
        nl="ze zouden te laat zijn gekomen; wie erom vroeg kan dat opnieuw doen",
        en="they would have come too late; whoever asked for them can ask again",
    ),
    Cause.KEY_LOST: Wording(
        nl="ze waren verzegeld met een sleutel die er niet meer is",
        en="they were sealed with a key that is gone",
    ),
    Cause.OTHER: Wording(
        nl="de mailserver neemt nu niets aan: zie het logboek van de mailserver",
        en="the mail server takes nothing now: see the mail server's log",
    ),
}
