"""chat.*: posting, changing and deleting messages."""

from typing import Any

from sandbox.slack.conversations import Channel, Message
from sandbox.slack.limits import check_message
from sandbox.slack.refusals import RefusedError
from sandbox.slack.web_api.methods import Answer, Call, method

WRITE = ("chat:write",)


def _content(call: Call) -> tuple[str, list[dict[str, Any]]]:
    """Text and blocks, once the limits agree."""
    blocks: list[dict[str, Any]] = call.structure("blocks") or []
    text = call.arguments.get("text") or ""
    content = {"text": text, "blocks": blocks}
    if call.arguments.get("attachments"):
        content["attachments"] = call.structure("attachments")
    problems = check_message(content)
    if problems:
        told = [f"{found.text} [json-pointer:{found.pointer}]" for found in problems]
        code = problems[0].code
        if code in ("invalid_blocks", "invalid_arguments"):
            messages = [f"[ERROR] {text}" for text in told]
            metadata = {"messages": messages}
            raise RefusedError(code, errors=told, response_metadata=metadata)
        raise RefusedError(code)
    return text, blocks


def _writable(call: Call, channel: Channel) -> Channel:
    if channel.is_archived:
        raise RefusedError("is_archived")
    public = "chat:write.public" in call.workspace.manifest.scopes
    outside = call.workspace.bot_user.id not in channel.members
    if outside and not (public and not channel.is_private):
        raise RefusedError("not_in_channel")
    return channel


def _addressed(call: Call) -> Channel:
    """The conversation meant by `channel`; a user id means the direct message."""
    given = call.required("channel")
    user = call.workspace.users.get(given)
    if user is None:
        return call.channel(given)
    if user.deleted or user.is_bot:
        raise RefusedError("channel_not_found")
    return call.workspace.direct_message(user.id)


def _own_message(call: Call, refusal: str) -> Message:
    channel = call.channel(call.required("channel"))
    message = channel.message(call.required("ts"))
    if message is None or message.only_for:
        raise RefusedError("message_not_found")
    if message.bot_id != call.workspace.bot_id:
        raise RefusedError(refusal)
    if channel.is_archived:
        raise RefusedError("is_inactive")
    return message


@method("chat.postMessage", tier=None, scopes=WRITE)
def chat_post_message(call: Call) -> Answer:
    """Post where the app is a member, or to a person."""
    channel = _writable(call, _addressed(call))
    text, blocks = _content(call)
    wait = call.workspace.rates.seconds_to_wait_in_channel(channel.id)
    if wait:
        raise RefusedError.ratelimited(wait)
    message = call.workspace.posting.by_app(
        channel,
        text,
        blocks,
        thread_ts=call.arguments.get("thread_ts"),
        metadata=call.structure("metadata"),
    )
    described = message.as_api(call.workspace.team_id)
    return {"channel": channel.id, "ts": message.ts, "message": described}


@method("chat.postEphemeral", tier=4, scopes=WRITE)
def chat_post_ephemeral(call: Call) -> Answer:
    """Show something to one member of a channel; nobody promises that it arrives."""
    channel = _writable(call, call.channel(call.required("channel")))
    user_id = call.required("user")
    if user_id not in channel.members:
        raise RefusedError("user_not_in_channel")
    text, blocks = _content(call)
    message = call.workspace.posting.by_app(channel, text, blocks, only_for=user_id)
    return {"message_ts": message.ts}


@method("chat.update", tier=3, scopes=WRITE)
def chat_update(call: Call) -> Answer:
    """Change one of the app's own messages; without blocks it has none any more."""
    message = _own_message(call, "cant_update_message")
    text, blocks = _content(call)
    call.workspace.posting.change(message, text, blocks)
    described = message.as_api(call.workspace.team_id)
    return {
        "channel": message.channel_id,
        "ts": message.ts,
        "text": text,
        "message": described,
    }


@method("chat.delete", tier=3, scopes=WRITE)
def chat_delete(call: Call) -> Answer:
    """Take away one of the app's own messages."""
    message = _own_message(call, "cant_delete_message")
    call.workspace.posting.remove(message)
    return {"channel": message.channel_id, "ts": message.ts}
