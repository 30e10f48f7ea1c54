"""The audit log's codes in words, for the workbook that people read."""

from typing import Final

from domain.actor import ActorKind, Surface
from domain.audit import AuditAct
from domain.audit_seals import BreakKind
from sleutelbos.wording import Wording

SHEET: Final = Wording(nl="Logboek", en="Audit log")
HEADINGS: Final = (
    Wording(nl="Regel", en="Event"),
    Wording(nl="Tijdstip_UTC", en="Time_UTC"),
    Wording(nl="Wat", en="What"),
    Wording(nl="Wie", en="Who"),
    Wording(nl="Slack_id", en="Slack_id"),
    Wording(nl="Waarvandaan", en="Where_from"),
    Wording(nl="Vestiging", en="Branch"),
    Wording(nl="Personeelsnummer", en="Employee_number"),
    Wording(nl="Medewerker", en="Employee"),
    Wording(nl="Taak", en="Run"),
    Wording(nl="Bijzonderheden", en="Details"),
)
ACTS: Final = {
    AuditAct.CARD_ADDED: Wording(nl="Stamkaart toegevoegd", en="Record card added"),
    AuditAct.CARD_CHANGED: Wording(nl="Stamkaart gewijzigd", en="Record card changed"),
    AuditAct.CARDS_IMPORTED: Wording(
        nl="Personeelslijst geïmporteerd", en="Staff list imported"
    ),
    AuditAct.BRANCH_ADDED: Wording(nl="Vestiging toegevoegd", en="Branch added"),
    AuditAct.BRANCH_CHANGED: Wording(nl="Vestiging gewijzigd", en="Branch changed"),
    AuditAct.ADMINISTRATOR_APPOINTED: Wording(
        nl="Beheerder aangesteld", en="Administrator appointed"
    ),
    AuditAct.ADMINISTRATOR_CHANGED: Wording(
        nl="Beheerder gewijzigd", en="Administrator changed"
    ),
    AuditAct.LOGIN_CREATED: Wording(
        nl="Werknemerslogin aangemaakt", en="Employee login created"
    ),
    AuditAct.LOGIN_ACTIVATED: Wording(
        nl="Werknemerslogin actief gemaakt", en="Employee login activated"
    ),
    AuditAct.LOGIN_DEACTIVATED: Wording(
        nl="Werknemerslogin uitgezet", en="Employee login deactivated"
    ),
    AuditAct.LOGIN_CLOSED: Wording(
        nl="Werknemerslogin gesloten: uit dienst",
        en="Employee login closed: employment ended",
    ),
    AuditAct.LOGIN_ADDRESS_CHANGED: Wording(
        nl="E-mailadres gewijzigd", en="E-mail address changed"
    ),
    AuditAct.LOGIN_LOCKED: Wording(
        nl="Werknemerslogin geblokkeerd", en="Employee login locked"
    ),
    AuditAct.LOCKOUT_LEFT: Wording(
        nl="Blokkering gelaten zoals zij is", en="Lockout left as it is"
    ),
    AuditAct.SIGNED_IN: Wording(nl="Ingelogd", en="Signed in"),
    AuditAct.SIGN_IN_REFUSED: Wording(nl="Inloggen geweigerd", en="Sign-in refused"),
    AuditAct.SIGNED_OUT_EVERYWHERE: Wording(
        nl="Overal uitgelogd", en="Signed out everywhere"
    ),
    AuditAct.SECOND_FACTOR_SET: Wording(
        nl="Twee-factor authenticatie ingesteld", en="Second factor set"
    ),
    AuditAct.SECOND_FACTOR_REMOVED: Wording(
        nl="Tweede factor verwijderd", en="Second factor removed"
    ),
    AuditAct.LINK_ASKED_FOR: Wording(
        nl="Link voor een nieuw wachtwoord gevraagd", en="Link to a new password asked"
    ),
    AuditAct.SLACK_LINKED: Wording(
        nl="Slack-account gekoppeld", en="Slack account linked"
    ),
    AuditAct.SLACK_UNLINKED: Wording(
        nl="Slack-account ontkoppeld", en="Slack account unlinked"
    ),
    AuditAct.PASSWORD_CHOSEN: Wording(
        nl="Eigen wachtwoord gekozen", en="Own password chosen"
    ),
    AuditAct.PASSWORD_RESET: Wording(nl="Wachtwoord gereset", en="Password reset"),
    AuditAct.PASSWORD_SHOWN: Wording(
        nl="Nieuw wachtwoord getoond", en="New password shown"
    ),
    AuditAct.RUN_STARTED: Wording(nl="Taak gestart", en="Run started"),
    AuditAct.RUN_ENDED: Wording(nl="Taak geëindigd", en="Run ended"),
    AuditAct.EXPORT_POSTED: Wording(nl="Export geplaatst", en="Export posted"),
    AuditAct.EXPORT_OPENING_PASSWORD_SHOWN: Wording(
        nl="Openingswachtwoord van export getoond",
        en="Opening password of export shown",
    ),
    AuditAct.EXPORT_DELETED: Wording(nl="Export verwijderd", en="Export deleted"),
    AuditAct.EXPORT_EXPIRED: Wording(
        nl="Wachtwoorden van export ongeldig gemaakt",
        en="Passwords of export made invalid",
    ),
    AuditAct.KEY_GIVEN_UP: Wording(
        nl="Geheime sleutel verloren verklaard", en="Secret key declared lost"
    ),
}
ACTORS: Final = {
    ActorKind.ADMINISTRATOR: Wording(nl="beheerder", en="administrator"),
    ActorKind.OPERATOR: Wording(nl="systeembeheerder", en="operator"),
    ActorKind.SCHEDULE: Wording(nl="planning", en="schedule"),
    ActorKind.NEWCOMER: Wording(nl="eerste manager", en="first manager"),
    ActorKind.EMPLOYEE: Wording(nl="werknemer", en="employee"),
}
SURFACES: Final = {
    Surface.SLACK: Wording(nl="Slack", en="Slack"),
    Surface.COMMAND_LINE: Wording(nl="opdrachtregel", en="command line"),
    Surface.WORKER: Wording(nl="achtergrond", en="background"),
    Surface.PORTAL: Wording(nl="inlogpagina", en="sign-in page"),
}

BREAKS: Final = {
    BreakKind.CHANGED: Wording(
        nl="{day}: regel {event} is gewijzigd", en="{day}: event {event} was changed"
    ),
    BreakKind.REMOVED: Wording(
        nl="{day}: regel {event} is verwijderd", en="{day}: event {event} was removed"
    ),
    BreakKind.ADDED: Wording(
        nl="{day}: regel {event} is later toegevoegd",
        en="{day}: event {event} was added later",
    ),
    BreakKind.SEAL_CHANGED: Wording(
        nl="{day}: het zegel zelf, of dat ervoor, is gewijzigd of verwijderd",
        en="{day}: the seal itself, or the one before it, was changed or removed",
    ),
    BreakKind.SEAL_NOT_OURS: Wording(
        nl="{day}: het laatste zegel is niet met onze geheime sleutel gemaakt",
        en="{day}: the newest seal was not made with our secret key",
    ),
}
