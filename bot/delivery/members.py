"""Everybody in the workspace, in a few calls."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog
from slack_sdk import WebClient

from bot.delivery.asking import asked_once, asking
from bot.identity import SlackSilentError, profile_from
from domain.appointments.slack_standing import SlackMembers
from domain.clock import Clock
from domain.exports.channel import DeliveryPostponedError
from domain.slack_users import SlackProfile

# Slack's most a page (docs.slack.dev, users.list).
MEMBERS_A_PAGE: Final = 999
# Tier 2 gives calls back within a minute; a longer wait is left to the next try.
LONGEST_WAIT: Final = 60
_WAITS: Final = 5
_log = structlog.get_logger(__name__)


def list_members(
    client: WebClient,
    clock: Clock,
    wait: Callable[[float], object],
    go_on: Callable[[], None],
) -> SlackMembers:
    """Everybody whom Slack lists, to the last page.

    `wait` pauses for so many seconds when Slack says so; `go_on` is called before
    each page and raises when the work is to end. Raises DeliveryPostponedError or
    DeliveryRefusedError when any page can't be had: half a list is none.
    """
    client, asked_at = asked_once(client), clock()
    with asking():
        team_id = str(client.auth_test()["team_id"])
    profiles: dict[str, SlackProfile] = {}
    cursor: str | None = None
    while True:
        page = _page(client, cursor, wait, go_on)
        for user in page["members"]:
            _take(user, team_id, profiles)
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return SlackMembers(team_id, profiles, asked_at)


def _page(
    client: WebClient,
    cursor: str | None,
    wait: Callable[[float], object],
    go_on: Callable[[], None],
) -> Mapping[str, Any]:
    for _ in range(_WAITS):
        go_on()
        try:
            return _asked(client, cursor)
        except DeliveryPostponedError as postponed:
            pause = postponed.retry_after
            if pause is None or pause.total_seconds() > LONGEST_WAIT:
                raise
            wait(pause.total_seconds())
    go_on()
    return _asked(client, cursor)


def _asked(client: WebClient, cursor: str | None) -> Mapping[str, Any]:
    with asking():
        answer = client.users_list(
            cursor=cursor, limit=MEMBERS_A_PAGE, include_locale=True
        )
    return answer.data  # type: ignore[return-value]


def _take(
    user: Mapping[str, Any], team_id: str, profiles: dict[str, SlackProfile]
) -> None:
    """Somebody of whom Slack says too little counts as not listed."""
    try:
        profiles[str(user["id"])] = profile_from({"user": user}, team_id)
    except (SlackSilentError, KeyError, TypeError):
        _log.warning("members.undescribed")
