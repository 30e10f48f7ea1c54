import pytest

from domain.actor import SCHEDULE
from domain.errors import NotFoundError, NotPermittedError
from domain.record_cards import register
from domain.record_cards.model import RecordCardId

NOBODY = RecordCardId(999_999)


def search(office, part, *, actor=None, limit=10, **given):
    with office.database.reading() as session:
        found = register.search(
            session, part, actor=actor or office.hanna, limit=limit, **given
        )
        return [card.number for card in found]


@pytest.fixture
def staff(office):
    """Jan de Vries of Utrecht, Zoë Öztürk of Amsterdam, Jan Jansen of Utrecht."""
    office.add_card(number="00104", first_name="Jan", prefix="de", last_name="Vries")
    office.add_card(
        number="A-7",
        first_name="Zoë",
        last_name="Öztürk",
        branch_id=office.amsterdam,
    )
    office.add_card(number="00200", first_name="Jan", last_name="Jansen")
    return office


@pytest.mark.parametrize(
    "part",
    [
        "vries",
        "VRIES",
        "Jan de Vries",
        "de vries jan",
        "vri jan",
        "00104",
        "104 vries",
        " \u200bvries\u00a0",
        "Ｖｒｉｅｓ",
    ],
)
def test_a_card_is_found_by_parts_of_its_name_and_number(staff, part):
    assert search(staff, part) == ["00104"]


@pytest.mark.parametrize("part", ["zoë öztürk", "ZOE\u0308", "a-7"])
def test_letters_with_marks_are_found_in_every_unicode_form(staff, part):
    assert search(staff, part) == ["A-7"]


def test_cards_are_given_by_name_and_no_more_than_the_limit(staff):
    assert search(staff, "jan") == ["00200", "00104"]
    assert search(staff, "jan", limit=1) == ["00200"]


def test_nothing_typed_finds_everybody(staff):
    assert search(staff, "  ") == ["00200", "00104", "A-7"]


@pytest.mark.parametrize("part", ["%", "_", "\\", "'", "vries' OR '1'='1"])
def test_signs_of_sql_find_only_themselves(staff, part):
    assert search(staff, part) == []


@pytest.mark.parametrize("part", ["\0", "\ud800", "\x1b"])
def test_signs_that_no_database_takes_are_not_looked_for(staff, part):
    assert search(staff, f"vr{part}ies") == ["00104"]


def test_only_cards_within_reach_are_found(staff):
    assert search(staff, "", actor=staff.ursula) == ["00200", "00104"]
    assert search(staff, "zoë", actor=staff.ursula) == []


def test_searching_keeps_to_the_branch_that_is_named(staff):
    assert search(staff, "", branch_id=staff.amsterdam) == ["A-7"]


def test_searching_in_a_foreign_branch_is_refused_as_if_it_were_not_there(staff):
    with pytest.raises(NotFoundError):
        search(staff, "", actor=staff.ursula, branch_id=staff.amsterdam)


def test_a_card_is_given_within_reach_only(office):
    own = office.add_card()
    foreign = office.add_card(branch_id=office.amsterdam)
    with office.database.reading() as session:
        assert register.get(session, own, actor=office.ursula).id == own
        assert register.get(session, foreign, actor=office.hanna).id == foreign
        refusals = []
        for card_id in (foreign, NOBODY):
            with pytest.raises(NotFoundError) as refused:
                register.get(session, card_id, actor=office.ursula)
            refusals.append(refused.value.fields)
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize("typed", ["A-7", "a-7", " a-7 ", "A -7"])
def test_a_number_is_found_whatever_its_case_and_blanks(staff, typed):
    with staff.database.reading() as session:
        card = register.find_by_number(session, typed, actor=staff.hanna)
    assert card.number == "A-7"


@pytest.mark.parametrize("typed", ["104", "0104", "000104", "A7", "", "\0", "\ud800"])
def test_leading_zeros_and_other_signs_of_a_number_matter(staff, typed):
    with staff.database.reading() as session, pytest.raises(NotFoundError):
        register.find_by_number(session, typed, actor=staff.hanna)


def test_a_number_of_a_foreign_branch_is_not_found(staff):
    with staff.database.reading() as session, pytest.raises(NotFoundError):
        register.find_by_number(session, "A-7", actor=staff.ursula)


def test_the_schedule_looks_at_no_cards(office):
    with office.database.reading() as session, pytest.raises(NotPermittedError):
        register.get(session, NOBODY, actor=SCHEDULE)


def test_a_name_is_said_first_name_prefix_last_name(office):
    card_id = office.add_card(first_name="Jan", prefix="de", last_name="Vries")
    assert office.card(card_id).full_name == "Jan de Vries"
    alone = office.add_card(first_name=None, prefix=None, last_name="Vries")
    assert office.card(alone).full_name == "Vries"
