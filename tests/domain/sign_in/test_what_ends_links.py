from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audit import AuditAct
from domain.letters.kinds import LetterKind
from domain.logins import activation, links, resets
from domain.logins.address_change import AddressChange, change_addresses
from domain.logins.model import LoginState
from domain.record_cards.model import RecordCardId
from domain.sign_in import recovery
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.recovery import UseKind
from tests.domain.office import day
from tests.domain.sign_in.people import HOME, later
from tests.domain.sign_in.recovering import (
    ANOTHER,
    NEW,
    letters,
    link_rows,
    look,
    made,
    token,
    use,
)
from tests.keys import KEYRING


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
        change_addresses(
            session,
            [change],
            keyring=KEYRING,
            actor=desk.office.hanna,
            now=desk.clock(),
        )


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


def test_links_are_forgotten_a_month_after_they_ended(desk):
    login_id = desk.add_employee()
    made(desk, login_id)
    for days, left in ((30, 1), (1, 0)):
        now = later(desk.clock, days=days)
        with desk.tools.transaction() as session:
            links.forget_old(session, now=now)
        assert len(link_rows(desk)) == left
