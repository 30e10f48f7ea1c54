"""The whole way by clicking only: the bot, the worker, SMTP and the sign-in page."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests import employees_turn
from tests.browser_person import BrowserPerson
from tests.scenarios.handing_out.by_mail.people import DUTCH, ENGLISH
from tests.sleutelbos.demo.conftest import desk
from tests.sleutelbos.demo.desk import free_block

__all__ = ["desk"]
NEVER_SIGNED_IN = "Liesbeth"
OWN = "zeven blauwe theepotten"


@dataclass(frozen=True)
class Words:
    """What is read and pressed, in one language."""

    command: str
    title: str
    send: str
    remind: str
    started: str
    channel: str
    done: str
    planned: str
    mailbox: str
    subject: str


WORDS = {
    "nl": Words(
        command="/personeel logins amsterdam",
        title="Reset en e-mail",
        send="E-mails versturen",
        remind="Na 3 dagen",
        started="De taak is gestart",
        channel="beheer-amsterdam",
        done="Klaar: één medewerker heeft een e-mail gekregen.",
        planned="Herinneringen aan wie dan nog niet heeft ingelogd",
        mailbox="Postvak",
        subject="Uw werknemerslogin bij Amsterdam",
    ),
    "en": Words(
        command="/staff logins amsterdam",
        title="Reset and e-mail",
        send="Send e-mails",
        remind="After 3 days",
        started="The task has started",
        channel="hr-admin-amsterdam",
        done="Done: one person has been sent an e-mail.",
        planned="Reminders to who has not signed in by then",
        mailbox="Mailbox",
        subject="Your employee login at Amsterdam",
    ),
}
LABELS = {"nl": DUTCH, "en": ENGLISH}


@pytest.fixture(params=WORDS)
def language(request):
    return request.param


@pytest.fixture
def demo(desk, language):
    port = str(free_block())
    with desk.opens("--port", port, SLEUTELBOS_LANGUAGE=language) as demo:
        yield demo.is_ready()


def test_hr_mails_who_never_signed_in_and_she_signs_in_by_the_letter(
    demo, language, windows
):
    words, labels = WORDS[language], LABELS[language]
    hanna = BrowserPerson(windows.open(demo.address("Slack")))
    hanna.types(words.command)
    hanna.sees(labels.record_cards)
    hanna.presses(labels.act_for_new)
    hanna.sees_modal(words.title)
    hanna.sees(labels.one)
    hanna.modal.get_by_role("checkbox", name=words.remind).check()
    hanna.presses(words.send)
    hanna.sees(words.started)
    hanna.closes()
    hanna.goes_to(words.channel)
    hanna.sees(words.done)
    hanna.sees(words.planned)
    follows_the_letter(demo, language, windows)


def follows_the_letter(demo, language, windows):
    words, turn = WORDS[language], employees_turn.LABELS[language]
    mailbox = windows.open(demo.address(words.mailbox))
    mailbox.get_by_role("list").first.get_by_text(words.subject).first.click()
    letter = mailbox.frame_locator("iframe")
    expect(letter.get_by_text(NEVER_SIGNED_IN).first).to_be_visible()
    link = letter.get_by_role("link", name=turn.link).first
    expect(link).to_be_visible()
    user_name = letter.get_by_text(re.compile("@example.nl")).last.inner_text()
    locale = {"nl": "nl-NL", "en": "en-GB"}[language]
    page = windows.open(link.get_attribute("href"), width=390, locale=locale)
    for label in (turn.new_password, turn.once_more):
        page.get_by_label(label, exact=True).fill(OWN)
    page.get_by_role("button", name=turn.save).click()
    expect(page.get_by_text(turn.saved)).to_be_visible()
    (address,) = set(re.findall(r"[\w.]+@example\.nl", user_name))
    page.get_by_label(turn.user_name).fill(address)
    page.get_by_label(turn.password, exact=True).fill(OWN)
    page.get_by_role("button", name=turn.sign_in, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(turn.my_data)
