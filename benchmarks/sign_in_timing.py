"""Whether the time of a refusal tells what kind of name was tried.

Known, unknown, locked, inactive and expired names, each refused at a wrong password,
interleaved, through the domain on SQLite. For each kind the chance that one of its
refusals took longer than one of an unknown name (AUC): 0.5 says nothing, and with
2,000 of each 0.47 to 0.53 is noise (three standard errors). Told as the distance from
0.5 beside the distance that is allowed.
"""

import gc
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from benchmarks.figure import Figure
from benchmarks.sign_in_servers import KEY, fill, name_of
from domain.clock import utc_now
from domain.database import Database
from domain.logins.model import Login, LoginState, PasswordKind
from domain.secret import Keyring, Secret
from domain.sign_in.gate import Visit
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.sign_in import OutcomeKind, sign_in
from domain.sign_in.tools import SignInTools

_KINDS = ("known", "locked", "inactive", "expired")
_STATES = [
    LoginState.ACTIVE,
    LoginState.LOCKED,
    LoginState.SWITCHED_OFF,
    LoginState.ACTIVE,
]
_ALLOWED = 0.03


def run(quick: bool) -> list[Figure]:
    """One figure for each kind beside unknown names."""
    count = 200 if quick else 2_000
    taken = _times(count)
    allowed = _ALLOWED * (2_000 / count) ** 0.5
    return [
        Figure(
            job=f"{count} refusals of {kind} names",
            floor=f"AUC beside unknown ones, 0.5 ± {allowed:.3f}",
            floor_seconds=allowed,
            seconds=abs(auc(taken[kind], taken["unknown"]) - 0.5),
            goal=1.0,
        )
        for kind in _KINDS
    ]


def auc(longer: Sequence[float], shorter: Sequence[float]) -> float:
    """The chance that one of the first is larger than one of the second."""
    ranked = sorted((*((x, 1) for x in longer), *((x, 0) for x in shorter)))
    ranks = sum(rank for rank, (_, first) in enumerate(ranked, 1) if first)
    n, m = len(longer), len(shorter)
    return (ranks - n * (n + 1) / 2) / (n * m)


def _times(count: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        url = fill(Path(folder), 4 * count, states=_STATES)
        database = Database(url)
        _let_expire(database)
        keyring = Keyring.from_setting(Secret(KEY))
        tools = SignInTools(database.transaction, keyring, HashingSlots())
        taken: dict[str, list[float]] = {kind: [] for kind in (*_KINDS, "unknown")}
        gc.disable()
        for number in range(count):
            for place, kind in enumerate(_turned(list(taken), number)):
                visit = Visit(f"10.{place}.{number // 250}.{number % 250}")
                taken[kind].append(_refusal(tools, _name(kind, number), visit))
        gc.enable()
        database.close()
    return taken


def _turned(kinds: list[str], by: int) -> list[str]:
    # No kind always comes after the same other.
    by %= len(kinds)
    return kinds[by:] + kinds[:by]


def _name(kind: str, number: int) -> str:
    if kind == "unknown":
        return f"nee{number}@example.nl"
    # Login n has the n-th of the states, and numbers begin with 1.
    return name_of(4 * number + (_KINDS.index(kind) or len(_KINDS)))


def _let_expire(database: Database) -> None:
    """The last kind has an initial password of long ago."""
    with database.transaction() as session:
        session.execute(
            update(Login)
            .where(Login.id % len(_STATES) == _KINDS.index("expired"))
            .values(
                password_kind=PasswordKind.INITIAL,
                initial_password_expires_at=utc_now() - timedelta(days=1),
            )
        )


def _refusal(tools: SignInTools, name: str, visit: Visit) -> float:
    began = time.perf_counter()
    outcome = sign_in(tools, name, Secret("fout"), visit=visit, now=utc_now())
    seconds = time.perf_counter() - began
    if outcome.kind is not OutcomeKind.REFUSED:
        raise RuntimeError(f"{outcome.kind} where a refusal was due")
    return seconds
