from datetime import timedelta

import pytest

from domain.errors import NotFoundError
from domain.logins import provisioning
from domain.logins.provisioning import LeftOutReason
from tests.domain.logins.acting import create, left_out_of_creation, plan_creation
from tests.domain.office import day

TODAY = day("2026-11-20")
YESTERDAY = TODAY - timedelta(days=1)


def named(office, reason, **given):
    lines = left_out_of_creation(office, reason, **given).lines
    return [(line.number, line.other_number) for line in lines]


def test_a_card_without_address_is_left_out_and_named(office):
    office.add_card(number="00104", email=None)
    assert plan_creation(office).left_out == {LeftOutReason.NO_ADDRESS: 1}
    assert create(office) == 0
    assert named(office, LeftOutReason.NO_ADDRESS) == [("00104", None)]


def test_somebody_whose_employment_ended_is_left_out_and_named(office):
    office.add_card(number="00104", end_on=YESTERDAY)
    office.add_card(number="00105", end_on=YESTERDAY, email=None)
    assert plan_creation(office).left_out == {LeftOutReason.EMPLOYMENT_ENDED: 2}
    assert create(office) == 0
    assert named(office, LeftOutReason.EMPLOYMENT_ENDED) == [
        ("00104", None),
        ("00105", None),
    ]


def test_of_two_cards_with_one_address_neither_gets_a_login_and_both_are_named(office):
    office.add_card(number="00104", email="samen@example.nl")
    office.add_card(number="00105", email="SAMEN@example.nl")
    assert plan_creation(office).left_out == {LeftOutReason.ADDRESS_SHARED: 2}
    assert create(office) == 0
    assert named(office, LeftOutReason.ADDRESS_SHARED) == [
        ("00104", "00105"),
        ("00105", "00104"),
    ]


def test_an_address_shared_with_another_branch_is_shared_too(office):
    mine = office.add_card(number="00104", email="samen@example.nl")
    theirs = office.add_card(
        number="00105", email="samen@example.nl", branch_id=office.amsterdam
    )
    assert create(office) == 0
    assert create(office, actor=office.hanna, branch_id=office.amsterdam) == 0
    assert office.login_of(mine) is None
    assert office.login_of(theirs) is None


def test_the_number_of_a_foreign_branchs_card_is_told_to_nobody_out_of_its_reach(
    office,
):
    office.add_card(number="00104", email="samen@example.nl")
    office.add_card(
        number="00105", email="samen@example.nl", branch_id=office.amsterdam
    )
    office.add_login(card={"number": "00106", "branch_id": office.amsterdam})
    office.add_card(number="00107", email="j00106@example.nl")
    shared, in_use = LeftOutReason.ADDRESS_SHARED, LeftOutReason.ADDRESS_IN_USE
    assert named(office, shared, actor=office.ursula) == [("00104", None)]
    assert named(office, shared, actor=office.hanna) == [("00104", "00105")]
    assert named(office, in_use, actor=office.ursula) == [("00107", None)]
    assert named(office, in_use, actor=office.hanna) == [("00107", "00106")]


def test_somebody_who_left_does_not_stand_in_the_way_of_a_shared_address(office):
    old = office.add_card(email="samen@example.nl", end_on=YESTERDAY)
    new = office.add_card(email="samen@example.nl")
    assert create(office) == 1
    assert office.login_of(old) is None
    assert office.login_of(new) is not None


def test_an_address_that_is_another_logins_user_name_is_left_out_and_named(office):
    office.add_login(card={"number": "00104", "email": "anna@example.nl"})
    office.add_card(number="00105", email="Anna@example.nl")
    assert plan_creation(office).left_out == {LeftOutReason.ADDRESS_IN_USE: 1}
    assert create(office) == 0
    assert named(office, LeftOutReason.ADDRESS_IN_USE) == [("00105", "00104")]


def test_an_address_is_in_use_even_when_the_cards_share_it_as_well(office):
    office.add_login(
        card={"number": "00104", "email": "anna@example.nl", "end_on": YESTERDAY}
    )
    office.add_card(number="00105", email="anna@example.nl")
    office.add_card(number="00106", email="anna@example.nl")
    assert plan_creation(office).left_out == {LeftOutReason.ADDRESS_IN_USE: 2}
    assert create(office) == 0


def test_international_addresses_are_compared_in_one_form(office):
    office.add_card(number="00104", email="anna@m\u00fcller.example.com")
    office.add_card(number="00105", email="anna@mu\u0308ller.example.com")
    assert plan_creation(office).left_out == {LeftOutReason.ADDRESS_SHARED: 2}


def test_the_list_of_those_left_out_is_paged_by_name(office):
    for last_name in ("Cas", "Ank", "Dik", "Bob", "Eef"):
        office.add_card(number=last_name, last_name=last_name, email=None)
    after, pages = None, []
    while True:
        page = left_out_of_creation(
            office, LeftOutReason.NO_ADDRESS, after=after, limit=2
        )
        pages.append([line.number for line in page.lines])
        after = page.next
        if after is None:
            break
    assert pages == [["Ank", "Bob"], ["Cas", "Dik"], ["Eef"]]


def test_a_name_in_the_list_is_as_one_says_it(office):
    office.add_card(first_name="Jan", prefix="de", last_name="Vries", email=None)
    (line,) = left_out_of_creation(office, LeftOutReason.NO_ADDRESS).lines
    assert line.name == "Jan de Vries"


def test_who_is_left_out_is_not_told_of_a_foreign_branch(office):
    with office.database.reading() as session, pytest.raises(NotFoundError):
        provisioning.left_out_of_creation(
            session,
            office.amsterdam,
            LeftOutReason.NO_ADDRESS,
            limit=10,
            actor=office.bram,
            now=office.now,
        )
