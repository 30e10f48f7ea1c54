"""One employee from the first day to the last, as the timeline and the log tell it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from domain import audit_seals
from domain.actor import OPERATOR
from domain.logins import card_editing, leaving, resets
from domain.privacy import erasing
from domain.record_cards.entries import CardField
from domain.secret import Secret
from tests.domain.logins.acting import activate, create, set_active
from tests.domain.logins.moving_data import move
from tests.domain.logins.test_card_editing import edit
from tests.domain.sign_in.people import open_desk
from tests.domain.sign_in.test_own_password import choose
from tests.scenarios.lockouts.people import is_locked_out

OLD_ADDRESS, NEW_ADDRESS = "sanne@example.nl", "kanarie@example.nl"
PERSONAL = ("Sanne", "Kanarie", "00104", "00912", OLD_ADDRESS, NEW_ADDRESS)


@dataclass(frozen=True)
class Labels:
    """What HR types, presses and reads; `told` is the timeline, oldest first."""

    language: str
    asked: str
    card: str
    timeline: str
    manage: str
    log: str
    erased: str
    told: tuple[str, ...]


DUTCH = Labels(
    "Nederlands",
    "In welke taal",
    "/personeel kaart 00912",
    "Tijdlijn",
    "/beheer",
    "Logboek",
    "een gewiste medewerker",
    (
        "heeft deze login aangemaakt.",
        "heeft deze login actief gemaakt.",
        "heeft een nieuw wachtwoord laten tonen om persoonlijk te geven.",
        "De medewerker heeft een wachtwoord gekozen.",
        "De medewerker heeft ingelogd.",
        "Er is te vaak een verkeerd wachtwoord geprobeerd.",
        "heeft deze login, die geblokkeerd was, weer actief gemaakt.",
        "heeft het e-mailadres gewijzigd, en daarmee de gebruikersnaam.",
        "heeft de stamkaart toegevoegd.",
        "heeft gegevens van een andere stamkaart naar deze verplaatst.",
        "heeft op de stamkaart gewijzigd: datum uit dienst.",
        "heeft deze login gesloten omdat de medewerker uit dienst is.",
    ),
)
ENGLISH = Labels(
    "English",
    "In which language",
    "/staff card 00912",
    "Timeline",
    "/manage",
    "Audit log",
    "an erased employee",
    (
        "created this login.",
        "activated this login.",
        "had a new password shown, to hand it over in person.",
        "The employee chose a password.",
        "The employee signed in.",
        "Too many wrong passwords were tried.",
        "activated this login, which was locked.",
        "changed the e-mail address, and with it the user name.",
        "added the record card.",
        "moved data of another record card to this one.",
        "changed on the record card: ",
        "closed this login because the employment ended.",
    ),
)


@pytest.fixture
def desk(company, clock, keyring):
    """The services of the sign-in page."""
    return open_desk(company.cards, clock, keyring)


def is_hired(office, number, email, **more):
    typed = dict.fromkeys(CardField, "") | {
        CardField.NUMBER: number,
        CardField.FIRST_NAME: "Sanne",
        CardField.LAST_NAME: "Kanarie",
        CardField.EMAIL: email,
    }
    with office.database.transaction() as session:
        return card_editing.add_card(
            session, typed | more, office.utrecht, actor=office.bram, now=office.now
        )


def gets_a_login(office, card_id):
    create(office)
    activate(office)
    return office.login_of(card_id).id


def is_handed_a_password(office, login_id, keyring):
    """Shown to Ursula; gives it."""
    known = {"actor": office.ursula, "now": office.now}
    transaction = office.database.transaction
    made = resets.prepare_shown_password(
        transaction, login_id, keyring=keyring, **known
    )
    resets.apply_shown_password(transaction, made, **known)
    return made.password


def is_let_in_again(office, login_id):
    version = office.login(login_id).credential_version
    set_active(office, login_id, active=True, version=version)


def leaves(office, card_id, clock):
    """Tomorrow is the last day; the night after it the login is closed."""
    last = office.now.date() + timedelta(days=1)
    end_on = f"{last.day}-{last.month}-{last.year}"
    edit(office, card_id, end_on=end_on)
    clock.forward(timedelta(days=3))
    with office.database.transaction() as session:
        leaving.close_leavers(session, now=clock())


def is_erased(office, card_id, clock):
    with office.database.transaction() as session:
        erasing.erase(
            session, card_id, even_employed=False, actor=OPERATOR, now=clock()
        )


def seal_what_is_over(office, keyring, clock):
    clock.forward(timedelta(days=1))
    with office.database.transaction() as session:
        while audit_seals.seal_next_day(session, keyring, now=clock()):
            pass


def reads_the_timeline(person, labels):
    """From the newest to the oldest, on as many pages as it takes."""
    person.opens_home()
    person.presses(labels.language)
    person.sees(labels.asked)
    person.types(labels.card, channel="algemeen")
    person.presses(labels.timeline)
    person.sees(labels.told[-1])
    shown = person.screen()
    places = [shown.index(sentence) for sentence in reversed(labels.told)]
    assert places == sorted(places)
    person.closes()


@pytest.mark.parametrize("labels", [DUTCH, ENGLISH], ids=["nl", "en"])
def test_the_timeline_tells_it_and_erasing_leaves_the_log_whole(
    company, desk, keyring, clock, labels
):
    office = company.cards
    old = is_hired(office, "00104", OLD_ADDRESS)
    login_id = gets_a_login(office, old)
    password = is_handed_a_password(office, login_id, keyring)
    arrived = desk.signs_in(OLD_ADDRESS, password=password)
    choose(desk, arrived, Secret("negen blauwe tulpen dansen"))
    is_locked_out(desk, OLD_ADDRESS)
    is_let_in_again(office, login_id)
    edit(office, old, email=NEW_ADDRESS)
    new = is_hired(office, "00912", "")
    move(office, old, new)
    leaves(office, new, clock)
    reads_the_timeline(company.hanna, labels)
    is_erased(office, new, clock)
    seal_what_is_over(office, keyring, clock)
    hanna = company.hanna
    hanna.types(labels.manage, channel="algemeen")
    hanna.presses(labels.log)
    hanna.sees(labels.erased)
    for word in PERSONAL:
        hanna.does_not_see(word)
    with office.database.reading() as session:
        assert audit_seals.verify(session, keyring, actor=OPERATOR).breaks == []
