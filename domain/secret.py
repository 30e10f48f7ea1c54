"""Values that must not be seen: kept from printing, sealed for storage."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32
# Every sealed value begins with the id of its key.
KEY_ID_LENGTH: Final = 8


class Secret:
    """A text that prints as dots; `reveal()` marks each place that reads it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one place that must have it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __format__(self, format_spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._bytes(), other._bytes())

    def __hash__(self) -> int:
        return hash(self._text)

    def _bytes(self) -> bytes:
        return self._text.encode(errors="surrogatepass")

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written down.")


class UnsealingError(Exception):
    """The sealed value is not ours, not for this purpose, or was changed."""


@dataclass(frozen=True)
class SealingKey:
    """One AES-256 key, known by an id that is made from it."""

    key_id: str
    key: bytes

    @classmethod
    def from_text(cls, text: str) -> "SealingKey":
        """Derive the key from the configured text.

        Raises ValueError when the text is too short to hold 256 bits.
        """
        if len(text.strip()) < KEY_BYTES:
            raise ValueError("a secret key has at least 32 characters")
        key = hashlib.sha256(b"sleutelbos sealing\0" + text.strip().encode()).digest()
        return cls(hashlib.sha256(b"id\0" + key).hexdigest()[:KEY_ID_LENGTH], key)

    def __repr__(self) -> str:
        return f"SealingKey({self.key_id})"


class Keyring:
    """Seals with the newest key and opens with any that it holds."""

    def __init__(self, keys: Sequence[SealingKey]) -> None:
        if not keys:
            raise ValueError("a keyring needs a key")
        self._newest = keys[0]
        self._by_id = {key.key_id: key for key in keys}

    @classmethod
    def from_setting(cls, setting: Secret) -> "Keyring":
        """From `NEW,OLD`: the first seals, all open."""
        return cls([SealingKey.from_text(part) for part in setting.reveal().split(",")])

    @property
    def newest_id(self) -> str:
        """The id of the key that it seals with."""
        return self._newest.key_id

    @property
    def key_ids(self) -> frozenset[str]:
        """The ids of the keys that it opens with."""
        return frozenset(self._by_id)

    def holds(self, key_id: str) -> bool:
        """Whether a value sealed with this key can be opened."""
        return key_id in self._by_id

    def seal(self, secret: Secret, *, purpose: str) -> str:
        """Encrypt for storage; `purpose` ties the value to where it belongs."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self._newest.key).encrypt(
            nonce, secret.reveal().encode(), purpose.encode()
        )
        body = base64.urlsafe_b64encode(nonce + sealed).decode()
        return f"{self._newest.key_id}.{body}"

    def digest(self, secret: Secret, *, purpose: str) -> str:
        """A keyed digest (HMAC-SHA-256) to keep in place of a short secret."""
        return self._digest(self._newest, secret, purpose)

    def matches(self, digest: str, secret: Secret, *, purpose: str) -> bool:
        """Whether the digest was made of this secret, by any key of the ring."""
        key = self._by_id.get(digest.partition(".")[0])
        if key is None:
            return False
        return hmac.compare_digest(digest, self._digest(key, secret, purpose))

    @staticmethod
    def _digest(key: SealingKey, secret: Secret, purpose: str) -> str:
        # One key for one use: what seals does not also sign.
        signing = hashlib.sha256(b"sleutelbos digests\0" + key.key).digest()
        text = f"{purpose}\0{secret.reveal()}".encode(errors="surrogatepass")
        return f"{key.key_id}.{hmac.new(signing, text, hashlib.sha256).hexdigest()}"

    def open(self, sealed: str, *, purpose: str) -> Secret:
        """Decrypt a sealed value.

        Raises UnsealingError when the key is not in the ring, the purpose is
        another or the value was changed.
        """
        key_id, _, body = sealed.partition(".")
        key = self._by_id.get(key_id)
        if key is None:
            raise UnsealingError(f"no key with id {key_id}")
        try:
            raw = base64.urlsafe_b64decode(body)
            text = AESGCM(key.key).decrypt(
                raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise UnsealingError("the sealed value does not open") from error
        return Secret(text.decode())


def new_key_text() -> str:
    """A fresh secret key as it stands in the settings: 256 random bits."""
    return secrets.token_urlsafe(KEY_BYTES)
