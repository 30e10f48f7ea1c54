"""Employees who can't sign in ask in Slack, and read on in their mailbox."""

import re

import pytest

from bot.app import web_client
from domain.letters import composing
from domain.letters.mail_server import MailServer, Sender
from domain.letters.wording.words import Letterhead
from domain.logins.model import LoginState, PasswordKind
from domain.secret import Secret
from domain.sign_in import recovery
from domain.sign_in.gate import Visit
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.recovery import UseKind
from domain.sign_in.tools import SignInTools
from sandbox.mailbox import Mailbox
from sleutelbos.mail import Mail
from sleutelbos.worker import Worker
from tests.bot.help.asking import MOS_CARD, add_mos_login, link

PORTAL = "https://inloggen.voorbeeld.nl"
LINK = re.compile(rf"{re.escape(PORTAL)}/herstel/([\w-]+)")
ADDRESS = MOS_CARD["email"]
CHOSEN = Secret("vier rode fietsen bellen")


@pytest.fixture
def mailbox():
    """Everybody's mailbox."""
    with Mailbox().serve() as served:
        yield served


@pytest.fixture
def at_work(company, mailbox):
    """The company with its worker: requests are answered and letters go out."""
    office, slack = company.office, company.slack
    head = Letterhead(office.company, PORTAL)
    sender = Sender.from_text("HR <hr@example.nl>")
    letters = composing.Office(sender, head, office.language)
    mail = Mail(MailServer.from_url(mailbox.smtp_url), letters)
    client = web_client(Secret(slack.bot_token), slack.api_url)
    worker = Worker(office, client, PORTAL, mail)
    worker.start()
    yield company
    worker.stop()


def mailed(mailbox, count, address=ADDRESS):
    """The newest letter, once there are so many."""
    mailbox.wait_for(lambda: len(mailbox.letters_to(address)) >= count, 20)
    assert len(mailbox.letters_to(address)) == count
    return mailbox.letters_to(address)[-1]


def choose_password(company, letter):
    """What the page behind the link does; gives what became of it."""
    office = company.office
    tools = SignInTools(office.database.transaction, office.keyring, HashingSlots())
    (token,) = set(LINK.findall(letter.text))
    visit = Visit("203.0.113.7")
    return recovery.use_link(tools, token, CHOSEN, visit=visit, now=office.clock())


WORDS = {
    "nl": {
        "cry": "Help, ik kan niet inlogen!",
        "unknown": "weet nog niet welke medewerker u bent",
        "button": "Nieuw wachtwoord",
        "number": "Personeelsnummer",
        "asked": "Als dit personeelsnummer bekend is",
        "on its way": "Er is een e-mail onderweg naar m•••@example.nl.",
        "state": "Status: actief",
    },
    "en": {
        "cry": "help, i cant log in",
        "unknown": "I don't know yet which employee you are",
        "button": "New password",
        "number": "Employee number",
        "asked": "If this employee number is known",
        "on its way": "An e-mail is on its way to m•••@example.nl.",
        "state": "State: active",
    },
}


@pytest.mark.parametrize("language", WORDS)
def test_from_a_cry_for_help_to_a_linked_account(language, at_work, mailbox):
    said, mo = WORDS[language], at_work.mo
    login_id = add_mos_login(at_work)
    mo.sends_dm(said["cry"])
    mo.sees(said["unknown"])
    mo.presses(said["button"])
    mo.fills(said["number"], "00104")
    mo.submits()
    mo.sees(said["asked"])
    mo.closes()
    letter = mailed(mailbox, 1)
    assert letter.headers.get("Content-Language") == language
    assert choose_password(at_work, letter).kind is UseKind.DONE
    assert at_work.cards.login(login_id).password_kind is PasswordKind.OWN
    mailed(mailbox, 3)
    mo.opens_home()
    mo.sees(said["state"])
    mo.sends_dm(said["cry"])
    mo.sees(said["on its way"])
    assert LINK.search(mailed(mailbox, 4).text)
    assert LINK.search(at_work.slack.recorded_text()) is None


@pytest.mark.parametrize(
    "state", [LoginState.LOCKED, LoginState.SWITCHED_OFF, LoginState.EMPLOYMENT_ENDED]
)
def test_who_may_not_sign_in_reads_the_truth_in_the_letter(state, at_work, mailbox):
    link(at_work, at_work.mo, add_mos_login(at_work, state))
    at_work.mo.types("/wachtwoord")
    at_work.mo.sees("Er is een e-mail onderweg naar m•••@example.nl.")
    letter = mailed(mailbox, 1)
    assert LINK.search(letter.text) is None
    assert LINK.search(letter.html) is None


def test_a_wrong_number_gets_the_same_answer_and_nobody_a_letter(at_work, mailbox):
    add_mos_login(at_work)
    at_work.mo.types("/wachtwoord")
    at_work.mo.fills("Personeelsnummer", "00105")
    at_work.mo.submits()
    at_work.mo.sees("Als dit personeelsnummer bekend is")
    at_work.mo.closes()
    at_work.mo.types("/wachtwoord")
    at_work.mo.fills("Personeelsnummer", "00104")
    at_work.mo.submits()
    at_work.mo.sees("Als dit personeelsnummer bekend is")
    mailed(mailbox, 1)
    assert len(mailbox.letters) == 1


def test_the_thief_of_an_address_gets_no_letter(at_work, mailbox):
    add_mos_login(at_work)
    thief = at_work.slack.add_person("dief", "Dief", email=ADDRESS)
    thief.types("/wachtwoord")
    thief.sees("Gevonden via uw e-mailadres in Slack.")
    thief.submits()
    thief.sees("Als dit personeelsnummer bekend is")
    letter = mailed(mailbox, 1)
    assert letter.to == (ADDRESS,)
    thief.closes()
    thief.sends_dm("wachtwoord vergeten")
    thief.sees("weet nog niet welke medewerker u bent")
    assert len(mailbox.letters) == 1


def test_the_link_of_a_letter_is_in_no_log_and_no_call(at_work, mailbox, caplog, capfd):
    link(at_work, at_work.mo, add_mos_login(at_work))
    at_work.mo.sends_dm("wachtwoord vergeten")
    at_work.mo.sees("Er is een e-mail onderweg")
    (token,) = set(LINK.findall(mailed(mailbox, 1).text))
    at_work.slack.wait_for_acks()
    logged = caplog.text + "".join(capfd.readouterr())
    for secret in (token, ADDRESS):
        assert secret not in logged
        assert secret not in at_work.slack.recorded_text()
