"""What went between the app and Slack, for whoever wants to see it happen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sandbox.slack.record import ApiCall, AppFault, Delivery

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

Entry = dict[str, Any]
Item = ApiCall | AppFault | Delivery


class Feed:
    """One open inspector: what it has been told so far, and what is new."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._told: dict[int, tuple[str, int | None]] = {}

    def news(self) -> list[Entry] | None:
        """Entries that are new or have changed, oldest first; None without any."""
        found = [item for item in self._items() if self._is_news(item)]
        for item in found:
            self._told[item.number] = _stage(item)
        entries = [self._entry(item) for item in found]
        told: list[Entry] = json.loads(self._without_tokens(json.dumps(entries)))
        return told or None

    def _items(self) -> list[Item]:
        record = self.workspace.record
        told_by_others = ("refused", *_LOST)
        faults = (each for each in record.faults if each.kind not in told_by_others)
        items: list[Item] = [*record.calls, *record.deliveries, *faults]
        return sorted(items, key=lambda item: item.number)

    def _is_news(self, item: Item) -> bool:
        return self._told.get(item.number) != _stage(item)

    def _entry(self, item: Item) -> Entry:
        if isinstance(item, ApiCall):
            return _call(item)
        if isinstance(item, Delivery):
            return _payload(self.workspace, item)
        return _fault(item)

    def _without_tokens(self, text: str) -> str:
        workspace = self.workspace
        for token in (
            workspace.bot_token,
            workspace.app_token,
            workspace.verification_token,
        ):
            text = text.replace(token, "(token)")
        return text


_LOST = ("dispatch_failed", "operation_timeout", "invalid_ack")


def _stage(item: Item) -> tuple[str, int | None]:
    if isinstance(item, Delivery):
        return item.outcome, item.milliseconds
    return "", None


def _base(item: Item, kind: str) -> Entry:
    return {"id": str(item.number), "kind": kind, "at": item.at.isoformat()}


def _call(call: ApiCall) -> Entry:
    error = str(call.answer.get("error", ""))
    return _base(call, "call") | {
        "title": call.method,
        "who": "",
        "outcome": "ok" if call.ok else error,
        "milliseconds": call.milliseconds,
        "request": call.arguments,
        "answer": call.answer,
        "warning": "" if call.ok else f"Slack refuses this: {error}",
    }


def _payload(workspace: Workspace, sent: Delivery) -> Entry:
    user = workspace.users.get(sent.user_id or "")
    return _base(sent, "payload") | {
        "title": sent.subject,
        "who": user.name if user else "",
        "outcome": sent.outcome,
        "milliseconds": sent.milliseconds,
        "request": sent.payload,
        "answer": sent.answer,
        "warning": "; ".join(_warnings(workspace, sent)),
    }


def _warnings(workspace: Workspace, sent: Delivery) -> Iterator[str]:
    seconds = workspace.ack_seconds
    if sent.outcome == "operation_timeout":
        late = sent.milliseconds is not None
        yield f"acked after more than {seconds:g} s" if late else "no ack in time"
    elif sent.outcome in _LOST:
        yield sent.outcome


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
