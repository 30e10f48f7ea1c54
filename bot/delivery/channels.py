"""Looking at a channel before passwords go there."""

from typing import Any, Final

from slack_sdk import WebClient

from bot.delivery.asking import asked_once, asking
from domain.exports.channel import ChannelLook, DeliveryRefusedError
from domain.slack_users import SlackIdentity

# Slack's most a page (docs.slack.dev, conversations.members).
_MEMBERS_A_PAGE: Final = 1000
_NOT_FOUND: Final = "channel_not_found"
_SIGNS_OF_SHARING: Final = (
    "is_shared",
    "is_ext_shared",
    "is_org_shared",
    "is_pending_ext_shared",
    "pending_shared",
    "pending_connected_team_ids",
)


def look_at_channel(
    client: WebClient, channel_id: str, person: SlackIdentity | None = None
) -> ChannelLook:
    """What the channel is like now, asked of Slack each time.

    Without a `person` nobody's membership is asked for. A private channel without
    the bot in it, and a direct message, do not exist here. Raises
    DeliveryPostponedError or DeliveryRefusedError: an error while asking never
    reads as permission.
    """
    client = asked_once(client)
    try:
        with asking():
            found = client.conversations_info(channel=channel_id)["channel"]
    except DeliveryRefusedError as error:
        if error.code == _NOT_FOUND:
            return ChannelLook(exists=False)
        raise
    if found.get("is_im") or found.get("is_mpim"):
        return ChannelLook(exists=False)
    return _described(client, found, person)


def _described(
    client: WebClient, found: dict[str, Any], person: SlackIdentity | None
) -> ChannelLook:
    bot_is_member = found.get("is_member") is True
    return ChannelLook(
        exists=True,
        is_private=found.get("is_private") is True,
        is_shared=any(found.get(sign) for sign in _SIGNS_OF_SHARING),
        is_archived=bool(found.get("is_archived")),
        bot_is_member=bot_is_member,
        person_is_member=bot_is_member
        and person is not None
        and _has(client, found["id"], person.user_id),
    )


def _has(client: WebClient, channel_id: str, user_id: str) -> bool:
    cursor = None
    while True:
        with asking():
            page = client.conversations_members(
                channel=channel_id, cursor=cursor, limit=_MEMBERS_A_PAGE
            )
        if user_id in page["members"]:
            return True
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return False
