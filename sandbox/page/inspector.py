"""What went between the app and Slack, for whoever wants to see it happen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sandbox.slack.record import ApiCall, AppFault, Delivery

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

Entry = dict[str, Any]
Item = ApiCall | AppFault | Delivery
# What an inspector is told when it is opened; of what comes later it is told all.
FIRST_TOLD = 200
WORDS = {
    "dispatch_failed": "the app was not connected",
    "invalid_ack": "Slack does not understand this ack",
}


class Feed:
    """One open inspector: what it has been told so far, and what is new."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._told: dict[int, tuple[str, int | None]] | None = None
        self._first = 0

    def news(self) -> list[Entry] | None:
        """Entries that are new or have changed, oldest first; None without any.

        The first time it is a list whatever there is, so that the browser hears
        at once that somebody answers.
        """
        items, told = self._items(), self._told
        if told is None:
            items = items[-FIRST_TOLD:]
            self._first = items[0].number if items else 0
        items = [item for item in items if item.number >= self._first]
        self._told = {item.number: _stage(item) for item in items}
        news = [item for item in items if (told or {}).get(item.number) != _stage(item)]
        if told is not None and not news:
            return None
        return self._without_tokens([self._entry(item) for item in news])

    def _items(self) -> list[Item]:
        record = self.workspace.record
        faults = [each for each in record.faults if not each.is_shown_elsewhere]
        items: list[Item] = [*record.calls, *record.deliveries, *faults]
        return sorted(items, key=lambda item: item.number)

    def _entry(self, item: Item) -> Entry:
        if isinstance(item, ApiCall):
            return _call(item)
        if isinstance(item, Delivery):
            return _payload(self.workspace, item)
        return _fault(item)

    def _without_tokens(self, entries: list[Entry]) -> list[Entry]:
        text = json.dumps(entries)
        workspace = self.workspace
        for token in (
            workspace.bot_token,
            workspace.app_token,
            workspace.verification_token,
            workspace.signing_secret,
        ):
            text = text.replace(token, "(token)")
        plain: list[Entry] = json.loads(text)
        return plain


def _stage(item: Item) -> tuple[str, int | None]:
    if isinstance(item, Delivery):
        return item.outcome, item.milliseconds
    return "", None


def _base(item: Item, kind: str) -> Entry:
    return {"id": str(item.number), "kind": kind, "at": item.at.isoformat()}


def _call(call: ApiCall) -> Entry:
    outcome = "ok" if call.ok else str(call.answer.get("error", call.status))
    return _base(call, "call") | {
        "title": call.method,
        "who": "",
        "outcome": outcome,
        "milliseconds": call.milliseconds,
        "request": call.arguments,
        "answer": call.answer,
        "warning": "" if call.ok else f"Slack refuses this: {outcome}",
    }


def _payload(workspace: Workspace, sent: Delivery) -> Entry:
    return _base(sent, "payload") | {
        "title": sent.subject,
        "who": _who(workspace, sent),
        "outcome": sent.outcome,
        "milliseconds": sent.milliseconds,
        "request": sent.payload,
        "answer": sent.answer,
        "warning": _warning(workspace, sent),
    }


def _who(workspace: Workspace, sent: Delivery) -> str:
    """Whose doing it is; `user` of an event is an id or a whole user."""
    told = sent.user_id or sent.payload.get("event", {}).get("user", "")
    user = workspace.users.get(told["id"] if isinstance(told, dict) else told)
    return user.name if user else ""


def _warning(workspace: Workspace, sent: Delivery) -> str:
    if sent.outcome != "operation_timeout":
        return sent.problem or WORDS.get(sent.outcome, "")
    limit = f"Slack waits {workspace.ack_seconds:g} s"
    if sent.milliseconds is None:
        return f"no ack; {limit}"
    return f"acked after {sent.milliseconds / 1000:.1f} s; {limit}"


def _fault(fault: AppFault) -> Entry:
    return _base(fault, "fault") | {
        "title": fault.kind,
        "who": "",
        "outcome": fault.kind,
        "milliseconds": None,
        "request": {},
        "answer": None,
        "warning": fault.text,
    }
