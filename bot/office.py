"""What the Slack surface needs of the office, handed in once at the start."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.locale import Language, Translator, translator
from domain.clock import Clock
from domain.database import Database
from domain.secret import Keyring


def _nobody_to_wake() -> None:
    """The worker of another process finds its work by looking."""


@dataclass(frozen=True)
class Office:
    """The parts behind the surface, and what is the same for the whole company.

    `wake_worker` tells the worker of this process that there is work, so that
    a run begins at once; without it the worker finds the run when it looks.
    `mails` says that letters can leave: acts that need them are refused without.
    `portal_url` is where employees sign in.
    """

    database: Database
    clock: Clock
    keyring: Keyring
    company: str
    language: Language
    default_admin_channel: str | None = None
    mails: bool = False
    portal_url: str = ""
    wake_worker: Callable[[], None] = _nobody_to_wake

    @property
    def t(self) -> Translator:
        """Wording in the company's language, as messages in channels have it."""
        return translator(self.language)
