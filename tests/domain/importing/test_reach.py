"""Who imports into which branches."""

import pytest

from domain.actor import SCHEDULE, AccountType, ActorKind
from domain.audit import AuditAct
from domain.errors import NotPermittedError
from domain.importing.headings import Column
from domain.importing.report import Problem
from domain.logins.model import LoginState
from domain.record_cards.fields import Reason
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, EMAIL, LAST_NAME, NUMBER


def person(number, branch="Utrecht", **more):
    return {NUMBER: number, LAST_NAME: f"Wit {number}", BRANCH: branch} | more


def problems(report):
    return {line.number: line.problems for line in report.refused}


def not_yours(column, value, reason):
    return (Problem(column, value, reason),)


@pytest.fixture(params=["bram", "ursula"])
def bound(office, request):
    """The branch manager and the user of Utrecht."""
    return getattr(office, request.param)


def test_whoever_is_bound_to_branches_imports_into_those(desk, office, bound):
    file = workbooks.staff_list(person("1"), person("2", " UTRECHT"))
    report = desk.imports(file, actor=bound)
    assert [line.number for line in report.new] == ["1", "2"]
    assert [desk.branch_of(number) for number in "12"] == ["Utrecht"] * 2
    (event,) = office.events(AuditAct.CARDS_IMPORTED)
    assert event.actor_kind is ActorKind.ADMINISTRATOR
    assert event.administrator_id == bound.administrator_id


def test_a_foreign_branch_and_one_that_there_is_not_are_refused_alike(desk, bound):
    file = workbooks.staff_list(
        person("1", "Amsterdam"), person("2", "Zwolle"), person("3")
    )
    report = desk.imports(file, actor=bound)
    assert problems(report) == {
        "1": not_yours(Column.BRANCH, "Amsterdam", Reason.BRANCH_OUT_OF_REACH),
        "2": not_yours(Column.BRANCH, "Zwolle", Reason.BRANCH_OUT_OF_REACH),
    }
    assert (desk.numbers(), report.new_branches) == (["3"], ())
    assert "Zwolle" not in desk.branches()


def test_a_card_of_another_branch_is_not_pulled_over(desk, office, bound):
    office.add_login(
        LoginState.ACTIVE,
        card={"number": "7", "branch_id": office.amsterdam, "email": "oud@example.nl"},
    )
    before = desk.dump()
    report = desk.imports(
        workbooks.staff_list(person("7", **{EMAIL: "nieuw@example.nl"})), actor=bound
    )
    assert problems(report) == {
        "7": not_yours(Column.NUMBER, "7", Reason.CARD_OUT_OF_REACH)
    }
    assert desk.dump() == before


def test_a_card_of_ones_own_is_not_pushed_into_another_branch(desk, office, bound):
    office.add_card(number="7")
    before = desk.dump()
    report = desk.imports(workbooks.staff_list(person("7", "Rotterdam")), actor=bound)
    assert problems(report) == {
        "7": not_yours(Column.BRANCH, "Rotterdam", Reason.BRANCH_OUT_OF_REACH)
    }
    assert desk.dump() == before


def test_a_refused_row_takes_nobody_an_address(desk, office, bound):
    """Of two rows that want one address the foreign one does not count."""
    office.add_login(card={"number": "1"})
    office.add_login(card={"number": "2", "branch_id": office.amsterdam})
    wanted = {EMAIL: "nieuw@example.nl"}
    report = desk.imports(
        workbooks.staff_list(person("1", **wanted), person("2", **wanted)), actor=bound
    )
    assert [change.number for change in report.address_changes] == ["1"]
    assert report.warnings == ()


def test_a_refused_row_gives_no_warning_of_its_address(desk, bound):
    file = workbooks.staff_list(person("1", "Amsterdam", **{EMAIL: "geen"}))
    report = desk.imports(file, actor=bound)
    assert (len(report.refused), report.warnings) == (1, ())


def test_managers_import_everywhere_and_add_branches(desk, office):
    file = workbooks.staff_list(person("1", "Amsterdam"), person("2", "Zwolle"))
    report = desk.imports(file, actor=office.hanna)
    assert (report.refused, report.new_branches) == ((), ("Zwolle",))


def test_a_preview_for_somebody_is_what_the_import_by_them_then_does(
    desk, office, bound
):
    file = workbooks.staff_list(person("1"), person("2", "Amsterdam"))
    assert desk.previews(file, actor=bound) == desk.imports(file, actor=bound)


def test_the_schedule_does_not_import(desk):
    file = workbooks.staff_list(person("1"))
    for act in (desk.previews, desk.imports):
        with pytest.raises(NotPermittedError):
            act(file, actor=SCHEDULE)


def test_the_cast_has_an_account_of_each_type(office):
    kinds = [actor.account_type for actor in (office.hanna, office.bram, office.ursula)]
    assert kinds == list(AccountType)
