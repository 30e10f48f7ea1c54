"""files.*: the external upload, looking at files, deleting them."""

from sandbox.slack.conversations import Channel
from sandbox.slack.files import File
from sandbox.slack.limits import check_message
from sandbox.slack.refusals import RefusedError
from sandbox.slack.web_api.methods import Answer, Call, method

CHANNELS = 100


@method("files.getUploadURLExternal", tier=4, scopes=("files:write",), takes_json=False)
def files_get_upload_url_external(call: Call) -> Answer:
    """Announce a file; Slack refuses JSON here."""
    name, size = call.required("filename"), call.number("length", 0)
    if size <= 0:
        raise RefusedError("missing_argument")
    workspace = call.workspace
    file = workspace.files.announce(name, size, workspace.bot_user.id)
    address = f"{workspace.server.url}/upload/v1/{file.upload_ticket}"
    return {"upload_url": address, "file_id": file.id}


@method("files.completeUploadExternal", tier=4, scopes=("files:write",))
def files_complete_upload_external(call: Call) -> Answer:
    """Finish uploads; channels see them a moment later."""
    wanted = call.structure("files")
    if not isinstance(wanted, list) or not wanted:
        raise RefusedError.invalid_arguments("missing required field: files")
    channels = _channels(call)
    comment = call.text("initial_comment")
    problems = check_message({"text": comment}) if comment else []
    if problems:
        raise RefusedError(problems[0].code)
    finished = [
        call.workspace.files.complete(
            str(each.get("id")), str(each.get("title") or ""), channels, comment
        )
        for each in wanted
    ]
    return {"files": [call.workspace.files.as_api(file) for file in finished]}


def _channels(call: Call) -> list[Channel]:
    ids = [call.text("channel_id"), *call.text("channels").split(",")]
    ids = [channel_id for channel_id in ids if channel_id]
    if len(ids) > CHANNELS:
        raise RefusedError.invalid_arguments(f"at most {CHANNELS} channels")
    channels = []
    for channel_id in ids:
        channel = call.workspace.channels.get(channel_id)
        inside = channel and call.workspace.bot_user.id in channel.members
        if channel is None or (channel.is_private and not inside):
            raise RefusedError("invalid_channel")
        if not inside or channel.is_archived:
            raise RefusedError("posting_to_channel_denied")
        channels.append(channel)
    return channels


def _visible(call: Call) -> File:
    return call.workspace.files.find(call.required("file"))


@method("files.info", tier=4, scopes=("files:read",), takes_json=False)
def files_info(call: Call) -> Answer:
    """One file, and where it is shared by now."""
    return {"file": call.workspace.files.as_api(_visible(call)), "comments": []}


@method("files.delete", tier=3, scopes=("files:write",))
def files_delete(call: Call) -> Answer:
    """Delete one of the app's own files.

    Slack says that it may refuse any other; a test may want to see one deleted.
    """
    file = _visible(call)
    is_own = file.owner_id == call.workspace.bot_user.id
    if not (is_own or call.workspace.files.app_may_delete_any):
        raise RefusedError("cant_delete_file")
    call.workspace.files.delete(file)
    return {}
