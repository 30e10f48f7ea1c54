"""What every message says, and that Slack takes it whatever branches are called.

`UPDATE_SNAPSHOTS=1` writes the snapshots anew; look at the difference then.
"""

import json
import os
from pathlib import Path

import pytest

from bot import mentions
from bot.locale import LANGUAGES, translator
from sandbox.slack.limits import check_message
from tests.bot.screens.messages import MESSAGES
from tests.bot.test_screens import HOSTILE, OUR_MENTIONS, texts

SNAPSHOTS = Path(__file__).parent / "message_snapshots"


def built(name, language, text="Utrecht"):
    message = MESSAGES[name](translator(language), text)
    blocks = [block.to_dict() for block in message.blocks]
    return {"text": message.text, "blocks": blocks}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MESSAGES)
def test_message_is_as_it_was_seen(name, language):
    message = built(name, language)
    file = SNAPSHOTS / f"{name}.{language}.json"
    written = json.dumps(message, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(written, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == written
    assert check_message(message) == []


def test_no_snapshot_is_of_a_message_that_is_gone():
    known = {f"{name}.{language}.json" for name in MESSAGES for language in LANGUAGES}
    assert {file.name for file in SNAPSHOTS.iterdir()} == known


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", MESSAGES)
def test_hostile_text_breaks_no_limit_and_becomes_no_markup(name, text):
    message = built(name, "nl", text)
    assert check_message(message) == []
    marked = [t["text"] for t in texts(message["blocks"]) if t["type"] == "mrkdwn"]
    for shown in [*marked, message["text"]]:
        assert "<" not in OUR_MENTIONS.sub("", shown)


def test_a_mention_is_made_of_an_id_and_of_nothing_else():
    assert str(mentions.person("U0HANNA")) == "<@U0HANNA>"
    for wrong in ("", "U1> <!channel", "u1", "C1|beheer"):
        with pytest.raises(ValueError, match="not an id"):
            mentions.channel(wrong)
