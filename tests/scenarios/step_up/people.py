"""What administrators do with codes, in their own words."""

import re
from dataclasses import dataclass

from tests.domain.step_up.giving import wrong

CHANNEL = "beheer-utrecht"
CODE = re.compile(r"^ +(\d{6})$", re.MULTILINE)
KEY = re.compile(r"\b[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}\b")


@dataclass(frozen=True)
class Words:
    """The labels of one language."""

    command: str
    open: str
    show: str
    new_password: str
    send: str
    sent: str
    entry: str
    asks_mail: str
    asks_app: str
    again: str
    confirmed: str
    four_left: str
    my_codes: str
    by_mail: str
    from_app: str
    know_the_key: str
    now_by_mail: str
    now_from_app: str
    turn_off: str
    turned_off: str
    no_codes: str
    export: str
    started: str
    opening: str
    subject: str


DUTCH = Words(
    command="/personeel logins utrecht",
    open="Openen",
    show="Toon nieuw wachtwoord",
    new_password="Wordt alleen nu getoond",
    send="Opslaan en wachtwoord versturen",
    sent="Er gaat een e-mail met een link",
    entry="Code",
    asks_mail="Er gaat een code van zes cijfers naar",
    asks_app="Typ de zes cijfers die uw authenticator-app nu toont.",
    again="Stuur opnieuw",
    confirmed="Bevestigd tot 10:45. Sluit dit venster en druk nog een keer op de knop.",
    four_left="Deze code klopt niet. U kunt het nog 4 keer proberen.",
    my_codes="Mijn codes",
    by_mail="Codes per e-mail",
    from_app="Codes uit een app",
    know_the_key="Kent uw app de sleutel?",
    now_by_mail="Vanaf nu komen uw codes per e-mail.",
    now_from_app="Vanaf nu komen uw codes uit uw app.",
    turn_off="Zet codes uit",
    turned_off="Sleutelbos vraagt u geen codes meer.",
    no_codes="Sleutelbos vraagt u geen codes.",
    export="Reset wachtwoorden en exporteer data",
    started="De taak is gestart",
    opening="Toon openingswachtwoord",
    subject="Uw code voor Sleutelbos van De Gouden Lepel",
)
ENGLISH = Words(
    command="/staff logins utrecht",
    open="Open",
    show="Show new password",
    new_password="Shown only this once",
    send="Save and send password",
    sent="An e-mail with a link",
    entry="Code",
    asks_mail="A code of six digits goes to",
    asks_app="Type the six digits that your authenticator app shows now.",
    again="Send again",
    confirmed="Confirmed until 10:45. Close this window and press the button once",
    four_left="This code is wrong. You can try 4 more times.",
    my_codes="My codes",
    by_mail="Codes by e-mail",
    from_app="Codes from an app",
    know_the_key="Does your app know the key?",
    now_by_mail="From now on your codes come by e-mail.",
    now_from_app="From now on your codes come from your app.",
    turn_off="Turn codes off",
    turned_off="Sleutelbos asks you no codes any more.",
    no_codes="Sleutelbos asks you no codes.",
    export="Reset passwords and export data",
    started="The task has started",
    opening="Show opening password",
    subject="Your code for Sleutelbos at De Gouden Lepel",
)


def address_of(person):
    """Where codes go: none of what Slack knows."""
    return f"{person.id.lower()}@beheer.example.nl"


def opens_login(person, words):
    person.types(words.command)
    person.presses(words.open)


def asks_for_password(person, words):
    person.presses(words.show, confirming=True)


def mailed_code(mailbox, person, count=1):
    """The code in the newest of so many letters."""
    address = address_of(person)
    mailbox.wait_for(lambda: len(codes_to(mailbox, address)) >= count)
    return codes_to(mailbox, address)[-1]


def codes_to(mailbox, address):
    found = [CODE.search(letter.text) for letter in mailbox.letters_to(address)]
    return [code.group(1) for code in found if code]


def gives(person, code, words=DUTCH):
    person.fills(words.entry, code)
    person.submits()


def confirms(person, mailbox, words=DUTCH, count=1):
    """The right code from the newest letter, and back to the window below."""
    person.sees(words.asks_mail)
    gives(person, mailed_code(mailbox, person, count), words)
    person.sees(words.confirmed)
    person.goes_back()


def gives_wrong_codes(person, mailbox, times=5):
    code = wrong(mailed_code(mailbox, person))
    for _ in range(times):
        gives(person, code)
