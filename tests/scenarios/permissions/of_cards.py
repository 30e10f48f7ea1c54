"""What is done with record cards: edited, added, linked, moved, imported."""

from domain.record_cards.model import RecordCardId
from sandbox.slack import Person
from tests.bot.help.asking import link
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, LAST_NAME, NUMBER
from tests.domain.office import day
from tests.scenarios.permissions.journeys import Journey, Scene, presses, submits


def card(scene: Scene, person: Person) -> None:
    """The form of one card, with another place typed."""
    scene.company.cards.add_login(card={"number": "00104"})
    _open_card(person)
    person.fills("Plaats", "Zeist")


def _open_card(person: Person) -> None:
    person.types("/personeel kaart 00104", channel="algemeen")
    person.sees("Werknemerslogin: actief")


def linked_card(scene: Scene, person: Person) -> None:
    """The form of a card whose employee is known in Slack."""
    login_id = scene.company.cards.add_login(card={"number": "00104"})
    link(scene.company, scene.company.mo, login_id)
    _open_card(person)


def new_card(_scene: Scene, person: Person) -> None:
    """A filled-in form of somebody new."""
    person.types("/personeel", channel="algemeen")
    person.presses("Stamkaarten")
    person.presses("Nieuwe stamkaart")
    person.fills("Personeelsnummer", "00901")
    person.fills("Voornaam", "Nel")
    person.fills("Achternaam", "Nieuw")
    person.chooses("Vestiging", "Utrecht", typing="utr")


def add_pair(scene: Scene) -> RecordCardId:
    """Two cards of one person; gives the one without a login."""
    cards = scene.company.cards
    same = {"first_name": "Anna", "last_name": "Bakker", "birth_on": day("1990-02-03")}
    cards.add_login(card=same | {"number": "00104"})
    return cards.add_card(**same, number="00900", email="a.bakker@example.nl")


def pair(scene: Scene, person: Person) -> None:
    """Two cards of one person, side by side."""
    add_pair(scene)
    person.types("/personeel", channel="algemeen")
    person.presses("Medewerker gegevens verplaatsen")
    person.presses("Stamkaarten van Anna Bakker vergelijken")
    person.sees("OUDE STAMKAART")


def undoing(scene: Scene, person: Person) -> None:
    """What taking a move back would do."""
    pair(scene, person)
    person.submits()
    person.sees("Verplaatst:")
    person.presses("Ongedaan maken")
    person.sees("Stamkaart 00104 gaat weer open.")


def attached(scene: Scene, person: Person) -> None:
    """A list chosen, not yet handed in; more of its rows are bad than are shown."""
    path = scene.folder / "lijst.xlsx"
    good = {NUMBER: "900", LAST_NAME: "Wit", BRANCH: "Utrecht"}
    bad = [{NUMBER: f"9{n:03}", LAST_NAME: "", BRANCH: "Utrecht"} for n in range(40)]
    path.write_bytes(workbooks.staff_list(good, *bad))
    person.types("/personeel", channel="algemeen")
    person.presses("Importeren")
    person.attaches(path, "Personeelslijst")


def preview(scene: Scene, person: Person) -> None:
    """What an import would do."""
    attached(scene, person)
    person.submits()
    person.sees("Er is nog niets opgeslagen.")


HANDING_IN = Journey(
    "hand in a list", "view_submission importing.read", attached, submits
)
CLOSING = Journey(
    "close a preview",
    "view_closed importing.confirm",
    preview,
    lambda person: person.closes(),
)
OF_CARDS = (
    Journey("save a card", "view_submission record_cards.save", card, submits),
    Journey("add a card", "view_submission record_cards.add", new_card, submits),
    Journey(
        "link Slack",
        "action record_cards.link_slack",
        card,
        lambda person: person.chooses(
            "Koppel een Slack-account", "mo", confirming=True
        ),
    ),
    Journey(
        "unlink Slack of a card",
        "action record_cards.unlink_slack",
        linked_card,
        presses("Ontkoppel Slack", sure=True),
    ),
    Journey("move", "view_submission moves.move", pair, submits),
    Journey("undo a move", "view_submission moves.undo", undoing, submits),
    Journey(
        "confirm an import",
        "view_submission importing.confirm",
        preview,
        submits,
        "De stamkaarten zijn intussen gewijzigd, dus er is niets geïmporteerd.",
    ),
)
# One's own list, whatever branches its rows name: lost with the role alone.
OF_OWN_LISTS = (
    Journey(
        "have the rows to check sent",
        "action importing.send_list",
        preview,
        presses("Stuur mij de lijst"),
    ),
)
