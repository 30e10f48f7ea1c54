"""Employees at the second step of signing in, over the real services."""

import functools
from dataclasses import dataclass

import pyotp
from sqlalchemy import select, text

from domain import branch_settings
from domain.actor import OPERATOR
from domain.database import Database
from domain.letters.queueing import KIND, LetterKind, open_letter
from domain.logins.model import Login, PasswordKind, SecondFactor
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCard
from domain.secret import Keyring, Secret
from domain.sign_in import (
    mail_codes,
    recovery_codes,
    second_step,
    sessions,
    totp,
)
from domain.sign_in.gate import Visit
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.model import CodeTry, OneTimeCode, PortalSession, Stage
from domain.sign_in.sessions import OpenSession
from domain.sign_in.tools import SignInTools
from tests.conftest import SetClock
from tests.domain.office import Office

VISIT = Visit("192.0.2.7")
SEED = Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
# Not one of the codes that SEED shows around the tests' clock.
WRONG = "000000"


# No code is hashed with argon2; its dummy hash is made once for the whole run.
the_slots = functools.cache(HashingSlots)


@dataclass
class SecondSteps:
    """The sign-in page of an office, as far as codes go."""

    office: Office
    keyring: Keyring
    clock: SetClock

    def __post_init__(self):
        self.database: Database = self.office.database
        self.tools = SignInTools(
            self.database.transaction,
            self.keyring,
            the_slots(),
            company="De Gouden Lepel",
        )

    @property
    def now(self):
        return self.clock()

    def employee(self, factor=SecondFactor.NONE, **given):
        """A login with a password of its own; an app has SEED."""
        values = {"password_kind": PasswordKind.OWN, "second_factor": factor}
        login_id = self.office.add_login(**(values | given))
        if factor is SecondFactor.APP:
            with self.database.transaction() as session:
                login = session.get_one(Login, login_id)
                login.sealed_totp_seed = totp.seal(SEED, login_id, keyring=self.keyring)
        return login_id

    def requires(self, branch_id, required=True):
        with self.database.transaction() as session:
            branch_settings.save_settings(
                session,
                branch_id,
                {"second_factor_required": required},
                actor=OPERATOR,
                now=self.now,
            )

    def paper_codes(self, login_id):
        with self.database.transaction() as session:
            codes = recovery_codes.replace(session, login_id, keyring=self.keyring)
        return [code.reveal() for code in codes]

    def at_the_step(self, login_id, *, sending=True):
        """After a right password: a session of which a code is due."""
        number = sessions.new_number()
        with self.database.transaction() as session:
            login = session.get_one(Login, login_id)
            card = session.get_one(RecordCard, login.record_card_id)
            if sending and login.second_factor is not SecondFactor.APP:
                mail_codes.send(
                    session, login, card, number, keyring=self.keyring, now=self.now
                )
            new = sessions.begin(
                session,
                login,
                card,
                Stage.CODE_DUE,
                sign_in_number=number,
                visit=VISIT,
                now=self.now,
            )
        return self.opened(new)

    def signed_in(self, login_id):
        """A session that is fully in."""
        with self.database.transaction() as session:
            login = session.get_one(Login, login_id)
            card = session.get_one(RecordCard, login.record_card_id)
            new = sessions.begin(
                session,
                login,
                card,
                Stage.IN,
                sign_in_number=sessions.new_number(),
                visit=VISIT,
                now=self.now,
            )
        return self.opened(new)

    def opened(self, new) -> OpenSession | None:
        with self.database.reading() as session:
            return sessions.find(session, new.token, now=self.now)

    def is_open(self, open_session):
        """Whether the session of this id is still there at its login's version."""
        with self.database.reading() as session:
            found = session.get(PortalSession, open_session.token_hash)
            login = session.get_one(Login, open_session.login_id)
            version = login.credential_version
            return found is not None and found.credential_version == version

    def gives(self, open_session, code):
        return second_step.check_code(
            self.tools, open_session, code, visit=VISIT, now=self.now
        )

    def asks_again(self, open_session):
        return second_step.send_code(self.tools, open_session, now=self.now)

    def app_code(self, seed=SEED, steps=0):
        app = pyotp.TOTP(seed.reveal())
        return app.generate_otp(app.timecode(self.now) + steps)

    def letters(self, *kinds):
        """The letters in the outbox in order; only these kinds when any are named."""
        with self.database.reading() as session:
            query = select(OutboxMessage).where(OutboxMessage.kind == KIND)
            rows = session.scalars(query.order_by(OutboxMessage.id)).all()
        letters = [open_letter(row, keyring=self.keyring) for row in rows]
        return [letter for letter in letters if not kinds or letter.kind in kinds]

    def mailed(self):
        """The codes in the letters, the newest last."""
        letters = self.letters(LetterKind.CODE)
        return [letter.values["code"].reveal() for letter in letters]

    def tries(self, login_id):
        with self.database.reading() as session:
            query = select(CodeTry).where(CodeTry.login_id == login_id)
            return len(session.scalars(query).all())

    def sent(self):
        with self.database.reading() as session:
            return session.scalars(select(OneTimeCode).order_by(OneTimeCode.id)).all()

    def dump(self):
        """Every value in every row of the database, as text."""
        tables = Login.metadata.sorted_tables
        with self.database.reading() as session:
            return "\n".join(
                str(tuple(row))
                for table in tables
                for row in session.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608
            )
