"""Companies of any size for the benchmarks, written straight into the tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from domain import administrators, branches, migrations
from domain.actor import OPERATOR, AccountType, Actor, BranchId
from domain.appointments import appointing
from domain.clock import utc_now
from domain.database import Database
from domain.logins.model import Login, LoginState, PasswordKind
from domain.record_cards.model import RecordCard
from domain.slack_users import SlackIdentity

HANNA = SlackIdentity("T1", "U1")


@dataclass(frozen=True)
class Company:
    """A company on a SQLite file, with Hanna as its manager."""

    database: Database
    branch_ids: tuple[BranchId, ...]
    actor: Actor

    def add_cards(self, branch_id: BranchId, numbers: Iterable[int]) -> None:
        """A record card with an e-mail address for each number."""
        rows = [_card(number, branch_id) for number in numbers]
        with self.database.transaction() as session:
            session.execute(insert(RecordCard), rows)

    def add_logins(
        self, numbers: Iterable[int], state: LoginState = LoginState.ACTIVE
    ) -> None:
        """A login for each card with these numbers."""
        rows = [login_row(number, state) for number in numbers]
        with self.database.transaction() as session:
            session.execute(insert(Login), rows)


def furnish(folder: Path, branch_count: int = 1) -> Company:
    """A company with branches and a manager, and nobody on the list yet."""
    database = Database(f"sqlite:///{folder / 'office.db'}")
    migrations.bring_up_to_date(database)
    now = utc_now()
    names = [f"Utrecht {number}" for number in range(branch_count)]
    with database.transaction() as session:
        ids = branches.ensure(session, names, actor=OPERATOR, now=now)
        appointing.appoint(session, HANNA, AccountType.MANAGER, actor=OPERATOR, now=now)
        actor = administrators.find_actor(session, HANNA)
    if actor is None:
        raise RuntimeError("Hanna was just appointed")
    return Company(database, tuple(ids.values()), actor)


def _card(number: int, branch_id: BranchId) -> dict[str, object]:
    now = utc_now() - timedelta(days=1)
    return {
        "id": number,
        "number": f"{number:06}",
        "number_key": f"{number:06}",
        "first_name": "Jan",
        "prefix": "van der",
        "last_name": f"Berg {number:06}",
        "name_key": f"berg {number:06} jan van der {number:06}",
        "email": f"jan{number}@example.nl",
        "email_key": f"jan{number}@example.nl",
        "branch_id": branch_id,
        "street": f"Dorpsstraat {number}",
        "postal_code": "1234 AB",
        "city": "Utrecht",
        "created_at": now,
        "changed_at": now,
    }


def login_row(number: int, state: LoginState) -> dict[str, object]:
    """The columns of the login of card `number`."""
    return {
        "id": number,
        "record_card_id": number,
        "user_name": f"jan{number}@example.nl",
        "user_name_key": f"jan{number}@example.nl",
        "state": state,
        "password_kind": PasswordKind.NONE,
        "created_at": utc_now(),
    }
