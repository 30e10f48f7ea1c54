"""Six digits from a letter or an app, ten codes on paper: made, read and compared."""

import hmac
import secrets
import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Final

import pyotp

from domain.logins.passwords import ALPHABET, Choose, canonical_code_form
from domain.secret import Secret

DIGITS: Final = 6
RECOVERY_CODES: Final = 10
# 49 bits each: NIST SP 800-63B asks 20 of a secret whose guesses are limited.
RECOVERY_LENGTH: Final = 10
# The app's clock may be one step of 30 seconds off, either way (RFC 6238, 5.2).
WINDOW: Final = 1
_GROUP: Final = 5
_TYPED_AT_MOST: Final = 100


class CodeForm(StrEnum):
    """What a typed code looks like."""

    DIGITS = "digits"
    RECOVERY = "recovery"


def new_mail_code() -> Secret:
    """Six digits of a seed that is used once and forgotten (HOTP, RFC 4226)."""
    return Secret(pyotp.HOTP(pyotp.random_base32()).at(0))


def new_seed() -> Secret:
    """What an authenticator app makes its codes of: 160 bits (RFC 4226, 4), base32."""
    return Secret(pyotp.random_base32())


def app_uri(seed: Secret, *, company: str, user_name: str) -> Secret:
    """What the QR code holds: `otpauth://totp/...`, seed included."""
    app = pyotp.TOTP(seed.reveal())
    return Secret(app.provisioning_uri(name=user_name, issuer_name=company or None))


def matching_step(seed: Secret, code: Secret, *, now: datetime) -> int | None:
    """The 30-second step whose code this is, among now and one either way.

    Of two steps that share a code the newer is given, so that the code is spent with
    it. pyotp itself takes a code any number of times: whoever asks keeps the step.
    """
    app = pyotp.TOTP(seed.reveal())
    present, matching = app.timecode(now), None
    for step in range(present - WINDOW, present + WINDOW + 1):
        shown = app.generate_otp(step).encode()
        if hmac.compare_digest(shown, code.reveal().encode()):
            matching = step
    return matching


def new_recovery_codes(choose: Choose = secrets.choice) -> list[Secret]:
    """Ten different codes for paper: `k7qmx-3wetf`, without look-alikes."""
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        symbols = "".join(choose(ALPHABET) for _ in range(RECOVERY_LENGTH))
        codes.add(f"{symbols[:_GROUP]}-{symbols[_GROUP:]}")
    return [Secret(code) for code in codes]


def read(typed: str) -> tuple[CodeForm, Secret] | None:
    """What was typed, in the form that is compared; None when it can't be a code.

    Blanks, hyphens, capitals and the wide digits of East Asian keyboards do no harm.
    """
    if len(typed) > _TYPED_AT_MOST:
        return None
    wide = Secret(unicodedata.normalize("NFKC", typed))
    code = canonical_code_form(wide)
    text = code.reveal()
    if len(text) == DIGITS and text.isascii() and text.isdigit():
        return CodeForm.DIGITS, code
    if len(text) == RECOVERY_LENGTH and set(text) <= set(ALPHABET):
        return CodeForm.RECOVERY, code
    return None


def read_digits(typed: str) -> Secret | None:
    """A code of six digits as it is compared; None for anything else."""
    read_as = read(typed)
    if read_as is None or read_as[0] is not CodeForm.DIGITS:
        return None
    return read_as[1]
