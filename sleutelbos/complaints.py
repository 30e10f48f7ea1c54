"""What the command line says when it can't go on, each with what to do."""

from typing import Final

from domain.letters.mail_server import MailSettingProblem
from sleutelbos.wording import Wording

# Settings; {name} is the variable.
NOT_A_BOT_TOKEN: Final = Wording(
    nl="{name} is geen bottoken: plak de 'Bot User OAuth Token' die met xoxb- begint.",
    en="{name} is no bot token: paste the 'Bot User OAuth Token' that starts with "
    "xoxb-.",
)
NOT_AN_APP_TOKEN: Final = Wording(
    nl="{name} is geen apptoken: plak het 'App-Level Token' dat met xapp- begint.",
    en="{name} is no app token: paste the 'App-Level Token' that starts with xapp-.",
)
BOT_TOKEN_MISSING: Final = Wording(
    nl="SLACK_BOT_TOKEN ontbreekt: zet de 'Bot User OAuth Token' van de Slack-app "
    "in .env.",
    en="SLACK_BOT_TOKEN is missing: put the Slack app's 'Bot User OAuth Token' in "
    ".env.",
)
APP_TOKEN_MISSING: Final = Wording(
    nl="SLACK_APP_TOKEN ontbreekt: maak in de Slack-app een 'App-Level Token' met "
    "connections:write en zet het in .env. (Of SLACK_SIGNING_SECRET, als Slack deze "
    "machine over https kan bereiken.)",
    en="SLACK_APP_TOKEN is missing: make an 'App-Level Token' with connections:write "
    "in the Slack app and put it in .env. (Or SLACK_SIGNING_SECRET, if Slack can reach "
    "this machine over https.)",
)
NOT_A_SIGNING_SECRET: Final = Wording(
    nl="{name} is onbruikbaar: plak het 'Signing Secret' van 'Basic Information' in de "
    "Slack-app.",
    en="{name} can't be used: paste the 'Signing Secret' of 'Basic Information' in the "
    "Slack app.",
)
LISTEN_UNREADABLE: Final = Wording(
    nl="{name} is onbruikbaar: schrijf een adres en een poort, zoals 127.0.0.1:8080, "
    "0.0.0.0:8080 of [::1]:8080.",
    en="{name} can't be used: write an address and a port, such as 127.0.0.1:8080, "
    "0.0.0.0:8080 or [::1]:8080.",
)
PROXIES_UNREADABLE: Final = Wording(
    nl="{name} is onbruikbaar: schrijf hoeveel proxy's er tussen de bezoeker en "
    "Sleutelbos staan, 0 tot 9.",
    en="{name} can't be used: write how many proxies stand between the visitor and "
    "Sleutelbos, 0 to 9.",
)
DAYS_UNUSABLE: Final = Wording(
    nl="{name} is onbruikbaar: schrijf een heel aantal dagen, {least} tot en met "
    "{most}.",
    en="{name} can't be used: write a whole number of days, {least} to {most}.",
)
SECRET_KEY_WEAK: Final = Wording(
    nl="{name} is te kort of te eenvoudig: minstens 32 willekeurige tekens "
    "(openssl rand -base64 48), bij wisselen NIEUW,OUD.",
    en="{name} is too short or too simple: at least 32 random characters "
    "(openssl rand -base64 48), NEW,OLD when it is changed.",
)
SECRET_KEY_MISSING: Final = Wording(
    nl="SLEUTELBOS_SECRET_KEY ontbreekt: op PostgreSQL zet u er zelf een "
    "(openssl rand -base64 48), op elke machine dezelfde.",
    en="SLEUTELBOS_SECRET_KEY is missing: on PostgreSQL you set one yourself "
    "(openssl rand -base64 48), the same on every machine.",
)
SECRET_KEY_LOST: Final = Wording(
    nl="{path} ontbreekt terwijl de database er al mee verzegeld is: zet het bestand "
    "terug uit de back-up, of de sleutel in SLEUTELBOS_SECRET_KEY. Is die voorgoed "
    "weg: 'sleutelbos key lost'.",
    en="{path} is missing while the database is sealed with it: put the file back "
    "from the backup, or the key in SLEUTELBOS_SECRET_KEY. If it is gone for good: "
    "'sleutelbos key lost'.",
)
SECRET_KEY_OTHER: Final = Wording(
    nl="De geheime sleutel opent niet wat in de database verzegeld is: zet de oude "
    "er weer bij (SLEUTELBOS_SECRET_KEY=NIEUW,OUD). Is die voorgoed weg: 'sleutelbos "
    "key lost'.",
    en="The secret key does not open what is sealed in the database: add the old one "
    "again (SLEUTELBOS_SECRET_KEY=NEW,OLD). If it is gone for good: 'sleutelbos key "
    "lost'.",
)
KEY_FILE_UNUSABLE: Final = Wording(
    nl="{path} bevat geen bruikbare sleutel: zet het bestand terug uit de back-up. Is "
    "dat er niet: verplaats het, en dan 'sleutelbos key lost'.",
    en="{path} holds no usable key: put the file back from the backup. If there is "
    "none: move it away, and then 'sleutelbos key lost'.",
)
DATABASE_URL_UNREADABLE: Final = Wording(
    nl="{name} is onbruikbaar: schrijf sqlite:///pad/naar/sleutelbos.db of "
    "postgresql+psycopg://gebruiker:wachtwoord@machine/database.",
    en="{name} can't be used: write sqlite:///path/to/sleutelbos.db or "
    "postgresql+psycopg://user:password@host/database.",
)
DATABASE_URL_NEEDS_FILE: Final = Wording(
    nl="{name} noemt geen bestand: schrijf sqlite:///pad/naar/sleutelbos.db zonder "
    "iets erachter.",
    en="{name} names no file: write sqlite:///path/to/sleutelbos.db with nothing "
    "after it.",
)
PORTAL_URL_UNREADABLE: Final = Wording(
    nl="{name} is geen webadres: schrijf bijvoorbeeld https://inloggen.bedrijf.nl.",
    en="{name} is no web address: write for instance https://sign-in.company.com.",
)
PORTAL_URL_PLAIN: Final = Wording(
    nl="SLEUTELBOS_PORTAL_URL is {url}: zonder https:// kan een ander op het netwerk "
    "wachtwoorden meelezen, en 'serve' begint er niet aan. Zet er een proxy met https "
    "voor en noem dat adres.",
    en="SLEUTELBOS_PORTAL_URL is {url}: without https:// others on the network can "
    "read passwords, and 'serve' won't begin. Put a proxy with https before it and "
    "name that address.",
)
PORTAL_URL_WITH_PATH: Final = Wording(
    nl="SLEUTELBOS_PORTAL_URL is {url}: de inlogpagina heeft een eigen naam, "
    "zoals https://inloggen.bedrijf.nl, zonder pad erachter.",
    en="SLEUTELBOS_PORTAL_URL is {url}: the sign-in page has a name of its own, such "
    "as https://sign-in.company.com, without a path after it.",
)
LISTEN_TAKEN: Final = Wording(
    nl="Op {address} kan niet geluisterd worden ({error}): stop wat daar draait, of "
    "kies in SLEUTELBOS_LISTEN een ander adres.",
    en="It is not possible to listen at {address} ({error}): stop what runs there, or "
    "choose another address in SLEUTELBOS_LISTEN.",
)
API_URL_UNREADABLE: Final = Wording(
    nl="{name} is onbruikbaar: laat hem weg voor Slack zelf, of noem een adres met "
    "https:// (http:// alleen op deze machine).",
    en="{name} can't be used: leave it out for Slack itself, or name an address with "
    "https:// (http:// on this machine only).",
)
CHANNEL_NOT_AN_ID: Final = Wording(
    nl="{name} is geen kanaal-id: het staat onderaan 'Kanaaldetails' in Slack en "
    "begint met C of G.",
    en="{name} is no channel id: Slack shows it at the bottom of 'Channel details', "
    "it starts with C or G.",
)
MAIL: Final = {
    MailSettingProblem.UNREADABLE: Wording(
        nl="{name} is onbruikbaar: schrijf smtp://machine:25, "
        "smtps://gebruiker:wachtwoord@machine:465 of "
        "smtp+starttls://gebruiker:wachtwoord@machine:587 (een @, / of # in het "
        "wachtwoord als %40, %2F of %23).",
        en="{name} can't be used: write smtp://host:25, "
        "smtps://user:password@host:465 or smtp+starttls://user:password@host:587 "
        "(an @, / or # in the password as %40, %2F or %23).",
    ),
    MailSettingProblem.PASSWORD_IN_CLEAR: Wording(
        nl="{name} zou het wachtwoord onversleuteld versturen: schrijf "
        "smtp+starttls:// of smtps:// in plaats van smtp://.",
        en="{name} would send the password unencrypted: write smtp+starttls:// or "
        "smtps:// in place of smtp://.",
    ),
    MailSettingProblem.NO_ADDRESS: Wording(
        nl="{name} is geen afzender: schrijf een e-mailadres dat iemand leest, met of "
        "zonder naam: Personeelszaken <hr@bedrijf.nl>.",
        en="{name} is no sender: write an e-mail address that somebody reads, with or "
        "without a name: Human Resources <hr@company.com>.",
    ),
}
COMPANY_UNUSABLE: Final = Wording(
    nl="{name} is onbruikbaar: een naam van 1 tot 60 tekens op één regel.",
    en="{name} can't be used: a name of 1 to 60 characters on one line.",
)
LANGUAGE_UNKNOWN: Final = Wording(
    nl="{name} is onbekend: schrijf nl of en.",
    en="{name} is unknown: write nl or en.",
)
ENV_FILE_UNREADABLE: Final = Wording(
    nl=".env is niet te lezen: bewaar het als UTF-8-tekst, leesbaar voor wie "
    "sleutelbos start.",
    en=".env can't be read: save it as UTF-8 text, readable for whoever starts "
    "sleutelbos.",
)

# Files beside the database.
FILE_OPEN_TO_OTHERS: Final = Wording(
    nl="{path} is leesbaar voor anderen op deze machine: chmod 600 {path}",
    en="{path} can be read by others on this machine: chmod 600 {path}",
)
FOLDER_OPEN_TO_OTHERS: Final = Wording(
    nl="In de map {path} kan iedereen bestanden vervangen: chmod o-w {path}",
    en="Anybody can replace files in the folder {path}: chmod o-w {path}",
)
FOLDER_MISSING: Final = Wording(
    nl="De map {path} bestaat niet: maak hem aan, of wijzig SLEUTELBOS_DATABASE_URL.",
    en="The folder {path} does not exist: make it, or change SLEUTELBOS_DATABASE_URL.",
)
FOLDER_UNWRITABLE: Final = Wording(
    nl="In de map {path} kan niet geschreven worden ({error}): geef wie sleutelbos "
    "start dat recht, of noem in SLEUTELBOS_DATABASE_URL een andere map.",
    en="The folder {path} can't be written ({error}): give whoever starts sleutelbos "
    "that right, or name another folder in SLEUTELBOS_DATABASE_URL.",
)
DISK_FULL: Final = Wording(
    nl="De schijf met {path} is vol: maak ruimte en probeer het opnieuw.",
    en="The disk with {path} is full: make room and try again.",
)
DISK_FAULTY: Final = Wording(
    nl="De schijf met {path} geeft een fout ({error}): kijk de schijf na, en zet de "
    "database zo nodig terug uit de back-up.",
    en="The disk with {path} gives an error ({error}): check the disk, and put the "
    "database back from the backup if need be.",
)
NOT_OUR_DATABASE: Final = Wording(
    nl="{path} is geen database van Sleutelbos: noem in SLEUTELBOS_DATABASE_URL een "
    "ander bestand, of zet de database terug uit de back-up.",
    en="{path} is no Sleutelbos database: name another file in "
    "SLEUTELBOS_DATABASE_URL, or put the database back from the backup.",
)
DATABASE_IN_USE: Final = Wording(
    nl="Een andere 'sleutelbos serve' werkt al op {path}: stop die eerst, of neem "
    "PostgreSQL voor meer dan één proces.",
    en="Another 'sleutelbos serve' already works on {path}: stop it first, or use "
    "PostgreSQL for more than one process.",
)

# The database.
DATABASE_UNREACHABLE: Final = Wording(
    nl="De database is niet bereikbaar ({error}): controleer SLEUTELBOS_DATABASE_URL "
    "en of de database draait.",
    en="The database can't be reached ({error}): check SLEUTELBOS_DATABASE_URL and "
    "whether the database runs.",
)
DATABASE_BUSY: Final = Wording(
    nl="De database is te lang bezet: probeer het zo meteen opnieuw.",
    en="The database is busy for too long: try again in a moment.",
)
DATABASE_OLD: Final = Wording(
    nl="De database is niet bijgewerkt: voer 'sleutelbos migrate' uit.",
    en="The database is not up to date: run 'sleutelbos migrate'.",
)
DATABASE_NEWER: Final = Wording(
    nl="De database is gemaakt door een nieuwere versie: installeer die versie weer.",
    en="The database was made by a newer version: install that version again.",
)

# Slack.
SLACK_REFUSED: Final = Wording(
    nl="Slack weigert {name} ({error}): plak het opnieuw van de pagina van de "
    "Slack-app.",
    en="Slack refuses {name} ({error}): paste it again from the Slack app's page.",
)
SLACK_UNREACHABLE: Final = Wording(
    nl="Slack is niet bereikbaar ({error}): controleer het netwerk en SLACK_API_URL.",
    en="Slack can't be reached ({error}): check the network and SLACK_API_URL.",
)

# Commands.
USAGE: Final = Wording(
    nl="{problem} ({command} --help)", en="{problem} ({command} --help)"
)
UNEXPECTED: Final = Wording(
    nl="Onverwachte fout ({error} in {place}): herhaal met --debug voor de hele fout.",
    en="Unexpected error ({error} in {place}): repeat with --debug for all of it.",
)
NOT_A_MEMBER_ID: Final = Wording(
    nl="'{value}' is geen lid-id van Slack: kies in een profiel 'Copy member ID', het "
    "begint met U of W.",
    en="'{value}' is no Slack member id: choose 'Copy member ID' in a profile, it "
    "starts with U or W.",
)
NO_SUCH_MEMBER: Final = Wording(
    nl="Slack kent in deze werkruimte geen gewoon, actief lid {value}: kopieer het "
    "lid-id opnieuw.",
    en="Slack knows no ordinary, active member {value} in this workspace: copy the "
    "member id again.",
)
NOT_A_TEAM_ID: Final = Wording(
    nl="'{value}' is geen werkruimte-id van Slack: het begint met T.",
    en="'{value}' is no Slack workspace id: it starts with T.",
)
TEAM_UNKNOWN: Final = Wording(
    nl="Welke werkruimte? Zet SLACK_BOT_TOKEN, of geef --team met het werkruimte-id.",
    en="Which workspace? Set SLACK_BOT_TOKEN, or give --team with the workspace id.",
)
BRANCH_UNKNOWN: Final = Wording(
    nl="Geen vestiging heet '{value}'; er zijn: {known}.",
    en="No branch is called '{value}'; there are: {known}.",
)
NO_BRANCHES_YET: Final = Wording(
    nl="Geen vestiging heet '{value}': importeer eerst een personeelslijst, die maakt "
    "de vestigingen.",
    en="No branch is called '{value}': import a staff list first, it makes the "
    "branches.",
)
BRANCHES_REQUIRED: Final = Wording(
    nl="Een branch_manager of user heeft minstens één vestiging: geef --branch NAAM.",
    en="A branch_manager or user needs at least one branch: give --branch NAME.",
)
MANAGER_HAS_EVERY_BRANCH: Final = Wording(
    nl="Een manager bereikt elke vestiging: laat --branch weg.",
    en="A manager reaches every branch: leave --branch out.",
)
NO_ADMINISTRATOR: Final = Wording(
    nl="{value} is hier geen beheerder: 'sleutelbos administrator list' noemt ze.",
    en="{value} is no administrator here: 'sleutelbos administrator list' names them.",
)
LAST_MANAGER: Final = Wording(
    nl="{value} is de enige manager: wijs eerst een andere aan.",
    en="{value} is the only manager: appoint another one first.",
)
NOT_AN_ADDRESS: Final = Wording(
    nl="'{value}' is geen bruikbaar e-mailadres.",
    en="'{value}' is no usable e-mail address.",
)
NOT_PUBLIC_HTTPS: Final = Wording(
    nl="'{value}' is geen openbaar adres voor Slack: schrijf "
    "https://inloggen.bedrijf.nl, met niets erachter dan een pad.",
    en="'{value}' is no public address for Slack: write "
    "https://sign-in.company.com, with nothing after it but a path.",
)
ADDRESS_WITH_BLANKS: Final = Wording(
    nl="'{value}' bevat een spatie: schrijf het adres aan elkaar.",
    en="'{value}' has a blank in it: write the address without.",
)
ADDRESS_WITH_PASSWORD: Final = Wording(
    nl="Het adres bevat een gebruikersnaam of wachtwoord, en dat ziet iedereen die de "
    "Slack-app beheert: laat weg wat er voor de @ staat.",
    en="The address has a user name or password in it, which whoever manages the Slack "
    "app can see: leave out what stands before the @.",
)
ADDRESS_NOT_PUBLIC: Final = Wording(
    nl="Slack kan '{value}' niet bereiken, een adres van deze machine of dit netwerk: "
    "noem het openbare adres, of gebruik Socket Mode (zonder --url).",
    en="Slack can't reach '{value}', an address of this machine or this network: name "
    "the public address, or use Socket Mode (without --url).",
)
NOT_AN_XLSX: Final = Wording(
    nl="'{path}' eindigt niet op .xlsx: er komt een Excel-bestand, noem het "
    "bijvoorbeeld logboek.xlsx.",
    en="'{path}' does not end in .xlsx: it becomes an Excel file, call it for instance "
    "log.xlsx.",
)
FILE_UNWRITABLE: Final = Wording(
    nl="{path} is niet te schrijven ({error}): kies een andere plek.",
    en="{path} can't be written ({error}): choose another place.",
)
FILE_EXISTS: Final = Wording(
    nl="{path} bestaat al: kies een andere naam.",
    en="{path} exists already: choose another name.",
)
FILE_UNREADABLE: Final = Wording(
    nl="{path} is niet te lezen ({error}).",
    en="{path} can't be read ({error}).",
)
