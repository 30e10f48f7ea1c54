"""The readiness board of the App Home: 40 branches, 12,000 people.

Floor: a bare GROUP BY that counts the logins of each branch by state, read as
rows. Limited by the same join, and by looking for the addresses of who has no
login yet. `board.read` alone, and the whole Home as Slack is sent it.
"""

import tempfile
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.company import Company, furnish
from benchmarks.figure import Figure, median_seconds
from bot.home import home_view
from bot.home.board import Board
from bot.home.home_view import Home
from bot.locale import translator
from domain.actor import AccountType
from domain.clock import utc_now
from domain.logins import board
from domain.logins.model import Login, LoginState
from domain.record_cards.model import RecordCard

BRANCHES = 40
PEOPLE = 12_000
GOAL = 6.0


def run(quick: bool) -> list[Figure]:
    """The people of each branch: a tenth without login, some of every state."""
    people = 2_000 if quick else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        company = furnish(Path(folder), branch_count=BRANCHES)
        _people(company, people)
        floor = median_seconds(lambda: _bare(company), repeats=5)
        job = f"{BRANCHES} branches, {people:,} people"
        figures = [
            Figure(
                job=f"readiness board of {job}: {what}",
                floor="a bare GROUP BY over the same rows",
                floor_seconds=floor,
                seconds=median_seconds(lambda look=look: look(company), repeats=5),
                goal=GOAL,
                limited_by="the join, and addresses of who has no login",
            )
            for what, look in (("read", _read), ("read and built", _home))
        ]
        company.database.close()
    return figures


def _people(company: Company, people: int) -> None:
    share = people // BRANCHES
    states = (LoginState.ACTIVE, LoginState.NEW, LoginState.ACTIVE, LoginState.LOCKED)
    for index, branch_id in enumerate(company.branch_ids):
        first = index * share + 1
        company.add_cards(branch_id, range(first, first + share))
        company.add_logins(
            range(first + share // 10, first + share), states[index % len(states)]
        )


def _bare(company: Company) -> None:
    query = (
        select(RecordCard.branch_id, Login.state, func.count())
        .outerjoin(Login, Login.record_card_id == RecordCard.id)
        .group_by(RecordCard.branch_id, Login.state)
    )
    with company.database.reading() as session:
        session.execute(query).all()


def _read(company: Company) -> list[board.BranchState]:
    with company.database.reading() as session:
        return list(board.read(session, actor=company.actor, now=utc_now()))


def _home(company: Company) -> None:
    data = Home(
        "De Gouden Lepel",
        AccountType.MANAGER,
        (),
        0,
        needs_first_manager=False,
        board=Board(_read(company), mails=True),
    )
    home_view.build(data, translator("nl")).to_dict()
