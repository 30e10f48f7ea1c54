"""Administrators who give codes, over the real services."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pyotp
from sqlalchemy import select, update

from domain import administrators, step_ups
from domain.actor import OPERATOR, AccountType, Actor
from domain.administrators import Administrator
from domain.appointments import appointing
from domain.database import Database
from domain.letters.queueing import KIND, LetterKind, open_letter
from domain.outbox import OutboxMessage
from domain.secret import Keyring
from domain.sign_in import (
    step_up,
    step_up_demands,
    step_up_mail,
    step_up_ways,
)
from domain.sign_in.step_up import Given
from domain.slack_users import SlackIdentity
from domain.step_ups import StepUp, StepUpBlockedError, StepUpRequiredError
from tests.conftest import SetClock
from tests.domain.office import TEAM, Office

BRAM_EMAIL = "bram@example.nl"


@dataclass
class Codes:
    """The administrators of an office; Bram's address for codes is known."""

    office: Office
    keyring: Keyring
    clock: SetClock

    def __post_init__(self) -> None:
        self.database: Database = self.office.database
        self.bram: Actor = self.office.bram
        self.set_address(self.office.bram, BRAM_EMAIL)

    @property
    def now(self):
        return self.clock()

    def set_address(self, actor, email):
        with self.database.transaction() as session:
            session.execute(
                update(Administrator)
                .where(Administrator.id == actor.administrator_id)
                .values(email=email)
            )

    def appoint_manager(self, user_id):
        identity = SlackIdentity(TEAM, user_id)
        with self.database.transaction() as session:
            appointing.appoint(
                session, identity, AccountType.MANAGER, actor=OPERATOR, now=self.now
            )
            manager = administrators.find_actor(session, identity)
        assert manager is not None
        return manager

    def demand(self, actor, required=True, *, by=None, mails=True):
        with self.database.transaction() as session:
            return step_up_demands.require_codes(
                session,
                actor.administrator_id,
                required,
                mails=mails,
                actor=by or self.office.hanna,
                now=self.now,
            )

    def demand_of_all(self, required=True, *, by=None, mails=True):
        with self.database.transaction() as session:
            return step_up_demands.require_codes_for_all(
                session,
                required,
                mails=mails,
                actor=by or self.office.hanna,
                now=self.now,
            )

    def sends(self, actor=None, *, anew=True):
        with self.database.transaction() as session:
            return step_up_mail.send_code(
                session,
                anew=anew,
                keyring=self.keyring,
                actor=actor or self.bram,
                now=self.now,
            )

    def letters(self, kind=LetterKind.STEP_UP_CODE):
        with self.database.reading() as session:
            query = select(OutboxMessage).where(
                OutboxMessage.kind == KIND, OutboxMessage.ended_at.is_(None)
            )
            rows = session.scalars(query.order_by(OutboxMessage.id)).all()
        letters = [open_letter(row, keyring=self.keyring) for row in rows]
        return [letter for letter in letters if letter.kind is kind]

    def mailed(self):
        """The code of the newest letter."""
        return self.letters()[-1].values["code"].reveal()

    def gives(self, code, actor=None) -> Given:
        with self.database.transaction() as session:
            return step_up.give_code(
                session,
                code,
                keyring=self.keyring,
                actor=actor or self.bram,
                now=self.now,
            )

    def confirms_by_mail(self, actor=None) -> Given:
        self.sends(actor)
        return self.gives(self.mailed(), actor)

    def begins_app(self, actor=None):
        with self.database.transaction() as session:
            return step_up_ways.begin_app(
                session,
                company="De Gouden Lepel",
                keyring=self.keyring,
                actor=actor or self.bram,
                now=self.now,
            )

    def confirms_app(self, code, actor=None) -> Given:
        with self.database.transaction() as session:
            return step_up_ways.confirm_app(
                session,
                code,
                keyring=self.keyring,
                actor=actor or self.bram,
                now=self.now,
            )

    def has_app(self, actor=None) -> pyotp.TOTP:
        """An app that is set up, whose code of now is not used yet."""
        app = pyotp.TOTP(self.begins_app(actor).seed.reveal())
        self.confirms_app(app.at(self.now), actor)
        self.later(seconds=30)
        return app

    def chooses_mail(self, code, actor=None) -> Given:
        with self.database.transaction() as session:
            return step_up_ways.choose_mail(
                session,
                code,
                keyring=self.keyring,
                actor=actor or self.bram,
                now=self.now,
            )

    def turns_off(self, actor=None):
        with self.database.transaction() as session:
            return step_up_ways.turn_off(
                session,
                keyring=self.keyring,
                actor=actor or self.bram,
                now=self.now,
            )

    def lifts(self, actor, *, by=None):
        with self.database.transaction() as session:
            return step_up.lift(
                session,
                actor.administrator_id,
                actor=by or self.office.hanna,
                now=self.now,
            )

    def passes(self, actor=None) -> bool:
        """Whether an act that asks for a code may go on."""
        return self.asked(actor) is None

    def asked(self, actor=None):
        with self.database.reading() as session:
            try:
                step_ups.require_step_up(session, actor or self.bram, now=self.now)
            except (StepUpRequiredError, StepUpBlockedError) as error:
                return error.code
        return None

    def row(self, actor=None) -> StepUp:
        with self.database.reading() as session:
            return session.get_one(StepUp, (actor or self.bram).administrator_id)

    def later(self, **by):
        self.clock.forward(timedelta(**by))


def wrong(code: str) -> str:
    """Six digits that are another code."""
    return f"{(int(code) + 500_000) % 10**6:06}"


def at_once(count, act) -> Counter:
    """So many threads at the same moment; how often which kind came out."""
    start = threading.Barrier(count)

    def one(_number):
        start.wait()
        return act().kind.value

    with ThreadPoolExecutor(count) as threads:
        return Counter(threads.map(one, range(count)))
