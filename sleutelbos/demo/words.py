"""What the demo says, in Dutch and in English; the story has its own words.

What stands on screens and buttons comes from the bot's own catalogs.
"""

from typing import Final

from sleutelbos.wording import Wording

SANDBOX_MISSING: Final = Wording(
    nl="De demo heeft '{name}' nodig: installeer sleutelbos[sandbox].",
    en="The demo needs '{name}': install sleutelbos[sandbox].",
)
PORT_TAKEN: Final = Wording(
    nl="Poort {port} is niet vrij ({what}): kies andere poorten, bijvoorbeeld "
    "--port {other}.",
    en="Port {port} can't be used ({what}): choose other ports, for instance "
    "--port {other}.",
)
WORKSPACE: Final = Wording(nl="de werkruimte", en="the workspace")
MAILBOX: Final = Wording(nl="het postvak", en="the mailbox")
PORTAL: Final = Wording(nl="de inlogpagina", en="the sign-in page")
SMTP: Final = Wording(nl="de mailserver", en="the mail server")

FOLDER_NOT_OURS: Final = Wording(
    nl="In {folder} staat iets anders dan een demo: kies een andere map.",
    en="{folder} holds something else than a demo: choose another folder.",
)
FOLDER_UNWRITABLE: Final = Wording(
    nl="{folder} is niet te schrijven: kies een andere map.",
    en="{folder} can't be written: choose another folder.",
)
FOLDER_IN_USE: Final = Wording(
    nl="Een andere demo werkt al in {folder}: stop die eerst, of kies een andere map.",
    en="Another demo works in {folder}: stop it first, or choose another folder.",
)
OTHER_SIZE: Final = Wording(
    nl="In {folder} staat een bedrijf van een andere grootte: laat --size weg, of "
    "kies een andere map.",
    en="{folder} holds a company of another size: leave --size out, or choose "
    "another folder.",
)
FOLDER_WITHOUT_KEEP: Final = Wording(
    nl="Een map hoort bij --keep: sleutelbos demo --keep {folder}",
    en="A folder goes with --keep: sleutelbos demo --keep {folder}",
)

SETTING_UP: Final = Wording(
    nl="{company} wordt klaargezet ...", en="Setting up {company} ..."
)
MAKING: Final = Wording(
    nl="{company} wordt gemaakt: {people} mensen in {branches} vestigingen ...",
    en="Making {company}: {people} people in {branches} branches ...",
)
TITLE: Final = Wording(nl="Sleutelbos uitproberen", en="Try Sleutelbos")
COMPANY: Final = Wording(
    nl="{company} is een verzonnen bedrijf met {branches} vestigingen en {people} "
    "mensen. Alles draait op deze computer: er gaat niets naar buiten.",
    en="{company} is a made-up company with {branches} branches and {people} people. "
    "Everything runs on this computer: nothing leaves it.",
)
BEGINS_TODAY: Final = Wording(
    nl="Twee vestigingen werken er al een paar weken mee; Utrecht begint vandaag.",
    en="Two branches have worked with it for a few weeks; Utrecht begins today.",
)
SLACK: Final = Wording(nl="Slack", en="Slack")
LETTERS: Final = Wording(nl="Postvak", en="Mailbox")
SIGN_IN: Final = Wording(nl="Inlogpagina", en="Sign-in page")
STAFF_LIST: Final = Wording(nl="Personeelslijst", en="Staff list")
FIRST: Final = Wording(nl="Om mee te beginnen", en="What to try first")
YOU_ARE_HANNA: Final = Wording(
    nl="Open Slack in uw browser. U bent Hanna, de manager.",
    en="Open Slack in your browser. You are Hanna, the manager.",
)
DOWNLOAD: Final = Wording(
    nl="Download in #{channel} het bestand {file}.",
    en="Download the file {file} in #{channel}.",
)
IMPORT: Final = Wording(
    nl="Typ {command}, kies {importing} en geef dat bestand.",
    en="Type {command}, choose {importing}, and give it that file.",
)
HAND_OUT: Final = Wording(
    nl="Typ {command} logins utrecht: maak de logins aan, maak ze actief, en reset en "
    "exporteer.",
    en="Type {command} logins utrecht: create the logins, activate them, reset and "
    "export.",
)
OPEN: Final = Wording(
    nl="In #{channel} staat dan het bestand met de wachtwoorden. {showing} geeft het "
    "wachtwoord waarmee het in Excel opengaat.",
    en="The file with the passwords is in #{channel} then. {showing} gives the "
    "password that opens it in Excel.",
)
EMPLOYEE: Final = Wording(
    nl="Log op de inlogpagina in als een van hen, met gebruikersnaam en wachtwoord uit "
    "dat bestand. Brieven komen in het postvak.",
    en="Sign in on the sign-in page as one of them, with user name and password from "
    "that file. Letters come to the mailbox.",
)
NOTHING_KEPT: Final = Wording(
    nl="Ctrl-C stopt alles; er blijft niets van over. Wilt u verder kunnen, start dan "
    "met --keep.",
    en="Ctrl-C ends everything and leaves nothing. To go on another time, start with "
    "--keep.",
)
KEPT: Final = Wording(
    nl="Ctrl-C stopt alles. In {folder} blijven stamkaarten, logins, beheerders en "
    "logboek bewaard, met de sleutel ernaast. Berichten en bestanden in Slack en "
    "brieven in het postvak blijven niet bewaard.",
    en="Ctrl-C ends everything. Record cards, logins, administrators and the audit "
    "log stay in {folder}, with the key beside them. Messages and files in Slack and "
    "letters in the mailbox do not.",
)
GOES_ON: Final = Wording(
    nl="Verder met wat er in {folder} bewaard is.",
    en="Going on with what is kept in {folder}.",
)
STOPPED: Final = Wording(
    nl="Gestopt. Er is niets bewaard.", en="Stopped. Nothing was kept."
)
STOPPED_KEPT: Final = Wording(
    nl="Gestopt. Verder gaan: sleutelbos demo --keep {folder}",
    en="Stopped. To go on: sleutelbos demo --keep {folder}",
)
