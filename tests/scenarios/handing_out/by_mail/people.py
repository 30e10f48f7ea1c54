"""What people do to mail the logins of a branch, in their own words."""

import re
from contextlib import contextmanager
from dataclasses import dataclass

from domain.letters import email_templates
from domain.letters.email_templates import Wording
from domain.runs.model import Run
from domain.secret import Secret
from tests.bot.in_slack import eventually
from tests.scenarios.handing_out.people import CHANNEL, opens_branch


@dataclass(frozen=True)
class Words:
    """The labels of one language."""

    record_cards: str
    act: str
    act_for_new: str
    whole_branch: str
    only_new: str
    one: str
    two: str
    three: str
    nobody: str
    link: str
    password: str
    template: str
    link_template: str
    password_template: str
    in_channel: str
    started: str
    # Messages in channels are in the company's language, whoever reads them.
    done_two: str = "Klaar: 2 medewerkers hebben een e-mail gekregen."


DUTCH = Words(
    record_cards="Stamkaarten:",
    act="Reset wachtwoorden en stuur email",
    act_for_new="Reset wachtwoorden en stuur email voor aantal logins = 0",
    whole_branch="De hele vestiging",
    only_new="Alleen wie nog nooit inlogde (aantal logins = 0)",
    one="Eén medewerker krijgt een e-mail.",
    two="2 medewerkers krijgen een e-mail.",
    three="3 medewerkers krijgen een e-mail.",
    nobody="Zo krijgt niemand een e-mail.",
    link="Iedereen krijgt een eigen link om een wachtwoord mee te kiezen.",
    password="Iedereen krijgt een nieuw eerste wachtwoord, dat 7 dagen geldig is.",
    template="Kies een emailtemplate",
    link_template="Uitnodiging met een link",
    password_template="Uitnodiging met een wachtwoord",
    in_channel="De voortgang en het resultaat komen in #beheer-utrecht.",
    started="De taak is gestart; voortgang in #beheer-utrecht.",
)
ENGLISH = Words(
    record_cards="Record cards:",
    act="Reset passwords and send email",
    act_for_new="Reset passwords and send email for number of logins = 0",
    whole_branch="The whole branch",
    only_new="Only people who never signed in (number of logins = 0)",
    one="One person gets an e-mail.",
    two="2 people get an e-mail.",
    three="3 people get an e-mail.",
    nobody="Nobody gets an e-mail this way.",
    link="Everybody gets a link of their own to choose a password with.",
    password="Everybody gets a new initial password that works for 7 days.",
    template="Choose a template",
    link_template="Invitation with a link",
    password_template="Invitation with a password",
    in_channel="You find progress and result in #beheer-utrecht.",
    started="The task has started; you find its progress in #beheer-utrecht.",
)
OWN_TEMPLATE = "Welkom bij de keuken"
LINK = re.compile(r"/herstel/([\w-]{20,})")
PASSWORD = re.compile(r"\b[a-z][a-z2-9]{3}(?:-[a-z2-9]{4}){3}\b")


def opens_dry_run(person, words=DUTCH, *, only_new=False):
    opens_branch(person, words)
    person.presses(words.act_for_new if only_new else words.act)


def starts(person, sight, words=DUTCH, *, only_new=False):
    """From the branch screen to a started task, after seeing this in the dry run."""
    opens_dry_run(person, words, only_new=only_new)
    person.sees(sight)
    person.submits()
    person.sees(words.started)
    person.closes()


def chooses_template(company, person, name, words=DUTCH):
    """Choose one and wait until the dry run is about it; it may say the same."""
    with _shown_anew(company):
        person.chooses(words.template, name)


def ticks(company, person, words):
    """Tick a box and wait until the dry run is shown with it."""
    with _shown_anew(company):
        person.ticks(words)


@contextmanager
def _shown_anew(company):
    updates = len(company.slack.calls("views.update"))
    yield
    eventually(lambda: len(company.slack.calls("views.update")) > updates)


def sees_result(person, text):
    """The end of the task, as its message says it."""
    return person.sees(text, in_channel=CHANNEL)


def runs(company):
    with company.office.database.reading() as session:
        return session.query(Run).order_by(Run.id).all()


def reads_all(company):
    """Every message says how its run stands, and Hanna reads them."""
    eventually(lambda: all(run.result_shown for run in runs(company)))
    company.hanna.reads_channel(CHANNEL)


def add_template(company, name=OWN_TEMPLATE, *, body="{{ link }}", branch_id=None):
    """A template of the manager's; gives its id."""
    with company.office.database.transaction() as session:
        return email_templates.add(
            session,
            Wording(name, subject_nl="Welkom", body_nl=body),
            branch_id=branch_id,
            actor=company.cards.hanna,
            now=company.office.clock(),
        )


def change_template(company, template_id, *, body):
    """Another version of it."""
    with company.office.database.transaction() as session:
        template = email_templates.get(session, template_id, actor=company.cards.hanna)
        email_templates.change(
            session,
            template_id,
            Wording(template.wording.name, subject_nl="Welkom", body_nl=body),
            expected_number=template.number,
            actor=company.cards.hanna,
            now=company.office.clock(),
        )


def letter_to(mailbox, address, count=1):
    """The newest letter to an address, once there are so many."""
    mailbox.wait_for(lambda: len(mailbox.letters_to(address)) >= count, 30)
    assert len(mailbox.letters_to(address)) == count
    return mailbox.letters_to(address)[-1]


def link_in(letter):
    """The token of the only link that signs in."""
    (token,) = set(LINK.findall(letter.text))
    return token


def password_in(letter):
    """The only initial password."""
    (password,) = set(PASSWORD.findall(letter.text))
    return Secret(password)


def follows_link(counter, letter):
    """The page behind the link of a letter; gives who looks, and what they see."""
    somebody = counter.visitor()
    return somebody, somebody.follows(somebody.looks(f"/herstel/{link_in(letter)}"))
