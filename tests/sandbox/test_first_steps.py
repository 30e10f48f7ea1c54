"""One journey through command, modal, button, submission and message."""

from tests.sandbox.pieces import button, modal, plain, section


def test_a_journey_from_command_to_message(slack, hanna, app, connect):
    channel = slack.add_channel("beheer", ["hanna"], private=True)

    @app.command("/proef")
    def opens(ack, body, client):
        ack()
        loading = client.views_open(
            trigger_id=body["trigger_id"], view=modal(section("Bezig..."))
        )["view"]
        client.views_update(
            view_id=loading["id"],
            hash=loading["hash"],
            view=modal(
                section("*Vestiging* Utrecht", accessory=button("Openen", "open")),
            ),
        )

    @app.action("open")
    def pushes(ack, body, client):
        ack()
        name = {
            "type": "input",
            "block_id": "naam",
            "label": plain("Naam"),
            "element": {"type": "plain_text_input", "action_id": "naam"},
        }
        client.views_push(
            trigger_id=body["trigger_id"],
            view=modal(name, submit=plain("Opslaan"), callback_id="opslaan"),
        )

    @app.view("opslaan")
    def saves(ack, body, client):
        name = body["view"]["state"]["values"]["naam"]["naam"]["value"]
        if name == "fout":
            ack(response_action="errors", errors={"naam": "Kan niet"})
            return
        ack(response_action="clear")
        client.chat_postMessage(channel=channel.id, text=f"Opgeslagen: {name}")

    connect(app)
    hanna.types("/proef nu", channel="beheer")
    hanna.sees("Vestiging Utrecht")
    hanna.presses("Openen")
    hanna.fills("Naam", "fout")
    hanna.submits()
    hanna.sees_error("Naam", "Kan niet")
    hanna.fills("Naam", "Jansen")
    hanna.submits()
    hanna.sees_no_modal()
    hanna.sees("Opgeslagen: Jansen")
    slack.assert_all_read()
