from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.importing import staff_lists
from domain.importing.headings import Column
from domain.importing.report import ChangedAddress, ChangedRow, Problem, Warned
from domain.logins.model import LoginState
from domain.record_cards.fields import Reason
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, EMAIL, LAST_NAME, NUMBER
from tests.keys import KEYRING


def _person(number, last_name="Wit", branch="Utrecht", **more):
    names = {"email": EMAIL, "job": "Functie", "start": "Datum in dienst"}
    names |= {"end": "Datum uit dienst", "first": "Voornaam"}
    person = {NUMBER: number, LAST_NAME: last_name, BRANCH: branch}
    return person | {names[name]: value for name, value in more.items()}


def _add_login(office, number, email, state=LoginState.ACTIVE, **card):
    values = {"number": number, "last_name": "Wit", "first_name": None, "email": email}
    return office.add_login(state, card=values | card)


def _address_warning(row, number, value, reason):
    return Warned(row, number, Problem(Column.EMAIL, value, reason))


def test_an_empty_cell_erases_nothing(desk):
    desk.imports_people(
        _person("1", email="wit@example.nl", job="Kok", start="1-2-2020", first="Jan")
    )
    before = desk.dump()
    report = desk.imports_people(
        _person("1", email=" ", job=None, start="\u200b", first="")
    )
    assert [line.number for line in report.unchanged] == ["1"]
    assert desk.dump() == before


def test_an_address_that_cannot_be_used_erases_nothing(desk):
    desk.imports_people(_person("1", email="wit@example.nl"))
    report = desk.imports_people(_person("1", email="geen", job="Kok"))
    assert report.warnings == (
        _address_warning(2, "1", "geen", Reason.ADDRESS_UNUSABLE),
    )
    assert report.changed == (ChangedRow(2, "1", (Column.JOB_TITLE,)),)
    assert desk.card("1").email == "wit@example.nl"


def test_columns_that_are_not_in_the_list_stay_as_they_are(desk):
    desk.imports_people(_person("1", email="wit@example.nl", job="Kok"))
    desk.imports_people(_person("1", last_name="Zwart"))
    card = desk.card("1")
    assert (card.last_name, card.job_title) == ("Zwart", "Kok")
    assert card.email == "wit@example.nl"


def test_cards_that_are_not_in_the_list_stay(desk):
    desk.imports_people(_person("1"), _person("2"))
    desk.imports_people(_person("3"))
    assert desk.numbers() == ["1", "2", "3"]


def test_a_changed_row_says_which_columns_changed(desk, office, now):
    desk.imports_people(_person("1", first="Jan", email="wit@example.nl"))
    desk.now = now + timedelta(days=1)
    report = desk.imports_people(
        _person("1", first="Piet", email="piet@example.nl", branch="rotterdam")
    )
    columns = (Column.FIRST_NAME, Column.BRANCH, Column.EMAIL)
    assert report.changed == (ChangedRow(2, "1", columns),)
    assert report.address_changes == ()
    card = desk.card("1")
    assert card.name_key == "wit piet 1"
    assert (card.email_key, card.branch_id) == ("piet@example.nl", office.rotterdam)
    assert (card.created_at, card.changed_at) == (now, desk.now)


def test_the_log_names_the_changed_fields_and_no_values(desk, office):
    desk.imports_people(_person("1", first="Jan"))
    desk.imports_people(_person("1", first="Geheim", job="Onbekend"))
    (event,) = office.events(AuditAct.CARD_CHANGED)
    assert event.record_card_id == desk.card("1").id
    assert event.branch_id == office.utrecht
    assert event.details == {"fields": ["first_name", "job_title"]}
    summaries = office.events(AuditAct.CARDS_IMPORTED)
    assert [event.details for event in summaries] == [
        {"new": 1, "changed": 0},
        {"new": 0, "changed": 1},
    ]


def test_a_number_in_another_spelling_is_the_same_card(desk):
    desk.imports_people(_person("a 7"))
    report = desk.imports_people(_person("A7", job="Kok"))
    assert [line.number for line in report.changed] == ["A7"]
    assert desk.numbers() == ["a 7"]


def test_a_branch_in_another_spelling_is_the_same_branch(desk):
    desk.imports_people(
        _person("1", branch=" UTRECHT"),
        _person("2", branch="Utrecht"),
        _person("3", branch="u t r e c h t"),
        _person("4", branch="Utrecht"),
    )
    report = desk.imports_people(_person("5", branch="ＵＴＲＥＣＨＴ"))
    assert list(desk.branches()) == ["Utrecht"]
    assert report.new_branches == ()


def test_a_branch_of_refused_rows_only_is_not_created(desk):
    report = desk.imports_people(
        _person("1"), _person("2", last_name=None, branch="Nergens")
    )
    assert report.new_branches == ("Utrecht",)
    assert list(desk.branches()) == ["Utrecht"]


def test_the_same_address_in_another_spelling_is_no_change(desk):
    desk.imports_people(_person("1", email="piet@exämple.nl"))
    before = desk.dump()
    for email in ("PIET@EXÄMPLE.NL", "piet@xn--exmple-cua.nl", "piet@exa\u0308mple.nl"):
        assert desk.imports_people(_person("1", email=email)).changed == ()
    assert desk.dump() == before


def test_a_new_address_changes_card_and_login_together(desk, office):
    login_id = _add_login(office, "1", "oud@example.nl")
    report = desk.imports_people(_person("1", email="Nieuw@Example.nl"))
    change = ChangedAddress(2, "1", "oud@example.nl", "Nieuw@example.nl")
    assert report.address_changes == (change,)
    assert report.changed == (ChangedRow(2, "1", (Column.EMAIL,)),)
    login = office.login(login_id)
    assert desk.card("1").email == login.user_name == "Nieuw@example.nl"
    assert desk.card("1").email_key == login.user_name_key == "nieuw@example.nl"
    assert login.credential_version == 2
    (event,) = office.events(AuditAct.LOGIN_ADDRESS_CHANGED)
    assert event.login_id == login_id
    assert office.events(AuditAct.CARD_CHANGED) == []


def test_a_new_address_and_another_branch_are_two_events(desk, office):
    _add_login(office, "1", "oud@example.nl")
    desk.imports_people(_person("1", email="nieuw@example.nl", branch="Amsterdam"))
    (card_event,) = office.events(AuditAct.CARD_CHANGED)
    assert card_event.details == {"fields": ["branch"]}
    assert desk.card("1").branch_id == office.amsterdam
    assert desk.card("1").email == "nieuw@example.nl"


def test_a_new_address_of_a_card_without_login_is_an_ordinary_field(desk):
    desk.imports_people(_person("1", email="oud@example.nl"))
    report = desk.imports_people(_person("1", email="nieuw@example.nl"))
    assert report.address_changes == ()
    assert desk.card("1").email == "nieuw@example.nl"


def test_another_logins_address_is_left_out_and_the_rest_goes_in(desk, office):
    mine = _add_login(office, "1", "mijn@example.nl")
    _add_login(office, "2", "hunne@example.nl")
    report = desk.imports_people(_person("1", email="HUNNE@example.nl", job="Kok"))
    assert report.warnings == (
        _address_warning(2, "1", "HUNNE@example.nl", Reason.ADDRESS_IN_USE),
    )
    assert report.changed == (ChangedRow(2, "1", (Column.JOB_TITLE,)),)
    assert desk.card("1").email == office.login(mine).user_name == "mijn@example.nl"
    assert desk.card("1").job_title == "Kok"


def test_a_row_with_nothing_but_an_address_in_use_is_unchanged(desk, office):
    _add_login(office, "1", "mijn@example.nl")
    _add_login(office, "2", "hunne@example.nl")
    before = desk.dump()
    report = desk.imports_people(_person("1", email="hunne@example.nl"))
    assert [line.number for line in report.unchanged] == ["1"]
    assert len(report.warnings) == 1
    assert desk.dump() == before


def test_two_logins_may_not_get_one_address(desk, office):
    for number in ("1", "2"):
        _add_login(office, number, f"{number}@example.nl")
    report = desk.imports_people(
        *(_person(number, email="samen@example.nl") for number in ("1", "2"))
    )
    assert report.warnings == tuple(
        _address_warning(row, number, "samen@example.nl", Reason.ADDRESS_SHARED)
        for row, number in ((2, "1"), (3, "2"))
    )
    assert desk.card("1").email == "1@example.nl"


def test_two_people_may_swap_their_addresses(desk, office):
    one = _add_login(office, "1", "een@example.nl")
    two = _add_login(office, "2", "twee@example.nl")
    report = desk.imports_people(
        _person("1", email="twee@example.nl"), _person("2", email="een@example.nl")
    )
    assert len(report.address_changes) == 2
    assert office.login(one).user_name == "twee@example.nl"
    assert office.login(two).user_name == "een@example.nl"
    assert desk.card("1").email == "twee@example.nl"


def test_two_cards_may_carry_one_address(desk):
    desk.imports_people(*(_person(n, email="samen@example.nl") for n in ("1", "2")))
    assert desk.card("1").email == desk.card("2").email == "samen@example.nl"


def test_an_end_before_the_stored_start_is_refused(desk):
    desk.imports_people(_person("1", start="1-2-2024"))
    report = desk.imports_people(_person("1", end="1-1-2024", job="Kok"))
    (refused,) = report.refused
    assert refused.problems == (
        Problem(Column.END_ON, "2024-01-01", Reason.ENDS_BEFORE_START),
    )
    assert (desk.card("1").end_on, desk.card("1").job_title) == (None, None)
    desk.imports_people(_person("1", end="1-1-2025"))
    assert desk.card("1").end_on == date(2025, 1, 1)


def test_a_number_that_occurs_twice_refuses_every_row_that_has_it(desk):
    report = desk.imports_people(
        _person("a1", email="geen"),
        _person("2"),
        _person(" A 1 "),
        _person("A1", last_name=None),
    )
    assert [line.number for line in report.new] == ["2"]
    assert [
        (line.row, [problem.reason for problem in line.problems])
        for line in report.refused
    ] == [
        (2, [Reason.NUMBER_TWICE]),
        (4, [Reason.NUMBER_TWICE]),
        (5, [Reason.NUMBER_TWICE, Reason.MISSING]),
    ]
    assert report.warnings == ()


def test_an_import_that_fails_halfway_leaves_nothing(desk):
    file = workbooks.staff_list(_person("1"), _person("2"))
    staff_list = staff_lists.read(file, now=desk.now)
    before = desk.dump()
    with pytest.raises(IntegrityError), desk.database.transaction() as session:
        staff_lists.apply(
            session, staff_list, keyring=KEYRING, actor=OPERATOR, now=desk.now
        )
        session.connection().exec_driver_sql(
            "INSERT INTO branch (name, name_key, initial_password_days, created_at) "
            "SELECT name, name_key, initial_password_days, created_at FROM branch"
        )
    assert desk.dump() == before
