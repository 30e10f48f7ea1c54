"""A small Bolt app with something of everything that the page shows."""

from typing import Any

from slack_bolt import App

from tests.sandbox.pieces import (
    actions,
    button,
    field,
    home,
    modal,
    plain,
    section,
    text_input,
)

NAME = field("Naam", text_input("naam"), "naam")
FORM = modal(NAME, submit=plain("Opslaan"), close=plain("Annuleren"))
QUESTION = [section("*26 logins* klaar"), actions(button("Activeren"))]
CONTENT = b"wachtwoorden" * 100


def listen(app: App) -> list[dict[str, Any]]:
    """Answer everything; gives what was heard, newest last."""
    heard: list[dict[str, Any]] = []

    @app.command("/proef")
    def opens(ack, body, client):
        heard.append(body)
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("proef")
    def submitted(ack, body):
        heard.append(body)
        ack()

    @app.command("/proefbestand")
    def shares(ack, body, client):
        ack()
        client.files_upload_v2(
            channel=body["channel_id"],
            filename="logins.xlsx",
            content=CONTENT,
            initial_comment="Hier is het bestand",
        )

    @app.command("/stil")
    def answers(ack, body):
        ack(text=f"Dit ziet alleen <@{body['user_id']}>")

    @app.action("press")
    def pressed(ack, body, client):
        ack()
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        client.chat_update(channel=channel, ts=ts, text="Geactiveerd", blocks=[])

    @app.event("app_home_opened")
    def at_home(event, client):
        heard.append(event)
        if event["tab"] == "home":
            view = home(section("Kies een vestiging"))
            client.views_publish(user_id=event["user"], view=view)

    @app.event("message")
    def reads(event, client):
        if not event.get("bot_id"):
            said = f"Gelezen: {event['text']}"
            client.chat_postMessage(channel=event["channel"], text=said)

    return heard
