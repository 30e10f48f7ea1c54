from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audit import AuditAct
from domain.errors import DatabaseBusyError, HashingBusyError
from domain.letters.kinds import LetterKind
from domain.logins import links
from domain.logins.model import PasswordKind, SecondFactor
from domain.secret import Secret
from domain.sign_in import recovery
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.model import PortalSession
from domain.sign_in.password_rules import Weakness
from domain.sign_in.recovery import UseKind
from domain.sign_in.sign_in import OutcomeKind
from tests.domain.sign_in.people import HOME, INITIAL, NAME, PASSWORD, later
from tests.domain.sign_in.recovering import (
    ANOTHER,
    NEW,
    letters,
    link_rows,
    look,
    made,
    together,
    token,
    use,
)


def test_a_link_puts_ones_own_password_in_the_place_of_the_old_one(desk):
    login_id = desk.add_employee(card={"first_name": "Anna"})
    text = token(desk)
    before = desk.office.login(login_id)
    assert look(desk, text).first_name == "Anna"
    assert look(desk, text).user_name == NAME
    assert use(desk, text).kind is UseKind.DONE
    after = desk.office.login(login_id)
    assert after.credential_version == before.credential_version + 1
    assert after.password_kind is PasswordKind.OWN
    assert after.password_set_at == desk.clock()
    assert desk.tries(PASSWORD).kind is OutcomeKind.REFUSED
    later(desk.clock, hours=1)
    desk.signs_in(password=NEW)


def test_an_initial_password_and_its_expiry_go_away_with_a_link(desk):
    login_id = desk.add_newcomer()
    assert use(desk, token(desk)).kind is UseKind.DONE
    login = desk.office.login(login_id)
    assert login.password_kind is PasswordKind.OWN
    assert login.initial_password_expires_at is None
    assert desk.signs_in(password=NEW).stage == "in"


def test_using_a_link_is_in_the_log_and_told_by_letter(desk):
    login_id = desk.add_employee()
    use(desk, token(desk))
    (event,) = desk.office.events(AuditAct.PASSWORD_CHOSEN)
    assert event.login_id == login_id
    assert event.details == {"by": "link"}
    (letter,) = letters(desk, LetterKind.PASSWORD_CHANGED)
    assert letter.to.address == NAME


def test_using_a_link_signs_nobody_in_and_ends_every_session(desk):
    desk.add_employee()
    there = desk.signs_in()
    use(desk, token(desk))
    assert not desk.is_in(there)
    assert desk.number_of(PortalSession) == 0


def test_using_a_link_leaves_the_second_factor_as_it_is(desk):
    login_id = desk.add_employee(
        second_factor=SecondFactor.APP, sealed_totp_seed="sealed", totp_last_step=7
    )
    use(desk, token(desk))
    login = desk.office.login(login_id)
    assert login.second_factor is SecondFactor.APP
    assert login.sealed_totp_seed == "sealed"
    assert login.totp_last_step == 7
    assert login.sign_in_count == 0


def test_fifty_looks_use_nothing_up(desk):
    desk.add_employee()
    text = token(desk)
    for _ in range(50):
        assert look(desk, text) is not None
    assert link_rows(desk)[0].used_at is None
    assert use(desk, text).kind is UseKind.DONE


def use_or_wait(desk, text, new=NEW):
    """What becomes of it; None when somebody else holds the link."""
    try:
        return use(desk, text, new)
    except HashingBusyError:
        return None


def test_a_link_works_once(desk):
    desk.add_employee()
    text = token(desk)
    assert use(desk, text).kind is UseKind.DONE
    assert look(desk, text) is None
    assert use(desk, text, ANOTHER).kind is UseKind.BAD_LINK
    later(desk.clock, hours=1)
    desk.signs_in(password=NEW)


def test_of_a_hundred_at_once_one_succeeds_and_one_reaches_the_hasher(desk):
    desk.add_employee()
    text = token(desk)
    before = desk.tools.hashing.count
    new = [Secret(f"zwaluwen boven dijk {number}") for number in range(100)]
    outcomes = together(100, lambda number: use_or_wait(desk, text, new[number]))
    kinds = [outcome and outcome.kind for outcome in outcomes]
    assert kinds.count(UseKind.DONE) == 1
    assert kinds.count(UseKind.BAD_LINK) + kinds.count(None) == 99
    assert desk.tools.hashing.count == before + 1
    assert len(desk.office.events(AuditAct.PASSWORD_CHOSEN)) == 1
    assert len(letters(desk, LetterKind.PASSWORD_CHANGED)) == 1
    later(desk.clock, hours=1)
    desk.signs_in(password=new[kinds.index(UseKind.DONE)])


def test_of_two_links_used_at_once_one_succeeds(desk):
    login_id = desk.add_employee()
    texts = [made(desk, login_id) for _ in range(8)]
    kinds = [one.kind for one in together(8, lambda number: use(desk, texts[number]))]
    assert kinds.count(UseKind.DONE) == 1
    assert kinds.count(UseKind.BAD_LINK) == 7


def test_two_letters_on_their_way_both_work_until_one_is_used(desk):
    login_id = desk.add_employee()
    first, second = made(desk, login_id), made(desk, login_id)
    assert look(desk, first)
    assert look(desk, second)
    assert use(desk, first).kind is UseKind.DONE
    assert look(desk, second) is None


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("te kort", Weakness.TOO_SHORT),
        ("Welkom2024!!", Weakness.COMMON),
        ("anna-utrecht-2026", Weakness.OWN_WORDS),
    ],
)
def test_a_bad_password_leaves_the_link_as_it_is(desk, new, problem):
    desk.add_employee(card={"first_name": "Anna"})
    text = token(desk)
    outcome = use(desk, text, Secret(new))
    assert outcome.kind is UseKind.BAD_PASSWORD
    assert outcome.judgement.problems == (problem,)
    assert use(desk, text).kind is UseKind.DONE


@pytest.mark.parametrize("new", [PASSWORD, ANOTHER])
def test_a_link_tells_nothing_of_ones_own_password(desk, new):
    desk.add_employee()
    text, checked = token(desk), desk.tools.hashing.checked
    assert use(desk, text, new).kind is UseKind.DONE
    assert desk.tools.hashing.checked == checked


@pytest.mark.parametrize(
    "spelling", [INITIAL.reveal(), "KQ7M 3XWE HJ4N 8BCD", "kq7m3xwehj4n8bcd"]
)
def test_the_initial_password_is_known_again_in_every_spelling(desk, spelling):
    desk.add_newcomer()
    outcome = use(desk, token(desk), Secret(spelling))
    assert outcome.kind is UseKind.BAD_PASSWORD
    assert outcome.judgement.problems == (Weakness.INITIAL,)


def test_a_link_still_works_after_all_cores_were_busy(desk):
    desk.add_employee()
    text = token(desk)
    busy = HashingSlots(1, patience=timedelta(0))
    tools = replace(desk.tools, hashing=busy)
    with busy._slot(), pytest.raises(HashingBusyError):
        recovery.use_link(tools, text, NEW, visit=HOME, now=desk.clock())
    assert use(desk, text).kind is UseKind.DONE


def test_a_link_still_works_after_the_database_was_busy(desk):
    desk.add_employee()
    text = token(desk)
    begun = []

    def third_is_busy(*given):
        begun.append(given)
        if len(begun) == 3:
            raise DatabaseBusyError
        return desk.tools.transaction(*given)

    tools = replace(desk.tools, transaction=third_is_busy)
    with pytest.raises(DatabaseBusyError):
        recovery.use_link(tools, text, NEW, visit=HOME, now=desk.clock())
    assert use(desk, text).kind is UseKind.DONE


def test_a_process_that_is_killed_while_it_hashes_costs_half_a_minute(desk):
    desk.add_employee()
    text = token(desk)
    with desk.tools.transaction() as session:
        assert links.hold(session, link_rows(desk)[0].id, now=desk.clock())
    with pytest.raises(HashingBusyError):
        use(desk, text)
    later(desk.clock, seconds=30)
    assert use(desk, text).kind is UseKind.DONE


def test_a_throttled_login_recovers_and_its_wrong_passwords_are_forgotten(desk):
    desk.add_employee()
    desk.fails(8)
    assert desk.tries("nog een").kind is OutcomeKind.PAUSED
    assert any(attempt.wrong_mark for attempt in desk.attempts())
    assert use(desk, token(desk)).kind is UseKind.DONE
    assert not any(attempt.wrong_mark for attempt in desk.attempts())
    desk.signs_in(password=NEW)
