"""views.*: showing modals and App Homes."""

from typing import Any

from sandbox.slack.payloads import view_object
from sandbox.slack.refusals import RefusedError
from sandbox.slack.tickets import Trigger
from sandbox.slack.views import View
from sandbox.slack.web_api.methods import Answer, Call, method


def _content(call: Call) -> dict[str, Any]:
    content = call.structure("view")
    if not isinstance(content, dict):
        raise RefusedError.invalid_arguments("missing required field: view")
    return content


def _trigger(call: Call) -> Trigger:
    found = call.workspace.tickets.exchange_trigger(call.required("trigger_id"))
    if isinstance(found, str):
        raise RefusedError(found)
    return found


def _shown(call: Call, view: View) -> Answer:
    return {"view": view_object(call.workspace, view)}


@method("views.open", tier=4)
def views_open(call: Call) -> Answer:
    """Show a modal to whoever caused the trigger.

    From within a modal Slack promises nothing ("works by chance", bolt-js#1827), so
    that is a fault of the app here; views.push and response_action are the ways.
    """
    content = _content(call)
    trigger = _trigger(call)
    if trigger.from_view_id:
        call.workspace.blame("unsupported", "views.open from within a modal")
    return _shown(call, call.workspace.modals.open(trigger.user_id, content))


@method("views.push", tier=4)
def views_push(call: Call) -> Answer:
    """Show a modal on top of the one that the trigger came from.

    Slack takes no other trigger here, so one of a command or a message is a fault
    of the app, whatever happens to be open.
    """
    content = _content(call)
    trigger = _trigger(call)
    if trigger.from_view_id is None:
        call.workspace.blame("unsupported", "views.push from outside a modal")
    return _shown(call, call.workspace.modals.push(trigger.user_id, content))


@method("views.update", tier=4)
def views_update(call: Call) -> Answer:
    """Change an open modal; `hash` refuses when it was changed meanwhile."""
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if bool(view_id) == bool(external_id):
        raise RefusedError.invalid_arguments("one of view_id and external_id")
    view = call.workspace.modals.find(view_id, external_id)
    if view is None or view.is_home:
        raise RefusedError("not_found")
    content, expected = _content(call), call.text("hash")
    return _shown(call, call.workspace.modals.update(view, content, expected))


@method("views.publish", tier=4)
def views_publish(call: Call) -> Answer:
    """Put a view on somebody's App Home."""
    user = call.workspace.users.get(call.required("user_id"))
    if user is None or user.is_bot:
        raise RefusedError.invalid_arguments("invalid `user_id`")
    if not call.workspace.manifest.home_tab:
        raise RefusedError("not_enabled")
    content, expected = _content(call), call.text("hash")
    home = call.workspace.modals.publish(user.id, content, expected)
    return _shown(call, home)
