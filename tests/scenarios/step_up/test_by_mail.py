"""Codes by mail: asked before passwords are shown, sent or exported."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.audit import AuditAct
from domain.exports.model import PostedFile
from tests.bot.in_slack import eventually
from tests.domain.step_up.giving import wrong
from tests.scenarios.step_up.people import (
    CHANNEL,
    DUTCH,
    address_of,
    asks_for_password,
    codes_to,
    confirms,
    gives,
    mailed_code,
    opens_login,
)

both_languages = pytest.mark.parametrize("language", ["nl", "en"])
each_type = pytest.mark.parametrize("who", ["hanna", "bram", "ursula"])
pytestmark = pytest.mark.usefixtures("required")


@both_languages
@each_type
def test_a_code_comes_before_a_password_is_shown(company, mailbox, words, who):
    person = getattr(company, who)
    opens_login(person, words)
    asks_for_password(person, words)
    person.sees(words.asks_mail)
    code = mailed_code(mailbox, person)
    [letter] = mailbox.letters_to(address_of(person))
    assert letter.subject == words.subject
    gives(person, wrong(code), words)
    person.sees(words.four_left)
    gives(person, code, words)
    person.sees(words.confirmed)
    assert company.cards.events(AuditAct.PASSWORD_SHOWN) == []
    person.goes_back()
    asks_for_password(person, words)
    person.sees(words.new_password)
    eventually(lambda: company.cards.events(AuditAct.PASSWORD_SHOWN))
    person.closes()
    assert len(company.cards.events(AuditAct.PASSWORD_SHOWN)) == 1


@both_languages
@each_type
def test_a_code_comes_before_an_export_starts(company, mailbox, words, who, clock):
    person = getattr(company, who)
    person.types(words.command)
    person.presses(words.export)
    person.submits()
    confirms(person, mailbox, words)
    assert company.cards.events(AuditAct.RUN_STARTED) == []
    person.submits()
    person.sees(words.started)
    person.closes()
    posted = "werknemerslogins-"
    person.sees(posted, in_channel=CHANNEL)
    clock.forward(timedelta(minutes=15))
    person.presses(words.opening, in_channel=CHANNEL)
    person.sees(words.asks_mail)
    gives(person, mailed_code(mailbox, person, 2), words)
    person.closes()
    person.presses(words.opening, in_channel=CHANNEL)
    person.sees(posted)
    person.closes()
    for other in (company.hanna, company.bram, company.ursula):
        other.reads_channel(CHANNEL)


@both_languages
def test_a_code_comes_before_a_letter_is_sent(company, mailbox, words):
    bram = company.bram
    opens_login(bram, words)
    bram.presses(words.send, confirming=True)
    confirms(bram, mailbox, words)
    bram.presses(words.send, confirming=True)
    bram.sees(words.sent)
    bram.closes()


def test_confirmed_is_confirmed_for_a_quarter_of_an_hour(company, mailbox, clock):
    bram = company.bram
    opens_login(bram, DUTCH)
    asks_for_password(bram, DUTCH)
    confirms(bram, mailbox)
    clock.forward(timedelta(minutes=14, seconds=59))
    asks_for_password(bram, DUTCH)
    bram.sees(DUTCH.new_password)
    bram.closes()
    clock.forward(timedelta(seconds=1))
    opens_login(bram, DUTCH)
    asks_for_password(bram, DUTCH)
    bram.sees(DUTCH.asks_mail)
    bram.closes()


def test_send_again_replaces_the_code_and_stops_after_three(company, mailbox):
    bram = company.bram
    opens_login(bram, DUTCH)
    asks_for_password(bram, DUTCH)
    first = mailed_code(mailbox, bram)
    bram.presses(DUTCH.again)
    bram.sees("Om 10:30 is een nieuwe code naar u•••@beheer.example.nl gestuurd.")
    second = mailed_code(mailbox, bram, 2)
    if first != second:
        gives(bram, first)
        bram.sees(DUTCH.four_left)
    bram.presses(DUTCH.again)
    third = mailed_code(mailbox, bram, 3)
    bram.presses(DUTCH.again)
    bram.sees(
        "Er zijn in korte tijd drie codes verstuurd; vanaf 10:45 kan er weer een."
    )
    bram.sees("De laatste werkt tot 10:40.")
    gives(bram, third)
    bram.sees(DUTCH.confirmed)
    bram.closes()
    assert len(codes_to(mailbox, address_of(bram))) == 3


def test_opening_the_window_again_sends_no_second_letter(company, mailbox):
    bram = company.bram
    for _ in range(3):
        opens_login(bram, DUTCH)
        asks_for_password(bram, DUTCH)
        bram.sees(DUTCH.asks_mail)
        mailed_code(mailbox, bram)
        bram.closes()
    company.slack.wait_for_acks()
    assert len(codes_to(mailbox, address_of(bram))) == 1


def test_nothing_is_done_by_the_code_alone(company, mailbox):
    bram = company.bram
    bram.types(DUTCH.command)
    bram.presses(DUTCH.export)
    bram.submits()
    confirms(bram, mailbox)
    bram.closes()
    company.slack.wait_for_acks()
    with company.office.database.reading() as session:
        assert session.scalars(select(PostedFile)).all() == []
    eventually(lambda: company.cards.events(AuditAct.STEP_UP_PASSED))
