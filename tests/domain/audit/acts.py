"""What the rows of the table need: the office, its people, and how a row is written."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from domain.actor import EMPLOYEE, OPERATOR, SCHEDULE, Actor
from domain.audit import AuditAct
from domain.logins.model import LoginId
from domain.secret import Keyring
from tests.conftest import SetClock
from tests.domain.appointments.conftest import Desk as AppointmentDesk
from tests.domain.audit.watching import WatchedDatabase
from tests.domain.office import Office
from tests.domain.runs.conftest import Worker
from tests.domain.runs.drawer import Drawer
from tests.domain.runs.mailing import MailWorker
from tests.domain.sign_in.codes.second_steps import SecondSteps
from tests.domain.sign_in.people import SignInDesk
from tests.domain.step_up.giving import Codes

# Somebody whose data no event may hold.
PERSON: Final = {
    "number": "K70417",
    "first_name": "Kanarina",
    "prefix": "van der",
    "last_name": "Geelvogel",
    "email": "kanarina@example.nl",
    "phone": "0612345678",
    "street": "Vogelkooistraat 417",
    "postal_code": "3511 KV",
    "city": "Zangveld",
}


@dataclass(frozen=True)
class Stage:
    """An office and everything with which people do something in it."""

    office: Office
    clock: SetClock
    keyring: Keyring
    desk: SignInDesk
    steps: SecondSteps
    codes: Codes
    appointments: AppointmentDesk
    worker: Worker
    mailer: MailWorker
    drawer: Drawer
    start: Callable[..., Any]

    @property
    def database(self) -> WatchedDatabase:
        """The database, which can be watched."""
        assert isinstance(self.office.database, WatchedDatabase)
        return self.office.database

    def actor(self, name: str) -> Actor:
        """Who acts: somebody of the office, or one of those who are no person."""
        nobody = {"operator": OPERATOR, "schedule": SCHEDULE, "employee": EMPLOYEE}
        return nobody.get(name) or getattr(self.office, name)

    def employee(self, **given: Any) -> LoginId:
        """The login of PERSON, with a password of their own."""
        return self.desk.add_employee(str(PERSON["email"]), card=PERSON, **given)

    def newcomer(self) -> LoginId:
        """The login of PERSON, with a first password."""
        return self.desk.add_newcomer(str(PERSON["email"]), card=PERSON)

    def does(self, service: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Call a service in a transaction of its own, now."""
        with self.database.transaction() as session:
            return service(session, *given, **named, now=self.clock())

    def card_of(self, login_id: LoginId) -> Any:
        """The card of a login."""
        return self.office.login(login_id).record_card_id


Deed = Callable[[Actor], Any]


@dataclass(frozen=True)
class Row:
    """One way in which an act is done.

    `prepare` sets the scene and gives the deed, which is told who does it. `tables`
    are all that change but for bookkeeping; `events` what is logged, in order.
    """

    name: str
    act: AuditAct
    prepare: Callable[[Stage], Deed]
    tables: frozenset[str]
    by: str
    not_by: str | None
    events: tuple[AuditAct, ...]


ROWS: Final[dict[AuditAct, list[Row]]] = defaultdict(list)


def row(
    act: AuditAct,
    *tables: str,
    by: str = "bram",
    not_by: str | None = None,
    with_events: Iterable[AuditAct] = (),
) -> Callable[[Callable[[Stage], Deed]], Callable[[Stage], Deed]]:
    """Put the function below into the table, under its own name."""

    def put(prepare: Callable[[Stage], Deed]) -> Callable[[Stage], Deed]:
        events = (*with_events, act)
        ROWS[act].append(
            Row(
                prepare.__name__,
                act,
                prepare,
                frozenset(tables),
                by,
                not_by,
                events,
            )
        )
        return prepare

    return put


def all_rows() -> list[Row]:
    """The whole table."""
    return [each for rows in ROWS.values() for each in rows]
