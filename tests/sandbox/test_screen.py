"""Screens: what people see of blocks and markup."""

import pytest

from sandbox.slack.markup import marked_up
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


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("*vet* en _schuin_ en ~weg~", "vet en schuin en weg"),
        ("*_beide_*", "beide"),
        ("2*3*4 en snake_case_naam", "2*3*4 en snake_case_naam"),
        ("`*code*` en ```x < y```", "*code* en x < y"),
        ("&lt;b&gt; &amp; co", "<b> & co"),
        ("&amp;lt;", "&lt;"),
        ("<https://example.nl|hier>", "hier"),
        ("<https://example.nl>", "https://example.nl"),
        ("<mailto:a@b.nl|a@b.nl>", "a@b.nl"),
        ("<!channel> en <!here>", "@channel en @here"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("<!date^1^{date}|vandaag>", "vandaag"),
        ("<@U999>", "@U999"),
        ("<#C999|oud>", "#oud"),
    ],
)
def test_markup_is_seen_as_slack_shows_it(slack, text, seen):
    assert marked_up(slack, text) == seen


def test_mentions_are_seen_as_names(slack, hanna):
    channel = slack.add_channel("beheer")
    text = f"<@{hanna.id}> in <#{channel.id}>"
    assert marked_up(slack, text) == "@hanna in #beheer"


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
        ack()
        told.append(body["actions"][0]["selected_option"]["value"])

    connect(app)
    menu = {
        "type": "overflow",
        "action_id": "meer",
        "options": [option("Wijzig"), option("Verwijder")],
    }
    client.chat_postMessage(channel=hanna.id, text="x", blocks=[actions(menu)])
    hanna.presses("Verwijder")
    assert told == ["verwijder"]
