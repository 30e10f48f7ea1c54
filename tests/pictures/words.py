"""What is pressed beyond the first five minutes."""

from dataclasses import dataclass

from tests.first_five_minutes import DUTCH, ENGLISH, Labels


@dataclass(frozen=True)
class Words:
    """What is pressed beyond the first five minutes, in one language."""

    labels: Labels
    manage: str
    management: str
    logins: str
    selecting: str
    amsterdam: str
    login: str
    open_login: str
    show_password: str
    confirm: str
    new_password: str
    timeline: str
    whole_branch: str
    left_out: str
    mailbox: str
    security: str
    app: str
    show_qr_code: str
    back: str
    templates: str
    open_template: str
    invitation: str
    copy: str
    text: str
    slip: str
    save: str
    meant: str
    colleague: str
    preview: str
    word_templates: str


WORDS = {
    "nl": Words(
        labels=DUTCH,
        manage="/beheer",
        management="Beheer",
        logins="Werknemerslogins",
        selecting="Vestiging selecteren",
        amsterdam="/personeel logins amsterdam",
        login="Werknemerslogin",
        open_login="Openen: Dewi van Dam",
        show_password="Toon nieuw wachtwoord",
        confirm="Tonen",
        new_password="Nieuw wachtwoord",
        timeline="Tijdlijn",
        whole_branch="De hele vestiging",
        left_out="Toon lijst",
        mailbox="Postvak",
        security="Beveiliging",
        app="Authenticator-app",
        show_qr_code="QR-code tonen",
        back="Terug",
        templates="Emailtemplates",
        open_template="Openen: Uitnodiging met een link",
        invitation="Emailtemplate",
        copy="Kopiëren",
        text="Tekst (Nederlands)",
        slip="Beste {{ voornam }},\n\nKies hier uw wachtwoord:\n\n{{ link }}",
        save="Opslaan",
        meant="Bedoelt u {{ voornaam }}?",
        colleague="Zoek een collega",
        preview="Voorbeeld",
        word_templates="Word-sjablonen",
    ),
    "en": Words(
        labels=ENGLISH,
        manage="/manage",
        management="Management",
        logins="Employee logins",
        selecting="Select branch",
        amsterdam="/staff logins amsterdam",
        login="Employee login",
        open_login="Open Dewi van Dam",
        show_password="Show new password",
        confirm="Show",
        new_password="New password",
        timeline="Timeline",
        whole_branch="The whole branch",
        left_out="Show list",
        mailbox="Mailbox",
        security="Security",
        app="Authenticator app",
        show_qr_code="Show the QR code",
        back="Back",
        templates="Email templates",
        open_template="Open Invitation with a link",
        invitation="Email template",
        copy="Copy",
        text="Text (English)",
        slip="Dear {{ first_nam }},\n\nChoose your password here:\n\n{{ link }}",
        save="Save",
        meant="Did you mean {{ first_name }}?",
        colleague="Search for a colleague",
        preview="Preview",
        word_templates="Word templates",
    ),
}
