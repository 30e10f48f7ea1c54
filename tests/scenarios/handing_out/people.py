"""What people do to hand out the passwords of a branch, in their own words."""

from dataclasses import dataclass

from domain.secret import Secret
from tests.passwords import OPENING_PASSWORD

CHANNEL = "beheer-utrecht"


@dataclass(frozen=True)
class Words:
    """The labels of one language."""

    act: str
    started: str
    show_opening_password: str
    this_opens: str
    record_cards: str


DUTCH = Words(
    act="Reset wachtwoorden en exporteer data",
    started="De taak is gestart; voortgang in #beheer-utrecht.",
    show_opening_password="Toon openingswachtwoord",
    this_opens="Hiermee opent u werknemerslogins-",
    record_cards="Stamkaarten:",
)
ENGLISH = Words(
    act="Reset passwords and export data",
    started="The task has started; you find its progress in #beheer-utrecht.",
    # Messages in channels are in the company's language, whoever reads them.
    show_opening_password="Toon openingswachtwoord",
    this_opens="This opens werknemerslogins-",
    record_cards="Record cards:",
)


def opens_branch(person, words=DUTCH):
    person.types("/personeel logins utrecht", channel="algemeen")
    person.sees(words.record_cards)


def opens_dry_run(person, words=DUTCH):
    opens_branch(person, words)
    person.presses(words.act)


def starts(person, sight, words=DUTCH):
    """From the branch screen to a started task, after seeing this in the dry run."""
    opens_dry_run(person, words)
    person.sees(sight)
    person.submits()
    person.sees(words.started)
    person.closes()


def sees_result(person, text):
    """The end of the task, as its message says it; and the file, if there is one."""
    return person.sees(text, in_channel=CHANNEL)


def asks_opening_password(person, words=DUTCH, on=None):
    """Press the button under the result; gives the password that is shown."""
    where = {"on": on} if on else {"in_channel": CHANNEL}
    person.presses(words.show_opening_password, **where)
    shown = person.sees(words.this_opens)
    password = OPENING_PASSWORD.search(shown.text).group()
    person.closes()
    return Secret(password)
