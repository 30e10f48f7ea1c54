"""What is done with logins, one or a branch of them, and with those that are locked."""

from collections.abc import Callable
from typing import Any

from domain.logins.model import LoginId, LoginState, SecondFactor
from sandbox.slack import Person
from tests.bot.help.asking import link
from tests.domain.sign_in.people import open_desk
from tests.scenarios.lockouts.people import (
    ACTIVATE,
    AND_RESET,
    LEAVE,
    LOCKED,
    is_locked_out,
)
from tests.scenarios.permissions.journeys import (
    CHANNEL,
    Journey,
    Scene,
    in_channel,
    presses,
    submits,
)


def branch(_scene: Scene, person: Person) -> None:
    """The screen of Utrecht."""
    person.types("/personeel logins utrecht", channel="algemeen")
    person.sees("Stamkaarten")


def login(
    scene: Scene,
    person: Person,
    state: LoginState = LoginState.ACTIVE,
    **given: Any,
) -> None:
    """The screen of one login."""
    add_login(scene, state, **given)
    open_login(scene, person)


def add_login(scene: Scene, state=LoginState.ACTIVE, **given: Any) -> LoginId:
    """The login that is opened."""
    return scene.company.cards.add_login(state, card={"number": "00104"}, **given)


def open_login(scene: Scene, person: Person) -> None:
    """The screen of a login that is there."""
    branch(scene, person)
    person.presses("Openen", near="00104")
    person.sees("Gebruikersnaam")


def ticked(scene: Scene, person: Person) -> None:
    """A new login, about to be saved as active."""
    login(scene, person, LoginState.NEW)
    person.ticks("Actief")


def with_app(scene: Scene, person: Person) -> None:
    """The login of somebody with an authenticator app."""
    login(scene, person, second_factor=SecondFactor.APP)
    person.sees("Tweede factor: authenticator-app")


def linked(scene: Scene, person: Person) -> None:
    """The login of Mo, who is known in Slack."""
    link(scene.company, scene.company.mo, add_login(scene))
    open_login(scene, person)
    person.sees("Gekoppeld in Slack aan")


def creation(scene: Scene, person: Person) -> None:
    """The dry run of creating one login."""
    scene.company.cards.add_card()
    branch(scene, person)
    person.presses("Maak werknemerslogins aan")
    person.sees("Eén werknemerslogin wordt aangemaakt")


def activation(scene: Scene, person: Person) -> None:
    """The dry run of activating one login."""
    scene.company.cards.add_login(LoginState.NEW)
    branch(scene, person)
    person.presses("Maak werknemerslogins actief")
    person.sees("Eén werknemerslogin wordt actief gemaakt.")


def alert(scene: Scene, person: Person) -> None:
    """The message about a login that wrong passwords locked."""
    company = scene.company
    desk = open_desk(company.cards, company.office.clock, company.office.keyring)
    card = {"first_name": "Piet", "last_name": "Pietersen", "number": "00104"}
    desk.add_employee("piet@example.nl", card=card)
    is_locked_out(desk)
    scene.work.is_done()
    person.sees(LOCKED, in_channel=CHANNEL)


def _alerted(name: str, listener: str, label: str, *, sure: bool = False) -> Journey:
    ends: Callable[[Person], object] = in_channel(label, sure=sure)
    return Journey(name, f"action lockouts.{listener}", alert, ends)


OF_LOGINS = (
    Journey("save a login", "view_submission logins.save", ticked, submits),
    Journey(
        "show a password",
        "action logins.show_new_password",
        login,
        presses("Toon nieuw wachtwoord", sure=True),
    ),
    Journey(
        "send access",
        "action logins.send_access",
        login,
        presses("Opslaan en wachtwoord versturen", sure=True),
    ),
    Journey(
        "remove a second factor",
        "action logins.remove_second_factor",
        with_app,
        presses("Verwijder tweede factor", sure=True),
    ),
    Journey(
        "unlink Slack of a login",
        "action logins.unlink_slack",
        linked,
        presses("Ontkoppel Slack", sure=True),
    ),
    Journey("create logins", "view_submission logins.create", creation, submits),
    Journey("activate logins", "view_submission logins.activate", activation, submits),
    _alerted("activate a locked login", "activate", ACTIVATE),
    _alerted("activate and reset", "activate_and_reset", AND_RESET, sure=True),
    _alerted("leave a login locked", "leave_locked", LEAVE),
)
