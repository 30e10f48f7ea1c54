from datetime import timedelta

import pytest

from domain import slack_users
from domain.slack_users import SlackIdentity, SlackProfile
from tests.domain.office import member

ANNA = SlackIdentity("T0OFFICE", "U0ANNA")
PROFILE = member("Anna")


def remember(database, now, **changes):
    profile = SlackProfile(**(vars(PROFILE) | changes))
    with database.transaction() as session:
        slack_users.remember(session, ANNA, profile, now=now)


def find(database, identity=ANNA):
    with database.reading() as session:
        return slack_users.find(session, identity)


def test_somebody_never_heard_of_is_unknown(database):
    assert find(database) is None


def test_somebody_of_another_workspace_is_not_the_one_we_know(database, now):
    remember(database, now)
    assert find(database, SlackIdentity("T0OTHER", ANNA.user_id)) is None


@pytest.mark.parametrize(
    "flag",
    ["is_bot", "is_deleted", "is_guest", "is_outsider", "is_workspace_owner"],
)
def test_each_flag_is_kept_as_slack_says_it_last(database, now, flag):
    remember(database, now, **{flag: True})
    assert getattr(find(database), flag) is True
    remember(database, now)
    assert getattr(find(database), flag) is False


def test_the_chosen_language_stays_when_slack_says_something_new(database, now):
    remember(database, now)
    with database.transaction() as session:
        slack_users.choose_language(session, ANNA, "en")
    remember(database, now, locale="fr-FR")
    user = find(database)
    assert (user.language, user.locale) == ("en", "fr-FR")


def test_slacks_word_is_good_for_ten_minutes(database, now):
    remember(database, now)
    user = find(database)
    assert user.is_fresh(now + timedelta(minutes=10) - timedelta(seconds=1))
    assert not user.is_fresh(now + timedelta(minutes=10))
    remember(database, now + timedelta(minutes=10))
    assert find(database).is_fresh(now + timedelta(minutes=19))


def test_somebody_may_have_to_be_asked_for_again_at_once(database, now):
    remember(database, now)
    with database.transaction() as session:
        slack_users.expire(session, ANNA, now=now)
        slack_users.expire(session, SlackIdentity("T0OFFICE", "U0UNKNOWN"), now=now)
    assert not find(database).is_fresh(now)


def test_a_display_name_of_any_length_fits(database, now):
    remember(database, now, display_name="A" * 400, locale="x" * 40)
    user = find(database)
    assert (len(user.display_name), len(user.locale)) == (200, 20)


def test_no_address_is_kept_of_anybody_in_slack():
    columns = slack_users.SlackUser.__table__.columns.keys()
    assert not [name for name in columns if "mail" in name or "address" in name]


def test_names_are_told_of_those_we_know_in_their_own_workspace(database, now):
    remember(database, now, display_name="Anna")
    stranger = SlackIdentity("T0OTHER", ANNA.user_id)
    with database.reading() as session:
        assert slack_users.display_names(session, [ANNA, stranger]) == {ANNA: "Anna"}
        assert slack_users.display_names(session, []) == {}
