"""users.*: members, one by one, by address, and page by page."""

from sandbox.slack.refusals import RefusedError
from sandbox.slack.users import User
from sandbox.slack.web_api.methods import Answer, Call, method
from sandbox.slack.web_api.paging import page


def _described(call: Call, user: User) -> Answer:
    return user.as_api(
        with_email="users:read.email" in call.workspace.manifest.scopes,
        with_locale=call.flag("include_locale"),
        viewer_team=call.workspace.team_id,
    )


@method("users.info", tier=4, scopes=("users:read",), takes_json=False)
def users_info(call: Call) -> Answer:
    """One member; the address only with users:read.email."""
    user = call.workspace.users.get(call.required("user"))
    if user is None:
        raise RefusedError("user_not_found")
    return {"user": _described(call, user)}


@method("users.list", tier=2, scopes=("users:read",), takes_json=False)
def users_list(call: Call) -> Answer:
    """All members, a page at a time, guests and who left among them."""
    everybody = sorted(call.workspace.users.values(), key=lambda user: user.id)
    shown, metadata = page(call, everybody, default=999, most=999)
    members = [_described(call, user) for user in shown]
    now = int(call.workspace.now().timestamp())
    return {"members": members, "cache_ts": now, "response_metadata": metadata}


@method("users.lookupByEmail", tier=3, scopes=("users:read.email",), takes_json=False)
def users_lookup_by_email(call: Call) -> Answer:
    """The member with this address; deactivated ones and outsiders are not found."""
    wanted = call.required("email").casefold()
    for user in call.workspace.users.values():
        here = user.team_id == call.workspace.team_id and not user.deleted
        if here and user.email and user.email.casefold() == wanted:
            return {"user": _described(call, user)}
    raise RefusedError("users_not_found")
