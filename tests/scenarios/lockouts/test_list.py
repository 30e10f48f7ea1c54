"""More logins of a branch are locked within a minute: one message, a list."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.logins.model import LoginState
from domain.outbox import OutboxMessage
from domain.sign_in import lockouts as locking
from tests.bot.in_slack import eventually
from tests.scenarios.lockouts.conftest import choose_channel
from tests.scenarios.lockouts.people import CHANNEL, alerts, lockouts, posts

TWO = "2 werknemerslogins van Utrecht geblokkeerd"


@pytest.fixture
def locks(company, keyring):
    """Locks so many logins of a branch at this instant, by their names."""

    def lock(*names, branch_id=None):
        cards = company.cards
        card = {"first_name": None, "branch_id": branch_id or company.branch}
        logins = [cards.add_login(card=card | {"last_name": name}) for name in names]
        with company.office.database.transaction() as session:
            for login_id in logins:
                now = company.office.clock()
                locking.lock(session, login_id, keyring=keyring, now=now)
        return logins

    return lock


@pytest.fixture
def moves_on(company, clock, worker):
    def move(**by):
        eventually(lambda: all_are_shown(company))
        clock.forward(timedelta(**by))
        worker.wakes()

    return move


def all_are_shown(company):
    told = sum(alert.shown_count for alert in alerts(company))
    waiting = any(alert.show_at or alert.leased_until for alert in alerts(company))
    return told == len(lockouts(company)) and not waiting


def test_a_second_lockout_within_a_minute_makes_the_message_a_list(
    company, channel, worker, locks, moves_on
):
    locks("Aalbers")
    company.hanna.sees("Werknemerslogin geblokkeerd: Aalbers", in_channel=CHANNEL)
    moves_on(seconds=40)
    locks("Bos")
    told = company.hanna.sees(TWO, in_channel=CHANNEL).text
    assert "Aalbers" in told
    assert "Bos" in told
    assert "Toon geblokkeerde" not in told
    assert len(posts(company)) == 1


def test_a_lockout_after_a_minute_has_a_message_of_its_own(
    company, channel, worker, locks, moves_on
):
    locks("Aalbers")
    company.hanna.sees("Werknemerslogin geblokkeerd: Aalbers", in_channel=CHANNEL)
    moves_on(seconds=61)
    locks("Bos")
    company.hanna.sees("Werknemerslogin geblokkeerd: Bos", in_channel=CHANNEL)
    company.hanna.sees("Werknemerslogin geblokkeerd: Aalbers", in_channel=CHANNEL)
    assert len(posts(company)) == 2


def test_a_list_names_five_and_counts_the_others(
    company, channel, worker, locks, moves_on
):
    names = [f"Jansen{number}" for number in range(1, 8)]
    locks(*names)
    told = company.hanna.sees("7 werknemerslogins van Utrecht", in_channel=CHANNEL).text
    assert [name for name in names if name in told] == names[:5]
    assert "En nog 2 logins. Nu geblokkeerd: 7 van 7." in told


def test_who_opens_a_login_from_the_list_activates_it_there(
    company, channel, worker, locks, moves_on
):
    aalbers, _ = locks("Aalbers", "Bos")
    company.bram.sees(TWO, in_channel=CHANNEL)
    company.bram.presses("Openen", near="Aalbers", in_channel=CHANNEL)
    company.bram.sees("Status: geblokkeerd")
    company.bram.ticks("Actief")
    company.bram.submits()
    company.hanna.sees("Geactiveerd door @bram", in_channel=CHANNEL)
    assert company.cards.login(aalbers).state is LoginState.ACTIVE


def test_the_locked_logins_are_shown_on_the_branch_screen(
    company, channel, worker, locks
):
    locks(*[f"Jansen{number}" for number in range(1, 8)])
    company.cards.add_login(card={"last_name": "Vrij"})
    bram = company.bram
    bram.sees("7 werknemerslogins van Utrecht", in_channel=CHANNEL)
    bram.presses("Toon geblokkeerde", in_channel=CHANNEL)
    bram.sees("Alleen de geblokkeerde logins:")
    bram.does_not_see("Vrij")
    bram.presses("Openen", near="Jansen6")
    bram.ticks("Actief")
    bram.submits()
    bram.sees("Opgeslagen.")
    bram.does_not_see("Jansen6 ·")
    bram.presses("Toon alle")
    bram.sees("Vrij")
    company.hanna.sees("Nu geblokkeerd: 6 van 7.", in_channel=CHANNEL)


def test_five_hundred_lockouts_make_two_posts_and_few_edits(
    company, channel, worker, locks, clock
):
    for _ in range(20):
        locks(*[f"Jansen{number}" for number in range(25)])
        clock.forward(timedelta(seconds=3))
        worker.wakes()
    eventually(lambda: told_when_due(company, clock, worker), within=120)
    company.hanna.sees("500 werknemerslogins van Utrecht", in_channel=CHANNEL)
    assert len(lockouts(company)) == 500
    assert len(posts(company)) <= 2
    assert len(company.slack.calls("chat.update")) <= 22


def told_when_due(company, clock, worker):
    """Whether everything is told; what waits for its time gets it."""
    if all_are_shown(company):
        return True
    # Letters wait: there is no mail server here.
    due = select(OutboxMessage.id).where(
        OutboxMessage.kind != "letter",
        OutboxMessage.ended_at.is_(None),
        OutboxMessage.due_at <= clock(),
    )
    with company.office.database.reading() as session:
        is_at_work = session.scalar(due.limit(1)) is not None
    if not is_at_work:
        clock.forward(timedelta(seconds=3))
        worker.wakes()
    return False


def test_many_branches_in_one_channel_make_no_more_than_two_posts(
    company, channel, worker, locks, moves_on
):
    cards = company.cards
    for branch_id in (cards.amsterdam, cards.rotterdam):
        choose_channel(company, branch_id, channel.id)
    for name, branch_id in (
        ("Aalbers", company.branch),
        ("Bos", cards.amsterdam),
        ("Carels", cards.rotterdam),
    ):
        locks(name, branch_id=branch_id)
        company.hanna.sees(name, in_channel=CHANNEL)
        moves_on(seconds=4)
    told = company.hanna.sees("van verschillende vestigingen", in_channel=CHANNEL).text
    assert "Carels" in told
    assert "Rotterdam" in told
    assert len(posts(company)) == 2
