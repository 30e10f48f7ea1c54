from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.audit import AuditAct
from domain.errors import NotFoundError
from domain.logins import moves, provisioning
from domain.logins.model import Login, LoginState, PasswordKind
from domain.logins.moved_fields import MovedField
from domain.logins.moves import Move, UndoRefusal, UndoRefusedError
from tests.domain.logins.moving_data import move, plan_undoing, undo, with_login
from tests.domain.office import day


def refused(office, move_id, **named):
    with pytest.raises(UndoRefusedError) as planned:
        plan_undoing(office, move_id, **named)
    with pytest.raises(UndoRefusedError) as error:
        undo(office, move_id, **named)
    assert planned.value.reason is error.value.reason
    return error.value.reason


def stored(office, move_id):
    with office.database.reading() as session:
        return session.get_one(Move, move_id)


def change_login(office, login_id, **values):
    with office.database.transaction() as session:
        session.execute(update(Login).where(Login.id == login_id).values(**values))


def test_login_and_fields_go_back_and_the_old_card_opens(office):
    old, login_id = with_login(office, phone="06 1", birth_on=day("1990-02-03"))
    new = office.add_card(
        number="00900", email="nieuw@example.nl", phone="06 2", last_name="Nieuw"
    )
    before = office.card(new)
    undo(office, move(office, old, new))
    card = office.card(new)
    for column in ("email", "email_key", "phone", "birth_on", "last_name", "name_key"):
        assert getattr(card, column) == getattr(before, column)
    assert office.login(login_id).record_card_id == old
    assert office.login(login_id).user_name_key == office.card(old).email_key
    assert (office.card(old).moved_to_card_id, office.card(old).closed_at) == (
        None,
    ) * 2


def test_links_and_sessions_end_and_the_password_is_what_it_is_today(office):
    old, login_id = with_login(office)
    move_id = move(office, old, office.add_card())
    today = {"password_kind": PasswordKind.OWN, "password_hash": "of today"}
    change_login(office, login_id, **today, sign_in_count=7)
    undo(office, move_id)
    login = office.login(login_id)
    assert (login.password_hash, login.sign_in_count) == ("of today", 7)
    assert login.credential_version == 2


def test_a_login_that_took_the_new_address_gets_its_own_back(office):
    old, login_id = with_login(office)
    new = office.add_card(email="nieuw@example.nl")
    move_id = move(office, old, new, [])
    planned = plan_undoing(office, move_id)
    assert (planned.user_name_before, planned.user_name) == (
        "nieuw@example.nl",
        "oud@example.nl",
    )
    assert undo(office, move_id) == planned
    assert office.login(login_id).user_name == "oud@example.nl"
    assert office.card(new).email == "nieuw@example.nl"


def test_what_was_changed_since_stays_and_is_named(office):
    old, _ = with_login(office, phone="06 1", street="Dorpsstraat 1")
    new = office.add_card(phone="06 2")
    move_id = move(office, old, new)
    office.change_card(new, phone="06 3")
    planned = plan_undoing(office, move_id)
    assert planned.kept == (MovedField.PHONE,)
    assert MovedField.HOME_ADDRESS in planned.given_back
    assert undo(office, move_id) == planned
    assert office.card(new).phone == "06 3"
    assert office.card(new).street is None
    (event,) = office.events(AuditAct.MOVE_UNDONE)
    assert event.details["kept"] == ["phone"]


def test_undoing_is_one_event_and_forgets_what_the_card_said(office):
    old, login_id = with_login(office)
    new = office.add_card()
    move_id = move(office, old, new, [MovedField.EMAIL])
    later = office.now + timedelta(days=3)
    undo(office, move_id, now=later, actor=office.ursula)
    row = stored(office, move_id)
    assert (row.before, row.undone_at) == (None, later)
    assert row.undone_by == office.ursula.administrator_id
    (event,) = office.events(AuditAct.MOVE_UNDONE)
    assert (event.record_card_id, event.login_id) == (old, login_id)
    assert event.details["to_card"] == new


def test_a_move_can_be_undone_for_thirty_days(office):
    old, _ = with_login(office)
    move_id = move(office, old, office.add_card())
    late = office.now + timedelta(days=30)
    assert refused(office, move_id, now=late) is UndoRefusal.TOO_LATE
    undo(office, move_id, now=late - timedelta(seconds=1))


def test_after_thirty_days_what_the_card_said_is_wiped(office):
    old, _ = with_login(office)
    move_id = move(office, old, office.add_card())
    for days, is_there in ((29, True), (30, False)):
        with office.database.transaction() as session:
            moves.forget_old(session, now=office.now + timedelta(days=days))
        assert (stored(office, move_id).before is not None) is is_there


def test_a_move_is_undone_once(office):
    old, _ = with_login(office)
    move_id = move(office, old, office.add_card())
    undo(office, move_id)
    assert refused(office, move_id) is UndoRefusal.UNDONE_ALREADY


def test_a_move_that_another_builds_on_waits_for_that_one(office):
    old, _ = with_login(office)
    middle, last = office.add_card(), office.add_card()
    first = move(office, old, middle)
    second = move(office, middle, last)
    assert refused(office, first) is UndoRefusal.BUILT_ON
    undo(office, second)
    undo(office, first)
    assert office.login_of(old) is not None


def test_two_moves_to_one_card_are_undone_in_turn(office):
    old, _ = with_login(office)
    other, new = office.add_card(phone="06 9"), office.add_card()
    first = move(office, old, new)
    second = move(office, other, new, [MovedField.PHONE])
    assert refused(office, first) is UndoRefusal.BUILT_ON
    undo(office, second)
    undo(office, first)


def test_nothing_goes_back_to_an_erased_card(office):
    old, _ = with_login(office)
    move_id = move(office, old, office.add_card())
    office.change_card(old, erased_at=office.now)
    with pytest.raises(NotFoundError):
        undo(office, move_id)


def test_an_address_that_somebody_took_meanwhile_refuses_it(office):
    old, login_id = with_login(office)
    new = office.add_card(email="nieuw@example.nl")
    move_id = move(office, old, new, [])
    with_login(office, "oud@example.nl")
    assert refused(office, move_id) is UndoRefusal.ADDRESS_TAKEN
    assert office.login(login_id).record_card_id == new


def test_a_login_made_since_stays_on_the_new_card(office):
    old, new = office.add_card(email=None, phone="06 1"), office.add_card(phone="06 2")
    move_id = move(office, old, new, [MovedField.PHONE])
    with office.database.transaction() as session:
        provisioning.create_logins(
            session, office.utrecht, actor=office.hanna, now=office.now
        )
    undo(office, move_id)
    assert office.login_of(new).user_name == office.card(new).email
    assert office.card(new).phone == "06 2"


def test_a_login_that_stays_keeps_an_address_when_there_was_none_before(office):
    old, new = office.add_card(email="een@example.nl"), office.add_card(email=None)
    move_id = move(office, old, new, [MovedField.EMAIL])
    with office.database.transaction() as session:
        provisioning.create_logins(
            session, office.utrecht, actor=office.hanna, now=office.now
        )
    assert undo(office, move_id).kept == (MovedField.EMAIL,)
    assert office.login_of(new).user_name_key == office.card(new).email_key


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_both_cards_must_be_within_reach(office, name):
    old, _ = with_login(office)
    move_id = move(office, old, office.add_card(branch_id=office.amsterdam))
    for wrong in (move_id, 9999):
        with pytest.raises(NotFoundError):
            undo(office, wrong, actor=getattr(office, name))


def test_a_closed_login_goes_back_closed(office):
    login_id = office.add_login(LoginState.SWITCHED_OFF)
    old = office.login(login_id).record_card_id
    undo(office, move(office, old, office.add_card()))
    assert office.login(login_id).state is LoginState.SWITCHED_OFF
