"""What is done with resets of a branch, from the dry run to the message of the end."""

from collections.abc import Callable

from domain.branches import Branch
from sandbox.slack import Person
from tests.bot.in_slack import eventually
from tests.scenarios.permissions.journeys import (
    CHANNEL,
    Journey,
    Scene,
    in_channel,
    submits,
)
from tests.scenarios.permissions.of_logins import branch

EXPORT = "Reset wachtwoorden en exporteer data"
MAIL = "Reset wachtwoorden en stuur email"
MAIL_NEW = "Reset wachtwoorden en stuur email voor aantal logins = 0"
RETRY = "Probeer de mislukte opnieuw"


def reset(act: str) -> Callable[[Scene, Person], None]:
    """The dry run of a reset for one person."""

    def opens(scene: Scene, person: Person) -> None:
        scene.company.cards.add_login()
        branch(scene, person)
        person.presses(act)
        _sees_dry_run(person)

    return opens


def _sees_dry_run(person: Person) -> None:
    person.sees("medewerker")
    eventually(lambda: "Een ogenblik geduld" not in person.screen())


def started(scene: Scene, person: Person, act: str = EXPORT) -> None:
    """A reset that this person began, and whose message is read."""
    reset(act)(scene, person)
    person.submits()
    person.sees("De taak")
    person.closes()
    scene.work.is_done()


def done(scene: Scene, person: Person) -> None:
    """A workbook of this person's in the channel."""
    started(scene, person)
    person.sees("Klaar: één medewerker", in_channel=CHANNEL)


def failed(scene: Scene, person: Person) -> None:
    """A workbook that Slack did not take."""
    slack = scene.company.slack
    slack.next_call("files.getUploadURLExternal").answers("invalid_arguments")
    slack.tolerates("invalid_arguments")
    started(scene, person)
    person.sees("Mislukt: Slack nam het bestand niet aan.", in_channel=CHANNEL)


def retrying(scene: Scene, person: Person) -> None:
    """The dry run of trying again."""
    failed(scene, person)
    person.presses(RETRY, in_channel=CHANNEL)
    _sees_dry_run(person)


def reminding(scene: Scene, person: Person) -> None:
    """A mailing that will be repeated after three days."""
    reset(MAIL_NEW)(scene, person)
    person.ticks("Na 3 dagen")
    scene.company.slack.wait_for_acks()
    person.submits()
    person.sees("De taak")
    person.closes()
    scene.work.is_done()
    person.sees("Herinneringen stoppen", in_channel=CHANNEL)


def _waiting(scene: Scene, starter: Person) -> None:
    with scene.company.office.database.transaction() as session:
        session.get_one(Branch, scene.company.branch).second_administrator_above = 0
    started(scene, starter)


def approval(scene: Scene, person: Person) -> None:
    """A colleague's export, which waits for the word of another one."""
    _waiting(scene, scene.company.ursula)
    person.sees("Akkoord", in_channel=CHANNEL)


def own_waiting(scene: Scene, person: Person) -> None:
    """The same of one's own."""
    _waiting(scene, person)
    person.sees("Intrekken", in_channel=CHANNEL)


OF_RUNS = (
    Journey("export", "view_submission resets.export", reset(EXPORT), submits),
    Journey("mail", "view_submission resets.mail", reset(MAIL), submits),
    Journey(
        "mail who never signed in",
        "view_submission resets.mail",
        reset(MAIL_NEW),
        submits,
    ),
    Journey(
        "show an opening password",
        "action exports.show_opening_password",
        done,
        in_channel("Toon openingswachtwoord"),
    ),
    Journey("try again", "view_submission resets.retry", retrying, submits),
    Journey(
        "stop reminders",
        "action resets.stop_reminders",
        reminding,
        in_channel("Herinneringen stoppen", sure=True),
    ),
    Journey("withdraw", "action resets.withdraw", own_waiting, in_channel("Intrekken")),
)
# Ursula herself began what waits here.
OF_DECIDING = (
    Journey(
        "approve", "action resets.approve", approval, in_channel("Akkoord", sure=True)
    ),
    Journey("decline", "action resets.decline", approval, in_channel("Niet akkoord")),
)
