"""When Slack says that the app calls too often."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.app import web_client
from domain.secret import Secret


@pytest.fixture
def client(slack):
    return web_client(Secret(slack.bot_token), slack.api_url)


def test_a_short_wait_is_waited_out(slack, client):
    hanna = slack.add_person("hanna")
    slack.next_call("users.info").is_rate_limited(retry_after=1)
    assert client.users_info(user=hanna.id)["ok"]
    assert len(slack.calls("users.info")) == 2


def test_a_long_wait_is_an_error_at_once(slack, client):
    hanna = slack.add_person("hanna")
    slack.next_call("users.info").is_rate_limited(retry_after=3)
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.users_info(user=hanna.id)
    assert len(slack.calls("users.info")) == 1
