"""Codes as texts: made, read, compared."""

import re
import secrets
from datetime import timedelta

import pyotp
import pytest

from domain.logins.passwords import ALPHABET
from domain.secret import Secret
from domain.sign_in.one_time_codes import (
    CodeForm,
    app_uri,
    matching_step,
    new_mail_code,
    new_recovery_codes,
    new_seed,
    read,
    read_digits,
)

SEED = Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
STEP = timedelta(seconds=30)
# With SEED this step and the next, in 2027, show the same code.
TWIN = 60_779_457


def code_at(now, steps=0):
    app = pyotp.TOTP(SEED.reveal())
    return Secret(app.generate_otp(app.timecode(now) + steps))


def present(now):
    return pyotp.TOTP(SEED.reveal()).timecode(now)


def test_a_mailed_code_has_six_digits_and_is_another_each_time():
    codes = {new_mail_code().reveal() for _ in range(200)}
    assert all(re.fullmatch(r"[0-9]{6}", code) for code in codes)
    assert len(codes) > 190


def test_a_seed_has_160_bits():
    assert re.fullmatch(r"[A-Z2-7]{32}", new_seed().reveal())
    assert new_seed() != new_seed()


def test_the_qr_code_names_company_and_user_name_and_holds_the_seed():
    uri = app_uri(SEED, company="De Gouden Lepel", user_name="jan@example.nl").reveal()
    read_back = pyotp.parse_uri(uri)
    assert uri.startswith("otpauth://totp/")
    assert read_back.issuer == "De Gouden Lepel"
    assert read_back.name == "jan@example.nl"
    assert read_back.secret == SEED.reveal()


@pytest.mark.parametrize("name", ["a&issuer=evil", "j:an@example.nl", "ü/?#%@x.nl"])
def test_a_hostile_name_changes_nothing_in_the_qr_code(name):
    uri = app_uri(SEED, company="A & B: c?", user_name=name).reveal()
    query = uri.partition("?")[2]
    assert re.fullmatch(r"secret=[A-Z2-7]{32}&issuer=[\w%.-]+", query)


@pytest.mark.parametrize(
    ("steps", "is_right"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)]
)
def test_a_code_counts_one_step_early_or_late(now, steps, is_right):
    step = matching_step(SEED, code_at(now, steps), now=now)
    assert step == (present(now) + steps if is_right else None)


def test_of_two_steps_with_one_code_the_newer_is_spent(now):
    at = now + STEP * (TWIN - present(now))
    assert code_at(at) == code_at(at, 1)
    assert matching_step(SEED, code_at(at), now=at) == TWIN + 1


def test_ten_recovery_codes_are_different_and_without_look_alikes():
    codes = [code.reveal() for code in new_recovery_codes()]
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[a-z2-9]{5}-[a-z2-9]{5}", code) for code in codes)
    assert not set("ilo01") & set("".join(codes))


def test_a_recovery_code_that_was_drawn_twice_is_drawn_again():
    symbols = iter("k" * 20 + "".join(secrets.choice(ALPHABET) for _ in range(10_000)))
    codes = new_recovery_codes(lambda _alphabet: next(symbols))
    assert len({code.reveal() for code in codes}) == 10


@pytest.mark.parametrize(
    "typed",
    [
        "123456", " 123456\n", "123 456", "123-456", "１２３４５６",
        "\ufeff123\u200b456", "123\u2013456",
    ],
)  # fmt: skip
def test_six_digits_are_read_as_people_type_and_paste_them(typed):
    assert read(typed) == (CodeForm.DIGITS, Secret("123456"))
    assert read_digits(typed) == Secret("123456")


@pytest.mark.parametrize(
    "typed", ["k7qmx-3wetf", "K7QMX 3WETF", "k7qmx3wetf", " k7qmx–3wetf "]
)
def test_a_recovery_code_is_read_as_people_copy_it_from_paper(typed):
    assert read(typed) == (CodeForm.RECOVERY, Secret("k7qmx3wetf"))
    assert read_digits(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "12345", "1234567", "12345a", "١٢٣٤٥٦", "k7qmx-3wet",
        "k7qmx-3wetfa", "k7qmx-3weto", "1234567890", "é" * 6, "\ud800" * 6, "\x00" * 6,
        "1" * 100_000, "ﷺ" * 30, "-" * 200,
    ],
)  # fmt: skip
def test_what_can_be_no_code_is_read_as_none(typed):
    assert read(typed) is None
    assert read_digits(typed) is None
