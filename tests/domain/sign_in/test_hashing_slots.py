"""Hashing while somebody waits."""

import threading
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from domain.errors import HashingBusyError
from domain.logins.passwords import hash_initial_password, hash_password
from domain.secret import Secret
from domain.sign_in.hashing_slots import HashingSlots
from tests.domain.sign_in.people import PASSWORD, hash_of

INVISIBLE = (
    "\u0020\u00a0\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c"
    "\u202f\u205f\u2060\u2061\u2063\u2064\u2066\u2069\u206a\u206f\u2800\u3000\u3164"
    "\ufe0f\ufeff\uffa0\ufff9\t\n\r\x00"
)


@pytest.fixture(scope="module")
def slots():
    return HashingSlots(patience=timedelta(minutes=5))


def test_the_right_password_is_right_and_another_is_not(slots):
    assert slots.verify(PASSWORD, hash_of(PASSWORD))
    assert not slots.verify(Secret("vier rode fietsen toeteren"), hash_of(PASSWORD))


@pytest.mark.parametrize("character", INVISIBLE)
def test_what_nobody_sees_around_a_password_does_no_harm(slots, character):
    typed = PASSWORD.reveal()
    around = (character + typed, typed + character, character + typed + character)
    assert all(slots.verify(Secret(text), hash_of(PASSWORD)) for text in around)


def test_a_decomposed_accent_is_the_same_password(slots):
    stored = hash_password(Secret("café crème brûlée"))
    assert slots.verify(Secret("cafe\u0301 cre\u0300me bru\u0302le\u0301e"), stored)


def test_an_initial_password_is_right_without_hyphens_and_with_capitals(slots):
    stored = hash_initial_password(Secret("kq7m-3xwe-hj4n-8bcd"))
    assert slots.verify(Secret(" KQ7M3XWE HJ4N\u20118BCD"), stored, is_initial=True)


def test_ones_own_password_keeps_its_capitals(slots):
    assert not slots.verify(Secret(PASSWORD.reveal().upper()), hash_of(PASSWORD))


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "",
        "hers",
        "$argon2id$v=19$m=19456,t=2,p=1$xx$yy",
        "$argon2id$v=19$m=19456,t=2,p=1$!!$!!",
        "$2b$12$" + "a" * 53,
        "\x00",
    ],
)
def test_no_hash_is_a_dummy_hash_and_no(stored):
    slots = HashingSlots()
    assert not slots.verify(PASSWORD, stored)
    assert (slots.count, slots.checked) == (1, 0)


@pytest.mark.parametrize(
    "typed",
    ["", "x" * 1025, "é" * 1000, "\ud800", "\x00" * 100, "😀" * 300, "x" * 10**6],
)
def test_whatever_is_typed_costs_one_hash(slots, typed):
    before = slots.count
    assert not slots.verify(Secret(typed), hash_of(PASSWORD))
    assert slots.count == before + 1


def test_the_dummy_password_opens_nothing(slots):
    assert not slots.verify(Secret(""), None)


def test_who_gets_no_slot_in_time_is_told_when_to_come_again():
    slots = HashingSlots(1, patience=timedelta())
    with slots._slot(), pytest.raises(HashingBusyError) as refused:
        slots.verify(PASSWORD, None)
    assert refused.value.fields["retry_after"] >= 1
    assert not slots.verify(PASSWORD, None)


def test_two_hundred_at_once_use_no_more_slots_than_there_are():
    slots = HashingSlots(2, patience=timedelta(minutes=5))
    weak = PasswordHasher(time_cost=1, memory_cost=64).hash("x")
    highest, now, lock = 0, 0, threading.Lock()
    inside = slots._slot

    def one() -> None:
        nonlocal highest, now
        with inside():
            with lock:
                now += 1
                highest = max(highest, now)
            PasswordHasher(time_cost=1, memory_cost=64).verify(weak, "x")
            with lock:
                now -= 1

    threads = [threading.Thread(target=one) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert highest <= 2
    assert slots.count == 200
