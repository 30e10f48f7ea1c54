"""What Hanna sent about Amsterdam, Bram and Ursula of Utrecht send once more."""

import pytest

from tests.scenarios.foreign_ids.replaying import (
    Replay,
    forged,
    in_own_branch,
    recorded,
    rows,
)
from tests.scenarios.foreign_ids.touring import CHANNEL, Tour

REFUSALS = (
    "Dit bestaat niet, of niet in een van uw vestigingen.",
    "Met uw type account mag dit niet.",
    "Er is niemand meer voor wie dit iets zou doen.",
    # A list that somebody else uploaded.
    "Dit overzicht is niet meer te gebruiken",
)
WILD = ("0", "9" * 30, "x")
# An empty form, which branch managers have too.
OWN = frozenset({"administrators.new"})


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_no_recorded_payload_reaches_another_branch(name, company, worker, tmp_path):
    worker.starts()
    Tour(company, tmp_path).goes_round()
    company.hanna.reads_channel(CHANNEL)
    company.mo.reads_dm()
    worker.stops()
    replay = Replay(company, company.slack.person(name))
    before = rows(company.office.database)
    unrefused, sent = {}, recorded(company.slack, company.hanna)
    sent += [forged(one, wild) for one in sent for wild in WILD]
    sent += [mixed for one in sent if (mixed := in_own_branch(one, company.branch))]
    for one in sent:
        said = replay.sends(one)
        assert "Foreign" not in said, one.name
        is_refused = any(refusal in said for refusal in REFUSALS) or said == "[]"
        if not is_refused and not any(name in one.name for name in OWN):
            unrefused[one.name] = said
    assert rows(company.office.database) == before
    assert unrefused == {}
    assert len(sent) > 100
