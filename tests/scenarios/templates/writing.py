"""What people do to write templates, in their own words."""

from dataclasses import dataclass

from sqlalchemy import select

from domain.letters import email_templates
from domain.letters.email_templates import TemplateLine
from domain.letters.model import EmailTemplateVersion
from domain.letters.template_wording import Wording
from tests.bot.in_slack import Company

SIGN_IN_PAGE = "https://inloggen.example.nl"
HER_ADDRESS = "hanna.de.vries@example.nl"
LINK_TEXT = "Hallo {{ voornaam }},\n\nKies **nu** een wachtwoord:\n\n{{ link }}"
PASSWORD_TEXT = "Hallo {{ voornaam }},\n\nUw wachtwoord:\n\n{{ wachtwoord }}"
NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."
NOT_PERMITTED = "Met uw type account mag dit niet."


@dataclass(frozen=True)
class Words:
    """The labels of one language."""

    command: str
    menu: str
    new: str
    list: str
    open: str
    name: str
    subject: str
    text: str
    colleague: str
    preview: str
    test: str
    copy: str
    history: str
    delete: str


DUTCH = Words(
    command="/beheer",
    menu="Emailtemplates",
    new="Nieuwe emailtemplate",
    list="Meegeleverd",
    open="Openen",
    name="Naam",
    subject="Onderwerp (Nederlands)",
    text="Tekst (Nederlands)",
    colleague="Zoek een collega",
    preview="Voorbeeld",
    test="Stuur test naar mijzelf",
    copy="Kopiëren",
    history="Geschiedenis",
    delete="Verwijderen",
)
ENGLISH = Words(
    command="/manage",
    menu="Email templates",
    new="New email template",
    list="Built in",
    open="Open",
    name="Name",
    subject="Subject (English)",
    text="Text (English)",
    colleague="Search for a colleague",
    preview="Preview",
    test="Send a test to myself",
    copy="Copy",
    history="History",
    delete="Delete",
)


@dataclass
class Templates:
    """Somebody writes templates; and what is in the database then."""

    company: Company
    words: Words = DUTCH

    def opens_list(self, who):
        who.types(self.words.command, channel="algemeen")
        who.presses(self.words.menu)
        who.sees(self.words.list)

    def begins(self, who, name="Welkom", text=LINK_TEXT, subject="Uw login"):
        """From the list to a filled-in editor."""
        who.presses(self.words.new)
        who.fills(self.words.name, name)
        who.fills(self.words.subject, subject)
        who.fills(self.words.text, text)

    def writes(self, who, name="Welkom", text=LINK_TEXT):
        """From the command to a saved template."""
        self.opens_list(who)
        self.begins(who, name, text)
        who.submits()
        who.sees(f"Opgeslagen: {name}.")

    def opens(self, who, name="Welkom"):
        who.presses(self.words.open, near=name)
        who.sees(self.words.history)

    def looks_at(self, who, name="Jan Jansen · 00104 · Utrecht"):
        """Choose a colleague; the preview is on top then."""
        who.chooses(self.words.colleague, name, typing="jan")

    def lines(self) -> list[TemplateLine]:
        """Templates that are not built in and not deleted."""
        actor = self.company.cards.hanna
        with self.company.office.database.reading() as session:
            every = email_templates.list_templates(session, actor=actor)
        return [line for line in every if line.built_in is None]

    def names(self) -> list[str]:
        return [line.name for line in self.lines()]

    def version(self, name="Welkom") -> EmailTemplateVersion:
        """Today's version of a template."""
        (line,) = (line for line in self.lines() if line.name == name)
        query = select(EmailTemplateVersion).filter_by(id=line.version_id)
        with self.company.office.database.reading() as session:
            return session.scalars(query).one()

    def add(self, name="Welkom", text=LINK_TEXT, branch_id=None, **more):
        """A template that somebody wrote before."""
        said = Wording(name=name, subject_nl="Uw login", body_nl=text, **more)
        with self.company.office.database.transaction() as session:
            return email_templates.add(
                session,
                said,
                branch_id=branch_id,
                actor=self.company.cards.hanna,
                now=self.company.office.clock(),
            )

    def changes(self, template_id, text, number=1):
        """Somebody saves other words meanwhile."""
        said = Wording(name="Welkom", subject_nl="Uw login", body_nl=text)
        with self.company.office.database.transaction() as session:
            email_templates.change(
                session,
                template_id,
                said,
                expected_number=number,
                actor=self.company.cards.hanna,
                now=self.company.office.clock(),
            )

    def deletes(self, template_id):
        """Somebody deletes it meanwhile."""
        with self.company.office.database.transaction() as session:
            email_templates.mark_deleted(
                session,
                template_id,
                actor=self.company.cards.hanna,
                now=self.company.office.clock(),
            )
