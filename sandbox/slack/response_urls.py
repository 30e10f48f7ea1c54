"""Answers by response_url: five in half an hour, no token, no membership needed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from sandbox.slack.limits import check_message
from sandbox.slack.record import ApiCall
from sandbox.slack.refusals import RefusedError

if TYPE_CHECKING:
    from sandbox.slack.state import State
    from sandbox.slack.tickets import ResponseUrl


def routes(app: Flask, workspace: State) -> None:
    """Add the address."""

    @app.post("/actions/<_team_id>/<ticket>")
    def respond(_team_id: str, ticket: str) -> Response:
        began = time.monotonic()
        raw = request.get_data()
        body = request.get_json(silent=True)
        with workspace.changed:
            workspace.record.heard(raw)
            answer, status = _answer(workspace, ticket, body)
            call = ApiCall(
                "response_url",
                body or {},
                "none",
                answer,
                status,
                workspace.now(),
                round((time.monotonic() - began) * 1000),
            )
            workspace.record.add(call)
            workspace.changed.notify_all()
        if status == 200:
            return Response("ok", mimetype="text/plain")
        response = jsonify(answer)
        response.status_code = status
        return response


def _answer(
    workspace: State, ticket: str, body: dict[str, Any] | None
) -> tuple[dict[str, Any], int]:
    demand = workspace.demands.take("response_url")
    if demand.error:
        return RefusedError(demand.error).answer(), 404
    try:
        say(workspace, _place(workspace, ticket), body)
    except RefusedError as refusal:
        if not workspace.record.is_tolerated("response_url", refusal.error):
            text = f"response_url: {refusal.answer()}"
            workspace.blame("refused", text, is_shown_elsewhere=True)
        return refusal.answer(), 404 if refusal.error.endswith("_url") else 400
    return {"ok": True}, 200


def _place(workspace: State, ticket: str) -> ResponseUrl:
    used = workspace.tickets.use_response_url(ticket)
    if isinstance(used, str):
        raise RefusedError(used)
    return used


def say(workspace: State, place: ResponseUrl, body: Any) -> None:
    """Post, replace or delete what the body says. Raises RefusedError."""
    if not isinstance(body, dict):
        raise RefusedError("invalid_payload")
    channel = workspace.channels[place.channel_id]
    original = channel.message(place.message_ts) if place.message_ts else None
    if body.get("delete_original"):
        if original:
            workspace.posting.remove(original)
        return
    problems = check_message(body)
    if problems:
        told = [
            f"{problem.text} [json-pointer:{problem.pointer}]" for problem in problems
        ]
        raise RefusedError(problems[0].code, errors=told)
    text, blocks = body.get("text", ""), body.get("blocks", [])
    if original and body.get("replace_original"):
        workspace.posting.change(original, text, blocks)
        return
    in_channel = body.get("response_type") == "in_channel"
    only_for = None if in_channel else place.user_id
    workspace.posting.by_app(channel, text, blocks, only_for=only_for)
