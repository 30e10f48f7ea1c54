import threading

import pytest

from domain import branches
from domain.actor import OPERATOR, BranchId
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError

NOWHERE = BranchId(999_999)


@pytest.mark.parametrize(
    "spelling",
    [
        "Den Haag",
        "DEN HAAG",
        " den haag ",
        "Den\u00a0Haag",
        "Denhaag",
        "Ｄｅｎ Ｈａａｇ",
    ],
)
def test_names_are_compared_without_case_and_blanks(spelling):
    assert branches.name_key(spelling) == "denhaag"


def test_a_name_in_two_unicode_forms_is_one_name():
    assert branches.name_key("Cafe\u0301") == branches.name_key("Caf\u00e9")


def test_a_branch_is_found_by_id_within_reach_only(office):
    with office.database.reading() as session:
        found = branches.get(session, office.utrecht, actor=office.ursula)
        assert found.name == "Utrecht"
        assert branches.get(session, office.amsterdam, actor=office.hanna)


def test_a_foreign_branch_and_no_branch_are_refused_alike(office):
    refusals = []
    for branch_id in (office.amsterdam, NOWHERE):
        with office.database.reading() as session, pytest.raises(NotFoundError) as no:
            branches.get(session, branch_id, actor=office.ursula)
        refusals.append(no.value.fields)
    assert refusals[0] == refusals[1]


def test_a_branch_is_locked_within_reach_only(office):
    with office.database.transaction() as session:
        branches.lock(session, office.utrecht, actor=office.ursula)
        for branch_id, actor in (
            (office.amsterdam, office.ursula),
            (NOWHERE, office.hanna),
        ):
            with pytest.raises(NotFoundError):
                branches.lock(session, branch_id, actor=actor)


def test_searching_finds_a_part_of_a_name_whatever_its_case_and_blanks(office):
    with office.database.reading() as session:
        found = branches.search(session, "TER D", actor=office.hanna, limit=10)
    assert [branch.name for branch in found] == ["Amsterdam", "Rotterdam"]


def test_searching_shows_only_branches_within_reach(office):
    with office.database.reading() as session:
        found = branches.search(session, "", actor=office.bram, limit=10)
    assert [branch.name for branch in found] == ["Utrecht"]


@pytest.mark.parametrize("part", ["%", "_", "\\", "'", '"; DROP TABLE branch; --'])
def test_searching_takes_signs_of_sql_literally(office, part):
    with office.database.reading() as session:
        assert branches.search(session, part, actor=office.hanna, limit=10) == []


def test_searching_leaves_out_what_no_database_takes(office):
    with office.database.reading() as session:
        found = branches.search(session, "utr\0\ud800", actor=office.hanna, limit=10)
    assert [branch.name for branch in found] == ["Utrecht"]


def test_searching_gives_no_more_than_the_limit_by_name(office):
    with office.database.reading() as session:
        found = branches.search(session, "", actor=office.hanna, limit=2)
    assert [branch.name for branch in found] == ["Amsterdam", "Rotterdam"]


def test_known_branches_are_recognised_and_new_ones_added_once(office):
    before = len(office.events(AuditAct.BRANCH_ADDED))
    names = ["utrecht ", "Zwolle", "ZWOLLE"]
    with office.database.transaction() as session:
        ids = branches.ensure(session, names, actor=OPERATOR, now=office.now)
    with office.database.transaction() as session:
        again = branches.ensure(session, names, actor=OPERATOR, now=office.now)
    assert ids == again
    assert ids["utrecht"] == office.utrecht
    (event,) = office.events(AuditAct.BRANCH_ADDED)[before:]
    assert event.branch_id == ids["zwolle"]


def test_naming_no_branch_adds_none(office):
    with office.database.transaction() as session:
        assert branches.ensure(session, [], actor=OPERATOR, now=office.now) == {}


def test_only_who_sets_up_branches_adds_one(office):
    for actor in (office.bram, office.ursula):
        with office.database.transaction() as session, pytest.raises(NotPermittedError):
            branches.ensure(session, ["Zwolle"], actor=actor, now=office.now)


def test_whoever_is_bound_to_branches_gets_the_ids_of_those(office):
    with office.database.transaction() as session:
        found = branches.ensure(session, ["Utrecht"], actor=office.bram, now=office.now)
        assert found == {"utrecht": office.utrecht}
        with pytest.raises(NotFoundError):
            branches.ensure(session, ["Amsterdam"], actor=office.bram, now=office.now)


def test_two_imports_at_once_add_a_branch_once(office):
    outcomes = []

    def import_zwolle():
        with office.database.transaction() as session:
            found = branches.ensure(session, ["Zwolle"], actor=OPERATOR, now=office.now)
            outcomes.append(found["zwolle"])

    threads = [threading.Thread(target=import_zwolle) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 4
    assert len(set(outcomes)) == 1
    events = office.events(AuditAct.BRANCH_ADDED)
    assert [event.branch_id for event in events].count(outcomes[0]) == 1


def test_initial_passwords_of_a_branch_live_seven_days_unless_changed(office):
    with office.database.reading() as session:
        branch = branches.get(session, office.utrecht, actor=office.hanna)
    assert branch.initial_password_life.days == 7
