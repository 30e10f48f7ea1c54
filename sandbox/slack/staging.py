"""How a test or a demo sets the scene: people, channels and what changes in them."""

import itertools
from typing import Any

from sandbox.slack import events
from sandbox.slack.conversations import Channel, Message
from sandbox.slack.demands import NextCall, NextPayloads
from sandbox.slack.person import Person
from sandbox.slack.state import State
from sandbox.slack.users import User


class Staging(State):
    """The verbs of whoever runs the workspace."""

    def add_person(self, name: str, real_name: str = "", **account: Any) -> Person:
        """Give somebody an account; `account` sets e-mail, locale, flags, team_id.

        With `note`, who this is in the scene ("manager"), whoever tries the
        workspace in a browser can be this person.
        """
        with self.changed:
            user = User(
                id=self.new_id("U"),
                name=name,
                real_name=real_name or name.title(),
                team_id=account.pop("team_id", self.team_id),
                updated=int(self.now().timestamp()),
                **account,
            )
            self.users[user.id] = user
            self.changed.notify_all()
        events.emit(self, "team_join", {"user": events.described(self, user)})
        return self.person(name)

    def person(self, name: str) -> Person:
        """Somebody with an account, ready to act; always the same one."""
        with self.changed:
            user = self.user(name)
            return self.people.setdefault(user.id, Person(self, user))

    def change_person(self, name: str, **account: Any) -> None:
        """Change flags, name, locale or address; the app hears of it if subscribed."""
        with self.changed:
            user = self.user(name)
            for field, value in account.items():
                if not hasattr(user, field):
                    raise TypeError(f"an account has no {field}")
                setattr(user, field, value)
            user.updated = int(self.now().timestamp())
            self.changed.notify_all()
        described = events.described(self, user)
        events.emit(self, "user_change", {"user": described, "cache_ts": user.updated})

    def add_channel(
        self,
        name: str,
        members: tuple[str, ...] | list[str] = (),
        *,
        private: bool = False,
        with_app: bool = True,
        **state: Any,
    ) -> Channel:
        """Open a channel; `state` sets is_ext_shared or is_archived."""
        with self.changed:
            joined = [self.user(member).id for member in members]
            joined += [self.bot_user.id] if with_app else []
            channel = Channel(
                id=self.new_id("C"),
                name=name,
                creator=joined[0] if joined else self.bot_user.id,
                created=int(self.now().timestamp()),
                is_private=private,
                members=joined,
                **state,
            )
            self.channels[channel.id] = channel
            self.changed.notify_all()
            return channel

    def change_channel(self, name: str, **state: Any) -> None:
        """Archive it, share it, rename it, make it private."""
        with self.changed:
            channel = self.channel(name)
            for field, value in state.items():
                if not hasattr(channel, field):
                    raise TypeError(f"a channel has no {field}")
                setattr(channel, field, value)
            self.changed.notify_all()

    def join(self, channel_name: str, member: str | None = None) -> None:
        """Bring somebody, or without a name the app, into a channel."""
        with self.changed:
            channel = self.channel(channel_name)
            user = self.user(member) if member else self.bot_user
            if user.id not in channel.members:
                channel.members.append(user.id)
            self.changed.notify_all()
        events.joined_channel(self, channel, user)

    def leave(self, channel_name: str, member: str | None = None) -> None:
        """Take somebody, or without a name the app, out of a channel."""
        with self.changed:
            channel = self.channel(channel_name)
            channel.members.remove(self.user(member).id if member else self.bot_user.id)
            self.changed.notify_all()

    def share_file(
        self, person: str, channel_name: str, name: str, content: bytes, text: str = ""
    ) -> Message:
        """Have somebody post a file in a channel, with a text above it."""
        with self.changed:
            channel, owner = self.channel(channel_name), self.user(person)
            file = self.files.announce(name, len(content), owner.id)
            file.content, file.completed, file.title = content, True, name
            message = self.posting.by_person(
                channel, owner.id, text, file_ids=[file.id]
            )
            file.shares[channel.id] = message.ts
            return message

    def number_on_from(self, serial: int) -> None:
        """Give ids from here on, which is higher than any id given so far.

        An app that kept its database meets in the next workspace no id again that
        meant something else in this one.
        """
        with self.changed:
            self._serial = itertools.count(serial)

    def wait_for_app(self, sockets: int = 1) -> None:
        """Wait until the app has so many sockets open. Raises AssertionError."""
        if not self.wait_until(
            lambda: len(self.connections.open) == sockets, self.patience
        ):
            have = len(self.connections.open)
            raise AssertionError(f"the app has {have} sockets open, not {sockets}")

    def call_app_at(self, url: str) -> None:
        """Post payloads to the app here from now on, signed, over no socket.

        Raises AssertionError when it does not answer Slack's challenge, ValueError
        for an address elsewhere.
        """
        self.sockets.request_url.change(url)

    def clock_moved(self) -> None:
        """Say that the clock was set forward: what is due by it happens now."""
        self.sockets.send_due_events()

    def next_call(self, method: str) -> NextCall:
        """Demand a fault of the next call of a method, or of `response_url`."""
        return NextCall(self.demands, method)

    def next_payloads(self, count: int = 1) -> NextPayloads:
        """Demand that the next payloads for the app come otherwise than they should."""
        return NextPayloads(self.demands, count)
