"""Markup as the text screens read it; the browser reads the same cases."""

import json
from pathlib import Path

import pytest

from sandbox.slack.markup import marked_up

CASES = json.loads((Path(__file__).parent / "markup.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_markup_is_read_as_slack_reads_it(slack, hanna, case):
    channel = slack.add_channel("beheer", ["hanna"])
    ids = {"{hanna}": hanna.id, "{beheer}": channel.id}
    text = case["text"]
    for name, slack_id in ids.items():
        text = text.replace(name, slack_id)
    assert marked_up(slack, text) == case["seen"]
