"""What is done with administrators, with their codes, and with one's own."""

from typing import Any

from domain import outbox
from domain.actor import Actor
from domain.sign_in.step_up import BLOCKED_NOTICE
from domain.step_ups import CodeWay, StepUp
from sandbox.slack import Person
from tests.bot.in_slack import eventually
from tests.scenarios.permissions.journeys import Journey, Scene, presses, submits
from tests.scenarios.permissions.of_logins import login

FOR_ALL = "Codes verplicht voor alle beheerders"
NO_CODE = "123456"


def administrators(person: Person) -> None:
    """The list, by the route that everybody has who may see it."""
    person.types("/personeel" if person.user.name == "bram" else "/beheer", "algemeen")
    person.presses("Gebruikersbeheer")
    person.sees("@ursula")


def appointing(_scene: Scene, person: Person) -> None:
    """Mo, about to be a user of Utrecht."""
    administrators(person)
    person.presses("Nieuwe beheerder")
    person.chooses("Wie", "mo")
    if person.user.name == "hanna":
        person.ticks("gebruiker")
    person.chooses("Vestigingen", "Utrecht", typing="utr")
    person.fills("E-mailadres voor codes", "mo@example.nl")


def changing(_scene: Scene, person: Person) -> None:
    """Ursula, with another address for her codes."""
    administrators(person)
    person.presses("Openen", near="@ursula")
    person.sees("Geen beheerder meer")
    person.fills("E-mailadres voor codes", "u.ulrich@example.nl")


def listed(scene: Scene, person: Person) -> None:
    """The list, of people whose addresses for codes are known."""
    slack = scene.company.slack
    for name in ("hanna", "bram", "ursula", "noor"):
        scene.knows_address_of(slack.person(name))
    administrators(person)


def _knows(scene: Scene, actor: Actor, **values: Any) -> None:
    with scene.company.office.database.transaction() as session:
        session.add(
            StepUp(administrator_id=actor.administrator_id, mailed_at=[], **values)
        )


def blocked(scene: Scene, person: Person) -> None:
    """Ursula, whose codes were wrong five times."""
    now = scene.company.office.clock()
    ursula = scene.company.cards.ursula
    _knows(scene, ursula, is_required=True, blocked_at=now, wrong_codes=5)
    changing(scene, person)


def told_of_block(scene: Scene, person: Person) -> None:
    """The message about it."""
    company, now = scene.company, scene.company.office.clock()
    ursula = company.cards.ursula
    _knows(scene, ursula, is_required=True, blocked_at=now, wrong_codes=5)
    with company.office.database.transaction() as session:
        told = {"administrator_id": ursula.administrator_id}
        outbox.queue(session, BLOCKED_NOTICE, told, now=now)
    scene.work.is_done()
    company.slack.person("noor").reads_dm()
    person.opens_messages()
    person.sees("gaf in Sleutelbos vijf keer achter elkaar een foute code")


def with_lost_phone(scene: Scene, person: Person) -> None:
    """Ursula, whose codes come from an app."""
    scene.knows_address_of(scene.company.ursula)
    way = {"way": CodeWay.APP, "sealed_totp_seed": "verzegeld"}
    _knows(scene, scene.company.cards.ursula, **way)
    changing(scene, person)


OF_WHO_APPOINTS = (
    Journey("appoint", "view_submission administrators.save", appointing, submits),
    Journey(
        "change an administrator",
        "view_submission administrators.save",
        changing,
        submits,
    ),
    Journey(
        "dismiss",
        "action administrators.dismiss",
        changing,
        presses("Geen beheerder meer", sure=True),
    ),
)
OF_WHO_REQUIRES_CODES = (
    Journey(
        "require codes of all",
        "action administrators.codes_for_all",
        listed,
        lambda person: person.ticks(FOR_ALL),
    ),
    Journey(
        "lift a block of codes",
        "action administrators.lift",
        blocked,
        presses("Blokkering opheffen"),
    ),
    Journey(
        "lift a block from its message",
        "action step_up.lift",
        told_of_block,
        presses("Blokkering opheffen"),
    ),
    Journey(
        "have codes mailed to who lost the phone",
        "action administrators.mail_instead",
        with_lost_phone,
        presses("Codes per e-mail", sure=True),
    ),
)


# -- one's own codes -------------------------------------------------------------------


def own_codes(scene: Scene, person: Person) -> None:
    """*Mijn codes*."""
    scene.knows_address_of(person)
    person.opens_home()
    person.presses("Mijn codes")
    person.sees("Codes uit een app")


def with_own_codes(scene: Scene, person: Person) -> None:
    """*Mijn codes* of somebody who gave one a moment ago."""
    confirmed = scene.company.office.clock()
    _knows(scene, scene.company.cards.bram, way=CodeWay.MAIL, confirmed_at=confirmed)
    own_codes(scene, person)


def proving_mailbox(scene: Scene, person: Person) -> None:
    """The code typed that would have codes come by mail."""
    own_codes(scene, person)
    person.presses("Codes per e-mail")
    _types_code(scene, person)


def proving_app(scene: Scene, person: Person) -> None:
    """The code typed that would have codes come from an app."""
    own_codes(scene, person)
    person.presses("Codes uit een app")
    person.sees("otpauth://totp/")
    person.goes_back()
    person.sees("Kent uw app de sleutel?")
    person.fills("Code", NO_CODE)


def asked_for_code(scene: Scene, person: Person) -> None:
    """The window that asks for a code before a password is shown."""
    scene.knows_address_of(person)
    _knows(scene, scene.company.cards.bram, way=CodeWay.MAIL)
    login(scene, person)
    person.presses("Toon nieuw wachtwoord", confirming=True)
    _types_code(scene, person)


def _types_code(scene: Scene, person: Person) -> None:
    person.sees("Er gaat een code van zes cijfers naar")
    eventually(lambda: _is_mailed(scene))
    person.fills("Code", NO_CODE)


def _is_mailed(scene: Scene) -> bool:
    with scene.company.office.database.reading() as session:
        row = session.get(StepUp, scene.company.cards.bram.administrator_id)
        return row is not None and row.code_digest is not None


# Every type of administrator has them, of whatever branches.
OF_OWN_CODES = (
    Journey(
        "begin with codes by mail",
        "action step_up.set_up_mail",
        own_codes,
        presses("Codes per e-mail"),
    ),
    Journey(
        "begin with codes of an app",
        "action step_up.set_up_app",
        own_codes,
        presses("Codes uit een app"),
    ),
    Journey(
        "have codes mailed",
        "view_submission step_up.confirm_mail",
        proving_mailbox,
        submits,
    ),
    Journey(
        "have codes from an app",
        "view_submission step_up.confirm_app",
        proving_app,
        submits,
    ),
    Journey(
        "turn codes off",
        "action step_up.turn_off",
        with_own_codes,
        presses("Zet codes uit", sure=True),
    ),
    Journey(
        "give a code", "view_submission step_up.give_code", asked_for_code, submits
    ),
    Journey(
        "have another code sent",
        "action step_up.send_again",
        asked_for_code,
        presses("Stuur opnieuw"),
    ),
)
