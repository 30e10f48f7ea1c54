"""A mail server in memory: takes the letters that wait, and can refuse or be away."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from domain.letters.kinds import LetterKind
from domain.letters.queueing import QueuedLetter, open_letter
from domain.letters.refusals import LetterError, LetterOvertakenError
from domain.letters.settling import claim_letter, settle
from domain.logins import links
from domain.logins.access_by_mail import is_overtaken
from domain.logins.model import LoginId, PasswordKind
from domain.outbox import OutboxMessage
from domain.runs.model import Run, RunKind
from domain.secret import Keyring
from tests.domain.office import Office
from tests.passwords import opens_with


@dataclass
class Postman:
    """Hands in letters as the letters' loop does; `trouble` is by address."""

    office: Office
    keyring: Keyring
    clock: Callable
    taken: list[QueuedLetter] = field(default_factory=list)
    trouble: dict[str, LetterError] = field(default_factory=dict)
    away: LetterError | None = None

    def delivers(self) -> None:
        """Everything that is due, once; nothing while the server is away."""
        while self._delivers_one() and self.away is None:
            pass

    def _delivers_one(self) -> bool:
        with self.office.database.transaction() as session:
            message = claim_letter(session, now=self.clock())
        if message is None:
            return False
        error = self._hands_in(message)
        with self.office.database.transaction() as session:
            settle(session, message, error, now=self.clock())
        return True

    def _hands_in(self, message: OutboxMessage) -> LetterError | None:
        with self.office.database.reading() as session:
            if is_overtaken(session, message):
                return LetterOvertakenError()
        letter = open_letter(message, keyring=self.keyring)
        error = self.away or self.trouble.get(letter.to.address)
        if error is None:
            self.taken.append(letter)
        return error

    def letters_to(self, login_id: LoginId) -> list[QueuedLetter]:
        """The letters of access that were sent to somebody, the oldest first."""
        card_id = self.office.login(login_id).record_card_id
        return [
            letter
            for letter in self.taken
            if letter.kind is LetterKind.ACCESS and letter.to.record_card_id == card_id
        ]

    def lets_in(self, letter: QueuedLetter, login_id: LoginId) -> bool:
        """Whether what the letter brings is what the login has now."""
        login = self.office.login(login_id)
        if "password" in letter.values:
            assert login.password_kind is PasswordKind.INITIAL
            return opens_with(login.password_hash, letter.values["password"])
        assert (login.password_kind, login.password_hash) == (PasswordKind.NONE, None)
        with self.office.database.reading() as session:
            token = letter.values["token"].reveal()
            link = links.find(session, token, now=self.clock())
        return link is not None and link.login_id == login_id

    def mailings(self) -> list[Run]:
        """Every mailing there is."""
        with self.office.database.reading() as session:
            query = select(Run).where(Run.kind == RunKind.MAIL)
            return list(session.scalars(query.order_by(Run.id)))
