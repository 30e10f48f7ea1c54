"""Two who decide at the same moment, on both databases."""

import threading
from datetime import timedelta

from domain import administrators
from domain.actor import AccountType
from domain.administrators import LastManagerError
from domain.appointments import appointing, dismissing
from domain.errors import DomainError, NotPermittedError
from tests.domain.appointments.conftest import NOOR

PATIENCE = timedelta(seconds=30)


def at_once(office, *acts):
    """What became of each act: None, or the type of its refusal."""
    gate, outcomes = threading.Barrier(len(acts)), {}

    def does(number, act):
        gate.wait()
        try:
            with office.database.transaction(PATIENCE) as session:
                act(session)
            outcomes[number] = None
        except DomainError as error:
            outcomes[number] = type(error)

    threads = [threading.Thread(target=does, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[number] for number in range(len(acts))]


def dismissal(office, who, whom):
    return lambda session: dismissing.dismiss(
        session, whom.administrator_id, actor=who, now=office.now
    )


def demotion(office, who, whom):
    return lambda session: appointing.change(
        session,
        whom.administrator_id,
        AccountType.USER,
        [office.utrecht],
        "x@example.nl",
        actor=who,
        now=office.now,
    )


def count_managers(office):
    with office.database.reading() as session:
        return len(administrators.managers(session))


def test_of_two_managers_who_dismiss_each_other_one_stays(office, desk):
    noor = desk.appoints(office.hanna, NOOR, AccountType.MANAGER)
    outcomes = at_once(
        office,
        dismissal(office, office.hanna, noor),
        dismissal(office, noor, office.hanna),
    )
    # Whoever comes second was dismissed by then.
    assert sorted(outcomes, key=str) == [NotPermittedError, None]
    assert count_managers(office) == 1


def test_of_two_managers_who_demote_each_other_one_stays(office, desk):
    noor = desk.appoints(office.hanna, NOOR, AccountType.MANAGER)
    outcomes = at_once(
        office,
        demotion(office, office.hanna, noor),
        demotion(office, noor, office.hanna),
    )
    assert sorted(outcomes, key=str) == [NotPermittedError, None]
    assert count_managers(office) == 1


def test_of_two_managers_who_step_down_at_once_one_stays(office, desk):
    noor = desk.appoints(office.hanna, NOOR, AccountType.MANAGER)
    outcomes = at_once(
        office,
        dismissal(office, office.hanna, office.hanna),
        demotion(office, noor, noor),
    )
    assert sorted(outcomes, key=str) == [LastManagerError, None]
    assert count_managers(office) == 1


def test_somebody_appointed_twice_at_once_is_one_administrator(office, desk):
    def appoints(session):
        appointing.appoint(
            session,
            NOOR,
            AccountType.USER,
            [office.utrecht],
            "n@example.nl",
            actor=office.hanna,
            now=office.now,
        )

    before = len(office.events())
    assert at_once(office, *[appoints] * 4) == [None] * 4
    assert desk.actor(NOOR).branch_ids == {office.utrecht}
    assert len(office.events()) == before + 1
    assert len([each for each in desk.notices() if each.to_person]) == 1
