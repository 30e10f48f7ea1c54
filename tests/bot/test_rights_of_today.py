"""Between the moment somebody is recognised and the transaction, a role may go."""

import pytest

from bot.app import web_client
from bot.identity import NotAdministratorError, recognise
from bot.interaction import Interaction
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing, dismissing
from domain.secret import Secret


@pytest.fixture
def begun(company):
    """What Bram began a moment ago."""
    client = web_client(Secret(company.slack.bot_token), company.slack.api_url)
    person = recognise(company.office, client, company.identity(company.bram))
    return Interaction(company.office, client, body={}, person=person)


def test_writing_is_done_with_the_branches_of_that_moment(company, begun):
    with company.office.database.transaction() as session:
        appointing.change(
            session,
            begun.actor.administrator_id,
            AccountType.USER,
            [company.cards.rotterdam],
            None,
            actor=OPERATOR,
            now=company.office.clock(),
        )
    assert begun.actor.branch_ids == {company.branch}
    with begun.transaction():
        assert begun.actor.branch_ids == {company.cards.rotterdam}
        assert begun.actor.account_type is AccountType.USER


def test_who_was_dismissed_since_writes_nothing(company, begun):
    with company.office.database.transaction() as session:
        dismissing.dismiss(
            session,
            begun.actor.administrator_id,
            actor=OPERATOR,
            now=company.office.clock(),
        )
    with begun.transaction(), pytest.raises(NotAdministratorError):
        assert begun.actor
