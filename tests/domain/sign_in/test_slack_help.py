"""A linked person in Slack asks for a letter: at once, later, or there is no login."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from domain.logins.model import Login, LoginId, LoginState
from domain.outbox import OutboxMessage
from domain.record_cards.model import RecordCardId
from domain.sign_in import recovery, recovery_letters, recovery_limits
from domain.sign_in.model import RecoveryRequest, SlackLink
from domain.sign_in.slack_help import Help, HelpKind, ask_for_letter
from domain.slack_users import SlackIdentity

MO = SlackIdentity("T0OFFICE", "U0MO")
ADDRESS = "mo.mulder@example.nl"


@pytest.fixture
def login_id(office):
    """Mo's login, and Mo in Slack linked to its card."""
    login_id = office.add_login(card={"email": ADDRESS, "first_name": "Mo"})
    link(office, MO, office.login(login_id).record_card_id)
    return login_id


@pytest.fixture
def ask(office, keyring, clock):
    def ask(identity: SlackIdentity = MO) -> Help:
        with office.database.transaction() as session:
            return ask_for_letter(session, identity, keyring=keyring, now=clock())

    return ask


def link(office, identity, card_id):
    with office.database.transaction() as session:
        session.add(
            SlackLink(
                team_id=identity.team_id,
                user_id=identity.user_id,
                record_card_id=card_id,
                linked_at=office.now,
            )
        )


def waiting(office) -> int:
    with office.database.reading() as session:
        kind = OutboxMessage.kind == recovery.KIND
        return session.scalar(select(func.count(OutboxMessage.id)).where(kind)) or 0


def asked_at(office, subject: str, *instants: datetime) -> None:
    """Requests that were counted before."""
    with office.database.transaction() as session:
        session.add_all(RecoveryRequest(subject=subject, at=at) for at in instants)


def test_a_linked_person_gets_a_letter_to_the_card(office, ask, login_id):
    assert ask() == Help(HelpKind.LETTER, address=ADDRESS)
    assert waiting(office) == 1
    assert office.login(login_id).state is LoginState.ACTIVE


def test_somebody_else_in_slack_is_unknown(office, ask, login_id):
    for stranger in (
        SlackIdentity("T0OFFICE", "U0PIET"),
        SlackIdentity("T0OTHER", MO.user_id),
    ):
        assert ask(stranger) == Help(HelpKind.UNKNOWN)
    assert waiting(office) == 0


def test_a_double_click_is_one_wish(office, ask, login_id, clock):
    assert ask() == ask()
    assert waiting(office) == 1
    clock.forward(timedelta(seconds=5))
    assert ask().kind is HelpKind.LETTER
    assert waiting(office) == 2


def test_clicks_at_the_same_moment_are_one_wish(office, ask, login_id):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask(), range(8)))
    assert set(answers) == {Help(HelpKind.LETTER, address=ADDRESS)}
    assert waiting(office) == 1


def test_a_card_without_login_has_nothing_to_mail_about(office, ask):
    link(office, MO, office.add_card(email=ADDRESS))
    assert ask() == Help(HelpKind.NO_LOGIN)
    assert waiting(office) == 0


@pytest.mark.parametrize("state", LoginState)
def test_the_answer_is_the_same_in_every_state(office, ask, state):
    login_id = office.add_login(state, card={"email": ADDRESS})
    link(office, MO, office.login(login_id).record_card_id)
    assert ask() == Help(HelpKind.LETTER, address=ADDRESS)


def test_without_an_address_on_the_card_the_user_name_is_named(office, ask, login_id):
    card_id = RecordCardId(office.login(login_id).record_card_id)
    office.change_card(card_id, email=None, email_key=None)
    assert ask().address == office.login(login_id).user_name


def test_three_in_an_hour_by_whatever_way_make_one_wait(office, ask, login_id, clock):
    subject = recovery_limits.subject_of_login(login_id)
    begin = clock()
    minutes = (0, 10, 20)
    asked_at(office, subject, *(begin + timedelta(minutes=each) for each in minutes))
    clock.forward(timedelta(minutes=30))
    assert ask() == Help(HelpKind.LATER, again_at=begin + timedelta(hours=1))
    assert waiting(office) == 0
    clock.forward(timedelta(minutes=30))
    assert ask().kind is HelpKind.LETTER


def test_wishes_count_before_the_worker_comes_to_them(office, ask, login_id, clock):
    begin = clock()
    for _ in range(3):
        assert ask().kind is HelpKind.LETTER
        clock.forward(timedelta(seconds=10))
    assert ask() == Help(HelpKind.LATER, again_at=begin + timedelta(hours=1))
    assert waiting(office) == 3


def test_five_in_a_day_make_one_wait_for_the_first(office, ask, login_id, clock):
    subject = recovery_limits.subject_of_login(login_id)
    begin = clock()
    asked_at(office, subject, *(begin + timedelta(hours=2 * each) for each in range(5)))
    clock.forward(timedelta(hours=20))
    assert ask().again_at == begin + timedelta(days=1)
    clock.forward(timedelta(hours=4))
    assert ask().kind is HelpKind.LETTER


def test_the_later_of_two_waits_counts(office, ask, login_id, clock):
    login = recovery_limits.subject_of_login(login_id)
    begin = clock()
    asked_at(office, login, *(begin + timedelta(minutes=each) for each in range(3)))
    asker = recovery_limits.subject_of_slack(MO)
    late = begin + timedelta(minutes=5)
    asked_at(office, asker, *([late] * 20))
    clock.forward(timedelta(minutes=6))
    assert ask().again_at == late + timedelta(hours=1)


def test_when_it_says_again_the_worker_lets_it_through(
    office, ask, login_id, clock, keyring
):
    database = office.database
    for _ in range(3):
        assert ask().kind is HelpKind.LETTER
        recovery_letters.answer_next(database.transaction, keyring, clock)
        clock.forward(timedelta(minutes=7))
    again_at = ask().again_at
    assert again_at is not None
    clock.forward(again_at - clock())
    assert ask().kind is HelpKind.LETTER
    recovery_letters.answer_next(database.transaction, keyring, clock)
    with database.reading() as session:
        kind = OutboxMessage.kind == "letter"
        assert session.scalar(select(func.count(OutboxMessage.id)).where(kind)) == 4


def test_a_login_that_moved_takes_the_person_along_only_by_a_new_link(
    office, ask, login_id
):
    newer = office.add_card(email="nieuw@example.nl")
    with office.database.transaction() as session:
        session.get_one(Login, LoginId(login_id)).record_card_id = newer
    assert ask() == Help(HelpKind.NO_LOGIN)
