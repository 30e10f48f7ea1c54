"""Where a link of a letter may lead; pure."""

import re
from typing import Final
from urllib.parse import urlsplit

from domain.letters.mail_server import UndeliverableAddressError, deliverable
from domain.letters.placeholders import Placeholder, placeholder_named
from domain.plain_text import hides

_LONGEST_ADDRESS: Final = 500
_MAIL_TO: Final = "mailto:"
_OWN: Final = (Placeholder.LINK, Placeholder.SIGN_IN_PAGE)
_NAMES: Final = re.compile(r"\{\{([^{}\n]*)\}\}")
# As in example.nl or example.nl/path.
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/:?#]\S*)?$")
_END_OF_WORD: Final = re.compile(r"[.,;:!?)\]>\"'»”’“*_]*")
_OWN_PATH: Final = re.compile(r"(?:/[\w-]+)+/?[.,;:!?)\]>\"'»”’“*_]*")


def target_of(text: str) -> str | Placeholder | None:
    """Where a link may lead: an https page, one mail address, our own two pages."""
    if text.startswith("{{"):
        placeholder = placeholder_named(text.removeprefix("{{").removesuffix("}}"))
        return placeholder if placeholder in _OWN else None
    if "{" in text or not text.isprintable() or hides(text):
        return None
    if text.startswith(_MAIL_TO):
        return _mail_target(text)
    try:
        parts = urlsplit(text)
        is_plain = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    # Who reads https://bank.nl@evil.nl believes it to be the bank's.
    is_plain = is_plain and "@" not in parts.netloc and "\\" not in text
    return text if is_plain and len(text) <= _LONGEST_ADDRESS else None


def _mail_target(text: str) -> str | None:
    try:
        deliverable(text.removeprefix(_MAIL_TO))
    except UndeliverableAddressError:
        return None
    is_plain = not set(text) & set("?&%") and text.isascii()
    return text if is_plain else None


def misleads(label: str, target: str) -> bool:
    """Whether the words are an address, and it is not the one they lead to."""
    for name in _NAMES.findall(label):
        placeholder = placeholder_named(name)
        if placeholder in _OWN and target_of(target) is not placeholder:
            return True
    words = label.strip().casefold()
    if "://" not in words and not words.startswith("www.") and not _HOST.match(words):
        return False
    address = _without_scheme(target.casefold())
    return _without_scheme(words) not in (address, address.rpartition("/")[2])


def is_glued(placeholder: Placeholder, after: str) -> bool:
    """Whether `after`, up to the next blank, would go on with an address.

    What we fill in for a link, the sign-in page or a password has to end there, or
    mail programs make one address of both; but the sign-in page may have a path.
    """
    if placeholder not in (*_OWN, Placeholder.PASSWORD):
        return False
    if placeholder is Placeholder.SIGN_IN_PAGE and _OWN_PATH.fullmatch(after):
        return False
    return not _END_OF_WORD.fullmatch(after)


def _without_scheme(address: str) -> str:
    return address.rpartition("://")[2].rstrip("/")
