"""What managers set per branch, and what is refused."""

import threading

import pytest

from domain import branch_settings, branches, step_ups
from domain.actor import BranchId
from domain.audit import AuditAct
from domain.branch_settings import (
    BranchNameMissingError,
    BranchNameTakenError,
    BranchNameTooLongError,
    SettingOutOfRangeError,
    SettingsChangedError,
)
from domain.branches import Branch
from domain.errors import NotFoundError, NotPermittedError
from domain.step_ups import StepUpRequiredError

EVERYTHING = {
    "name": "Utrecht Centraal",
    "second_factor_required": True,
    "wrong_attempts_allowed": 5,
    "initial_password_days": 14,
    "admin_channel_id": "C0ADMIN",
    "second_administrator_above": 25,
    "weekly_digest": True,
}


def save(office, settings, *, shown=None, actor=None, branch_id=None):
    with office.database.transaction() as session:
        return branch_settings.save_settings(
            session,
            branch_id or office.utrecht,
            settings,
            shown=shown,
            actor=actor or office.hanna,
            now=office.now,
        )


def settings_of(office, branch_id=None):
    with office.database.reading() as session:
        return branch_settings.of(session.get_one(Branch, branch_id or office.utrecht))


def changes(office):
    return [event.details for event in office.events(AuditAct.BRANCH_CHANGED)]


def test_a_branch_begins_with_the_settings_of_the_product(office):
    assert settings_of(office) == {
        "name": "Utrecht",
        "second_factor_required": False,
        "wrong_attempts_allowed": 10,
        "initial_password_days": 7,
        "admin_channel_id": None,
        "second_administrator_above": None,
        "weekly_digest": False,
    }


def test_a_saved_form_is_one_event_with_the_names_of_what_changed(office):
    assert set(save(office, EVERYTHING)) == set(EVERYTHING)
    assert settings_of(office) == EVERYTHING
    (event,) = office.events(AuditAct.BRANCH_CHANGED)
    assert event.branch_id == office.utrecht
    assert event.details == {"fields": list(EVERYTHING)}
    assert event.administrator_id == office.hanna.administrator_id


@pytest.mark.parametrize("setting", EVERYTHING)
def test_each_setting_is_saved_by_itself_and_the_others_stay(office, setting):
    before = settings_of(office)
    assert save(office, {setting: EVERYTHING[setting]}) == (setting,)
    assert settings_of(office) == before | {setting: EVERYTHING[setting]}
    assert changes(office) == [{"fields": [setting]}]


def test_saving_what_is_so_already_changes_nothing_and_logs_nothing(office):
    save(office, EVERYTHING)
    assert save(office, EVERYTHING) == ()
    assert save(office, {}) == ()
    assert len(changes(office)) == 1


def test_the_channel_and_the_second_administrator_can_be_taken_away_again(office):
    save(office, EVERYTHING)
    save(office, {"admin_channel_id": None, "second_administrator_above": None})
    assert settings_of(office)["admin_channel_id"] is None
    assert settings_of(office)["second_administrator_above"] is None


@pytest.mark.parametrize("who", ["bram", "ursula"])
def test_only_managers_set_up_branches(office, who):
    with pytest.raises(NotPermittedError):
        save(office, EVERYTHING, actor=getattr(office, who))
    assert settings_of(office)["name"] == "Utrecht"


def test_a_branch_that_is_not_there_is_not_found(office):
    with pytest.raises(NotFoundError):
        save(office, {"weekly_digest": True}, branch_id=BranchId(999_999))


@pytest.mark.parametrize(
    ("setting", "refused", "taken"),
    [
        ("wrong_attempts_allowed", (-1, 0, 2, 21), (3, 20)),
        ("initial_password_days", (-1, 0, 31), (1, 30)),
        ("second_administrator_above", (-1, 100_001), (0, 100_000)),
    ],
)
def test_numbers_stay_within_their_range(office, setting, refused, taken):
    for number in refused:
        with pytest.raises(SettingOutOfRangeError) as no:
            save(office, {setting: number})
        least, most = taken
        assert no.value.fields == {"setting": setting, "least": least, "most": most}
    for number in taken:
        save(office, {setting: number})
        assert settings_of(office)[setting] == number


def test_everything_that_is_wrong_is_told_at_once():
    wrong = {"name": " ", "wrong_attempts_allowed": 2, "initial_password_days": 31}
    assert set(branch_settings.refusals(wrong)) == set(wrong)


def test_a_branch_is_found_by_its_new_name_and_not_by_the_old_one(office):
    save(office, {"name": "  Utrecht\u00a0 Oost "})
    assert settings_of(office)["name"] == "Utrecht Oost"
    with office.database.reading() as session:
        keys = branches.ids_by_key(session, ["utrecht", "utrechtoost"])
    assert keys == {"utrechtoost": office.utrecht}


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_a_branch_is_called_something(office, name):
    with pytest.raises(BranchNameMissingError):
        save(office, {"name": name})


def test_a_name_of_a_hundred_signs_is_the_longest(office):
    save(office, {"name": "x" * 100})
    with pytest.raises(BranchNameTooLongError):
        save(office, {"name": "x" * 101})


@pytest.mark.parametrize("name", ["Amsterdam", "AMSTER DAM"])
def test_no_two_branches_are_called_the_same(office, name):
    with pytest.raises(BranchNameTakenError):
        save(office, {"name": name, "weekly_digest": True})
    assert not settings_of(office)["weekly_digest"]
    assert changes(office) == []


def test_a_branch_may_be_written_in_another_way(office):
    save(office, {"name": "UTRECHT"})
    assert settings_of(office)["name"] == "UTRECHT"


def test_two_that_take_a_name_at_once_do_not_both_get_it(office):
    outcomes = []

    def rename(branch_id):
        try:
            outcomes.append(save(office, {"name": "Zwolle"}, branch_id=branch_id))
        except BranchNameTakenError:
            outcomes.append("taken")

    threads = [
        threading.Thread(target=rename, args=[branch_id])
        for branch_id in (office.amsterdam, office.utrecht, office.rotterdam)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [("name",), "taken", "taken"]
    assert changes(office) == [{"fields": ["name"]}]


def test_what_somebody_else_set_meanwhile_is_not_overwritten(office):
    shown = settings_of(office)
    save(office, {"wrong_attempts_allowed": 5})
    with pytest.raises(SettingsChangedError) as no:
        save(office, {"wrong_attempts_allowed": 8, "weekly_digest": True}, shown=shown)
    assert no.value.settings == {"wrong_attempts_allowed"}
    assert settings_of(office)["wrong_attempts_allowed"] == 5
    assert not settings_of(office)["weekly_digest"]


def test_what_somebody_else_set_meanwhile_stays_beside_another_change(office):
    shown = settings_of(office)
    save(office, {"wrong_attempts_allowed": 5})
    save(office, {"weekly_digest": True}, shown=shown)
    assert settings_of(office)["wrong_attempts_allowed"] == 5
    assert settings_of(office)["weekly_digest"]


def test_the_same_choice_by_two_people_is_no_clash(office):
    shown = settings_of(office)
    save(office, {"weekly_digest": True})
    assert save(office, {"weekly_digest": True}, shown=shown) == ()


@pytest.mark.parametrize(
    "settings",
    [
        {"admin_channel_id": "C0OTHER"},
        {"second_administrator_above": None},
        {"second_factor_required": False},
    ],
)
def test_what_guards_a_branch_is_changed_after_a_code_only(office, settings):
    save(office, EVERYTHING)
    with office.database.transaction() as session:
        step_ups.hold(session, office.hanna.administrator_id).is_required = True
    with pytest.raises(StepUpRequiredError):
        save(office, settings | {"weekly_digest": False})
    assert settings_of(office) == EVERYTHING
    assert save(office, {"weekly_digest": False}) == ("weekly_digest",)
