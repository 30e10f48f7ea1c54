"""The second step: a code by e-mail, from an app, or from a piece of paper."""

from datetime import timedelta

import pytest

from domain.letters.queueing import LetterKind
from domain.logins.model import SecondFactor
from domain.secret import Secret
from domain.sign_in import totp
from tests.domain.sign_in.people import INITIAL, NAME, PASSWORD

WRONG = "000000"


@pytest.fixture
def somebody(counter):
    """At the second step, with a letter on its way."""
    counter.desk.add_employee(second_factor=SecondFactor.MAIL)
    visitor = counter.visitor()
    visitor.signs_in()
    return visitor


def test_a_branch_that_asks_for_it_gets_a_code_from_everybody(counter):
    counter.requires_code()
    counter.desk.add_newcomer()
    visitor = counter.visitor()
    page = visitor.signs_in(password=INITIAL)
    assert "a•••@example.nl" in page.text
    assert NAME not in page.text
    page = visitor.follows(visitor.sends("/code", code=counter.mailed_code()))
    assert "Kies een wachtwoord" in page.text


def test_a_code_is_taken_with_blanks_in_it(counter, somebody):
    code = counter.mailed_code()
    answer = somebody.sends("/code", code=f" {code[:3]} {code[3:]} ")
    assert answer.headers["Location"] == "/mijn-gegevens"


def test_the_code_is_in_no_page_header_or_cookie(counter, somebody):
    code = counter.mailed_code()
    page = somebody.looks("/code")
    assert code not in page.text
    assert code not in str(page.headers)
    wrong = somebody.sends("/code", code="123456" if code != "123456" else "654321")
    assert code not in wrong.text


def test_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_ends_it(
    counter, somebody
):
    for left in ("nog 4 keer", "nog 3 keer", "nog 2 keer", "nog één keer"):
        answer = somebody.sends("/code", code=WRONG)
        assert answer.status_code == 403
        assert left in answer.text
        assert WRONG not in answer.text
    first_page = somebody.follows(somebody.sends("/code", code=WRONG))
    assert "Deze inlogpoging is voorbij" in first_page.text
    assert (
        somebody.sends("/code", code=counter.mailed_code()).headers["Location"] == "/"
    )


def test_what_is_no_code_at_all_costs_no_try(somebody):
    assert somebody.sends("/code", code="").status_code == 400
    assert somebody.sends("/code", code="x" * 65).status_code == 400
    assert "nog 4 keer" in somebody.sends("/code", code=WRONG).text


def test_a_new_code_replaces_the_one_before(counter, somebody):
    before = counter.mailed_code()
    page = somebody.follows(somebody.sends("/code/opnieuw"))
    assert "Er is een nieuwe code onderweg" in page.text
    assert counter.mailed_code() != before
    assert somebody.sends("/code", code=before).status_code == 403
    answer = somebody.sends("/code", code=counter.mailed_code())
    assert answer.headers["Location"] == "/mijn-gegevens"


def test_a_fourth_letter_within_a_quarter_has_to_wait(counter, somebody):
    for _ in range(2):
        somebody.sends("/code/opnieuw")
    answer = somebody.sends("/code/opnieuw")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "Over 15 minuten" in answer.text
    assert "De laatste werkt nog." in answer.text
    assert len(counter.letters(LetterKind.CODE)) == 3


def test_a_code_of_one_sign_in_does_nothing_for_another(counter, somebody):
    code = counter.mailed_code()
    other = counter.visitor("198.51.100.8")
    other.signs_in()
    assert other.sends("/code", code=code).status_code == 403


def test_a_code_that_is_too_old_is_refused(counter, somebody):
    code = counter.mailed_code()
    counter.desk.clock.forward(timedelta(minutes=10, seconds=1))
    assert "werkt niet meer" in somebody.sends("/code", code=code).text


def test_going_back_to_the_start_gives_the_sign_in_up(counter, somebody):
    page = somebody.follows(somebody.sends("/uitloggen"))
    assert "Gebruikersnaam" in page.text
    assert somebody.looks("/code").headers["Location"] == "/"


def test_fifty_codes_a_day_are_tried_and_then_it_is_paused(counter):
    counter.desk.add_employee(second_factor=SecondFactor.MAIL)
    tried = 0
    for number in range(11):
        visitor = counter.visitor(f"198.51.100.{number}")
        visitor.looks("/")
        visitor.sends("/", user_name=NAME, password=PASSWORD.reveal())
        visitor.looks("/code")
        for _ in range(5):
            answer = visitor.sends("/code", code=WRONG)
            if answer.status_code == 429:
                assert int(answer.headers["Retry-After"]) > 0
                assert tried == 50
                return
            tried += 1
        counter.desk.clock.forward(timedelta(minutes=16))
    pytest.fail("more than fifty codes were compared")


def test_a_wrong_password_never_reaches_the_second_step(counter):
    counter.desk.add_employee(second_factor=SecondFactor.MAIL)
    visitor = counter.at(None)
    answer = visitor.sends("/", user_name=NAME, password="verkeerd")
    assert answer.status_code == 403
    assert counter.letters(LetterKind.CODE) == []


def test_an_app_is_waited_for_ten_minutes_and_then_it_begins_anew(counter):
    login_id = counter.desk.add_employee()
    seed = Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    sealed = totp.seal(seed, login_id, keyring=counter.office.keyring)
    counter.desk.change(
        login_id, second_factor=SecondFactor.APP, sealed_totp_seed=sealed
    )
    looking, typing, asking = (counter.visitor() for _ in range(3))
    for visitor in (looking, typing, asking):
        visitor.signs_in()
    counter.desk.clock.forward(timedelta(minutes=10))
    code = counter.app_code(seed.reveal())
    for answer in (
        looking.looks("/code"),
        typing.sends("/code", code=code),
        asking.sends("/code/opnieuw"),
    ):
        assert answer.headers["Location"] == "/"
    for visitor in (looking, typing, asking):
        assert "Deze inlogpoging is voorbij" in visitor.looks("/").text


def test_a_sign_in_that_got_no_code_any_more_is_not_told_that_one_works(
    counter, somebody
):
    for _ in range(2):
        somebody.sends("/code/opnieuw")
    other = counter.visitor("198.51.100.8")
    page = other.signs_in()
    assert "als u op Stuur opnieuw drukt" in page.text
    # Nothing was sent, so there is nothing to look for yet.
    assert "dus dat kan pas over 15 minuten" in page.text
    assert "Geen e-mail gekregen?" not in page.text
    answer = other.sends("/code/opnieuw")
    assert answer.status_code == 429
    assert "werkt nog" not in answer.text
    counter.desk.clock.forward(timedelta(minutes=15))
    page = other.follows(other.sends("/code/opnieuw"))
    assert "We hebben een code van zes cijfers gestuurd" in page.text


def test_a_phone_shows_digits_for_a_mailed_code(somebody):
    assert 'inputmode="numeric"' in somebody.looks("/code").text
