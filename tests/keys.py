"""The key with which tests seal."""

from domain.secret import Keyring, Secret

KEYRING = Keyring.from_setting(Secret("a key for tests only of 32 characters or more"))
