"""Days as people write them in a staff list: ISO, d-m-yyyy, with a month's name."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

# Before this year no day in a staff list is meant; Excel's zero day is 1899.
FIRST_YEAR: Final = 1900

_DASH: Final = r"\s*[-/.\u2010-\u2014\u2212]\s*"
_TIME: Final = r"(?:[T ]+[0-9:.]+Z?)?"
_YEAR_FIRST: Final = re.compile(
    rf"([0-9]{{4}}){_DASH}([0-9]{{1,2}}){_DASH}([0-9]{{1,2}}){_TIME}"
)
_DIGITS: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_FIRST: Final = re.compile(
    rf"([0-9]{{1,2}}){_DASH}([0-9]{{1,2}}){_DASH}([0-9]{{4}}){_TIME}"
)
_MONTH_SECOND: Final = re.compile(r"([0-9]{1,2})[-\s./]*([^\W\d_]+)[-\s./,]*([0-9]{4})")
_MONTH_FIRST: Final = re.compile(r"([^\W\d_]+)[-\s.]*([0-9]{1,2})[\s,]+([0-9]{4})")
_LONGEST: Final = 40

_MONTHS: Final = (
    "jan januari january",
    "feb febr februari february",
    "mrt maa maart mar march",
    "apr april",
    "mei may",
    "jun juni june",
    "jul juli july",
    "aug augustus august",
    "sep sept september",
    "okt oktober oct october",
    "nov november",
    "dec december",
)
_MONTH_NUMBERS: Final = {
    name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()
}


@lru_cache(maxsize=8192)
def parse_date(text: str) -> date | None:
    """The day that a text names, or None when there is no such day.

    Understands `2023-03-04` (a time of day after it is left out), `20230304`,
    `4-3-2023` with `-`, `/` or `.`, and months by their Dutch or English name,
    in full or shortened. Years have four digits: `4-3-23` is anybody's guess.
    """
    if len(text) > _LONGEST:
        return None
    for pattern in (_YEAR_FIRST, _DIGITS):
        if match := pattern.fullmatch(text):
            year, month, day = match.groups()
            return _day(year, int(month), day)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        return _day(year, int(month), day)
    return _parse_named_month(text.casefold())


def _parse_named_month(text: str) -> date | None:
    if match := _MONTH_SECOND.fullmatch(text):
        day, name, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
    else:
        return None
    return _day(year, _MONTH_NUMBERS.get(name, 0), day)


def _day(year: str, month: int, day: str) -> date | None:
    try:
        found = date(int(year), month, int(day))
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None
