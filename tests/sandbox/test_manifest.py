"""Manifests: valid by Slack's own schema, and refused in words."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from sandbox.slack import ManifestError, Workspace
from sandbox.slack.manifest import Command
from tests.sandbox.conftest import MANIFEST

SCHEMA = Path(__file__).parents[1] / "data" / "manifest.schema.json"


def test_the_manifest_of_these_tests_is_valid_for_slack():
    schema = json.loads(SCHEMA.read_text())
    jsonschema.validate(yaml.safe_load(MANIFEST.read_text()), schema)


def test_a_manifest_says_what_the_app_may():
    manifest = Workspace.from_manifest(MANIFEST).manifest
    assert manifest.commands == {"/proef": Command("Try something", "[what]")}
    assert "message.im" in manifest.events
    assert "users:read.email" in manifest.scopes
    assert manifest.home_tab
    assert manifest.interactive


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("name: Proefapp", f"name: {'x' * 36}", "1 to 35 characters"),
        ("display_name: Proefapp", "display_name: ''", "1 to 80 characters"),
        ("socket_mode_enabled: true", "socket_mode_enabled: false", "socket_mode"),
        ("command: /proef", "command: proef", "needs a /"),
        ("command: /proef", f"command: /{'x' * 32}", "at most 32"),
        ("description: Try something", "description: ''", "has no description"),
        ("      - commands\n", "", "need the scope commands"),
        ("      - im:history\n", "", "message.im needs the scope im:history"),
    ],
)
def test_a_manifest_that_slack_would_refuse_is_refused_in_words(
    tmp_path, before, after, complaint
):
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST.read_text().replace(before, after))
    with pytest.raises(ManifestError, match=complaint):
        Workspace.from_manifest(path)


def test_an_empty_manifest_is_refused(tmp_path):
    path = tmp_path / "manifest.yml"
    path.write_text("")
    with pytest.raises(ManifestError, match="nothing in it"):
        Workspace.from_manifest(path)


def test_the_sandbox_knows_nothing_of_the_product():
    sources = (Path(__file__).parents[2] / "sandbox").rglob("*.py")
    for source in sources:
        text = source.read_text()
        for part in ("domain", "bot", "sleutelbos", "tests"):
            assert f"from {part}" not in text, source
            assert f"import {part}" not in text, source
