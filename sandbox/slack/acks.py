"""What the app may say in its ack, and what that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.slack import response_urls
from sandbox.slack.limits import check_options
from sandbox.slack.refusals import RefusedError

if TYPE_CHECKING:
    from sandbox.slack.state import State
    from sandbox.slack.tickets import ResponseUrl
    from sandbox.slack.views import View

TROUBLE = "We had some trouble connecting. Try again?"
Answer = dict[str, Any] | None


def to_command(workspace: State, place: ResponseUrl, answer: Answer) -> str:
    """A command's ack may carry a message. Gives what is wrong with it, or ""."""
    if not answer or not (answer.get("text") or answer.get("blocks")):
        return ""
    try:
        response_urls.say(workspace, place, answer)
    except RefusedError as refusal:
        return str(refusal.answer())
    return ""


def to_submission(workspace: State, view: View, answer: Answer) -> str:
    """A submission's ack closes, changes, pushes, clears or shows errors."""
    view.submitting = False
    view.revision += 1
    problem = ""
    try:
        _respond(workspace, view, answer or {})
    except RefusedError as refusal:
        problem = str(refusal.answer())
        view.trouble = TROUBLE
    workspace.changed.notify_all()
    return problem


def submission_failed(view: View) -> None:
    """No ack, or one that can't be followed."""
    view.submitting = False
    view.revision += 1
    view.trouble = TROUBLE


def _respond(workspace: State, view: View, answer: dict[str, Any]) -> None:
    action = answer.get("response_action")
    if not answer:
        workspace.modals.close(view)
    elif action == "clear":
        workspace.modals.clear(view.user_id)
    elif action == "errors":
        _show_errors(view, answer.get("errors"))
    elif action == "update":
        workspace.modals.update(view, _view_of(answer))
    elif action == "push":
        workspace.modals.push(view.user_id, _view_of(answer))
    else:
        raise RefusedError("invalid_response_action", given=action)


def _view_of(answer: dict[str, Any]) -> dict[str, Any]:
    view = answer.get("view")
    if not isinstance(view, dict):
        raise RefusedError("missing_view")
    return view


def _show_errors(view: View, errors: Any) -> None:
    inputs = [block["block_id"] for block in view.blocks if block["type"] == "input"]
    if not isinstance(errors, dict) or not errors:
        raise RefusedError("missing_errors")
    strangers = [block_id for block_id in errors if block_id not in inputs]
    if strangers:
        raise RefusedError("errors_for_other_than_input_blocks", given=strangers)
    view.errors = {block_id: str(text) for block_id, text in errors.items()}
    view.trouble = ""


def options_of(answer: Answer) -> tuple[list[dict[str, Any]], str]:
    """Options offered to a searcher, groups flattened, and what is wrong with them."""
    given = answer or {}
    problems = check_options(given)
    if problems:
        return [], "; ".join(f"{found.pointer} {found.text}" for found in problems)
    groups = given.get("option_groups")
    if groups is not None:
        return [option for group in groups for option in group["options"]], ""
    return list(given["options"]), ""
