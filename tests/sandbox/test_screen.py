"""Screens: what people see of blocks and markup."""

from tests.sandbox.pieces import (
    actions,
    button,
    checkboxes,
    field,
    mrkdwn,
    option,
    plain,
    section,
    select,
    text_input,
)


def test_plain_text_is_seen_as_it_is(slack, client, hanna):
    blocks = [{"type": "header", "text": plain("*geen* <@U1> &amp; markup")}]
    client.chat_postMessage(channel=hanna.id, text="x", blocks=blocks)
    assert hanna.reads_dm() == "*geen* <@U1> &amp; markup"


def test_every_block_has_a_face(slack, client, hanna):
    blocks = [
        {"type": "header", "text": plain("Kop")},
        section("Tekst", accessory=button("Openen")),
        {"type": "section", "fields": [mrkdwn("*Links*"), plain("Rechts")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("klein"), mrkdwn("en nog iets")]},
        {"type": "image", "image_url": "https://e.nl/x.png", "alt_text": "een foto"},
        actions(
            select("Utrecht", placeholder=plain("Vestiging")),
            checkboxes("Actief", initial_options=[option("Actief")]),
            {
                "type": "overflow",
                "action_id": "meer",
                "options": [option("Wijzig"), option("Verwijder")],
            },
        ),
        field("Naam", text_input(initial_value="Jansen"), optional=True),
        {"type": "markdown", "text": "**md**"},
        {
            "type": "table",
            "rows": [
                [
                    {"type": "raw_text", "text": "a"},
                    {"type": "raw_number", "value": 2, "text": "2"},
                ]
            ],
        },
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "text", "text": "rijk"}],
                }
            ],
        },
    ]
    client.chat_postMessage(channel=hanna.id, text="x", blocks=blocks)
    assert hanna.reads_dm().splitlines() == [
        "Kop",
        "Tekst",
        "[ Openen ]",
        "Links",
        "Rechts",
        "----",
        "klein · en nog iets",
        "[image] een foto",
        "[Vestiging...] [x] Actief [ ... Wijzig / Verwijder ]",
        "Naam (optional): [Jansen]",
        "**md**",
        "a | 2",
        "rijk",
    ]


def test_an_option_of_an_overflow_menu_is_pressed_by_its_words(
    slack, client, app, connect, hanna
):
    told = []

    @app.action("meer")
    def chosen(ack, body):
        told.append(body["actions"][0]["selected_option"]["value"])
        ack()

    connect(app)
    menu = {
        "type": "overflow",
        "action_id": "meer",
        "options": [option("Wijzig"), option("Verwijder")],
    }
    client.chat_postMessage(channel=hanna.id, text="x", blocks=[actions(menu)])
    hanna.presses("Verwijder")
    assert told == ["verwijder"]
