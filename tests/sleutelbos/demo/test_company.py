from collections import Counter
from datetime import date

import pytest

from domain.importing import staff_lists
from domain.importing.headings import Column
from domain.record_cards.fields import Reason
from sleutelbos.demo import company, staff_list
from sleutelbos.demo.company import Size


def listed(size=Size.SMALL):
    return list(company.people(size))


def of_utrecht():
    return [person for person in listed() if person[Column.BRANCH] == "Utrecht"]


@pytest.fixture
def read(tmp_path, now):
    """Write the list, and read it as the import does."""

    def write_and_read(size, language="nl"):
        path = tmp_path / "list.xlsx"
        staff_list.write(path, company.people(size), language)
        return staff_lists.read(path, now=now)

    return write_and_read


def test_small_has_sixty_people_in_three_branches():
    sizes = Counter(person[Column.BRANCH] for person in listed())
    assert dict(sizes) == {"Utrecht": 36, "Amsterdam": 13, "Rotterdam": 11}


def test_large_has_twelve_thousand_people_in_forty_branches():
    sizes = Counter(person[Column.BRANCH] for person in listed(Size.LARGE))
    assert (len(sizes), sizes.total()) == (40, 12_000)
    assert next(iter(sizes)) == "Utrecht"


@pytest.mark.parametrize("size", Size)
def test_everybody_is_the_same_each_time_and_old_enough_to_work(size):
    people = listed(size)
    assert people == listed(size)
    for person in people:
        start = person[Column.START_ON]
        if isinstance(start, date):
            assert start.year - person[Column.BIRTH_ON].year >= 16


@pytest.mark.parametrize("size", Size)
def test_addresses_and_numbers_come_twice_only_where_that_is_the_oddity(size):
    people = listed(size)
    assert len({person[Column.NUMBER] for person in people}) == len(people)
    addresses = Counter(person[Column.EMAIL] for person in people)
    del addresses[None], addresses["geen"]
    assert set(addresses.values()) == {1, 2}
    shared = [address for address, count in addresses.items() if count == 2]
    assert len(shared) == {Size.SMALL: 4, Size.LARGE: 81}[size]


def test_a_branch_has_the_oddities_of_real_lists():
    people = of_utrecht()
    by_address = {}
    for person in people:
        by_address.setdefault(person[Column.EMAIL], []).append(person)
    pairs = [pair for pair in by_address.values() if len(pair) == 2]
    names = [{person[Column.FIRST_NAME] for person in pair} for pair in pairs]
    assert sorted(map(len, names)) == [1, 2]
    assert len(by_address[None]) == len(by_address["geen"]) == 1
    (left,) = [person for person in people if person[Column.END_ON]]
    assert left[Column.END_ON] < date(2026, 4, 1)
    assert any(str(p[Column.EMAIL]).startswith("  ") for p in people)
    assert any(isinstance(p[Column.NUMBER], int) for p in people)
    assert any(str(p[Column.NUMBER]).startswith("00") for p in people)
    assert {"van den", "van 't", None} < {p[Column.PREFIX] for p in people}
    assert {"Müller", "Nguyễn", "El Idrissi"} < {p[Column.LAST_NAME] for p in people}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_list_is_read_with_its_one_refusal_and_its_one_warning(read, language):
    found = read(Size.SMALL, language)
    assert found.heading_row == 3
    assert len(found.unknown_columns) == 1
    (refused,) = found.checked.refused
    (problem,) = refused.problems
    assert (problem.column, problem.reason) == (Column.START_ON, Reason.NOT_A_DATE)
    (warned,) = found.checked.warnings
    assert warned.problem.reason is Reason.ADDRESS_UNUSABLE
    assert len(found.checked.cards) == 59


def test_the_large_list_is_read_too(read):
    checked = read(Size.LARGE).checked
    assert (len(checked.cards), len(checked.refused)) == (11_960, 40)
