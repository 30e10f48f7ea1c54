import copy
import traceback

import pytest

from domain.secret import (
    Keyring,
    SealingKey,
    Secret,
    UnsealingError,
    new_key_text,
)

OLD = "an old key that is 32 characters long"
NEW = "a new key that has 32 characters too!"
PURPOSE = "ledger row 1"


def ring(*texts):
    return Keyring.from_setting(Secret(",".join(texts)))


@pytest.mark.parametrize(
    "show", [str, repr, "{}".format, "{:>30}".format, "%s".__mod__]
)
def test_a_secret_prints_as_dots(show):
    shown = show(Secret("kq7m-3xwe"))
    assert "kq7m" not in shown
    assert "•••" in shown


def test_a_secret_in_an_error_stays_out_of_its_text():
    password = Secret("kq7m-3xwe")
    error = ValueError(password, [password])
    assert "kq7m" not in "".join(traceback.format_exception(error))


def test_a_secret_is_not_copied_into_what_is_written_down():
    with pytest.raises(TypeError):
        copy.copy(Secret("kq7m-3xwe"))


def test_secrets_are_equal_when_their_texts_are():
    assert Secret("é") == Secret("é")
    assert hash(Secret("é")) == hash(Secret("é"))
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"


def test_a_sealed_value_opens_for_its_purpose_and_reveals_nothing(keyring):
    sealed = keyring.seal(Secret("kq7m-3xwé"), purpose=PURPOSE)
    assert "kq7m" not in sealed
    assert keyring.open(sealed, purpose=PURPOSE) == Secret("kq7m-3xwé")


def test_a_value_sealed_twice_looks_different_each_time(keyring):
    first, second = (keyring.seal(Secret("x"), purpose=PURPOSE) for _ in range(2))
    assert first != second


def test_a_sealed_value_opens_for_no_other_purpose(keyring):
    sealed = keyring.seal(Secret("x"), purpose=PURPOSE)
    with pytest.raises(UnsealingError):
        keyring.open(sealed, purpose="ledger row 2")


def test_a_sealed_value_that_was_changed_anywhere_does_not_open(keyring):
    sealed = keyring.seal(Secret("kq7m-3xwe"), purpose=PURPOSE)
    # The last sign of base64 holds bits that mean nothing.
    for place in range(len(sealed.rstrip("=")) - 1):
        other = "A" if sealed[place] != "A" else "B"
        changed = sealed[:place] + other + sealed[place + 1 :]
        with pytest.raises(UnsealingError):
            keyring.open(changed, purpose=PURPOSE)


@pytest.mark.parametrize("sealed", ["", "x", ".", "12345678.", "12345678.!!!"])
def test_what_was_never_sealed_does_not_open(keyring, sealed):
    with pytest.raises(UnsealingError):
        keyring.open(sealed, purpose=PURPOSE)


@pytest.mark.parametrize("body", ["", "A", "AAAA", "!!!!", "é"])
def test_a_body_that_is_none_does_not_open_with_the_right_key(keyring, body):
    key_id = keyring.seal(Secret("x"), purpose=PURPOSE).partition(".")[0]
    with pytest.raises(UnsealingError):
        keyring.open(f"{key_id}.{body}", purpose=PURPOSE)


def test_after_a_rotation_old_values_open_and_new_ones_are_sealed_with_the_new_key():
    sealed_before = ring(OLD).seal(Secret("x"), purpose=PURPOSE)
    rotated = ring(NEW, OLD)
    assert rotated.open(sealed_before, purpose=PURPOSE) == Secret("x")
    sealed_after = rotated.seal(Secret("x"), purpose=PURPOSE)
    assert ring(NEW).open(sealed_after, purpose=PURPOSE) == Secret("x")
    with pytest.raises(UnsealingError):
        ring(OLD).open(sealed_after, purpose=PURPOSE)


def test_blanks_around_a_configured_key_do_not_count():
    sealed = ring(f" {OLD}\n").seal(Secret("x"), purpose=PURPOSE)
    assert ring(OLD).open(sealed, purpose=PURPOSE) == Secret("x")


def test_a_keyring_knows_which_keys_it_holds():
    sealed = ring(OLD).seal(Secret("x"), purpose=PURPOSE)
    key_id = sealed.partition(".")[0]
    assert ring(NEW, OLD).holds(key_id)
    assert not ring(NEW).holds(key_id)


def test_a_key_of_less_than_32_characters_is_refused():
    with pytest.raises(ValueError, match="32 characters"):
        SealingKey.from_text("x" * 31 + "  ")


def test_a_keyring_needs_a_key():
    with pytest.raises(ValueError, match="needs a key"):
        Keyring([])


def test_a_key_prints_its_id_and_not_itself():
    key = SealingKey.from_text(OLD)
    assert repr(key) == f"SealingKey({key.key_id})"


def test_a_new_key_is_long_enough_and_never_the_same():
    texts = {new_key_text() for _ in range(100)}
    assert len(texts) == 100
    assert all(SealingKey.from_text(text) for text in texts)


def test_a_digest_matches_its_secret_and_purpose_alone(keyring):
    digest = keyring.digest(Secret("123456"), purpose="code of login 1")
    assert "123456" not in digest
    assert keyring.matches(digest, Secret("123456"), purpose="code of login 1")
    assert not keyring.matches(digest, Secret("123457"), purpose="code of login 1")
    assert not keyring.matches(digest, Secret("123456"), purpose="code of login 2")


def test_after_a_rotation_an_old_digest_still_matches():
    old, new = "an old key of at least 32 characters", "a new key of at least 32 char."
    digest = ring(old).digest(Secret("123456"), purpose="code")
    assert ring(new + "!!", old).matches(digest, Secret("123456"), purpose="code")
    assert not ring(new + "!!").matches(digest, Secret("123456"), purpose="code")


def test_a_text_that_no_keyring_made_matches_nothing(keyring):
    assert not keyring.matches("nonsense", Secret("123456"), purpose="code")


def test_secrets_of_half_characters_are_compared_like_any_other():
    assert Secret("\ud800") == Secret("\ud800")
    assert Secret("\ud800") != Secret("\ud801")
