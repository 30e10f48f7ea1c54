"""What Slack says of people is not kept for ever: it is their name."""

from datetime import timedelta

import pytest

from domain import slack_users
from domain.actor import AccountType
from domain.administrators import Administrator
from domain.privacy import slack_people
from domain.privacy.slack_people import KEPT_FOR
from domain.sign_in.model import SlackLink
from domain.slack_users import SlackIdentity
from tests.domain.office import member

LOG_KEPT_FOR = timedelta(days=730)
SOMEBODY = SlackIdentity("T0OFFICE", "U0IEMAND")
PROFILE = member("Iemand")


@pytest.fixture
def came_by(database, now):
    """Somebody opened the App Home."""
    with database.transaction() as session:
        slack_users.remember(session, SOMEBODY, PROFILE, now=now)


@pytest.fixture
def is_known(database, now, came_by):
    """Whether their name is there still, so long after."""

    def after(period):
        with database.transaction() as session:
            log_from = now + period - LOG_KEPT_FOR
            slack_people.forget_old(session, log_from, now=now + period)
            return slack_users.find(session, SOMEBODY) is not None

    return after


def test_who_came_by_is_forgotten_some_time_after_the_last_time(is_known):
    assert is_known(KEPT_FOR - timedelta(seconds=1))
    assert not is_known(KEPT_FOR)


def test_who_came_again_is_known_from_then_on(database, is_known, now):
    again = now + timedelta(days=1)
    with database.transaction() as session:
        slack_users.remember(session, SOMEBODY, PROFILE, now=again)
    assert is_known(KEPT_FOR)


def test_who_is_linked_to_a_record_card_is_known_as_long_as_the_link(
    database, office, is_known, now
):
    card_id = office.add_card()
    with database.transaction() as session:
        session.add(
            SlackLink(
                team_id=SOMEBODY.team_id,
                user_id=SOMEBODY.user_id,
                record_card_id=card_id,
                linked_at=now,
            )
        )
    assert is_known(KEPT_FOR)
    with database.transaction() as session:
        session.delete(session.query(SlackLink).one())
    assert not is_known(KEPT_FOR)


def administered(database, at, dismissed_at=None):
    with database.transaction() as session:
        session.add(
            Administrator(
                team_id=SOMEBODY.team_id,
                user_id=SOMEBODY.user_id,
                account_type=AccountType.MANAGER,
                appointed_at=at,
                dismissed_at=dismissed_at,
            )
        )


def test_who_administers_is_known_for_ever(database, is_known, now):
    administered(database, now)
    assert is_known(10 * LOG_KEPT_FOR)


def test_who_administered_is_known_as_long_as_the_log_shows_it(database, is_known, now):
    administered(database, now, dismissed_at=now + timedelta(days=1))
    assert is_known(LOG_KEPT_FOR)
    assert not is_known(LOG_KEPT_FOR + timedelta(days=1))
