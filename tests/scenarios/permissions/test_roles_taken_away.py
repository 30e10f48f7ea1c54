"""A role that went away between opening a screen and the press that changes something.

Who lost it is told so in plain words, no row of any table changed, and nothing secret
went to Slack.
"""

import json
import re

import pytest
from sqlalchemy import delete

from domain.actor import AccountType
from domain.administrators import Administrator, AdministratorBranch
from tests.bot.in_slack import eventually
from tests.passwords import OPENING_PASSWORD
from tests.scenarios.foreign_ids.replaying import rows
from tests.scenarios.lockouts.people import SHOWN_PASSWORD
from tests.scenarios.permissions.every_journey import (
    BY_BRAM,
    BY_HANNA,
    OF_A_BRANCH,
    OF_ONESELF,
)
from tests.scenarios.permissions.journeys import CHANNEL
from tests.scenarios.permissions.of_administrators import OF_WHO_APPOINTS
from tests.scenarios.permissions.of_cards import CLOSING, HANDING_IN
from tests.scenarios.step_up.people import KEY

NOBODY = "U beheert geen logins in Sleutelbos."
NOT_THERE = "Dit bestaat niet, of niet in een van uw vestigingen."
NOT_PERMITTED = "Met uw type account mag dit niet."
WORDS = {"dismissed": NOBODY, "moved": NOT_THERE, "lowered": NOT_PERMITTED}
LINK = re.compile(r"/herstel/[\w-]{20,}")
# Of everybody whose card or login it was about.
NAMES = ("Jansen", "Pietersen", "Anna Bakker", "00104")
SECRETS = (SHOWN_PASSWORD, OPENING_PASSWORD, LINK, KEY)
CASES = [
    *(("bram", way, each) for each in BY_BRAM for way in ("dismissed", "moved")),
    *(("ursula", "moved", each) for each in OF_A_BRANCH),
    *(("bram", "dismissed", each) for each in OF_ONESELF),
    *(("bram", way, each) for each in OF_WHO_APPOINTS for way in WORDS),
    *(("hanna", way, each) for each in BY_HANNA for way in ("dismissed", "lowered")),
]


def takes_away(company, person, way):
    """As another administrator does it at this very moment."""
    user_id = company.identity(person).user_id
    with company.office.database.transaction() as session:
        found = session.query(Administrator).filter_by(user_id=user_id).one()
        if way == "dismissed":
            found.dismissed_at = company.office.clock()
        if way == "lowered":
            found.account_type = AccountType.USER
        branches = AdministratorBranch.administrator_id == found.id
        session.execute(delete(AdministratorBranch).where(branches))
        there = company.cards.rotterdam if way == "moved" else company.branch
        session.add(AdministratorBranch(administrator_id=found.id, branch_id=there))


def sent_last(company, person):
    """The listener that the last thing this person did was for."""
    *_, last = (
        each.payload
        for each in company.slack.record.deliveries
        if each.user_id == person.id and each.kind == "interactive"
    )
    kind = last["type"]
    if kind == "block_actions":
        return f"action {last['actions'][0]['action_id']}"
    return f"{kind} {last['view']['callback_id']}"


def told_to(person):
    """All that is before this person: modals, answers, messages."""
    return person.screen() + person.reads_channel(CHANNEL) + person.reads_dm()


def told_since(company, number):
    """All that the bot told Slack after so many calls."""
    calls = company.slack.calls()[number:]
    return json.dumps([each.arguments for each in calls], default=str)


@pytest.mark.parametrize(
    ("name", "way", "journey"),
    CASES,
    ids=[f"{name}, {way}: {each.name}" for name, way, each in CASES],
)
def test_who_lost_the_role_meanwhile_changes_nothing(scene, name, way, journey):
    company = scene.company
    person = company.slack.person(name)
    journey.opens(scene, person)
    company.slack.wait_for_acks()
    takes_away(company, person, way)
    before, calls = rows(company.office.database), len(company.slack.calls())
    journey.ends(person)
    words = (way == "moved" and journey.words) or WORDS[way]
    eventually(lambda: words in told_to(person))
    assert sent_last(company, person) == journey.listener
    assert rows(company.office.database) == before
    told = told_since(company, calls)
    assert [each.findall(told) for each in SECRETS] == [[]] * len(SECRETS)
    assert [name for name in NAMES if name in told] == []
    for reader in (company.hanna, company.bram, company.ursula):
        reader.reads_channel(CHANNEL)


def test_who_was_dismissed_hands_in_no_list(scene):
    company = scene.company
    HANDING_IN.opens(scene, company.bram)
    takes_away(company, company.bram, "dismissed")
    before = rows(company.office.database)
    HANDING_IN.ends(company.bram)
    company.bram.sees_error("Personeelslijst", NOBODY)
    assert sent_last(company, company.bram) == HANDING_IN.listener
    assert rows(company.office.database) == before


def test_a_preview_that_who_was_dismissed_closes_stays_until_it_expires(scene):
    company = scene.company
    CLOSING.opens(scene, company.bram)
    takes_away(company, company.bram, "dismissed")
    before = rows(company.office.database)
    CLOSING.ends(company.bram)
    company.slack.wait_for_acks()
    assert sent_last(company, company.bram) == CLOSING.listener
    # What comes after it was done after it.
    company.bram.types("/personeel", channel="algemeen")
    company.bram.sees(NOBODY)
    assert rows(company.office.database) == before
