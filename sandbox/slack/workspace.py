"""The workspace as tests and demos hold it: open it, stage it, read it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox.slack.manifest import Manifest
from sandbox.slack.reading import Reading
from sandbox.slack.staging import Staging


class Workspace(Staging, Reading):
    """A Slack workspace with one app installed, as its manifest says."""

    @classmethod
    def from_manifest(cls, path: Path | str, **options: Any) -> "Workspace":
        """A workspace with the app of this manifest installed in it.

        `options` are those of State: clock, domain, rate_limits, patience,
        ack_seconds, request_url (payloads are posted there, whatever the manifest
        says), and keep: how many calls, payloads and faults are remembered.
        Tests want all, which is what they get; a demo that runs all day does not.
        Raises ManifestError.
        """
        return cls(Manifest.read(path), **options)

    @contextmanager
    def serve(self, port: int = 0) -> Iterator["Workspace"]:
        """Open the Web API and Socket Mode on 127.0.0.1; port 0 takes a free one."""
        self.courier.start()
        try:
            self.server.start(port)
            yield self
        finally:
            self.demands.release_all()
            self.connections.close_all()
            self.server.stop()
            self.courier.stop()
            self.sockets.request_url.close()
