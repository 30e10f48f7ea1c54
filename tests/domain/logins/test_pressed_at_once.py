"""Several processes press the same buttons, and some are killed on the way."""

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.logins import provisioning
from domain.logins.address_change import AddressChange, change_addresses
from domain.logins.model import Login, LoginState
from domain.record_cards.model import RecordCard
from tests.keys import KEYRING

ROOT = Path(__file__).parents[3]
CARDS = 90


@pytest.fixture
def staff(office):
    """Ninety cards in Utrecht that each can have a login."""
    with office.database.transaction() as session:
        rows = [office.card_values() for _ in range(CARDS)]
        session.execute(insert(RecordCard), rows)
    return office


def press(office, branch_id, *options):
    url = office.database.url.render_as_string(hide_password=False)
    administrator_id = office.hanna.administrator_id
    return subprocess.Popen(
        [
            sys.executable,
            *("-m", "tests.domain.logins.pressing"),
            *(url, str(branch_id), str(administrator_id), *options),
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def served(*processes):
    """How many logins each act served in all, over these processes."""
    counts = Counter()
    for process in processes:
        answer, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, complaint
        for line in answer.splitlines():
            act, count = line.split()
            counts[act] += int(count)
    return counts


def logins(office):
    with office.database.reading() as session:
        return session.scalars(select(Login)).all()


def everybody_was_served_once(office):
    found = logins(office)
    assert len({login.record_card_id for login in found}) == len(found) == CARDS
    assert {login.state for login in found} == {LoginState.ACTIVE}
    assert {login.credential_version for login in found} == {2}
    for act in (AuditAct.LOGIN_CREATED, AuditAct.LOGIN_ACTIVATED):
        events = office.events(act)
        assert sorted(event.login_id for event in events) == sorted(
            login.id for login in found
        )


def test_three_who_press_at_once_serve_everybody_once(staff):
    processes = [press(staff, staff.utrecht) for _ in range(3)]
    assert served(*processes) == {"create_logins": CARDS, "activate_logins": CARDS}
    everybody_was_served_once(staff)


def test_a_process_killed_in_a_batch_leaves_whole_batches_and_another_goes_on(staff):
    killed = press(staff, staff.utrecht, "--stay")
    while killed.stdout.readline() != "in the second batch\n":
        assert killed.poll() is None
    killed.kill()
    killed.communicate(timeout=60)
    assert len(logins(staff)) == 20
    assert len(staff.events(AuditAct.LOGIN_CREATED)) == 20
    assert served(press(staff, staff.utrecht)) == {
        "create_logins": CARDS - 20,
        "activate_logins": CARDS,
    }
    everybody_was_served_once(staff)


def test_two_branches_at_once_give_no_address_to_two_logins(staff):
    """Every second card of Utrecht shares its address with one of Amsterdam."""
    with staff.database.transaction() as session:
        rows = [
            staff.card_values(
                branch_id=staff.amsterdam, email=f"j{number:05}@example.nl"
            )
            for number in range(1, CARDS + 1, 2)
        ]
        session.execute(insert(RecordCard), rows)
    counts = served(press(staff, staff.utrecht), press(staff, staff.amsterdam))
    assert counts["create_logins"] == CARDS // 2
    keys = [login.user_name_key for login in logins(staff)]
    assert len(set(keys)) == len(keys) == CARDS // 2


def test_an_address_taken_while_a_batch_is_made_is_left_and_the_rest_served(office):
    taken_card = office.add_card(last_name="A", email="taken@example.nl")
    free_card = office.add_card(last_name="B", email="free@example.nl")
    mover = office.login(office.add_login(card={"branch_id": office.amsterdam}))
    created = []

    def create_meanwhile():
        with office.database.transaction() as session:
            created.append(
                provisioning.create_logins(
                    session, office.utrecht, limit=1, actor=office.bram, now=office.now
                )
            )

    thread = threading.Thread(target=create_meanwhile)
    change = AddressChange(mover.record_card_id, "taken@example.nl", "taken@example.nl")
    with office.database.transaction() as session:
        change_addresses(
            session, [change], keyring=KEYRING, actor=OPERATOR, now=office.now
        )
        thread.start()
        while thread.is_alive() and not office.somebody_waits_for_a_lock():
            thread.join(0.01)
    thread.join()
    assert created == [1]
    assert office.login_of(taken_card) is None
    assert office.login_of(free_card) is not None
    assert len(office.events(AuditAct.LOGIN_CREATED)) == 1
