"""What attempts there are: per network, per login, per known browser."""

from dataclasses import replace

import pytest

from domain.logins.model import LoginState
from domain.secret import Secret
from domain.sign_in.gate import Visit
from domain.sign_in.model import AttemptOutcome, CountedBy, PasswordAttempt
from domain.sign_in.sign_in import OutcomeKind
from tests.domain.sign_in.people import (
    ELSEWHERE,
    HOME,
    NAME,
    NOBODY,
    PASSWORD,
    later,
    seconds,
)


@pytest.mark.parametrize("name", [NAME, NOBODY, "vast@example.nl", "uit@example.nl"])
def test_pauses_grow_from_the_third_failure_alike_for_every_name(desk, name):
    desk.add_employee()
    desk.add_employee("vast@example.nl", LoginState.LOCKED)
    desk.add_employee("uit@example.nl", LoginState.SWITCHED_OFF)
    pauses = []
    for number in range(13):
        outcome = desk.tries(f"fout {number}", name)
        while outcome.kind is OutcomeKind.PAUSED:
            pauses.append(seconds(outcome))
            desk.clock.forward(outcome.retry_after)
            outcome = desk.tries(f"fout {number}", name)
        assert outcome.kind is OutcomeKind.REFUSED
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900]


@pytest.mark.parametrize("allowed", [3, 5, 20])
def test_a_branch_with_another_number_is_not_told_by_its_pauses(desk, allowed):
    desk.allows(allowed)
    desk.add_employee()
    told = {name: [] for name in (NAME, NOBODY)}
    for name, outcomes in told.items():
        visit = Visit(f"192.0.2.{len(name)}")
        for number in range(25):
            outcome = desk.tries(f"fout {number}", name, visit)
            outcomes.append((outcome.kind, outcome.retry_after))
            if outcome.retry_after:
                desk.clock.forward(outcome.retry_after)
    assert told[NAME] == told[NOBODY]


def test_a_pause_leaves_no_trace(desk):
    desk.add_employee()
    desk.fails(3)
    before = (desk.number_of(PasswordAttempt), desk.counted(CountedBy.NETWORK))
    for _ in range(5):
        assert desk.tries(PASSWORD).kind is OutcomeKind.PAUSED
    assert before == (
        desk.number_of(PasswordAttempt),
        desk.counted(CountedBy.NETWORK),
    )


def test_the_right_password_has_to_wait_for_the_pause_too(desk):
    desk.add_employee()
    desk.fails(3)
    assert desk.tries(PASSWORD).kind is OutcomeKind.PAUSED
    later(desk.clock, seconds=2)
    desk.signs_in()


def test_forty_spellings_of_a_name_share_one_counter(desk):
    name = "anna.de.boer@example.nl"
    desk.add_employee(name)
    spellings = [
        name,
        name.upper(),
        name.title(),
        f" {name}",
        f"{name}\u200b",
        f"\t{name}",
    ]
    spellings += [
        name.replace(letter, letter.upper())
        for letter in sorted(set(name) - {"@", "."})
    ]
    spellings += [name.replace("a", "ａ"), name.replace("e", "ｅ"), name + "\u00a0" * 4]
    spellings += [f"{name}{' ' * number}" for number in range(1, 22)]
    assert len(set(spellings)) >= 40
    for number, spelling in enumerate(spellings):
        outcome = desk.tries(f"fout {number}", spelling)
        assert outcome.kind is (
            OutcomeKind.REFUSED if number < 3 else OutcomeKind.PAUSED
        )
    assert desk.counted(CountedBy.LOGIN) == [3]
    assert desk.counted(CountedBy.NAME) == []


def test_spellings_of_an_unknown_name_share_one_counter(desk):
    for number, name in enumerate([NOBODY, NOBODY.upper(), f" {NOBODY}\ufeff"]):
        desk.tries(f"fout {number}", name)
    assert desk.counted(CountedBy.NAME) == [3]
    assert desk.tries("fout", NOBODY.title()).kind is OutcomeKind.PAUSED


@pytest.mark.parametrize("name", [NAME, NOBODY, "vast@example.nl"])
def test_the_same_wrong_password_counts_once(desk, name):
    desk.add_employee()
    desk.add_employee("vast@example.nl", LoginState.LOCKED)
    for _ in range(12):
        assert desk.tries("fout", name).kind is OutcomeKind.REFUSED
    by = CountedBy.NAME if name == NOBODY else CountedBy.LOGIN
    assert desk.counted(by) == [1]
    assert desk.outcomes() == [AttemptOutcome.WRONG] + [AttemptOutcome.REPEATED] * 11


def test_the_same_wrong_password_with_a_blank_is_the_same(desk):
    desk.add_employee()
    for typed in ("fout", "fout ", "\u200bfout", "fout\u00a0"):
        desk.tries(typed)
    assert desk.counted(CountedBy.LOGIN) == [1]


def test_another_capital_is_another_password(desk):
    desk.add_employee()
    desk.tries("fout")
    desk.tries("Fout")
    assert desk.counted(CountedBy.LOGIN) == [2]


def test_a_password_remembered_of_one_name_is_another_for_the_next(desk):
    desk.add_employee()
    desk.add_employee("bert@example.nl")
    desk.tries("fout")
    desk.tries("fout", "bert@example.nl")
    assert desk.counted(CountedBy.LOGIN) == [1, 1]
    first, second = (attempt.wrong_mark for attempt in desk.attempts())
    assert first != second
    assert 0 <= first < 2**32


def test_the_network_counts_a_repeated_password_each_time(desk):
    desk.add_employee()
    for _ in range(60):
        assert desk.tries("fout").kind is OutcomeKind.REFUSED
    assert desk.tries("fout").kind is OutcomeKind.PAUSED


def test_marks_are_wiped_at_success_and_the_password_counts_anew(desk):
    desk.add_employee()
    desk.tries("fout")
    later(desk.clock, seconds=1)
    desk.signs_in()
    assert [attempt.wrong_mark for attempt in desk.attempts()] == [None, None]
    desk.tries("fout")
    assert desk.counted(CountedBy.LOGIN) == [1]


def test_a_mark_counts_for_24_hours(desk):
    desk.add_employee()
    desk.tries("fout")
    later(desk.clock, hours=24)
    desk.tries("fout")
    assert desk.outcomes() == [AttemptOutcome.WRONG] * 2


def test_a_right_but_inactive_password_is_counted_once(desk):
    desk.add_employee(state=LoginState.SWITCHED_OFF)
    for _ in range(5):
        assert desk.tries(PASSWORD).kind is OutcomeKind.INACTIVE
    assert desk.counted(CountedBy.LOGIN) == [1]
    desk.tries("fout 1")
    desk.tries("fout 2")
    assert desk.tries(PASSWORD).kind is OutcomeKind.PAUSED


def test_sixty_failures_within_an_hour_pause_the_network(desk):
    visit = Visit("192.0.2.1")
    for number in range(60):
        later(desk.clock, seconds=1)
        assert (
            desk.tries("x", f"n{number}@example.nl", visit).kind is OutcomeKind.REFUSED
        )
    desk.add_employee()
    paused = desk.tries(PASSWORD, visit=visit)
    assert seconds(paused) == 3600 - 59
    assert desk.tries(PASSWORD).kind is OutcomeKind.GO_ON
    desk.clock.forward(paused.retry_after)
    desk.signs_in(visit=visit)


def test_neighbours_in_a_64_share_their_network_budget(desk):
    for number in range(60):
        desk.tries("x", f"n{number}@example.nl", Visit(f"2001:db8::{number:x}"))
    assert desk.tries("x", NOBODY, Visit("2001:db8::ffff")).kind is OutcomeKind.PAUSED
    assert desk.tries("x", NOBODY, Visit("2001:db8:0:1::1")).kind is OutcomeKind.REFUSED


def test_colleagues_who_sign_in_use_up_no_budget_of_their_restaurant(desk):
    for number in range(70):
        desk.add_employee(f"c{number}@example.nl")
        desk.signs_in(f"c{number}@example.nl")
    assert desk.counted(CountedBy.NETWORK) == [0]


def test_ones_own_sign_in_does_not_give_the_network_its_failures_back(desk):
    desk.add_employee()
    desk.add_employee("dader@example.nl")
    for number in range(60):
        if number % 3 == 0:
            desk.signs_in("dader@example.nl")
        assert desk.tries("x", f"n{number}@example.nl").kind is OutcomeKind.REFUSED
    assert desk.tries(PASSWORD, "dader@example.nl").kind is OutcomeKind.PAUSED


def test_ones_own_sign_in_clears_no_other_login(desk):
    desk.add_employee()
    desk.add_employee("dader@example.nl")
    desk.fails(2)
    desk.signs_in("dader@example.nl")
    desk.tries("fout 3")
    assert desk.tries(PASSWORD).kind is OutcomeKind.PAUSED


def test_success_forgives_what_the_same_person_mistyped(desk):
    desk.add_employee()
    desk.fails(4)
    later(desk.clock, seconds=4)
    desk.signs_in()
    assert desk.counted(CountedBy.LOGIN) == []
    assert desk.tries("fout 1").kind is OutcomeKind.REFUSED


def test_a_sign_in_that_stops_at_the_code_forgives_nothing(desk):
    login = desk.add_employee(second_factor="mail")
    desk.fails(2)
    desk.signs_in()
    assert desk.counted(CountedBy.LOGIN) == [2]
    assert desk.office.login(login).sign_in_count == 0


def test_failures_after_the_password_was_given_stay_counted(desk):
    desk.add_employee(second_factor="mail")
    desk.fails(2)
    code_due = desk.signs_in()
    later(desk.clock, minutes=1)
    desk.tries("fout 8", visit=ELSEWHERE)
    later(desk.clock, minutes=1)
    desk.advances(code_due)
    assert desk.counted(CountedBy.LOGIN) == [1]


def test_a_known_browser_gets_in_while_its_login_is_attacked(desk):
    desk.add_employee()
    known = desk.knows_browser()
    later(desk.clock, seconds=1)
    for number in range(25):
        desk.tries(f"fout {number}", visit=ELSEWHERE)
        new = desk.signs_in(visit=known)
        assert desk.is_in(new)


def test_a_known_browser_gets_in_from_a_network_that_is_paused(desk):
    desk.add_employee()
    known = desk.knows_browser()
    for number in range(61):
        desk.tries("x", f"n{number}@example.nl")
    assert desk.tries(PASSWORD).kind is OutcomeKind.PAUSED
    desk.signs_in(visit=known)


def test_a_known_browser_is_slowed_by_its_own_failures(desk):
    desk.add_employee()
    known = desk.knows_browser()
    for number in range(3):
        desk.tries(f"fout {number}", visit=known)
    assert desk.tries(PASSWORD, visit=known).kind is OutcomeKind.PAUSED
    assert desk.counted(CountedBy.LOGIN) == []
    desk.signs_in(visit=ELSEWHERE)


def test_a_browser_is_known_to_the_login_that_it_signed_in_and_no_other(desk):
    desk.add_employee()
    desk.add_employee("bert@example.nl")
    known = desk.knows_browser()
    desk.fails(3, "bert@example.nl")
    assert desk.tries(PASSWORD, "bert@example.nl", known).kind is OutcomeKind.PAUSED


def test_a_shared_computer_knows_everybody_who_signed_in_on_it(desk):
    desk.add_employee()
    desk.add_employee("bert@example.nl")
    shared = desk.knows_browser()
    again = desk.knows_browser("bert@example.nl", shared)
    assert again.device == shared.device
    assert len(desk.trusted()) == 2
    desk.fails(3, "bert@example.nl")
    desk.signs_in("bert@example.nl", shared)
    desk.fails(3)
    desk.signs_in(visit=shared)


def test_an_invented_cookie_is_replaced_and_known_to_nobody(desk):
    desk.add_employee()
    invented = replace(HOME, device=Secret("verzonnen"))
    new = desk.signs_in(visit=invented)
    assert new.device != invented.device
    desk.fails(3)
    assert desk.tries(PASSWORD, visit=invented).kind is OutcomeKind.PAUSED


def test_attempts_count_for_24_hours_from_each_of_them(desk):
    desk.add_employee()
    desk.tries("fout 1")
    later(desk.clock, hours=23)
    desk.tries("fout 2")
    later(desk.clock, hours=1)
    # The first is a day old by now; the second still counts.
    assert desk.tries("fout 3").kind is OutcomeKind.REFUSED
    assert desk.counted(CountedBy.LOGIN) == [2]
    assert desk.tries("fout 4").kind is OutcomeKind.REFUSED
    assert desk.tries("fout 5").kind is OutcomeKind.PAUSED


def test_a_clock_that_goes_back_gives_nobody_attempts(desk):
    desk.add_employee()
    desk.fails(4)
    later(desk.clock, hours=-1)
    assert desk.tries(PASSWORD).kind is OutcomeKind.PAUSED


def test_a_new_password_begins_a_new_count(desk):
    login = desk.add_employee()
    desk.fails(4)
    desk.change(login, credential_version=2)
    desk.signs_in()
