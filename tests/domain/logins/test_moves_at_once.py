"""Several people move, undo, create and import at the same time, or are cut off."""

import threading

import pytest
from sqlalchemy import event, func, select

from domain.audit import AuditAct
from domain.errors import DomainError
from domain.logins import provisioning
from domain.logins.model import Login
from domain.logins.moved_fields import MovedField
from domain.logins.moves import Move
from domain.record_cards.model import RecordCard
from tests.domain.logins.moving_data import move, undo, with_login

AT_ONCE = 6


def together(*works):
    """All of these at the same time; what each of them ended in."""
    barrier = threading.Barrier(len(works))
    outcomes = [None] * len(works)

    def run(place, work):
        barrier.wait()
        try:
            work()
        except DomainError as error:
            outcomes[place] = error.code
        else:
            outcomes[place] = "done"

    threads = [
        threading.Thread(target=run, args=numbered) for numbered in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def number_of_moves(office):
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Move))


def test_of_many_who_press_move_one_does(office):
    old, login_id = with_login(office)
    new = office.add_card()
    outcomes = together(*[lambda: move(office, old, new)] * AT_ONCE)
    assert sorted(outcomes) == ["done", *["move_refused"] * (AT_ONCE - 1)]
    assert number_of_moves(office) == 1
    assert office.login(login_id).record_card_id == new


def test_of_moves_to_different_cards_one_wins(office):
    old, login_id = with_login(office)
    targets = [office.add_card() for _ in range(AT_ONCE)]
    works = [lambda new=new: move(office, old, new) for new in targets]
    outcomes = together(*works)
    assert outcomes.count("done") == 1
    assert office.login(login_id).record_card_id == targets[outcomes.index("done")]


def test_there_and_back_at_once_ends_in_one_of_the_two(office):
    one, login_id = with_login(office)
    other = office.add_card()
    outcomes = together(
        lambda: move(office, one, other, [MovedField.EMAIL]),
        lambda: move(office, other, one, [MovedField.PHONE]),
    )
    assert outcomes.count("done") == 1
    card = office.card(office.login(login_id).record_card_id)
    assert card.moved_to_card_id is None


def test_of_many_who_undo_one_does(office):
    old, login_id = with_login(office)
    move_id = move(office, old, office.add_card())
    outcomes = together(*[lambda: undo(office, move_id)] * AT_ONCE)
    assert sorted(outcomes) == ["done", *["undo_refused"] * (AT_ONCE - 1)]
    assert office.login(login_id).credential_version == 2
    assert len(office.events(AuditAct.MOVE_UNDONE)) == 1


@pytest.mark.parametrize("has_login", [True, False])
def test_no_login_is_created_for_a_card_that_is_being_closed(office, has_login):
    for number in range(4):
        old = (
            with_login(office, f"{number}@example.nl")[0]
            if has_login
            else office.add_card()
        )
        new = office.add_card()

        def create():
            with office.database.transaction() as session:
                provisioning.create_logins(
                    session, office.utrecht, actor=office.bram, now=office.now
                )

        together(lambda old=old, new=new: move(office, old, new), create)
        with office.database.reading() as session:
            closed_with_login = session.scalars(
                select(Login.id)
                .join(RecordCard, RecordCard.id == Login.record_card_id)
                .where(RecordCard.moved_to_card_id.is_not(None))
            ).all()
        assert closed_with_login == []


class CutOffError(Exception):
    """The connection went away."""


def cut_off_at(database, number):
    """Fail the statement of this number that changes something."""
    seen = []

    def listen(_conn, _cursor, statement, *_more):
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            seen.append(statement)
            if len(seen) == number:
                raise CutOffError

    event.listen(database.engine, "before_cursor_execute", listen)
    return seen, lambda: event.remove(database.engine, "before_cursor_execute", listen)


def as_it_is(office, *card_ids):
    with office.database.reading() as session:
        logins = session.execute(select(Login.__table__).order_by(Login.id)).all()
        cards = session.execute(
            select(RecordCard.__table__)
            .where(RecordCard.id.in_(card_ids))
            .order_by(RecordCard.id)
        ).all()
        moves = session.execute(select(Move.__table__).order_by(Move.id)).all()
    return logins, cards, moves, len(office.events())


@pytest.mark.parametrize("act", ["move", "undo"])
def test_whatever_statement_fails_nothing_happened(office, act):
    old, _ = with_login(office, phone="06 1")
    new = office.add_card(email="nieuw@example.nl")
    move_id = move(office, old, new, [MovedField.PHONE]) if act == "undo" else None

    def work():
        if act == "undo":
            undo(office, move_id)
        else:
            move(office, old, new, [MovedField.PHONE])

    before, number = as_it_is(office, old, new), 1
    while True:
        _, stop = cut_off_at(office.database, number)
        try:
            work()
        except CutOffError:
            assert as_it_is(office, old, new) == before
            number += 1
        else:
            break
        finally:
            stop()
    assert number > 5
    assert as_it_is(office, old, new) != before
