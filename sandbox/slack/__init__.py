"""A stand-in for Slack: Web API, Socket Mode, people and their screens."""

from sandbox.slack.client_rules import ImpossibleError
from sandbox.slack.manifest import Manifest, ManifestError
from sandbox.slack.person import Person
from sandbox.slack.workspace import Workspace

__all__ = ["ImpossibleError", "Manifest", "ManifestError", "Person", "Workspace"]
