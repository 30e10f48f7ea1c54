from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.actor import OPERATOR
from domain.audit import AuditAct, AuditEvent
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import leaving
from domain.logins.address_change import AddressInUseError
from domain.logins.address_notices import AddressNotice
from domain.logins.model import LoginState, PasswordKind, SecondFactor
from domain.logins.moved_fields import MovedField
from domain.logins.moves import Move, MoveRefusal, MoveRefusedError, is_about
from domain.outbox import OutboxMessage
from domain.record_cards.slack_link import SlackLink
from tests.domain.logins.moving_data import move, undo, with_login
from tests.domain.office import TEAM, day

MOVES = (AuditAct.EMPLOYEE_DATA_MOVED, AuditAct.MOVE_UNDONE)


def refused(office, *given, **named):
    with pytest.raises(MoveRefusedError) as error:
        move(office, *given, **named)
    return error.value.reason


def test_the_login_hangs_on_the_new_card_with_all_it_has(office):
    office_login = {
        "password_kind": PasswordKind.OWN,
        "password_hash": "a hash",
        "sign_in_count": 41,
        "second_factor": SecondFactor.MAIL,
    }
    login_id = office.add_login(card={"email": "anna@example.nl"}, **office_login)
    old = office.login(login_id).record_card_id
    new = office.add_card(email=None)
    move(office, old, new)
    login = office.login_of(new)
    assert login.id == login_id
    assert {name: getattr(login, name) for name in office_login} == office_login
    assert login.credential_version == 1
    assert office.login_of(old) is None


def test_the_old_card_keeps_its_number_and_points_at_the_new_one(office):
    old, _ = with_login(office, number="00104")
    new = office.add_card()
    move(office, old, new)
    card = office.card(old)
    assert (card.number, card.moved_to_card_id) == ("00104", new)
    assert card.closed_at == office.now
    assert office.card(new).moved_to_card_id is None


def test_ticked_fields_are_copied_and_the_others_stay(office):
    old, _ = with_login(
        office, phone="06 1", city="Utrecht", birth_on=day("1990-02-03")
    )
    new = office.add_card(phone="06 2", city="Zeist", street="Dorpsstraat 1")
    move(office, old, new, [MovedField.PHONE, MovedField.BIRTH_ON])
    card = office.card(new)
    assert (card.phone, card.birth_on) == ("06 1", day("1990-02-03"))
    assert (card.street, card.city) == ("Dorpsstraat 1", "Zeist")


def test_a_field_that_the_old_card_leaves_empty_is_never_emptied(office):
    old, _ = with_login(office, phone=None)
    new = office.add_card(phone="06 2", email=None)
    move_id = move(office, old, new)
    assert office.card(new).phone == "06 2"
    with office.database.reading() as session:
        assert "phone" not in session.get_one(Move, move_id).fields


def test_a_moved_name_is_found_and_sorted_under_the_new_number(office):
    old, _ = with_login(office, first_name="Anna", last_name="Bakker")
    new = office.add_card(number="00900", first_name="A.", last_name="Bakkr")
    move(office, old, new, [MovedField.EMAIL, MovedField.NAME])
    card = office.card(new)
    assert card.full_name == "Anna Bakker"
    assert card.name_key == "bakker anna 00900"


def test_with_the_address_the_user_name_stays_and_nothing_dies(office):
    old, login_id = with_login(office, "Oud@example.nl")
    new = office.add_card(email="nieuw@example.nl")
    move(office, old, new, [MovedField.EMAIL])
    login, card = office.login(login_id), office.card(new)
    assert (card.email, card.email_key) == ("Oud@example.nl", "oud@example.nl")
    assert login.user_name_key == "oud@example.nl"
    assert login.credential_version == 1
    assert office.events(AuditAct.LOGIN_ADDRESS_CHANGED) == []


def test_without_the_address_the_login_gets_that_of_the_new_card(office):
    old, login_id = with_login(office)
    new = office.add_card(email="nieuw@example.nl")
    move(office, old, new, [])
    login = office.login(login_id)
    assert (login.user_name, login.user_name_key) == ("nieuw@example.nl",) * 2
    assert login.credential_version == 2
    (event,) = office.events(AuditAct.LOGIN_ADDRESS_CHANGED)
    assert event.record_card_id == new


def test_a_new_card_without_address_must_take_it_along(office):
    old, _ = with_login(office)
    new = office.add_card(email=None)
    assert refused(office, old, new, [MovedField.PHONE]) is MoveRefusal.NO_ADDRESS
    move(office, old, new, [MovedField.EMAIL])


def test_an_address_that_a_third_login_uses_is_refused_and_nothing_moves(office):
    old, login_id = with_login(office)
    holder, _ = with_login(office, "bezet@example.nl")
    new = office.add_card(email="bezet@example.nl")
    with pytest.raises(AddressInUseError) as error:
        move(office, old, new, [])
    assert error.value.fields["record_card_ids"] == [holder]
    assert office.login(login_id).record_card_id == old
    assert office.card(old).moved_to_card_id is None
    assert office.events(AuditAct.EMPLOYEE_DATA_MOVED) == []


def test_two_logins_never_become_one(office):
    old, _ = with_login(office)
    new, _ = with_login(office, "nieuw@example.nl")
    assert refused(office, old, new) is MoveRefusal.BOTH_HAVE_LOGINS


def test_a_card_without_login_can_be_closed_into_one_that_has_it(office):
    old = office.add_card(phone="06 1", email=None)
    new, login_id = with_login(office)
    move(office, old, new, [MovedField.PHONE])
    assert office.card(new).phone == "06 1"
    assert office.card(old).moved_to_card_id == new
    assert office.login(login_id).credential_version == 1


def test_a_login_that_is_there_already_takes_a_moved_address(office):
    old = office.add_card(email="beter@example.nl")
    new, login_id = with_login(office)
    move(office, old, new, [MovedField.EMAIL])
    login = office.login(login_id)
    assert login.user_name == office.card(new).email == "beter@example.nl"
    assert login.credential_version == 2


def test_nothing_moves_from_or_to_a_closed_card_or_to_itself(office):
    old, _ = with_login(office)
    new, other = office.add_card(), office.add_card()
    move(office, old, new)
    assert refused(office, old, other) is MoveRefusal.OLD_CARD_CLOSED
    assert refused(office, other, old) is MoveRefusal.NEW_CARD_CLOSED
    assert refused(office, new, new) is MoveRefusal.SAME_CARD


def test_nothing_moves_to_or_from_an_erased_card(office):
    old, _ = with_login(office)
    erased = office.add_card(erased_at=office.now)
    for cards in ((old, erased), (erased, old)):
        with pytest.raises(NotFoundError):
            move(office, *cards)


def test_nobody_is_born_after_the_new_employment_began(office):
    old, _ = with_login(office, birth_on=day("2020-01-01"))
    new = office.add_card(start_on=day("2019-05-01"))
    assert refused(office, old, new) is MoveRefusal.BORN_AFTER_START
    move(office, old, new, [MovedField.EMAIL])


def test_a_move_is_one_event_with_ids_and_names_of_fields_only(office):
    old, login_id = with_login(office, phone="06 12345678")
    new = office.add_card(branch_id=office.amsterdam)
    move_id = move(office, old, new, [MovedField.EMAIL, MovedField.PHONE])
    (event,) = office.events(AuditAct.EMPLOYEE_DATA_MOVED)
    assert (event.record_card_id, event.login_id) == (old, login_id)
    assert event.branch_id == office.amsterdam
    assert event.administrator_id == office.hanna.administrator_id
    assert event.details == {
        "move": move_id,
        "from_card": old,
        "to_card": new,
        "fields": ["email", "phone"],
    }


def test_the_event_is_found_from_both_cards_and_from_no_other(office):
    old, _ = with_login(office)
    new, other = office.add_card(), office.add_card()
    undo(office, move(office, old, other))
    move(office, old, new)
    assert [about(office, card) for card in (old, new, other)] == [
        ["employee_data.moved", "employee_data.move_undone", "employee_data.moved"],
        ["employee_data.moved"],
        ["employee_data.moved", "employee_data.move_undone"],
    ]


def about(office, card_id):
    with office.database.reading() as session:
        return session.scalars(
            select(AuditEvent.act)
            .where((AuditEvent.record_card_id == card_id) | is_about(session, card_id))
            .where(AuditEvent.act.in_(MOVES))
            .order_by(AuditEvent.id)
        ).all()


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_both_cards_must_be_within_reach(office, name):
    own, own_login = with_login(office)
    foreign = office.add_card(branch_id=office.amsterdam)
    actor = getattr(office, name)
    for cards in ((own, foreign), (foreign, own), (own, 9999)):
        with pytest.raises(NotFoundError) as error:
            move(office, *cards, actor=actor)
        assert error.value.fields == {"kind": "record_card"}
    here = office.add_card()
    move(office, own, here, actor=actor)
    assert office.login(own_login).record_card_id == here


def test_only_administrators_move_anything(office):
    old, _ = with_login(office)
    with pytest.raises(NotPermittedError):
        move(office, old, office.add_card(), actor=OPERATOR)


def test_the_state_of_the_login_moves_as_it_is(office):
    login_id = office.add_login(
        LoginState.EMPLOYMENT_ENDED, card={"end_on": day("2026-10-31")}
    )
    new = office.add_card()
    move(office, office.login(login_id).record_card_id, new)
    assert office.login(login_id).state is LoginState.EMPLOYMENT_ENDED


def test_a_moved_login_survives_the_night_in_which_leavers_are_closed(office):
    old, login_id = with_login(office, end_on=day("2026-11-20"))
    move(office, old, office.add_card(end_on=None))
    with office.database.transaction() as session:
        night = office.now + timedelta(days=1)
        assert leaving.close_leavers(session, now=night) == {}
    assert office.login(login_id).state is LoginState.ACTIVE


def slack_link(office, card_id, user_id, linked_at):
    with office.database.transaction() as session:
        session.add(
            SlackLink(
                team_id=TEAM,
                user_id=user_id,
                record_card_id=card_id,
                linked_at=linked_at,
            )
        )


def linked(office, card_id):
    with office.database.reading() as session:
        query = select(SlackLink.user_id).where(SlackLink.record_card_id == card_id)
        return session.scalars(query).one_or_none()


def test_the_person_in_slack_goes_along_and_comes_back(office):
    old, _ = with_login(office)
    new = office.add_card()
    slack_link(office, old, "U1", office.now)
    move_id = move(office, old, new)
    assert (linked(office, old), linked(office, new)) == (None, "U1")
    undo(office, move_id)
    assert (linked(office, old), linked(office, new)) == ("U1", None)


def test_of_two_people_in_slack_the_newest_proof_stands(office):
    old, _ = with_login(office)
    new = office.add_card()
    slack_link(office, old, "U1", office.now)
    slack_link(office, new, "U2", office.now + timedelta(hours=1))
    move_id = move(office, old, new, now=office.now + timedelta(hours=2))
    assert (linked(office, old), linked(office, new)) == (None, "U2")
    [event] = office.events(AuditAct.SLACK_UNLINKED)
    assert event.record_card_id == old
    undo(office, move_id, now=office.now + timedelta(hours=3))
    assert (linked(office, old), linked(office, new)) == (None, "U2")


def test_a_proof_of_after_the_move_goes_back_with_the_login(office):
    old, _ = with_login(office)
    new = office.add_card()
    move_id = move(office, old, new)
    slack_link(office, new, "U3", office.now + timedelta(hours=1))
    undo(office, move_id, now=office.now + timedelta(hours=2))
    assert (linked(office, old), linked(office, new)) == ("U3", None)


def test_both_addresses_are_told_of_a_user_name_that_changes(office):
    old, _ = with_login(office)
    new = office.add_card(email="nieuw@example.nl")
    before = letters(office)
    move_id = move(office, old, new, [])
    assert letters(office) == before + 2
    with office.database.reading() as session:
        (notice,) = session.scalars(select(AddressNotice))
        assert notice.record_card_id == new
    undo(office, move_id)
    assert letters(office) == before + 4
    with office.database.reading() as session:
        notices = session.scalars(select(AddressNotice)).all()
    assert {notice.record_card_id for notice in notices} == {old}


def letters(office):
    with office.database.reading() as session:
        query = select(func.count()).where(OutboxMessage.kind == "letter")
        return session.scalar(query)
