from datetime import timedelta

import pytest

from domain.actor import SCHEDULE
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import finding
from domain.logins.eligibility import LeftOutReason
from domain.logins.finding import Found
from domain.record_cards.model import RecordCardId
from tests.domain.office import day

YESTERDAY = day("2026-11-20") - timedelta(days=1)


def find(office, part="", *, actor=None, branch_id=None, limit=20):
    with office.database.reading() as session:
        return finding.find(
            session,
            branch_id or office.utrecht,
            part,
            limit=limit,
            actor=actor or office.ursula,
            now=office.now,
        )


def holders(office, part="", *, actor=None, branch_id=None, limit=20):
    with office.database.reading() as session:
        found = finding.find_holders(
            session, part, branch_id, limit=limit, actor=actor or office.hanna
        )
    return [(holder.number, holder.branch_name) for holder in found]


def without_login(office, card_id, *, actor=None):
    with office.database.reading() as session:
        return finding.without_login(
            session, card_id, actor=actor or office.ursula, now=office.now
        )


def test_people_with_and_without_login_are_found_by_name_or_number(office):
    login_id = office.add_login(card={"number": "00104", "last_name": "Vries"})
    card_id = office.add_card(number="00105", last_name="Vries", email=None)
    office.add_card(number="00200", last_name="Bakker")
    with_login, without = find(office, "vries")
    assert (with_login.login_id, with_login.why_none) == (login_id, None)
    assert without == Found(
        record_card_id=card_id,
        name="Jan Vries",
        number="00105",
        login_id=None,
        why_none=LeftOutReason.NO_ADDRESS,
    )
    assert [found.number for found in find(office, "0010")] == ["00104", "00105"]
    assert [found.number for found in find(office, limit=1)] == ["00200"]


@pytest.mark.parametrize("part", ["vries", "Jan de Vries", "104", "JAN 00104"])
def test_searching_keeps_those_that_have_every_word(office, part):
    office.add_login(
        card={
            "number": "00104",
            "first_name": "Jan",
            "prefix": "de",
            "last_name": "Vries",
        }
    )
    office.add_login(card={"number": "00200", "last_name": "Bakker"})
    assert [found.number for found in find(office, part)] == ["00104"]


@pytest.mark.parametrize("part", ["%", "_", "\\", "'; DROP TABLE login; --"])
def test_searching_takes_signs_of_sql_literally(office, part):
    office.add_login()
    assert find(office, part) == []


def test_who_can_have_a_login_and_has_none_yet_has_no_reason(office):
    card_id = office.add_card()
    (found,) = find(office)
    assert (found.login_id, found.why_none) == (None, None)
    person = without_login(office, card_id)
    assert (person.reason, person.other_number) == (None, None)


def test_each_reason_is_told_with_the_card_that_it_is_about(office):
    office.add_login(card={"number": "1", "email": "wit@example.nl"})
    cards = {
        LeftOutReason.NO_ADDRESS: office.add_card(number="2", email=None),
        LeftOutReason.EMPLOYMENT_ENDED: office.add_card(number="3", end_on=YESTERDAY),
        LeftOutReason.ADDRESS_IN_USE: office.add_card(
            number="4", email="wit@example.nl"
        ),
        LeftOutReason.ADDRESS_SHARED: office.add_card(number="5", email="s@example.nl"),
    }
    office.add_card(number="6", email="s@example.nl")
    told = {reason: without_login(office, card) for reason, card in cards.items()}
    assert {reason: person.reason for reason, person in told.items()} == {
        reason: reason for reason in cards
    }
    assert {reason: person.other_number for reason, person in told.items()} == {
        LeftOutReason.NO_ADDRESS: None,
        LeftOutReason.EMPLOYMENT_ENDED: None,
        LeftOutReason.ADDRESS_IN_USE: "1",
        LeftOutReason.ADDRESS_SHARED: "6",
    }


def test_the_number_of_a_card_out_of_reach_is_not_told(office):
    office.add_login(card={"email": "wit@example.nl", "branch_id": office.amsterdam})
    card_id = office.add_card(email="wit@example.nl")
    person = without_login(office, card_id)
    assert (person.reason, person.other_number) == (LeftOutReason.ADDRESS_IN_USE, None)
    assert without_login(office, card_id, actor=office.hanna).other_number is not None


def test_a_card_that_is_foreign_not_there_or_has_a_login_is_not_found(office):
    foreign = office.add_card(branch_id=office.amsterdam)
    served = office.login(office.add_login()).record_card_id
    for card_id in (foreign, RecordCardId(999_999), RecordCardId(served)):
        with pytest.raises(NotFoundError):
            without_login(office, card_id)
    with pytest.raises(NotFoundError):
        find(office, branch_id=office.amsterdam)


def test_the_schedule_finds_nobody(office):
    with pytest.raises(NotPermittedError):
        find(office, actor=SCHEDULE)


def test_holders_of_logins_are_found_in_every_branch_within_reach(office):
    office.add_login(card={"number": "1", "last_name": "Aalbers"})
    elsewhere = {"number": "2", "last_name": "Bos", "branch_id": office.amsterdam}
    login_id = office.add_login(card=elsewhere)
    office.add_card(number="3", last_name="Coster")
    assert holders(office) == [("1", "Utrecht"), ("2", "Amsterdam")]
    assert holders(office, actor=office.ursula) == [("1", "Utrecht")]
    assert holders(office, branch_id=office.amsterdam) == [("2", "Amsterdam")]
    assert holders(office, limit=1) == [("1", "Utrecht")]
    with office.database.reading() as session:
        (bos,) = finding.find_holders(session, "bos jan", limit=5, actor=office.hanna)
    assert (bos.login_id, bos.name) == (login_id, "Jan Bos")


def test_holders_of_a_branch_out_of_reach_are_not_found(office):
    with pytest.raises(NotFoundError):
        holders(office, actor=office.ursula, branch_id=office.amsterdam)
    with pytest.raises(NotPermittedError):
        holders(office, actor=SCHEDULE)
