"""conversations.*: what the app may know of channels."""

from sandbox.slack.conversations import Channel
from sandbox.slack.events import kind_of
from sandbox.slack.refusals import RefusedError
from sandbox.slack.web_api.methods import Answer, Call, method
from sandbox.slack.web_api.paging import page

READ = {
    "channel": "channels:read",
    "group": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
WORDS = {
    "public_channel": "channel",
    "private_channel": "group",
    "im": "im",
    "mpim": "mpim",
}
ANY_READ = tuple(READ.values())


def _readable(call: Call) -> Channel:
    channel = call.channel(call.required("channel"))
    call.needs(READ[kind_of(channel)])
    return channel


@method("conversations.info", tier=3, scopes=ANY_READ, takes_json=False)
def conversations_info(call: Call) -> Answer:
    """One conversation; each kind has a scope of its own."""
    channel = _readable(call)
    described = channel.as_api(call.workspace.bot_user.id)
    if not channel.is_im:
        described["context_team_id"] = call.workspace.team_id
        if call.flag("include_num_members"):
            described["num_members"] = len(channel.members)
    return {"channel": described}


@method("conversations.members", tier=4, scopes=ANY_READ, takes_json=False)
def conversations_members(call: Call) -> Answer:
    """Who is in it, a page at a time."""
    channel = _readable(call)
    shown, metadata = page(call, channel.members, default=100, most=1000)
    return {"members": shown, "response_metadata": metadata}


@method("conversations.list", tier=2, scopes=ANY_READ, takes_json=False)
def conversations_list(call: Call) -> Answer:
    """The conversations of these types that the app may see."""
    workspace = call.workspace
    kinds = [
        WORDS.get(word.strip(), "")
        for word in call.text("types", "public_channel").split(",")
    ]
    if "" in kinds:
        raise RefusedError("invalid_types")
    for kind in kinds:
        call.needs(READ[kind])
    visible = [
        channel
        for channel in workspace.channels.values()
        if kind_of(channel) in kinds
        and (not channel.is_private or workspace.bot_user.id in channel.members)
        and not (call.flag("exclude_archived") and channel.is_archived)
    ]
    shown, metadata = page(call, visible, default=100, most=1000)
    described = [channel.as_api(workspace.bot_user.id) for channel in shown]
    return {"channels": described, "response_metadata": metadata}


@method("conversations.open", tier=3, scopes=("im:write", "mpim:write"))
def conversations_open(call: Call) -> Answer:
    """The direct message with one person."""
    names = [name for name in call.text("users").split(",") if name]
    if not names:
        raise RefusedError("users_list_not_supplied")
    if len(names) > 1:
        call.needs("mpim:write")
        raise RefusedError("method_not_supported_for_channel_type")
    call.needs("im:write")
    user = call.workspace.users.get(names[0])
    if user is None:
        raise RefusedError("user_not_found")
    if user.deleted:
        raise RefusedError("user_disabled")
    if user.is_bot:
        raise RefusedError("cannot_dm_bot")
    channel = call.workspace.direct_message(user.id)
    shown = {"id": channel.id}
    if call.flag("return_im"):
        shown = channel.as_api(call.workspace.bot_user.id)
    return {"channel": shown}
