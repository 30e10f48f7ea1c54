import hashlib
import string
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.audit import AuditAct
from domain.branches import Branch
from domain.errors import HashingBusyError
from domain.letters.kinds import LetterKind
from domain.logins import activation, links, resets
from domain.logins.address_change import AddressChange, change_addresses
from domain.logins.links import Link, LinkPurpose
from domain.logins.model import LoginState, PasswordKind, SecondFactor
from domain.record_cards.model import RecordCardId
from domain.secret import Secret
from domain.sign_in import recovery
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.model import PortalSession
from domain.sign_in.password_rules import Weakness
from domain.sign_in.recovery import UseKind
from domain.sign_in.sign_in import OutcomeKind
from tests.domain.office import day
from tests.domain.sign_in.people import HOME, INITIAL, NAME, PASSWORD, hash_of, later
from tests.domain.sign_in.recovering import (
    ANOTHER,
    NEW,
    letters,
    look,
    together,
    token,
    use,
)

TAMPERING = string.ascii_letters + string.digits + "-_"


def made(desk, login_id, **given):
    """A link that is made without a letter."""
    with desk.tools.transaction() as session:
        link = links.make_link(
            session, login_id, LinkPurpose.RECOVERY, now=desk.clock(), **given
        )
    return link.token.reveal()


def link_rows(desk):
    with desk.office.database.reading() as session:
        return list(session.scalars(select(Link).order_by(Link.id)))


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


def test_a_link_works_once(desk):
    desk.add_employee()
    text = token(desk)
    assert use(desk, text).kind is UseKind.DONE
    assert look(desk, text) is None
    assert use(desk, text, ANOTHER).kind is UseKind.BAD_LINK
    later(desk.clock, hours=1)
    desk.signs_in(password=NEW)


def test_of_a_hundred_at_once_one_succeeds_and_the_rest_are_told_the_same(desk):
    desk.add_employee()
    text = token(desk)
    before = desk.tools.hashing.count
    new = [Secret(f"zwaluwen boven dijk {number}") for number in range(100)]
    outcomes = together(100, lambda number: use(desk, text, new[number]))
    kinds = [outcome.kind for outcome in outcomes]
    assert kinds.count(UseKind.DONE) == 1
    assert kinds.count(UseKind.BAD_LINK) == 99
    # The one that got it: compared with the old password, and hashed.
    assert desk.tools.hashing.count == before + 2
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


@pytest.mark.parametrize("number", range(4))
def test_no_changed_bit_of_a_token_is_accepted(desk, number):
    login_id = desk.add_employee()
    text = made(desk, login_id)
    changed = {
        text[:at] + chr(ord(text[at]) ^ (1 << bit)) + text[at + 1 :]
        for at in range(len(text))
        for bit in range(7)
    }
    assert len(changed) == 7 * 43
    for other in sorted(changed):
        assert look(desk, other) is None
    for at, character in enumerate(text):
        other = TAMPERING[(TAMPERING.index(character) + 1 + number) % 64]
        assert use(desk, text[:at] + other + text[at + 1 :]).kind is UseKind.BAD_LINK
    assert use(desk, text).kind is UseKind.DONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "é" * 43,
        "\ud800" * 43,
        "a" * 42,
        "a" * 44,
        "a" * 10_240,
        "٣" * 43,
        "a" * 42 + "\n",
        "\0" * 43,
        "' OR 1=1 --",
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_what_is_no_token_is_simply_a_bad_link(desk, text):
    desk.add_employee()
    assert look(desk, text) is None
    assert use(desk, text).kind is UseKind.BAD_LINK


def test_a_token_with_a_line_break_behind_it_is_none(desk):
    login_id = desk.add_employee()
    text = made(desk, login_id)
    assert look(desk, text + "\n") is None


def test_only_a_digest_of_the_token_is_stored(desk):
    login_id = desk.add_employee()
    text = made(desk, login_id)
    (row,) = link_rows(desk)
    assert row.token_hash == hashlib.sha256(text.encode()).hexdigest()
    assert look(desk, row.token_hash) is None
    assert (row.login_id, row.purpose, row.credential_version) == (
        login_id,
        LinkPurpose.RECOVERY,
        1,
    )


def test_the_login_comes_from_the_links_row_and_from_nowhere_else(desk):
    anna = desk.add_employee()
    others = [desk.add_employee(f"ander{number}@example.nl") for number in range(20)]
    use(desk, token(desk), visit=replace(HOME, device=Secret("20")))
    assert desk.office.login(anna).credential_version == 2
    for other in others:
        assert desk.office.login(other).password_hash == hash_of(PASSWORD)
        assert desk.office.login(other).credential_version == 1


def test_a_link_works_for_thirty_minutes_whatever_cleans_up(desk):
    desk.add_employee()
    text = token(desk)
    later(desk.clock, minutes=29, seconds=59)
    assert look(desk, text)
    later(desk.clock, seconds=1)
    assert look(desk, text) is None
    assert use(desk, text).kind is UseKind.BAD_LINK


def test_a_link_expires_between_looking_and_using(desk):
    desk.add_employee()
    text = token(desk)
    assert look(desk, text)
    later(desk.clock, minutes=31)
    assert use(desk, text).kind is UseKind.BAD_LINK
    desk.signs_in()


def resets_password(desk, login_id):
    prepared = resets.prepare_shown_password(
        desk.tools.transaction,
        login_id,
        keyring=desk.tools.keyring,
        actor=desk.office.hanna,
        now=desk.clock(),
    )
    resets.apply_shown_password(
        desk.tools.transaction, prepared, actor=desk.office.hanna, now=desk.clock()
    )


def uses_another_link(desk, login_id):
    assert use(desk, made(desk, login_id), ANOTHER).kind is UseKind.DONE


def changes_address(desk, login_id):
    card_id = RecordCardId(desk.office.login(login_id).record_card_id)
    change = AddressChange(card_id, "anders@example.nl", "anders@example.nl")
    with desk.tools.transaction() as session:
        change_addresses(session, [change], actor=desk.office.hanna, now=desk.clock())


def switches_off_and_on(desk, login_id):
    for active in (False, True):
        with desk.tools.transaction() as session:
            activation.set_active(
                session,
                login_id,
                active,
                expected_version=desk.office.login(login_id).credential_version,
                actor=desk.office.hanna,
                now=desk.clock(),
            )


def is_locked(desk, login_id):
    desk.fails(10)
    assert desk.state(login_id) is LoginState.LOCKED


def leaves(desk, login_id):
    desk.change_card(login_id, end_on=day("2026-11-19"))


@pytest.mark.parametrize(
    "happens",
    [
        resets_password,
        uses_another_link,
        changes_address,
        switches_off_and_on,
        is_locked,
        leaves,
    ],
)
def test_whatever_changes_the_login_ends_its_links(unpaused_desk, happens):
    desk = unpaused_desk
    login_id = desk.add_employee()
    text = made(desk, login_id)
    happens(desk, login_id)
    assert look(desk, text) is None
    assert use(desk, text).kind is UseKind.BAD_LINK


@pytest.mark.parametrize(
    "state", [state for state in LoginState if state is not LoginState.ACTIVE]
)
def test_a_link_opens_no_login_that_is_not_active(desk, state):
    login_id = desk.add_employee()
    text = made(desk, login_id)
    # Without raising the version: the gate alone must refuse.
    desk.change(login_id, state=state)
    assert look(desk, text) is None
    assert use(desk, text).kind is UseKind.BAD_LINK


@pytest.mark.parametrize("happens", [resets_password, changes_address, leaves])
def test_what_happens_while_the_password_is_hashed_wins(desk, happens):
    login_id = desk.add_employee()
    text = made(desk, login_id)

    class Meddled(HashingSlots):
        def hash(self, password):
            happens(desk, login_id)
            return super().hash(password)

    tools = replace(desk.tools, hashing=Meddled(patience=timedelta(minutes=5)))
    outcome = recovery.use_link(tools, text, NEW, visit=HOME, now=desk.clock())
    assert outcome.kind is UseKind.BAD_LINK
    assert desk.office.events(AuditAct.PASSWORD_CHOSEN) == []
    assert letters(desk, LetterKind.PASSWORD_CHANGED) == []


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("te kort", Weakness.TOO_SHORT),
        ("Welkom2024!!", Weakness.COMMON),
        ("anna-utrecht-2026", Weakness.OWN_WORDS),
        (PASSWORD.reveal(), Weakness.CURRENT),
        (f"\u200b{PASSWORD.reveal()} ", Weakness.CURRENT),
    ],
)
def test_a_bad_password_leaves_the_link_as_it_is(desk, new, problem):
    desk.add_employee(card={"first_name": "Anna"})
    text = token(desk)
    outcome = use(desk, text, Secret(new))
    assert outcome.kind is UseKind.BAD_PASSWORD
    assert outcome.judgement.problems == (problem,)
    assert use(desk, text).kind is UseKind.DONE


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


def test_a_process_that_is_killed_while_it_hashes_costs_half_a_minute(desk):
    desk.add_employee()
    text = token(desk)
    with desk.tools.transaction() as session:
        assert links.hold(session, link_rows(desk)[0].id, now=desk.clock())
    assert use(desk, text).kind is UseKind.BAD_LINK
    later(desk.clock, seconds=30)
    assert use(desk, text).kind is UseKind.DONE


def test_who_comes_back_too_late_gives_nobody_elses_hold_away(desk):
    login_id = desk.add_employee()
    made(desk, login_id)
    (row,) = link_rows(desk)
    first = desk.clock()
    with desk.tools.transaction() as session:
        assert links.hold(session, row.id, now=first)
        assert links.hold(session, row.id, now=later(desk.clock, seconds=31))
        links.release(session, row.id, now=first)
        assert not links.hold(session, row.id, now=later(desk.clock, seconds=1))


def test_a_throttled_login_recovers_and_its_wrong_passwords_are_forgotten(desk):
    desk.add_employee()
    desk.fails(8)
    assert desk.tries("nog een").kind is OutcomeKind.PAUSED
    assert any(attempt.wrong_mark for attempt in desk.attempts())
    assert use(desk, token(desk)).kind is UseKind.DONE
    assert not any(attempt.wrong_mark for attempt in desk.attempts())
    desk.signs_in(password=NEW)


def test_an_invitation_lives_as_long_as_the_initial_passwords_of_the_branch(desk):
    login_id = desk.add_employee(password_kind=PasswordKind.NONE, password_hash=None)
    with desk.tools.transaction() as session:
        session.execute(
            update(Branch)
            .where(Branch.id == desk.office.utrecht)
            .values(initial_password_days=3)
        )
        link = links.make_invitation(session, login_id, now=desk.clock())
    assert link.expires_at == desk.clock() + timedelta(days=3)
    later(desk.clock, days=2, hours=23)
    assert link_rows(desk)[0].purpose is LinkPurpose.INVITATION
    assert use(desk, link.token.reveal()).kind is UseKind.DONE
    desk.signs_in(password=NEW)


def test_each_check_of_a_link_stands_by_itself(desk):
    login_id = desk.add_employee()
    used, late, old = (made(desk, login_id) for _ in range(3))
    rows = link_rows(desk)
    with desk.tools.transaction() as session:
        assert links.use_up(session, rows[0].id, now=desk.clock())
        assert not links.use_up(session, rows[0].id, now=desk.clock())
        assert not links.hold(session, rows[0].id, now=desk.clock())
        assert links.find(session, used, now=desk.clock()) is None
        assert links.find(session, late, now=desk.clock())
        expired = desk.clock() + timedelta(minutes=30)
        assert links.find(session, late, now=expired) is None
        assert not links.hold(session, rows[1].id, now=expired)
        assert not links.use_up(session, rows[1].id, now=expired)
    desk.change(login_id, credential_version=2)
    with desk.tools.transaction() as session:
        assert links.find(session, old, now=desk.clock()) is None


def test_links_are_forgotten_a_month_after_they_ended(desk):
    login_id = desk.add_employee()
    made(desk, login_id)
    for days, left in ((30, 1), (1, 0)):
        now = later(desk.clock, days=days)
        with desk.tools.transaction() as session:
            links.forget_old(session, now=now)
        assert len(link_rows(desk)) == left


def test_nothing_that_is_shown_or_stored_tells_a_password_or_a_token(desk):
    desk.add_employee()
    text = token(desk)
    outcome = use(desk, text, PASSWORD)
    assert PASSWORD.reveal() not in repr(outcome)
    assert text not in str([vars(row) for row in link_rows(desk)])
