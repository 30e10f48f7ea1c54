"""*Mijn codes*: codes from an app or by mail, set up, changed and turned off."""

from datetime import timedelta

import pyotp
import pytest

from bot.blocks import header
from domain.step_ups import CodeWay, StepUp
from tests.domain.step_up.giving import wrong
from tests.scenarios.handing_out.canaries import assert_is_bare
from tests.scenarios.step_up.conftest import administrators_of
from tests.scenarios.step_up.people import (
    DUTCH,
    KEY,
    address_of,
    asks_for_password,
    confirms,
    gives,
    mailed_code,
    opens_login,
)

both_languages = pytest.mark.parametrize("language", ["nl", "en"])
each_type = pytest.mark.parametrize("who", ["hanna", "bram", "ursula"])


def way_of(company, person):
    actor = dict(administrators_of(company))[person]
    with company.office.database.reading() as session:
        return session.get_one(StepUp, actor.administrator_id).way


def opens_own_codes(person, words=DUTCH):
    person.opens_home()
    person.presses(words.my_codes)


def sets_up_app(company, person, words=DUTCH):
    """From the Home to an app that is on; gives the app."""
    opens_own_codes(person, words)
    person.sees(words.no_codes)
    person.presses(words.from_app)
    app = pyotp.TOTP(shown_key(company, person))
    person.goes_back()
    person.sees(words.know_the_key)
    gives(person, app.at(company.office.clock()), words)
    person.sees(words.now_from_app)
    person.closes()
    return app


def shown_key(company, person):
    """The key that is shown; it is in one call, of a window that nothing sends back."""
    person.sees("otpauth://totp/")
    [key] = set(KEY.findall(person.screen()))
    plain = key.replace(" ", "")
    showing = [
        call
        for call in company.slack.calls()
        if key in str(call.arguments) or plain in str(call.arguments)
    ]
    assert [call.method for call in showing] == ["views.update"]
    assert_is_bare(showing[0].arguments["view"])
    return plain


def assert_key_travels_nowhere_else(company, key, said):
    in_groups = header(" ".join(key[i : i + 4] for i in range(0, 32, 4)))
    received = str([sent.payload for sent in company.slack.deliveries()])
    for text in (received, said):
        assert key not in text
        assert in_groups.to_dict()["text"]["text"] not in text


@both_languages
@each_type
def test_an_app_is_set_up_and_gives_the_codes(
    company, words, who, clock, capfd, caplog
):
    person = getattr(company, who)
    app = sets_up_app(company, person, words)
    clock.forward(timedelta(seconds=30))
    opens_login(person, words)
    asks_for_password(person, words)
    person.sees(words.asks_app)
    gives(person, wrong_of(app, clock()), words)
    person.sees(words.four_left)
    gives(person, app.at(clock()), words)
    person.sees(words.confirmed)
    person.goes_back()
    asks_for_password(person, words)
    person.sees(words.new_password)
    company.slack.wait_for_acks()
    person.closes()
    said = capfd.readouterr()
    assert_key_travels_nowhere_else(
        company, app.secret, said.out + said.err + caplog.text
    )


def wrong_of(app, now):
    present = app.timecode(now)
    shown = {app.generate_otp(present + step) for step in (-1, 0, 1)}
    return next(f"{n:06}" for n in range(10) if f"{n:06}" not in shown)


@both_languages
def test_codes_by_mail_are_chosen_and_turned_off_again(company, mailbox, words):
    bram = company.bram
    opens_own_codes(bram, words)
    bram.sees(words.no_codes)
    bram.presses(words.by_mail)
    bram.sees(words.asks_mail)
    code = mailed_code(mailbox, bram)
    gives(bram, wrong(code), words)
    bram.sees(words.four_left)
    gives(bram, code, words)
    bram.sees(words.now_by_mail)
    bram.goes_back()
    bram.presses(words.turn_off, confirming=True)
    bram.sees(words.turned_off)
    bram.closes()
    assert way_of(company, bram) is None
    mailbox.wait_for(lambda: len(mailbox.letters_to(address_of(bram))) == 3)


def test_another_way_takes_a_code_of_the_one_before(company, mailbox, clock):
    bram = company.bram
    app = sets_up_app(company, bram)
    clock.forward(timedelta(seconds=30))
    opens_own_codes(bram)
    bram.presses(DUTCH.by_mail)
    bram.sees(DUTCH.asks_app)
    gives(bram, app.at(clock()))
    bram.sees(DUTCH.confirmed)
    bram.goes_back()
    bram.presses(DUTCH.by_mail)
    bram.sees(DUTCH.asks_mail)
    gives(bram, mailed_code(mailbox, bram))
    bram.sees(DUTCH.now_by_mail)
    bram.closes()
    assert way_of(company, bram) is CodeWay.MAIL


@pytest.mark.usefixtures("required")
def test_required_codes_are_not_turned_off(company, mailbox):
    bram = company.bram
    opens_own_codes(bram)
    bram.sees("Uw codes komen per e-mail, naar u•••@beheer.example.nl.")
    bram.sees("Een manager heeft codes voor u verplicht")
    assert DUTCH.turn_off not in bram.screen()
    bram.presses(DUTCH.from_app)
    confirms(bram, mailbox)
    bram.presses(DUTCH.from_app)
    shown_key(company, bram)
    bram.closes()
    assert way_of(company, bram) is None


def test_a_manager_has_codes_come_by_mail_for_who_lost_the_phone(company, mailbox):
    bram, hanna = company.bram, company.hanna
    sets_up_app(company, bram)
    hanna.types("/beheer")
    hanna.presses("Gebruikersbeheer")
    hanna.presses("Openen", near="bram")
    hanna.presses(DUTCH.by_mail, confirming=True)
    hanna.sees("De codes van deze beheerder komen vanaf nu per e-mail.")
    company.slack.wait_for_acks()
    hanna.closes()
    opens_login(bram, DUTCH)
    asks_for_password(bram, DUTCH)
    confirms(bram, mailbox)
    bram.closes()
    assert way_of(company, bram) is CodeWay.MAIL


def test_who_administers_nothing_has_no_codes(company):
    company.mo.opens_home()
    company.mo.sees("U beheert geen logins in Sleutelbos.")
    assert DUTCH.my_codes not in company.mo.screen()
