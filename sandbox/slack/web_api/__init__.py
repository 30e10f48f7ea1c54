"""The Web API: from a request to an answer, strict as Slack is."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from sandbox.slack.record import ApiCall
from sandbox.slack.refusals import RefusedError
from sandbox.slack.web_api import auth, chat, conversations, files, users, views
from sandbox.slack.web_api.methods import METHODS, Call, Method

if TYPE_CHECKING:
    from sandbox.slack.demands import CallDemand
    from sandbox.slack.state import State

AREAS = (auth, chat, conversations, files, users, views)


def routes(app: Flask, workspace: State) -> None:
    """Add every method under /api/."""

    @app.route("/api/<name>", methods=["GET", "POST"])
    def api(name: str) -> Response:
        began = time.monotonic()
        arguments, token = _arguments()
        demand = workspace.demands.take(name)
        if demand.hold:
            demand.hold.wait()
        with workspace.changed:  # who sees what a call did finds the call recorded
            answer, status, retry_after = _answer(
                workspace, name, arguments, token, demand
            )
            workspace.record.heard(request.get_data())
            kind = token.partition("-")[0] or "none"
            call = ApiCall(
                name,
                arguments,
                kind,
                answer,
                status,
                workspace.now(),
                round((time.monotonic() - began) * 1000),
            )
            workspace.record.add(call)
            workspace.changed.notify_all()
        if demand.lose_answer:
            request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        response = jsonify(answer)
        response.status_code = status
        if retry_after:
            response.headers["Retry-After"] = str(retry_after)
        response.headers["x-oauth-scopes"] = _granted(workspace, token)
        return response


def _arguments() -> tuple[dict[str, Any], str]:
    # Reading a form uses the body up; read whole first, it can be recorded too.
    request.get_data(cache=True)
    given: dict[str, Any] = dict(request.args)
    given |= dict(request.form)
    if request.is_json:
        body = request.get_json(silent=True)
        given |= body if isinstance(body, dict) else {}
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    token = given.pop("token", "")
    return given, bearer or token


def _granted(workspace: State, token: str) -> str:
    if token == workspace.app_token:
        return "connections:write"
    return ",".join(sorted(workspace.manifest.scopes))


def _answer(
    workspace: State,
    name: str,
    arguments: dict[str, Any],
    token: str,
    demand: CallDemand,
) -> tuple[dict[str, Any], int, int | None]:
    if demand.status:
        return {"ok": False, "error": "internal_error"}, demand.status, None
    if demand.retry_after:
        return {"ok": False, "error": "ratelimited"}, 429, demand.retry_after
    if demand.error:
        return {"ok": False, "error": demand.error}, 200, None
    try:
        with workspace.changed:
            called = _permitted(workspace, name, token)
            done = called.function(Call(workspace, arguments))
            workspace.changed.notify_all()
    except RefusedError as refusal:
        if not _is_expected(workspace, name, refusal):
            text = f"{name}: {refusal.answer()}"
            workspace.blame("refused", text, is_shown_elsewhere=True)
        status = 429 if refusal.retry_after else 200
        return refusal.answer(), status, refusal.retry_after
    return {"ok": True} | done, 200, None


def _is_expected(workspace: State, name: str, refusal: RefusedError) -> bool:
    if name == "apps.connections.open" and workspace.connections.is_refusing:
        return True
    return workspace.record.is_tolerated(name, refusal.error)


def _permitted(workspace: State, name: str, token: str) -> Method:
    """The method, once token, rate, scopes and content type are right."""
    called = METHODS.get(name)
    if called is None:
        raise RefusedError("unknown_method", req_method=name)
    if not token:
        raise RefusedError("not_authed")
    if token not in (workspace.bot_token, workspace.app_token):
        raise RefusedError("invalid_auth")
    if called.by_app_token != (token == workspace.app_token):
        raise RefusedError("not_allowed_token_type")
    wait = workspace.rates.seconds_to_wait(name, called.tier)
    if wait:
        raise RefusedError.ratelimited(wait)
    Call(workspace, {}).needs(*called.scopes)
    if request.get_json(silent=True) and not called.takes_json:
        raise RefusedError.invalid_arguments("must be form-encoded")
    return called
