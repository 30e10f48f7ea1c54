"""What is said only to look is pressed by who may everything, and changes nothing."""

import pytest

from domain.logins.model import LoginState
from sandbox.slack import acks
from sandbox.slack.sending import Deed
from tests.bot.in_slack import company_of
from tests.bot.test_permission_matrix import made, opened
from tests.scenarios.foreign_ids.replaying import rows
from tests.scenarios.permissions.test_every_listener import looking

# What Slack says to presses that nobody could make on these screens.
FORGED = ("hash_conflict", "not_found", "push_limit_reached", "channel_not_found")


@pytest.fixture
def rate_limits():
    """Hundreds of payloads come in seconds here."""
    return False


def sends(company, row):
    """The smallest payload for a listener, from a modal of her own with every id."""
    slack, hanna = company.slack, company.hanna
    with slack.changed:
        view = opened(company, hanna)

    def take(acked):
        if row.startswith("options"):
            acks.options_of(acked)
        return ""

    deed = Deed(hanna.id, row, take)
    slack.sockets.deliver("interactive", made(company, hanna, row, view), deed)
    slack.wait_for_acks()


def test_looking_changes_nothing(slack, office, locale):
    for code in FORGED:
        slack.tolerates(code)
    with company_of(slack, office, locale) as company:
        for state in LoginState:
            company.cards.add_login(state, card={"branch_id": company.cards.amsterdam})
        before = rows(office.database)
        for row in looking():
            if not row.startswith("command"):
                sends(company, row)
        company.hanna.reads_channel("algemeen")
    # By now the bot is done with everything.
    assert rows(office.database) == before
