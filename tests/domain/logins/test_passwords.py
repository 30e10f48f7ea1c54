import itertools
import math
import unicodedata
from collections import Counter

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import Type
from hypothesis import given
from hypothesis import strategies as st

from domain.logins import passwords
from domain.secret import Secret

SAMPLES = 100_000
# Thirty signs that show as nothing, or as a blank, and come along when pasting.
INVISIBLE = [
    "\t", "\n", "\r", "\x00", "\x7f", " ", "\u00a0", "\u00ad", "\u034f", "\u061c",
    "\u115f", "\u1680", "\u180e", "\u2000", "\u2003", "\u2009", "\u200b", "\u200c",
    "\u200d", "\u200e", "\u200f", "\u2028", "\u202f", "\u205f", "\u2060", "\u2063",
    "\u2800", "\u3000", "\u3164", "\ufeff",
]  # fmt: skip
PLACES = {
    "before": "{0}{1}",
    "after": "{1}{0}",
    "around": "{0}{1}{0}",
}


def initial_form(text):
    return passwords.canonical_initial_form(Secret(text)).reveal()


def own_form(text):
    return passwords.canonical_form(Secret(text)).reveal()


@pytest.fixture(scope="module")
def samples():
    return [passwords.new_initial_password().reveal() for _ in range(SAMPLES)]


def test_initial_passwords_are_four_groups_of_four_from_the_alphabet(samples):
    for password in samples:
        groups = password.split("-")
        assert [len(group) for group in groups] == [4, 4, 4, 4]
        assert set("".join(groups)) <= set(passwords.ALPHABET)


def test_the_alphabet_has_31_lower_case_signs_that_do_not_look_alike():
    assert len(set(passwords.ALPHABET)) == len(passwords.ALPHABET) == 31
    assert passwords.ALPHABET.lower() == passwords.ALPHABET
    assert not set("il1o0") & set(passwords.ALPHABET)


def test_initial_passwords_begin_with_a_letter(samples):
    assert all(password[0].isalpha() for password in samples)


def test_no_two_of_a_hundred_thousand_initial_passwords_are_the_same(samples):
    assert len(set(samples)) == SAMPLES


def test_initial_passwords_hold_at_least_seventy_bits():
    letters, symbols = len(set(passwords.LETTERS)), len(set(passwords.ALPHABET))
    bits = math.log2(letters) + (passwords.LENGTH - 1) * math.log2(symbols)
    assert bits >= 70


@pytest.mark.parametrize("position", range(passwords.LENGTH))
def test_every_symbol_is_as_likely_as_any_other_in_every_position(samples, position):
    symbols = passwords.LETTERS if position == 0 else passwords.ALPHABET
    place = position + position // passwords.GROUP
    counts = Counter(password[place] for password in samples)
    expected = SAMPLES / len(symbols)
    chi_square = sum((counts[s] - expected) ** 2 / expected for s in symbols)
    # Thirty degrees of freedom pass 93 once in some 10^8 times; sixteen positions
    # make that a false alarm in ten million runs.
    assert chi_square < 93


def test_the_choice_of_each_symbol_is_handed_in():
    asked = []
    signs = itertools.cycle("abcd")

    def choose(symbols):
        asked.append(symbols)
        return next(signs)

    password = passwords.new_initial_password(choose)
    assert password.reveal() == "abcd-abcd-abcd-abcd"
    assert asked == [passwords.LETTERS] + [passwords.ALPHABET] * 15


def test_two_positions_of_a_password_say_nothing_of_each_other(samples):
    pairs = Counter(password[5] + password[6] for password in samples)
    expected = SAMPLES / len(passwords.ALPHABET) ** 2
    chi_square = sum(
        (pairs[first + second] - expected) ** 2 / expected
        for first in passwords.ALPHABET
        for second in passwords.ALPHABET
    )
    # 960 degrees of freedom: mean 960, standard deviation 44; six of those.
    assert chi_square < 960 + 6 * 44


def test_thirty_different_signs_are_tried_around_passwords():
    assert len(set(INVISIBLE)) == 30


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sign", INVISIBLE, ids=lambda sign: f"U+{ord(sign):04X}")
def test_an_invisible_sign_around_a_password_does_not_count(sign, place):
    own = "Correct Horse  Battery é"
    assert own_form(PLACES[place].format(sign, own)) == own
    typed = PLACES[place].format(sign, "kq7m-3xwe-abcd-ef23")
    assert initial_form(typed) == "kq7m3xweabcdef23"


@pytest.mark.parametrize(
    "typed",
    [
        "kq7m-3xwe-abcd-ef23",
        "KQ7M-3XWE-ABCD-EF23",
        "kq7m3xweabcdef23",
        "kq7m 3xwe abcd ef23",
        "kq7m\u20113xwe\u2013abcd\u2014ef23",
        "kq7m\u22123xwe\uff0dabcd\u00adef23",
        "Kq7m-3xwe-abcd-ef23\r\n",
        "\u200bkq7m-\u200b3xwe-abcd-ef23",
        "kq7m-3xwe-abcd-ef23.",
        '"kq7m-3xwe-abcd-ef23"',
        "\u201ekq7m-3xwe-abcd-ef23\u201d,",
        "\u2018kq7m_3xwe_abcd_ef23\u2019",
        "(kq7m-3xwe-abcd-ef23)",
        "\u00abkq7m-3xwe-abcd-ef23\u00bb;",
    ],
)
def test_an_initial_password_is_the_same_however_it_is_typed(typed):
    assert initial_form(typed) == "kq7m3xweabcdef23"


@pytest.mark.parametrize(
    "typed", ["kq7m-3xwe-abcd-ef24", "kq7m-3xwe-abcd-ef2", "kq7m-3xwe-abcd-ef23x", ""]
)
def test_another_initial_password_stays_another(typed):
    assert initial_form(typed) != "kq7m3xweabcdef23"


def test_inside_an_own_password_blanks_hyphens_and_capitals_count():
    forms = {own_form(text) for text in ("my pass", "mypass", "my-pass", "My pass")}
    assert len(forms) == 4


def test_an_own_password_has_one_unicode_form():
    assert own_form("cafe\u0301") == own_form("caf\u00e9") == "caf\u00e9"


def test_a_password_of_nothing_visible_is_empty():
    assert own_form("".join(INVISIBLE)) == ""


@given(st.text())
def test_bringing_a_password_to_its_form_twice_changes_nothing(text):
    once = own_form(text)
    assert own_form(once) == once
    assert unicodedata.is_normalized("NFC", once)
    initial = initial_form(text)
    assert initial_form(initial) == initial
    assert own_form(initial) == initial


@given(st.text(alphabet=passwords.ALPHABET + "-", min_size=1))
def test_only_hyphens_and_capitals_are_lost_of_an_initial_password(text):
    assert initial_form(text) == text.replace("-", "")
    assert initial_form(text.upper()) == text.replace("-", "")


@given(st.text())
def test_nothing_outside_the_alphabet_is_left_of_an_initial_password(text):
    assert set(initial_form(text)) <= set(passwords.ALPHABET)


def test_hashes_are_argon2id_at_the_minimum_of_owasp():
    for made in (
        passwords.hash_password(Secret("x")),
        passwords.hash_initial_password(Secret("x")),
    ):
        found = extract_parameters(made)
        assert found.type is Type.ID
        assert found.memory_cost == 19 * 1024
        assert (found.time_cost, found.parallelism) == (2, 1)
        assert (found.hash_len, found.salt_len) == (32, 16)
        assert passwords.meets_floor(made)
        assert len(made) <= 200


def test_the_same_password_is_never_hashed_to_the_same_text():
    first, second = (passwords.hash_password(Secret("x")) for _ in range(2))
    assert first != second


def test_a_hash_is_of_the_form_that_is_compared():
    verify = PasswordHasher().verify
    own = passwords.hash_password(Secret(" My-Pass\u200b"))
    assert verify(own, own_form("My-Pass"))
    initial = passwords.hash_initial_password(Secret("kq7m-3xwe-abcd-ef23"))
    assert verify(initial, initial_form("KQ7M3XWE ABCD EF23"))
    with pytest.raises(VerifyMismatchError):
        verify(initial, "kq7m-3xwe-abcd-ef23")


def test_a_hash_of_before_quotes_were_dropped_still_verifies():
    # Of "kq7m3xweabcdef23", the form as it always was of what is handed out.
    stored = passwords.hash_password(Secret("kq7m3xweabcdef23"))
    assert PasswordHasher().verify(stored, initial_form('"kq7m-3xwe-abcd-ef23."'))


@pytest.mark.parametrize(
    "cheaper",
    [
        {"memory_cost": 19 * 1024 - 1},
        {"time_cost": 1},
        {"type": Type.I},
        {"type": Type.D},
        {"hash_len": 16},
        {"salt_len": 8},
    ],
    ids=str,
)
def test_a_hash_with_cheaper_parameters_is_under_the_floor(cheaper):
    floor = {"memory_cost": 19 * 1024, "time_cost": 2, "parallelism": 1}
    assert not passwords.meets_floor(PasswordHasher(**(floor | cheaper)).hash("x"))


@pytest.mark.parametrize(
    "text", ["", "x", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$"]
)
def test_what_is_no_argon2_hash_is_under_the_floor(text):
    assert not passwords.meets_floor(text)
