"""Changing the e-mail address of people who have a login: card and login in one act.

The manual has it done in two places (tip 7); here it is one thing.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import audit
from domain.actor import Actor, BranchId
from domain.audit import AuditAct, Concerning
from domain.errors import DomainError, NotFoundError
from domain.logins import address_notices
from domain.logins.address_notices import Readdressed
from domain.logins.model import Login, LoginState, PasswordKind
from domain.permissions import Act, require
from domain.record_cards.model import RecordCard, RecordCardId, full_name
from domain.secret import Keyring

# PostgreSQL takes 65,535 values in one statement, SQLite may take 32,766.
_ASKED_AT_ONCE: Final = 5000

Item = TypeVar("Item")


class AddressInUseError(DomainError):
    """An address would become the user name of two logins.

    `record_card_ids` are the cards whose logins have it already.
    """

    code = "address_in_use"
    concerns = "email"


@dataclass(frozen=True)
class AddressChange:
    """A card and its new address; `email_key` is the form that is compared."""

    record_card_id: RecordCardId
    email: str
    email_key: str


@dataclass(frozen=True)
class _HeldLogin:
    login_id: int
    record_card_id: int
    user_name: str
    user_name_key: str
    credential_version: int
    state: LoginState
    password_kind: PasswordKind
    language: str | None
    branch_id: int
    first_name: str | None
    last_name: str

    @property
    def is_handed_over(self) -> bool:
        """Whether the employee may have heard of it; of one never used nobody has."""
        is_new = self.state is LoginState.NEW
        return not is_new or self.password_kind is not PasswordKind.NONE


_Held = Mapping[int, _HeldLogin]


def addresses_in_use(
    session: Session, email_keys: Collection[str]
) -> dict[str, RecordCardId]:
    """Which of these addresses are user names, and of which card's login."""
    return {
        row.user_name_key: RecordCardId(row.record_card_id)
        for part in _parts(sorted(set(email_keys)))
        for row in session.execute(
            select(Login.user_name_key, Login.record_card_id).where(
                Login.user_name_key.in_(part)
            )
        )
    }


def is_same_address(one: str, other: str) -> bool:
    """Whether two addresses differ in capitals at most.

    Stricter than their keys, which are for refusing look-alikes: letters that fold to
    the same key, such as "ß" and "ss", may be two mailboxes.
    """
    return one.lower() == other.lower()


def change_addresses(
    session: Session,
    changes: Sequence[AddressChange],
    *,
    keyring: Keyring,
    actor: Actor,
    now: datetime,
) -> None:
    """Give these cards and their logins new addresses; two may swap theirs.

    Links, codes and sessions of the logins die with the credential version. The old
    and the new address get a letter, where anybody was told of the login before.
    Raises AddressInUseError, and changes nothing, when an address would belong
    to two logins; NotFoundError for a card without login or out of reach.
    """
    require(actor, Act.IMPORT_RECORD_CARDS)
    if not changes:
        return
    logins = _hold(session, [change.record_card_id for change in changes])
    if any(change.record_card_id not in logins for change in changes):
        raise NotFoundError(kind="login")
    for branch_id in {login.branch_id for login in logins.values()}:
        require(actor, Act.IMPORT_RECORD_CARDS, BranchId(branch_id))
    _refuse_taken(session, changes)
    try:
        with session.begin_nested():
            _write(session, changes, logins, now)
    except IntegrityError as error:
        # Another process gave the address away after we had looked.
        raise AddressInUseError(record_card_ids=[]) from error
    _record(session, changes, logins, actor, now)
    told = _readdressed(changes, logins)
    address_notices.tell(session, told, keyring=keyring, now=now)


def _readdressed(
    changes: Sequence[AddressChange], logins: _Held
) -> Sequence[Readdressed]:
    held = [(change, logins[change.record_card_id]) for change in changes]
    return [
        Readdressed(
            record_card_id=change.record_card_id,
            first_name=login.first_name or full_name(login.last_name),
            language=login.language,
            old=login.user_name,
            new=change.email,
        )
        for change, login in held
        if login.is_handed_over and not is_same_address(login.user_name, change.email)
    ]


def _hold(session: Session, card_ids: Sequence[RecordCardId]) -> _Held:
    """The logins of these cards, held until the transaction ends."""
    query = (
        select(
            Login.id,
            Login.record_card_id,
            Login.user_name,
            Login.user_name_key,
            Login.credential_version,
            Login.state,
            Login.password_kind,
            Login.language,
            RecordCard.branch_id,
            RecordCard.first_name,
            RecordCard.last_name,
        )
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .order_by(Login.id)
        .with_for_update(of=Login)
    )
    held = [
        _HeldLogin(*row)
        for part in _parts(sorted(card_ids))
        for row in session.execute(query.where(Login.record_card_id.in_(part)))
    ]
    return {login.record_card_id: login for login in held}


def _refuse_taken(session: Session, changes: Sequence[AddressChange]) -> None:
    keys = [change.email_key for change in changes]
    changing = {change.record_card_id for change in changes}
    holders = set(addresses_in_use(session, keys).values()) - changing
    if holders or len(set(keys)) < len(keys):
        raise AddressInUseError(record_card_ids=sorted(holders))


def _write(
    session: Session,
    changes: Sequence[AddressChange],
    logins: _Held,
    now: datetime,
) -> None:
    _make_way(session, changes, logins)
    cards = [
        {
            "id": change.record_card_id,
            "email": change.email,
            "email_key": change.email_key,
            "changed_at": now,
        }
        for change in changes
    ]
    user_names = [
        {
            "id": logins[change.record_card_id].login_id,
            "user_name": change.email,
            "user_name_key": change.email_key,
            "credential_version": logins[change.record_card_id].credential_version + 1,
        }
        for change in changes
    ]
    session.execute(update(RecordCard), cards)
    session.execute(update(Login), user_names)


def _make_way(
    session: Session,
    changes: Sequence[AddressChange],
    logins: _Held,
) -> None:
    """Free the addresses that go from one of these logins to another.

    Both databases check the unique rule row by row, so a swap needs a name in
    between; no address has a blank in it.
    """
    wanted = {change.email_key for change in changes}
    in_the_way = [
        {"id": login.login_id, "user_name_key": f"changing {login.login_id}"}
        for login in logins.values()
        if login.user_name_key in wanted
    ]
    if in_the_way:
        session.execute(update(Login), in_the_way)


def _record(
    session: Session,
    changes: Sequence[AddressChange],
    logins: _Held,
    actor: Actor,
    now: datetime,
) -> None:
    subjects = [
        Concerning(
            branch_id=logins[change.record_card_id].branch_id,
            record_card_id=change.record_card_id,
            login_id=logins[change.record_card_id].login_id,
            details={"fields": ["email"]},
        )
        for change in changes
    ]
    act = AuditAct.LOGIN_ADDRESS_CHANGED
    audit.record_many(session, act, subjects, actor=actor, now=now)


def _parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), _ASKED_AT_ONCE):
        yield items[start : start + _ASKED_AT_ONCE]
