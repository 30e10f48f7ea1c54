"""Who asks for a link on PostgreSQL holds up nobody else who asks."""

from datetime import timedelta

import pytest

from domain.sign_in import recovery_limits, slack_help
from domain.sign_in.model import SlackLink
from tests.domain.sign_in.recovering import ANNA_IN_SLACK, MALLORY

# SQLite lets one write at a time, so that there everybody waits for everybody.
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
_SHORT = timedelta(milliseconds=100)


def test_asking_for_a_link_waits_for_no_other_asker(desk):
    database, now = desk.office.database, desk.clock()
    with database.transaction() as session:
        assert recovery_limits.count_asker(session, "network a", now=now)
        with database.transaction(_SHORT) as other:
            assert recovery_limits.count_asker(other, "network b", now=now)


def test_asking_in_slack_waits_for_no_other_asker(desk):
    database, now, keyring = desk.office.database, desk.clock(), desk.tools.keyring
    for number, identity in enumerate((ANNA_IN_SLACK, MALLORY)):
        login_id = desk.add_employee(f"asker{number}@example.nl")
        link = SlackLink(
            team_id=identity.team_id,
            user_id=identity.user_id,
            record_card_id=desk.office.login(login_id).record_card_id,
            linked_at=now,
        )
        with database.transaction() as session:
            session.add(link)
    with database.transaction() as session:
        slack_help.ask_for_letter(session, ANNA_IN_SLACK, keyring=keyring, now=now)
        with database.transaction(_SHORT) as other:
            found = slack_help.ask_for_letter(other, MALLORY, keyring=keyring, now=now)
    assert found.kind is slack_help.HelpKind.LETTER
