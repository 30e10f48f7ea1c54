"""The worker of `serve` killed at random moments of a mailing.

SLEUTELBOS_MAILING_KILLS asks for more of them, over mailings of 200 logins.
"""

import pytest

from sandbox.mailbox import Mailbox
from tests.faults.mailing_scene import (
    LINK,
    PASSWORD,
    MailingScene,
    kills_asked_for,
)

_KILLS = kills_asked_for("SLEUTELBOS_MAILING_KILLS", 0)
_KILLS_OF_A_MAILING = 10


@pytest.fixture
def mailbox():
    with Mailbox(patience=60).serve() as served:
        yield served


@pytest.fixture
def mailing(scene, mailbox):
    made = []

    def build(hands_over):
        made.append(MailingScene(scene, mailbox, hands_over))
        return made[-1]

    yield build
    for each in made:
        for process in each.processes:
            process.is_ended_by_force()


@pytest.mark.parametrize("hands_over", [LINK, PASSWORD])
def test_killed_at_random_moments_a_mailing_reaches_each_once(mailing, hands_over):
    here = mailing(hands_over)
    here.starts(40)
    for _ in range(3):
        here.is_killed_somewhere()
    here.goes_on_to_the_end()
    here.assert_each_was_mailed()


@pytest.mark.skipif(_KILLS == 0, reason="asked for by SLEUTELBOS_MAILING_KILLS")
@pytest.mark.parametrize("hands_over", [LINK, PASSWORD])
def test_killed_many_times_no_mailing_of_200_skips_anybody(
    mailing, hands_over, record_property
):
    """A quarter of the kills on each database with each way in."""
    kills = repeated = mailings = 0
    while kills < _KILLS // 4:
        here = mailing(hands_over)
        here.starts(200)
        while here.kills < _KILLS_OF_A_MAILING and here.run().ended_at is None:
            here.is_killed_somewhere()
        here.goes_on_to_the_end()
        here.assert_each_was_mailed()
        kills, repeated = kills + here.kills, repeated + here.repeated
        mailings += 1
    record_property("kills", kills)
    record_property("repeated letters", repeated)
    record_property("mailings", mailings)
