"""Reading what Slack sends: who, which delivery, which view, which values.

Every id in a payload is a wish: the domain looks it up within the actor's reach.
"""

import json
from collections.abc import Mapping
from typing import Any

from domain.errors import NotFoundError
from domain.row_ids import row_id
from domain.slack_users import SlackIdentity

Body = Mapping[str, Any]


def caller(body: Body) -> SlackIdentity | None:
    """Who did it, or None when the payload does not say.

    In a shared channel the person's own workspace is named beside ours; theirs
    is the one that counts.
    """
    user = body.get("user") or event(body).get("user") or {}
    named = user if isinstance(user, Mapping) else {"id": user}
    user_id = body.get("user_id") or named.get("id")
    team = mapping(body.get("team"))
    team_id = named.get("team_id") or team.get("id") or body.get("team_id")
    if not user_id or not team_id:
        return None
    return SlackIdentity(str(team_id), str(user_id))


def delivery_id(body: Body) -> str | None:
    """What stays the same when Slack delivers this payload once more.

    Events carry an event id; commands, actions and submissions a trigger id,
    which is made for each of them. A repeated envelope holds the same payload.
    A message is told apart by where it stands: Slack may tell of it in two events.
    """
    said = event(body)
    if said.get("type") == "message" and "ts" in said:
        return f"message {said.get('channel')} {said['ts']}"
    return body.get("event_id") or body.get("trigger_id")


def view(body: Body) -> Mapping[str, Any]:
    """The view in which it happened; empty outside views."""
    return mapping(body.get("view"))


def event(body: Body) -> Mapping[str, Any]:
    """What happened, as Slack tells by itself; empty in other payloads."""
    return mapping(body.get("event"))


def action(body: Body) -> Mapping[str, Any]:
    """The button pressed or the option chosen."""
    actions = body.get("actions")
    return mapping(actions[0] if isinstance(actions, list) and actions else None)


def action_value(body: Body) -> str:
    """What the button or the chosen option stands for; ids and page keys."""
    done = action(body)
    chosen = mapping(done.get("selected_option"))
    return str(done.get("value") or chosen.get("value") or "")


def values(body: Body) -> Mapping[str, Mapping[str, Any]]:
    """What was filled in, by block id and action id."""
    state = mapping(view(body).get("state") or body.get("state"))
    return mapping(state.get("values"))


def remembered(body: Body) -> dict[str, Any]:
    """The ids that our view carries along.

    Raises NotFoundError when they are not what we wrote.
    """
    try:
        ids = json.loads(view(body).get("private_metadata") or "{}")
    except ValueError as error:
        raise NotFoundError(kind="view") from error
    if not isinstance(ids, dict):
        raise NotFoundError(kind="view")
    return ids


def to_remember(**ids: int | str | None) -> str:
    """Ids for `private_metadata`, which payloads send back."""
    known = {name: value for name, value in ids.items() if value is not None}
    return json.dumps(known, separators=(",", ":"), sort_keys=True)


def whole_number(value: object) -> int:
    """An id or a count from a payload. Raises NotFoundError for anything else."""
    return row_id(str(value))


def mapping(part: object) -> Mapping[str, Any]:
    """The part if it has the shape that Slack documents, else nothing."""
    return part if isinstance(part, Mapping) else {}
