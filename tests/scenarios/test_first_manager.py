"""The very first manager: a workspace owner who types /beheer and confirms."""

import pytest

from domain import slack_users
from domain.actor import AccountType
from domain.administrators import find_actor
from domain.audit import AuditAct, AuditEvent
from domain.slack_users import SlackIdentity
from tests.bot.in_slack import bot_at_work, eventually, people


@pytest.fixture
def owner(slack, office, locale):
    """Olga owns the workspace; nobody manages Sleutelbos yet."""
    slack.add_channel("algemeen", list(people(slack, locale)))
    olga = slack.add_person("olga", "Olga Ozinga", is_owner=True)
    with bot_at_work(slack, office):
        yield olga


def actor(office, slack, person):
    with office.database.reading() as session:
        return find_actor(session, SlackIdentity(slack.team_id, person.id))


def test_owner_confirms_and_manages(owner, office, slack):
    owner.types("/beheer")
    owner.sees("U bent eigenaar van deze werkruimte")
    assert actor(office, slack, owner) is None
    owner.submits()
    owner.sees("U bent nu manager.")
    assert actor(office, slack, owner).account_type is AccountType.MANAGER
    owner.goes_back()
    owner.types("/beheer")
    owner.sees("Werknemerslogins")


def test_anybody_else_is_told_who_can_begin(owner, slack):
    mo = slack.person("mo")
    mo.types("/beheer")
    mo.sees("Een eigenaar van deze werkruimte typt /beheer om te beginnen.")
    mo.sees_no_modal()
    mo.types("/personeel logins utrecht")
    mo.sees("Een eigenaar van deze werkruimte typt /beheer om te beginnen.")
    mo.sees_no_modal()
    mo.opens_home()
    mo.sees("Een eigenaar van deze werkruimte typt /beheer om te beginnen.")


def test_the_second_owner_who_confirms_is_too_late(owner, office, slack):
    other = slack.add_person("otto", "Otto Otten", is_owner=True)
    for each in (owner, other):
        each.types("/beheer")
        each.sees("U bent eigenaar van deze werkruimte")
    owner.submits()
    owner.sees("U bent nu manager.")
    other.submits()
    other.sees("Sleutelbos heeft al een manager.")
    assert actor(office, slack, other) is None


def test_a_confirmation_that_arrives_twice_appoints_once(owner, office, slack):
    owner.types("/beheer")
    owner.sees("U bent eigenaar van deze werkruimte")
    slack.next_payloads(1).arrive_twice()
    owner.submits()
    owner.sees("U bent nu manager.")
    with office.database.reading() as session:
        acts = [event.act for event in session.query(AuditEvent)]
    assert acts == [AuditAct.ADMINISTRATOR_APPOINTED]


def test_an_owner_who_lost_the_workspace_meanwhile_is_refused(owner, office, slack):
    owner.types("/beheer")
    owner.sees("U bent eigenaar van deze werkruimte")
    slack.change_person("olga", is_owner=False)
    identity = SlackIdentity(slack.team_id, owner.id)
    eventually(lambda: not known(office, identity).is_fresh(office.clock()))
    owner.submits()
    owner.sees("Met uw type account mag dit niet.")
    assert actor(office, slack, owner) is None


def known(office, identity):
    with office.database.reading() as session:
        return slack_users.find(session, identity)
