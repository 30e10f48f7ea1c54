"""*Opslaan en wachtwoord versturen*: one employee, from the login screen."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from domain.actor import AccountType
from domain.audit import AuditAct
from domain.letters.model import AccessLetter, LetterOutcome
from domain.logins.model import LoginState, PasswordKind
from domain.secret import Secret
from tests.bot.in_slack import eventually
from tests.portal.counter import OWN
from tests.scenarios.handing_out.by_mail.people import (
    follows_link,
    letter_to,
    password_in,
)

CARD = {
    "first_name": "Sanne",
    "last_name": "Kanarie",
    "email": "sanne@example.nl",
    "number": "00104",
}
ADDRESS = CARD["email"]


@dataclass(frozen=True)
class Words:
    """What is read and pressed, in one language."""

    command: str
    search: str
    active: str
    send: str
    template: str
    with_password: str
    link_goes: str
    password_goes: str
    sent: str
    tick_first: str


DUTCH = Words(
    command="/personeel logins utrecht",
    search="Zoek op naam of nummer",
    active="Actief",
    send="Opslaan en wachtwoord versturen",
    template="Emailtemplate",
    with_password="Uitnodiging met een wachtwoord",
    link_goes="Er gaat een e-mail met een link om een wachtwoord te kiezen naar "
    f"{ADDRESS}.",
    password_goes=f"Er gaat een e-mail met een eerste wachtwoord naar {ADDRESS}.",
    sent="Laatste e-mail: verstuurd op 20 november 2026 10:30.",
    tick_first="Er is niets verstuurd",
)
ENGLISH = Words(
    command="/staff logins utrecht",
    search="Search by name or number",
    active="Active",
    send="Save and send password",
    template="Email template",
    with_password="Invitation with a password",
    link_goes=f"An e-mail with a link to choose a password goes to {ADDRESS}.",
    password_goes=f"An e-mail with an initial password goes to {ADDRESS}.",
    sent="Last e-mail: sent on 20 November 2026 10:30.",
    tick_first="Nothing was sent",
)


@pytest.fixture(params=[DUTCH, ENGLISH], ids=["nl", "en"])
def words(request, company):
    if request.param is ENGLISH:
        company.ursula.opens_home()
        company.ursula.presses("English")
        company.ursula.sees("You are a user")
    return request.param


@pytest.fixture
def sanne(company):
    return company.cards.add_login(LoginState.NEW, card=CARD)


def opens_sanne(person, words=DUTCH):
    person.types(words.command)
    person.chooses(words.search, "Sanne Kanarie · 00104", typing="00104")
    person.sees("sanne@example.nl")


def looks_again(company, person, line, words=DUTCH, **stands):
    """Open it anew once the letter stands so."""

    def is_so():
        with company.office.database.reading() as session:
            letter = session.query(AccessLetter).one()
            return all(getattr(letter, name) == it for name, it in stands.items())

    eventually(is_so)
    person.goes_back()
    person.chooses(words.search, "Sanne Kanarie · 00104", typing="00104")
    person.sees(line)


def sends(person, words=DUTCH, *, ticking=True):
    if ticking:
        person.ticks(words.active)
    person.presses(words.send, confirming=True)


def sends_what_waits(company, line, code):
    opens_sanne(company.bram)
    sends(company.bram)
    company.bram.sees(DUTCH.link_goes)
    looks_again(company, company.bram, line, error_code=code)


def goes_out_later(company, mailbox, clock):
    clock.forward(timedelta(minutes=1))
    letter_to(mailbox, ADDRESS)
    line = "Laatste e-mail: verstuurd"
    looks_again(company, company.bram, line, outcome=LetterOutcome.SENT)


def signs_in_with_link(counter, letter):
    somebody, _page = follows_link(counter, letter)
    answer = somebody.sends("/herstel", new=OWN, again=OWN)
    somebody.follows(answer)
    return somebody.signs_in(ADDRESS, Secret(OWN))


def test_a_user_sends_a_link_and_she_signs_in_with_it(
    words, company, sanne, worker, mailbox, counter
):
    worker.starts()
    ursula = company.ursula
    opens_sanne(ursula, words)
    sends(ursula, words)
    ursula.sees(words.link_goes)
    login = company.cards.login(sanne)
    assert (login.state, login.password_kind) == (LoginState.ACTIVE, PasswordKind.NONE)
    letter = letter_to(mailbox, ADDRESS)
    looks_again(company, ursula, words.sent, words, outcome=LetterOutcome.SENT)
    assert "Mijn gegevens" in signs_in_with_link(counter, letter).text
    assert company.cards.login(sanne).sign_in_count == 1


def test_a_user_sends_an_initial_password_and_she_signs_in_with_it(
    words, company, sanne, worker, mailbox, counter
):
    worker.starts()
    ursula = company.ursula
    opens_sanne(ursula, words)
    ursula.chooses(words.template, words.with_password)
    sends(ursula, words)
    ursula.sees(words.password_goes)
    letter = letter_to(mailbox, ADDRESS)
    page = counter.visitor().signs_in(ADDRESS, password_in(letter))
    assert "Kies een wachtwoord" in page.text


def test_nothing_is_sent_for_a_login_that_stays_inactive(
    words, company, sanne, mailbox
):
    opens_sanne(company.ursula, words)
    sends(company.ursula, words, ticking=False)
    company.ursula.sees(words.tick_first)
    assert company.cards.login(sanne).state is LoginState.NEW
    assert not mailbox.letters


def test_two_who_press_at_once_send_one_letter(company, sanne, worker, mailbox):
    opens_sanne(company.bram)
    opens_sanne(company.ursula)
    sends(company.bram)
    company.bram.sees(DUTCH.link_goes)
    sends(company.ursula)
    company.ursula.sees("Er is nu niets verstuurd")
    company.ursula.sees("Laatste e-mail")
    assert len(company.cards.events(AuditAct.ACCESS_MAILED)) == 1
    worker.starts()
    letter_to(mailbox, ADDRESS)
    assert len(mailbox.letters) == 1


def test_a_letter_that_a_shown_password_overtook_is_not_sent(
    company, sanne, worker, mailbox
):
    bram = company.bram
    opens_sanne(bram)
    sends(bram)
    bram.sees(DUTCH.link_goes)
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    # It is shown before it is valid.
    eventually(lambda: company.cards.events(AuditAct.PASSWORD_SHOWN))
    bram.goes_back()
    worker.starts()
    line = "niet verstuurd, omdat de werknemerslogin eerst"
    looks_again(company, bram, line, outcome=LetterOutcome.OVERTAKEN)
    assert not mailbox.letters


def test_a_refused_address_is_told_on_the_screen(company, sanne, worker, mailbox):
    mailbox.faults.refuse(ADDRESS)
    worker.starts()
    opens_sanne(company.bram)
    sends(company.bram)
    company.bram.sees(DUTCH.link_goes)
    line = "niet aangekomen: de mailserver kent het adres niet"
    looks_again(company, company.bram, line, outcome=LetterOutcome.FAILED)


def test_a_mail_server_that_is_away_is_told_on_the_screen(
    company, sanne, worker, mailbox, clock
):
    mailbox.go_down()
    worker.starts()
    line, code = "De mailserver neemt nu geen e-mails aan", "connection_refused"
    sends_what_waits(company, line, code)
    mailbox.come_up()
    goes_out_later(company, mailbox, clock)


def test_a_full_mailbox_is_not_told_as_a_server_that_takes_nothing(
    company, sanne, worker, mailbox, clock
):
    mailbox.faults.refuse(ADDRESS, "452 4.2.2 Mailbox full")
    worker.starts()
    line, code = "misschien is de mailbox vol", "recipient_deferred_452"
    sends_what_waits(company, line, code)
    mailbox.faults.end()
    goes_out_later(company, mailbox, clock)


def test_a_role_that_was_taken_away_meanwhile_sends_nothing(company, sanne, mailbox):
    opens_sanne(company.ursula)
    company.appoint(company.ursula, AccountType.USER, company.cards.amsterdam)
    sends(company.ursula)
    company.ursula.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
    assert company.cards.login(sanne).state is LoginState.NEW


def test_mail_that_was_taken_out_since_the_screen_was_drawn_sends_nothing(
    company, sanne, mailbox
):
    opens_sanne(company.bram)
    # The office is frozen, as its settings are for a process.
    object.__setattr__(company.office, "mails", False)
    sends(company.bram)
    company.bram.sees("E-mail is nog niet ingesteld, dus er is niets verstuurd.")
    assert company.cards.login(sanne).state is LoginState.NEW
    assert not company.cards.events(AuditAct.ACCESS_MAILED)


class TestWithoutMail:
    @pytest.fixture
    def mails(self):
        return False

    def test_it_is_said_that_no_mail_can_leave(self, company, sanne):
        opens_sanne(company.bram)
        company.bram.sees("Er kunnen nog geen e-mails verstuurd worden")
        company.bram.does_not_see(DUTCH.send)
