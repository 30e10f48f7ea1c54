"""The branch screen: counts, one page, and a search by part of a name.

Floor: the same branch of 500 in a company that has no other. Limited by the
indexes: what else is in the company must not be read.
"""

import tempfile
from pathlib import Path

from benchmarks.company import Company, furnish
from benchmarks.figure import Figure, median_seconds
from domain.clock import utc_now
from domain.logins import finding, listing

BRANCH = 500
GOAL = 2.0
_LOOKS = 50


def run(quick: bool) -> list[Figure]:
    """Alone, and in a company of 100,000."""
    others = 5_000 if quick else 99_500
    with tempfile.TemporaryDirectory() as alone, tempfile.TemporaryDirectory() as among:
        lonely = _company(Path(alone), 0)
        large = _company(Path(among), others)
        figure = Figure(
            job=f"branch screen of {BRANCH}, {others + BRANCH:,} in the company",
            floor="the same branch alone",
            floor_seconds=median_seconds(lambda: _look(lonely), repeats=5),
            seconds=median_seconds(lambda: _look(large), repeats=5),
            goal=GOAL,
            limited_by="three statements",
        )
        lonely.database.close()
        large.database.close()
    return [figure]


def _company(folder: Path, others: int) -> Company:
    """The branch's people have the highest numbers: others come before them."""
    company = furnish(folder, branch_count=max(2, others // BRANCH))
    ours, *rest = company.branch_ids
    for start in range(1, others + 1, BRANCH):
        numbers = range(start, start + BRANCH)
        company.add_cards(rest[start // BRANCH % len(rest)], numbers)
        company.add_logins(numbers)
    numbers = range(others + 1, others + BRANCH + 1)
    company.add_cards(ours, numbers)
    company.add_logins(numbers)
    return company


def _look(company: Company) -> None:
    branch_id = company.branch_ids[0]
    given = {"actor": company.actor, "now": utc_now()}
    for _ in range(_LOOKS):
        with company.database.reading() as session:
            listing.counts(session, branch_id, **given)
            listing.page(session, branch_id, **given)
            finding.find(session, branch_id, "berg 09", limit=20, **given)
