"""Every submission gets its answer, whatever goes wrong on the way to it."""

from concurrent.futures import Executor

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest
from structlog.testing import capture_logs

from bot import log_safety, notice
from bot.app import build_app, web_client
from bot.listening import Submitted, on_submission
from bot.socket_mode import SocketMode
from domain.secret import Secret

UNSENDABLE = "x" * 25


class Envelopes:
    """Keeps the acks that would go over the socket."""

    def __init__(self):
        self.acks = []
        self.logger = log_safety.logger()

    def send_socket_mode_response(self, response):
        self.acks.append(response.payload)


class NothingLeft(Executor):
    """Takes no work: none may be left for after the ack."""


@pytest.mark.parametrize("is_waiting", [True, False])
def test_an_answer_that_cannot_be_sent_is_told_in_the_modal(
    slack, office, company, is_waiting
):
    app = build_app(office, web_client(Secret(slack.bot_token), slack.api_url))
    unsendable = notice.build(UNSENDABLE, ["Klaar"], office.t)
    on_submission(
        app,
        office,
        "any",
        lambda _: Submitted(unsendable, then=lambda: None, is_waiting=is_waiting),
    )
    connection = SocketMode(app, slack.app_token, NothingLeft())
    view = {"id": "V1", "type": "modal", "callback_id": "any", "blocks": []}
    body = {
        "type": "view_submission",
        "team": {"id": slack.team_id},
        "user": {"id": company.hanna.id, "team_id": slack.team_id},
        "trigger_id": "1.2",
        "view": view,
    }
    envelopes = Envelopes()
    with capture_logs() as logged:
        connection.handle(envelopes, SocketModeRequest("interactive", "e1", body))
    connection.close()
    [ack] = envelopes.acks
    assert ack["response_action"] == "update"
    [entry] = [entry for entry in logged if entry["event"] == "slack.unexpected"]
    assert entry["reference"] in str(ack["view"])
