"""A web page that is open in the same browser gets nothing from the workspace."""

import http.client

import pytest

ADDRESSES = (
    "/api/users.list",
    "/api/chat.postMessage",
    "/api/apps.connections.open",
    "/link/?ticket=guessed",
    "/files-pri/F0000000001/list.xlsx",
    "/upload/v1/guessed",
    "/actions/guessed",
)
ELSEWHERE = (
    {"Host": "elsewhere.example"},
    {"Origin": "http://elsewhere.example"},
    {"Sec-Fetch-Site": "cross-site"},
)


@pytest.mark.parametrize("headers", ELSEWHERE, ids=lambda each: next(iter(each)))
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_answered_to_another_page(slack, address, headers):
    told = {"Authorization": f"Bearer {slack.bot_token}"} | headers
    connection = http.client.HTTPConnection(
        slack.server.url.removeprefix("http://"), timeout=slack.patience
    )
    connection.request("POST", address, headers=told)
    assert connection.getresponse().status == 403
    connection.close()
    assert slack.calls() == []
