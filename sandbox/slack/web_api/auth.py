"""auth.*, apps.* and bots.*: who the app is, and its way to a socket."""

from sandbox.slack.refusals import RefusedError
from sandbox.slack.web_api.methods import Answer, Call, method


@method("auth.test", tier=None)
def auth_test(call: Call) -> Answer:
    """Whose token this is."""
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.domain,
        "user": workspace.bot_user.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


# Tier 1 in one of Slack's sources, 3 in another : 1 would forbid two
# processes to start within a minute.
@method("apps.connections.open", tier=3, by_app_token=True)
def apps_connections_open(call: Call) -> Answer:
    """A WebSocket address for Socket Mode."""
    connections = call.workspace.connections
    if connections.is_refusing:
        raise RefusedError("internal_error")
    return {"url": connections.new_url()}


@method("bots.info", tier=3, scopes=("users:read",), takes_json=False)
def bots_info(call: Call) -> Answer:
    """The app's bot."""
    workspace = call.workspace
    if call.text("bot", workspace.bot_id) != workspace.bot_id:
        raise RefusedError("bot_not_found")
    bot = {
        "id": workspace.bot_id,
        "deleted": False,
        "name": workspace.manifest.bot_name,
        "updated": 0,
        "app_id": workspace.app_id,
        "user_id": workspace.bot_user.id,
    }
    return {"bot": bot}
