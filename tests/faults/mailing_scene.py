"""A mailing seen from outside: what everybody has, and every letter there is of it."""

import os
import re
import secrets
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from domain.clock import utc_now
from domain.letters import email_templates
from domain.letters.email_templates import Wording
from domain.letters.model import AccessLetter, EmailTemplateId
from domain.letters.queueing import open_letter
from domain.logins import links
from domain.logins.model import Login, LoginId
from domain.outbox import OutboxMessage
from domain.runs.ledger import start_mailing
from domain.runs.model import RowState, Run, RunId, RunPhase
from domain.runs.planning import ResetChoice, plan_mailing
from domain.runs.reporting import RunReport, report
from domain.secret import Secret
from sandbox.mailbox import Mailbox
from tests.bot.in_slack import eventually
from tests.faults.known_state import (
    Credential,
    MailedAccess,
    MailedState,
    credential_of,
    mailed_state,
)
from tests.faults.mail_process import MailOrders, MailProcess
from tests.faults.scene import PAST_EVERY_LEASE, Scene
from tests.passwords import opens_with

LINK, PASSWORD = "{{ link }}", "{{ wachtwoord }}"
# As many letters as four connections have in hand.
IN_FLIGHT = 4
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_PASSWORD = re.compile(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b")


@dataclass
class MailingScene:
    """A mailing of a branch, processes that carry it out, and the mail server."""

    scene: Scene
    mailbox: Mailbox
    hands_over: str
    run_id: RunId | None = None
    before: dict[LoginId, Credential] = field(default_factory=dict)
    kills: int = 0
    repeated: int = 0
    processes: list[MailProcess] = field(default_factory=list)
    _checked: dict[tuple[str, str], bool] = field(default_factory=dict)
    chance: secrets.SystemRandom = field(default_factory=secrets.SystemRandom)

    def starts(self, count: int) -> None:
        """A mailing of so many logins, half of them with passwords of their own."""
        self.mailbox.clear()
        self._checked.clear()
        cards, now = self.scene.cards, utc_now()
        logins = cards.add_logins(count)
        with self.scene.database.transaction() as session:
            for login in session.scalars(
                select(Login).where(Login.id.in_(logins[::2]))
            ):
                login.password_kind, login.password_hash = "own", "theirs"
                login.credential_version = 4
        self.before = {login: credential_of(cards.login(login)) for login in logins}
        template_id = self._template()
        choice, actor = ResetChoice(), self.scene.bram
        with self.scene.database.transaction() as session:
            plan = plan_mailing(
                session, cards.utrecht, choice, again=False, actor=actor, now=now
            )
            assert plan.count == count
            self.run_id = start_mailing(
                session,
                cards.utrecht,
                choice,
                template_id=template_id,
                again=False,
                expected_count=count,
                channel_id=self.scene.channel_id,
                actor=actor,
                now=now,
            )

    def _template(self) -> EmailTemplateId:
        name = f"Welkom {secrets.token_hex(4)}"
        body = f"Beste {{{{ voornaam }}}},\n\n{self.hands_over}"
        with self.scene.database.transaction() as session:
            return email_templates.add(
                session,
                Wording(name, "Uw toegang", body, "", ""),
                branch_id=None,
                actor=self.scene.cards.hanna,
                now=utc_now(),
            )

    def works(self) -> MailProcess:
        """One more process, once what a killed one held is free."""
        database = self.scene.database
        ahead = timedelta(0) if database.is_sqlite else self.kills * PAST_EVERY_LEASE
        orders = MailOrders(
            database_url=database.url.render_as_string(hide_password=False),
            api_url=self.scene.slack.api_url,
            token=self.scene.slack.bot_token,
            smtp_url=self.mailbox.smtp_url,
            ahead=ahead,
        )
        self.processes.append(MailProcess(orders))
        return self.processes[-1]

    def is_killed_somewhere(self) -> None:
        """A process that is killed at some moment, and a look at what it left."""
        process = self.works()
        if self.chance.choice([True, False]):
            threading.Event().wait(self.chance.uniform(0, 1.0))
        else:
            more = len(self.mailbox.letters) + self.chance.randint(0, 30)
            self._waits_for_letters(more)
        process.is_killed()
        self.kills += 1
        self.looks()

    def _waits_for_letters(self, count: int) -> None:
        def are_there() -> bool:
            return len(self.mailbox.letters) >= count or self.run().ended_at is not None

        eventually(are_there)

    def goes_on_to_the_end(self) -> None:
        process = self.works()
        eventually(lambda: self.run().result_shown, within=120)
        process.ends()

    def run(self) -> Run:
        with self.scene.database.reading() as session:
            return session.get_one(Run, self.run_id)

    def report(self) -> RunReport:
        with self.scene.database.reading() as session:
            return report(session, self.run().id)

    def looks(self) -> Counter[MailedState]:
        """The state of every login; and no letter but repeated, byte for byte."""
        sent = self._sent()
        repeated = 0
        for letters in sent.values():
            assert len({letter.message_id for letter in letters}) == 1
            assert len({letter.raw for letter in letters}) == 1
            repeated += len(letters) - 1
        assert repeated <= IN_FLIGHT * self.kills
        self.repeated = repeated
        waiting = self._waiting()
        with self.scene.database.reading() as session:
            logins = session.scalars(select(Login).where(Login.id.in_(self.before)))
            return Counter(
                self._state(login, sent.get(login.user_name, []), waiting)
                for login in logins
            )

    def _state(self, login, sent, waiting) -> MailedState:
        letters = [self._access_in(letter) for letter in sent[:1]]
        letters += waiting.get(login.id, [])

        def leads_in(token: Secret) -> bool:
            with self.scene.database.reading() as session:
                found = links.find(session, token.reveal(), now=utc_now())
            return found is not None and found.login_id == login.id

        before = self.before[LoginId(login.id)]
        now = credential_of(login)
        return mailed_state(before, now, letters, self._opens, leads_in)

    def _opens(self, password_hash: str, password: Secret) -> bool:
        """Hashing takes a while, and neither of both ever changes."""
        key = (password_hash, password.reveal())
        if key not in self._checked:
            self._checked[key] = opens_with(password_hash, password)
        return self._checked[key]

    def _sent(self) -> dict[str, list]:
        sent: dict[str, list] = {}
        for letter in self.mailbox.letters:
            (address,) = letter.to
            sent.setdefault(address, []).append(letter)
        return sent

    def _access_in(self, letter) -> MailedAccess:
        password = token = None
        if self.hands_over == PASSWORD:
            (password,) = set(_PASSWORD.findall(letter.text))
        else:
            (token,) = set(_TOKEN.findall(letter.text))
        return MailedAccess(
            Secret(password) if password else None,
            Secret(token) if token else None,
            is_sent=True,
        )

    def _waiting(self) -> dict[int, list[MailedAccess]]:
        """What the letters bring that are still in the outbox."""
        query = (
            select(AccessLetter.login_id, OutboxMessage)
            .join(OutboxMessage, OutboxMessage.id == AccessLetter.message_id)
            .where(OutboxMessage.ended_at.is_(None))
        )
        waiting: dict[int, list[MailedAccess]] = {}
        with self.scene.database.reading() as session:
            for login_id, message in session.execute(query):
                values = open_letter(message, keyring=self.scene.keyring).values
                brings = MailedAccess(
                    values.get("password"), values.get("token"), is_sent=False
                )
                waiting.setdefault(login_id, []).append(brings)
        return waiting

    def assert_each_was_mailed(self) -> None:
        """Nobody skipped, and what was sent is what the login has."""
        assert self.run().phase is RunPhase.DONE
        assert self.report().by_state == {RowState.SENT: len(self.before)}
        assert self.looks() == {MailedState.LETTER_SENT: len(self.before)}
        assert self._waiting() == {}
        assert len(self._sent()) == len(self.before)


def kills_asked_for(variable: str, otherwise: int) -> int:
    """How many kills; more are asked for outside the ordinary test run."""
    return int(os.environ.get(variable, otherwise))
