"""A small Bolt app whose answers a test writes down."""

from tests.sandbox.pieces import field, modal, plain, text_input

NAME = field("Naam", text_input("naam"), "naam")
SUBMIT = {"submit": plain("Opslaan"), "close": plain("Annuleren")}


class Desk:
    """A Bolt app whose answers a test writes down, and what it was told."""

    def __init__(self, app) -> None:
        self.bodies: list[dict] = []
        self.view = modal(NAME, **SUBMIT)
        self.on_action = None
        self.ack: dict = {}

        @app.command("/proef")
        def command(ack, body, client):
            self.bodies.append(body)
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=self.view)

        @app.action("press")
        def action(ack, body, client):
            self.bodies.append(body)
            ack()
            if self.on_action:
                self.on_action(body, client)

        @app.view("proef")
        def submission(ack, body):
            self.bodies.append(body)
            ack(**self.ack)

        @app.view_closed("proef")
        def closed(ack, body):
            self.bodies.append(body)
            ack()

    @property
    def last(self) -> dict:
        return self.bodies[-1]
