"""What a workspace is made of: people, channels and parts, behind one lock."""

import hashlib
import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.clock import Clock, system_clock
from sandbox.slack.changes import Changes
from sandbox.slack.conversations import Channel
from sandbox.slack.courier import Courier
from sandbox.slack.demands import Demands
from sandbox.slack.files import Files
from sandbox.slack.manifest import Manifest
from sandbox.slack.modals import Modals
from sandbox.slack.person import Person
from sandbox.slack.posting import Posting
from sandbox.slack.rate_limits import RateLimits
from sandbox.slack.record import AppFault, Record
from sandbox.slack.sending import Deliveries
from sandbox.slack.server import Server
from sandbox.slack.tickets import Tickets
from sandbox.slack.users import User


class State:
    """Everything a workspace knows.

    Whoever reads or changes it holds `changed`; whoever changes it notifies, so that
    nobody ever has to look again after a while.
    """

    def __init__(
        self,
        manifest: Manifest,
        *,
        clock: Clock = system_clock,
        domain: str = "proeftuin",
        rate_limits: bool = True,
        patience: float = 10.0,
        ack_seconds: float = 3.0,
        keep: int | None = None,
        request_url: str | None = None,
    ) -> None:
        self.manifest = manifest
        self.clock = clock
        self.domain = domain
        self.patience = patience
        self.ack_seconds = ack_seconds
        self.changed = Changes()
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.people: dict[str, Person] = {}
        self._serial = itertools.count(1)
        self._last_stamp = 0
        self.record = Record(keep)
        self.courier = Courier()
        self.demands = Demands(self)
        self.tickets = Tickets(self)
        self.rates = RateLimits(clock, enabled=rate_limits)
        self.posting = Posting(self)
        self.modals = Modals(self)
        self.files = Files(self)
        self.sockets = Deliveries(self, request_url)
        self.connections = self.sockets.connections
        self.server = Server(self)
        self._install_app()

    def _install_app(self) -> None:
        self.team_id = self.new_id("T")
        self.app_id = self.new_id("A")
        self.bot_id = self.new_id("B")
        self.bot_token = f"xoxb-{self.team_id}-{self.bot_id}-sandbox"
        self.app_token = f"xapp-1-{self.app_id}-sandbox"
        self.verification_token = f"verification-{self.app_id}"
        # The same at every start, like the tokens.
        signing = hashlib.sha256(f"signing {self.app_id}".encode())
        self.signing_secret = signing.hexdigest()[:32]
        name = self.manifest.bot_name.lower().replace(" ", "_")
        self.bot_user = User(
            id=self.new_id("U"),
            name=name,
            real_name=self.manifest.bot_name,
            team_id=self.team_id,
            is_bot=True,
            bot_id=self.bot_id,
        )
        self.users[self.bot_user.id] = self.bot_user

    @property
    def api_url(self) -> str:
        """Base URL of the Web API, with a slash at the end."""
        return f"{self.server.url}/api/"

    def now(self) -> datetime:
        """What the workspace's clock says."""
        return self.clock()

    def new_id(self, kind: str) -> str:
        """A fresh id of the shape Slack gives to its things."""
        with self.changed:
            return f"{kind}{next(self._serial):010d}"

    def new_stamp(self) -> str:
        """A `ts`: microseconds of the clock, never the same twice."""
        with self.changed:
            stamp = max(int(self.now().timestamp() * 1e6), self._last_stamp + 1)
            self._last_stamp = stamp
            return f"{stamp // 1_000_000}.{stamp % 1_000_000:06d}"

    def wait_until(self, found: Callable[[], Any], within: float) -> Any:
        """What `found` gives once it is true, or its last answer at the deadline."""
        with self.changed:
            return self.changed.wait_for(found, within)

    def blame(
        self,
        kind: str,
        text: str,
        user_id: str | None = None,
        *,
        is_shown_elsewhere: bool = False,
    ) -> AppFault:
        """Note that the app did something Slack would not put up with."""
        with self.changed:
            fault = AppFault(kind, text, self.now(), user_id, is_shown_elsewhere)
            self.record.add(fault)
            self.changed.notify_all()
            return fault

    def channel(self, name_or_id: str) -> Channel:
        """The channel with this name (with or without #) or id."""
        wanted = name_or_id.removeprefix("#")
        for channel in self.channels.values():
            if wanted in (channel.id, channel.name) and wanted:
                return channel
        raise LookupError(f"there is no channel {name_or_id!r}")

    def user(self, name_or_id: str) -> User:
        """The member with this name (with or without @) or id."""
        wanted = name_or_id.removeprefix("@")
        for user in self.users.values():
            if wanted in (user.id, user.name):
                return user
        raise LookupError(f"there is no member {name_or_id!r}")

    def cast(self) -> list[User]:
        """Whom one can be who tries the workspace: all that have a note, if any."""
        people = [user for user in self.users.values() if not user.is_bot]
        return [user for user in people if user.note] or people

    def direct_message(self, user_id: str) -> Channel:
        """The conversation between this person and the app, opened if need be."""
        with self.changed:
            pair = {user_id, self.bot_user.id}
            for channel in self.channels.values():
                if channel.is_im and set(channel.members) == pair:
                    return channel
            opened = Channel(
                id=self.new_id("D"),
                name="",
                creator=self.bot_user.id,
                created=int(self.now().timestamp()),
                is_im=True,
                is_private=True,
                members=[user_id, self.bot_user.id],
            )
            self.channels[opened.id] = opened
            self.changed.notify_all()
            return opened
