"""What only opens a screen: who lost the role sees nothing of it either."""

from datetime import UTC, datetime

from domain import branch_settings
from domain.actor import OPERATOR, SCHEDULE
from domain.logins import weekly
from domain.logins.model import LoginState
from sandbox.slack import Person
from tests.scenarios.permissions.journeys import (
    CHANNEL,
    Journey,
    Scene,
    in_channel,
    presses,
)
from tests.scenarios.permissions.of_administrators import administrators
from tests.scenarios.permissions.of_cards import add_pair, linked_card
from tests.scenarios.permissions.of_logins import branch, login
from tests.scenarios.permissions.of_managers import log, template, templates
from tests.scenarios.permissions.of_runs import (
    EXPORT,
    MAIL,
    MAIL_NEW,
    RETRY,
    failed,
)

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def people(scene: Scene, person: Person) -> None:
    """The screen of Utrecht, with something to do for every button of it."""
    cards = scene.company.cards
    cards.add_card(number="00103")
    cards.add_login(LoginState.NEW, card={"number": "00104"})
    branch(scene, person)


def digest(scene: Scene, person: Person) -> None:
    """The message of a Monday, about somebody who never signed in."""
    company, clock = scene.company, scene.company.office.clock
    clock.forward(MONDAY - clock())
    now = clock()
    company.cards.add_login(LoginState.ACTIVE, card={"number": "00104"})
    with company.office.database.transaction() as session:
        wanted = {"weekly_digest": True}
        branch_settings.save_settings(
            session, company.branch, wanted, actor=OPERATOR, now=now
        )
        weekly.close_week(session, actor=SCHEDULE, now=now)
    scene.work.is_done()
    person.sees("Weekoverzicht van Utrecht", in_channel=CHANNEL)


def board(scene: Scene, person: Person) -> None:
    """The App Home, with a branch on it."""
    card = {"number": "00104"}
    scene.company.cards.add_login(LoginState.ACTIVE, card=card, sign_in_count=4)
    person.opens_home()
    person.sees("Hoe ver uw vestigingen zijn")


def pairs(scene: Scene, person: Person) -> None:
    """Likely pairs of cards."""
    add_pair(scene)
    person.types("/personeel", channel="algemeen")
    person.presses("Medewerker gegevens verplaatsen")
    person.sees("Anna Bakker")


def branches(_scene: Scene, person: Person) -> None:
    """The branches whose settings there are."""
    person.types("/beheer", channel="algemeen")
    person.presses("Openen", near="Vestiging instellingen")
    person.sees("Utrecht")


def list_of_administrators(_scene: Scene, person: Person) -> None:
    """Everybody who administers."""
    administrators(person)


def list_of_templates(_scene: Scene, person: Person) -> None:
    """Every template."""
    templates(person)


def menu(_scene: Scene, person: Person) -> None:
    """The menu of managers."""
    person.types("/beheer", channel="algemeen")
    person.sees("Logboek")


OPENING_OF_A_BRANCH = (
    Journey(
        "plan creating",
        "action logins.plan_creation",
        people,
        presses("Maak werknemerslogins aan"),
    ),
    Journey(
        "plan activating",
        "action logins.plan_activation",
        people,
        presses("Maak werknemerslogins actief"),
    ),
    Journey("plan an export", "action resets.plan_export", people, presses(EXPORT)),
    Journey("plan a mailing", "action resets.plan_mailing", people, presses(MAIL)),
    Journey(
        "plan a mailing to who never signed in",
        "action resets.plan_mailing_new",
        people,
        presses(MAIL_NEW),
    ),
    Journey(
        "plan a mailing from the digest",
        "action resets.plan_mailing_new",
        digest,
        in_channel("Mail deze mensen"),
    ),
    Journey(
        "plan trying again", "action resets.retry_failed", failed, in_channel(RETRY)
    ),
    Journey(
        "open a login", "action logins.open", people, presses("Openen", near="00104")
    ),
    Journey(
        "read the timeline of a login",
        "action logins.show_timeline",
        login,
        presses("Tijdlijn"),
    ),
    Journey(
        "read the timeline of a card",
        "action record_cards.show_timeline",
        linked_card,
        presses("Tijdlijn"),
    ),
    Journey(
        "compare two cards",
        "action moves.open_pair",
        pairs,
        presses("Stamkaarten van Anna Bakker vergelijken"),
    ),
    Journey(
        "open a branch of the board",
        "action board.open_branch",
        board,
        presses("Openen"),
    ),
)
OPENING_OF_MANAGERS = (
    Journey(
        "open the settings of a branch",
        "action branch_settings.open_form",
        branches,
        presses("Openen", near="Utrecht"),
    ),
    Journey(
        "open an administrator",
        "action administrators.open",
        list_of_administrators,
        presses("Openen", near="@ursula"),
    ),
    Journey(
        "open a template",
        "action templates.open",
        list_of_templates,
        presses("Openen", near="Uitnodiging met een link"),
    ),
    Journey(
        "read the versions of a template",
        "action templates.show_history",
        template,
        presses("Geschiedenis"),
    ),
    Journey("open the log", "action audit_log.open", menu, presses("Logboek")),
    Journey(
        "look something up in the log",
        "action audit_log.group",
        log,
        lambda person: person.chooses("Wat", "Het logboek zelf"),
    ),
)
