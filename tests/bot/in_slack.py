"""The bot of a company at work in the sandbox's Slack, and the people who use it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import build_app, socket_mode, web_client
from bot.office import Office
from domain import administrators, branches
from domain.actor import OPERATOR, AccountType, Actor, BranchId
from domain.appointments import appointing
from domain.database import Database
from domain.secret import Secret
from domain.slack_users import SlackIdentity
from sandbox.slack import Person, Workspace
from tests.domain import office as cast

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@dataclass
class Company:
    """Who works here; `cards` adds record cards and logins to its branches."""

    slack: Workspace
    office: Office
    cards: cast.Office
    hanna: Person
    bram: Person
    ursula: Person
    mo: Person

    @property
    def branch(self) -> BranchId:
        """Utrecht, where Bram and Ursula administer."""
        return self.cards.utrecht

    def identity(self, person: Person) -> SlackIdentity:
        """Who the person is in Slack."""
        return SlackIdentity(self.slack.team_id, person.id)

    def appoint(
        self,
        person: Person,
        kind: AccountType,
        *branch_ids: BranchId,
        email: str | None = None,
    ) -> Actor:
        """Make somebody an administrator, as the command line does."""
        now = self.office.clock()
        identity = self.identity(person)
        with self.office.database.transaction() as session:
            appointing.appoint(
                session, identity, kind, branch_ids, email, actor=OPERATOR, now=now
            )
            cast.forget_notices(session)
            actor = administrators.find_actor(session, identity)
        assert actor is not None
        return actor


@contextmanager
def bot_at_work(slack: Workspace, office: Office) -> Iterator[None]:
    """The bot, connected to the sandbox."""
    app = build_app(office, web_client(Secret(slack.bot_token), slack.api_url))
    connection = socket_mode(app, Secret(slack.app_token))
    before = len(slack.connections.open)
    connection.connect()
    slack.wait_for_app(before + 1)
    try:
        yield
        slack.wait_for_acks()
    finally:
        # The SDK waits seconds for a silent socket; one that Slack closed goes at once.
        connection.client.auto_reconnect_enabled = False
        slack.connections.close_all()
        connection.close()


def eventually(condition: Callable[[], object], within: float = 60) -> None:
    """Wait until it is so, for what happens after the ack and shows nowhere."""
    deadline = time.monotonic() + within
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "it never came to be so"
        pause.wait(0.01)


def people(slack: Workspace, locale: str) -> dict[str, Person]:
    """Hanna, Bram, Ursula, and Mo who administers nothing."""
    accounts: dict[str, Any] = {
        "hanna": "Hanna de Vries",
        "bram": "Bram Bakker",
        "ursula": "Ursula Ulrich",
        "mo": "Mo Mulder",
    }
    return {
        name: slack.add_person(
            name, real_name, email=f"{name}@example.nl", locale=locale
        )
        for name, real_name in accounts.items()
    }


@pytest.fixture
def rate_limits() -> bool:
    """Whether Slack counts the calls; only tests that flood it turn that off."""
    return True


@pytest.fixture
def slack(rate_limits) -> Iterator[Workspace]:
    """A workspace with Sleutelbos in it; at the end nothing may be left unread."""
    # What is told here holds on a busy machine too; acks are timed in benchmarks/.
    workspace = Workspace.from_manifest(
        MANIFEST, rate_limits=rate_limits, ack_seconds=15, patience=30
    )
    with workspace.serve() as served:
        # Opening the Home and choosing a language there may cross each other.
        served.tolerates("hash_conflict", method="views.publish")
        yield served
        served.assert_all_read()


@pytest.fixture
def language() -> str:
    """The company's language."""
    return "nl"


@pytest.fixture
def office(sqlite_url, clock, keyring, language) -> Iterator[Office]:
    """The office behind the bot."""
    database = Database(sqlite_url)
    yield Office(
        database=database,
        clock=clock,
        keyring=keyring,
        company="De Gouden Lepel",
        language=language,
    )
    database.close()


@pytest.fixture
def locale() -> str:
    """What Slack says people speak: English, as it says of most Dutch people."""
    return "en-US"


@contextmanager
def company_of(
    slack: Workspace,
    office: Office,
    locale: str,
    at_work: Callable[[Workspace, Office], AbstractContextManager[None]] = bot_at_work,
) -> Iterator[Company]:
    """Three branches and who administers them, with the bot `at_work`."""
    who = people(slack, locale)
    slack.add_channel("algemeen", list(who))
    now = office.clock()
    with office.database.transaction() as session:
        names = ("Amsterdam", "Utrecht", "Rotterdam")
        ids = branches.ensure(session, names, actor=OPERATOR, now=now)
    cards = cast.Office(
        office.database,
        now,
        ids["amsterdam"],
        ids["utrecht"],
        ids["rotterdam"],
        hanna=OPERATOR,
        bram=OPERATOR,
        ursula=OPERATOR,
    )
    company = Company(slack, office, cards, **who)
    cards.hanna = company.appoint(who["hanna"], AccountType.MANAGER)
    utrecht = ids["utrecht"]
    cards.bram = company.appoint(who["bram"], AccountType.BRANCH_MANAGER, utrecht)
    cards.ursula = company.appoint(who["ursula"], AccountType.USER, utrecht)
    with at_work(slack, office):
        yield company


@pytest.fixture
def company(slack, office, locale) -> Iterator[Company]:
    """Three branches, a manager, a branch manager and a user of Utrecht."""
    with company_of(slack, office, locale) as company:
        yield company
