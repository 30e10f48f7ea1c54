"""Payloads that were recorded from one person, sent once more by another."""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from domain.tables import METADATA
from sandbox.slack import acks, payloads
from sandbox.slack.sending import Deed
from tests.bot.in_slack import eventually

# What Slack's deliveries themselves leave behind, whoever sends them.
BOOKKEEPING = frozenset({"slack_delivery", "slack_user"})
# Ids that a view carries beside its branch.
_OF_RECORDS = frozenset({"card", "login", "run", "administrator", "move"})
_LOADING = ("Een ogenblik geduld.", "Dat duurt een paar seconden.")
_ABOUT_NOBODY = frozenset({"", "null", "{}"})


@dataclass(frozen=True)
class Recorded:
    """One payload with ids in it; `name` says what was pressed or submitted."""

    name: str
    kind: str
    payload: dict[str, Any]


def recorded(slack, person) -> list[Recorded]:
    """What this person sent, once for each listener and set of ids."""
    found: dict[str, Recorded] = {}
    for delivery in slack.record.deliveries:
        payload = delivery.payload
        if delivery.user_id != person.id or delivery.kind != "interactive":
            continue
        name, ids = _name(payload), list(_ids(payload))
        if ids:
            found[f"{name} {ids}"] = Recorded(
                name, payload["type"], copy.deepcopy(payload)
            )
    return list(found.values())


def in_own_branch(one: Recorded, branch_id: int) -> Recorded | None:
    """The same with one's own branch beside the other ids, if it names one."""
    payload = copy.deepcopy(one.payload)
    ids = json.loads((payload.get("view") or {}).get("private_metadata") or "{}")
    if "branch" not in ids or not _OF_RECORDS & ids.keys():
        return None
    payload["view"]["private_metadata"] = json.dumps(ids | {"branch": branch_id})
    return Recorded(f"{one.name} in an own branch", one.kind, payload)


def _name(payload) -> str:
    if payload["type"] == "block_actions":
        return payload["actions"][0]["action_id"]
    if payload["type"] == "block_suggestion":
        return payload["action_id"]
    return payload["view"]["callback_id"]


def _ids(payload) -> Iterator[str]:
    metadata = (payload.get("view") or {}).get("private_metadata", "")
    if metadata not in _ABOUT_NOBODY:
        yield metadata
    for action in payload.get("actions", ()):
        chosen = (action.get("selected_option") or {}).get("value")
        value = action.get("value") or chosen
        if value and payload["type"] == "block_actions":
            yield value


def forged(one: Recorded, number: str) -> Recorded:
    """The same with this in the place of every id."""
    payload = copy.deepcopy(one.payload)
    view = payload.get("view") or {}
    ids = json.loads(view.get("private_metadata") or "{}")
    if ids:
        wild = {name: _wild(value, number) for name, value in ids.items()}
        view["private_metadata"] = json.dumps(wild)
    for action in payload.get("actions", ()):
        for holder in (action, action.get("selected_option") or {}):
            if isinstance(holder.get("value"), str):
                holder["value"] = re.sub(r"\d+", number, holder["value"])
    return Recorded(f"{one.name} with {number[:5]}", one.kind, payload)


def _wild(value: Any, number: str) -> Any:
    return number if isinstance(value, int) else value


class Replay:
    """Sends recorded payloads as somebody else, from a modal of their own."""

    def __init__(self, company, person) -> None:
        self.company, self.person, self.slack = company, person, company.slack

    def sends(self, one: Recorded) -> str:
        """What the person reads afterwards; "" for a search that offers nothing."""
        self.person.types("/personeel logins utrecht", channel="algemeen")
        self.person.sees("Stamkaarten")
        view = self.person.client.top_view()
        before = _texts(self.person)
        offered: list[Any] = []
        sent = self.slack.sockets.deliver(
            "interactive",
            self._as_this_person(one, view),
            self._deed(one, view, offered),
        )
        self.slack.wait_for_acks()
        assert sent.is_settled
        if one.kind == "block_suggestion":
            self.person.closes()
            return json.dumps(offered)
        eventually(lambda: self._is_answered(before))
        said = "\n".join(text for text in _texts(self.person) if text not in before)
        if self.person.client.top_view():
            self.person.closes()
        return said

    def _is_answered(self, before: list[str]) -> bool:
        screen = _texts(self.person)
        return screen != before and not any(
            words in line for words in _LOADING for line in screen
        )

    def _as_this_person(self, one: Recorded, view) -> dict[str, Any]:
        payload = copy.deepcopy(one.payload)
        state = self.slack
        if one.kind == "view_submission":
            # So that a refusal finds the entries under which it is said.
            view.content["blocks"] = [
                block for block in payload["view"]["blocks"] if block["type"] == "input"
            ] or view.blocks
        payload["user"] = payloads.interaction(state, one.kind, self.person.user)[
            "user"
        ]
        own = payloads.view_object(state, view)
        if payload.get("view"):
            kept = ("private_metadata", "callback_id", "state", "blocks")
            payload["view"] = own | {name: payload["view"][name] for name in kept}
            payload["container"] = {"type": "view", "view_id": view.id}
        if one.kind != "block_suggestion":
            from_view = view.id if payload.get("view") else None
            payload["trigger_id"] = state.tickets.new_trigger(self.person.id, from_view)
        if "response_url" in payload:
            channel = state.channel("algemeen").id
            payload["response_url"] = state.tickets.new_response_url(
                channel, self.person.id
            )
        return payload

    def _deed(self, one: Recorded, view, offered) -> Deed:
        def take(answer) -> str:
            if one.kind == "block_suggestion":
                offered.extend(acks.options_of(answer)[0])
            elif one.kind == "view_submission":
                return acks.to_submission(self.slack, view, answer)
            return ""

        return Deed(self.person.id, f"replay of {one.name}", take)


def _texts(person) -> list[str]:
    return person.screen().splitlines()


def rows(database) -> dict[str, list[Any]]:
    """Every row of every table, but for what deliveries leave by themselves."""
    with database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in METADATA.sorted_tables
            if table.name not in BOOKKEEPING
        }
