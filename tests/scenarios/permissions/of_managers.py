"""What managers have: settings of branches, templates, the audit log."""

from sandbox.slack import Person
from tests.domain.exports.word_files import document
from tests.scenarios.permissions.journeys import Journey, Scene, presses, submits


def settings(_scene: Scene, person: Person) -> None:
    """The settings of Utrecht, with another number typed."""
    person.types("/beheer", channel="algemeen")
    person.presses("Openen", near="Vestiging instellingen")
    person.presses("Openen", near="Utrecht")
    person.fills("Toegestane foute pogingen", "9")


def templates(person: Person) -> None:
    """The list of templates."""
    person.types("/beheer", channel="algemeen")
    person.presses("Emailtemplates")
    person.sees("Meegeleverd")


def new_template(_scene: Scene, person: Person) -> None:
    """A filled-in editor."""
    templates(person)
    person.presses("Nieuwe emailtemplate")
    person.fills("Naam", "Welkom")
    person.fills("Onderwerp (Nederlands)", "Uw login")
    person.fills("Tekst (Nederlands)", "Hallo {{ voornaam }}: {{ link }}")


def template(scene: Scene, person: Person) -> None:
    """A saved one, opened."""
    new_template(scene, person)
    person.submits()
    person.sees("Opgeslagen: Welkom.")
    person.presses("Openen", near="Welkom")
    person.sees("Geschiedenis")


def looked_at(scene: Scene, person: Person) -> None:
    """A saved one as a colleague would get it, to be tried on oneself."""
    scene.knows_address_of(person)
    scene.company.cards.add_login(card={"number": "00104"})
    template(scene, person)
    label = "Jan Jansen 00104 · 00104 · Utrecht"
    person.chooses("Zoek een collega", label, typing="00104")
    person.sees("Stuur test naar mijzelf")


def word_templates(_scene: Scene, person: Person) -> None:
    """The list of Word templates."""
    templates(person)
    person.presses("Word-sjablonen")
    person.sees("De ingebouwde brief, in het Nederlands")


def word_template(scene: Scene, person: Person) -> None:
    """A Word document chosen, not yet handed in."""
    path = scene.folder / "Brief.docx"
    path.write_bytes(document("MERGEFIELD Naam", "MERGEFIELD Wachtwoord"))
    word_templates(scene, person)
    person.presses("Uploaden")
    person.sees("Alleen voor de vestiging")
    person.attaches(path, "Word-sjabloon")


def own_word_template(scene: Scene, person: Person) -> None:
    """The list with one's own on it."""
    word_template(scene, person)
    person.submits()
    person.sees("Toegevoegd: Brief.docx.")
    person.goes_back()
    person.sees("Voor alle vestigingen")


def log(_scene: Scene, person: Person) -> None:
    """The audit log."""
    person.types("/beheer", channel="algemeen")
    person.presses("Logboek")
    person.sees("Beheerder benoemd")


def _downloaded(language: str, listener: str) -> Journey:
    return Journey(
        f"download the letter in {language}",
        f"action word_templates.{listener}",
        word_templates,
        presses("Downloaden", near=f"De ingebouwde brief, in het {language}"),
    )


OF_MANAGERS = (
    Journey("save settings", "view_submission branch_settings.save", settings, submits),
    Journey(
        "save a new template", "view_submission templates.save", new_template, submits
    ),
    Journey("save a template", "view_submission templates.save", template, submits),
    Journey("copy a template", "action templates.copy", template, presses("Kopiëren")),
    Journey(
        "delete a template",
        "action templates.delete",
        template,
        presses("Verwijderen", sure=True),
    ),
    Journey(
        "send the test letter",
        "action templates.send_test",
        looked_at,
        presses("Stuur test naar mijzelf"),
    ),
    Journey(
        "upload a Word template",
        "view_submission word_templates.add",
        word_template,
        submits,
    ),
    Journey(
        "remove a Word template",
        "action word_templates.remove",
        own_word_template,
        presses("Verwijderen", near="Brief", sure=True),
    ),
    _downloaded("Nederlands", "download_nl"),
    _downloaded("Engels", "download_en"),
    Journey(
        "export the log",
        "action audit_log.export",
        log,
        presses("Exporteren"),
    ),
)
