"""Every block and every element once, as an app would send them."""

from tests.sandbox.pieces import (
    actions,
    button,
    checkboxes,
    field,
    home,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    select,
    text_input,
)

PICTURE = {"image_url": "https://elsewhere.example/foto.png", "alt_text": "Een gevel"}
TOWNS = [option("Utrecht"), option("Zeist"), option("Amersfoort")]
GROUPS = [
    {
        "label": plain("Midden"),
        "options": [
            option("Utrecht", "u", description=plain("Oudegracht 12")),
            option("Zeist", "z", description=plain("Slotlaan 3")),
        ],
    },
    {"label": plain("Oost"), "options": [option("Ede", "e")]},
]
SURE = {
    "title": plain("Weet u het zeker?"),
    "text": mrkdwn("Dit raakt *26* mensen."),
    "confirm": plain("Doorgaan"),
    "deny": plain("Terug"),
}
HOSTILE = [
    "<script>alert(1)</script> <b onclick=x>vet</b> &amp; \"aan\" 'halen'",
    "\u202eomgekeerd\u202c עברית العربية 123",
    "w" * 400,
]


def escaped(text):
    """As an app escapes text of people for mrkdwn."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element(kind, action_id=None, **more):
    """An element that is named by its placeholder."""
    named = {"placeholder": plain(f"Kies {kind}")} if "placeholder" not in more else {}
    return {"type": kind, "action_id": action_id or kind, **named, **more}


def radio(action_id="radio_buttons", **more):
    """Radio buttons of which one has a description."""
    first = {"text": mrkdwn("*Aantal logins = 0*"), "value": "0"}
    first["description"] = mrkdwn("Wie `nooit` inlogde")
    options = [first, option("Hele vestiging", "all")]
    return {
        "type": "radio_buttons",
        "action_id": action_id,
        "options": options,
        "initial_option": options[0],
        **more,
    }


def overflow(**more):
    """The menu behind three dots, with a link in it."""
    options = [option("Wijzig"), option("Verwijder")]
    options.append(option("Handleiding", url="https://elsewhere.example/gids"))
    return {"type": "overflow", "action_id": "overflow", "options": options, **more}


def rich(kind, *pieces, **more):
    """A part of a rich text."""
    return {"type": f"rich_text_{kind}", "elements": list(pieces), **more}


def words(text, **style):
    """A piece of rich text."""
    piece = {"type": "text", "text": text}
    return piece | ({"style": style} if style else {})


def items(*texts, **more):
    """A list of rich text."""
    sections = [rich("section", words(text)) for text in texts]
    return rich("list", *sections, **more)


def rich_text(user_id="U1", channel_id="C1"):
    """A rich text with everything that Slack's composer makes."""
    return {
        "type": "rich_text",
        "elements": [
            rich(
                "section",
                words("vet", bold=True),
                words(" schuin", italic=True),
                words(" weg", strike=True),
                words(" code", code=True),
                words(" onder", underline=True),
                words(" alles", bold=True, italic=True, strike=True),
                words(" "),
                {
                    "type": "link",
                    "url": "https://elsewhere.example/",
                    "text": "een adres",
                },
                words(" "),
                {"type": "user", "user_id": user_id},
                words(" "),
                {"type": "channel", "channel_id": channel_id},
                words(" "),
                {"type": "broadcast", "range": "here"},
                words(" "),
                {"type": "emoji", "name": "key"},
                words(" "),
                {
                    "type": "date",
                    "timestamp": 1_790_000_000,
                    "format": "{date_num}",
                    "fallback": "toen",
                },
                words(" "),
                {"type": "color", "value": "#1d4d4f"},
            ),
            items("een", "twee", style="ordered", indent=0),
            items("a", "b", style="ordered", indent=1),
            items("drie", style="ordered", indent=0),
            items("punt", style="bullet", indent=0),
            items("dieper", style="bullet", indent=1),
            rich("quote", words("een aanhaling")),
            rich("preformatted", words("x < y\n  z")),
        ],
    }


TABLE = {
    "type": "table",
    "column_settings": [{"is_wrapped": True}, {"align": "right"}],
    "rows": [
        [
            {"type": "raw_text", "text": "Vestiging"},
            {"type": "raw_text", "text": "Logins"},
        ],
        [
            {
                "type": "rich_text",
                "elements": [rich("section", words("Utrecht", bold=True))],
            },
            {"type": "raw_number", "value": 26, "text": "26"},
        ],
        [
            {"type": "raw_text", "text": "Zeist"},
            {"type": "raw_number", "value": 1200, "text": "1.200"},
        ],
    ],
}
MARKDOWN = {
    "type": "markdown",
    "text": "## Kop\n**vet** en *schuin* en ~~weg~~ en `code`\n\n"
    "- een\n  - genest\n- twee\n\n1. eerst\n2. dan\n\n> gezegd\n\n"
    "```\nx < y\n```\n\n[hier](https://elsewhere.example/) :key:\n\n"
    "| Naam | Aantal |\n|---|---|\n| Utrecht | 26 |\n\n- [x] gedaan",
}


def text_blocks(user_id="U1", channel_id="C1"):
    """Everything that is only read."""
    return [
        {"type": "header", "text": plain("Alle *blokken* :key:")},
        section(f"*vet* _schuin_ ~weg~ `code` <@{user_id}> <#{channel_id}> :tada:"),
        section("> gezegd\n> en herhaald\nen verder\n```regel 1\n  regel 2```\n• punt"),
        {
            "type": "section",
            "fields": [
                mrkdwn("*Kaarten*\n26"),
                plain("Zonder adres\n3"),
                mrkdwn("*Actief*\n20"),
                mrkdwn("*Nooit ingelogd*\n4"),
            ],
        },
        section("Met een plaatje", accessory={"type": "image", **PICTURE}),
        {"type": "divider"},
        {"type": "image", "title": plain("De gevel"), **PICTURE},
        {
            "type": "context",
            "elements": [{"type": "image", **PICTURE}, mrkdwn("klein en _grijs_")],
        },
        rich_text(user_id, channel_id),
        TABLE,
        MARKDOWN,
    ]


def element_blocks():
    """Everything that is pressed or chosen outside a form."""
    return [
        section("*Knop* ernaast", block_id="s", accessory=button("Openen")),
        section("Menu ernaast", block_id="o", accessory=overflow()),
        section("Taal van dit scherm", block_id="t", accessory=select("NL", "EN")),
        section(
            "Datum ernaast",
            block_id="d",
            accessory={"type": "datepicker", "action_id": "date_beside"},
        ),
        actions(
            button("Gewoon", "plain_button", value="1"),
            button("Aanmaken", "primary_button", style="primary"),
            button("Verwijderen", "danger_button", style="danger", confirm=SURE),
            button("Openen", "link", url="https://elsewhere.example/"),
            button("☎", "named", accessibility_label="Bel de vestiging"),
            block_id="buttons",
        ),
        actions(
            element("static_select", options=TOWNS),
            element(
                "static_select",
                "grouped",
                option_groups=GROUPS,
                placeholder=plain("Kies grouped"),
            ),
            element("external_select", min_query_length=2),
            element("users_select"),
            element("conversations_select"),
            element("channels_select"),
            block_id="selects",
        ),
        actions(
            element("multi_static_select", options=TOWNS, max_selected_items=2),
            element("multi_external_select", min_query_length=2),
            element("multi_users_select"),
            element("multi_conversations_select"),
            element("multi_channels_select"),
            block_id="multis",
        ),
        actions(
            checkboxes("Actief", "Geblokkeerd", action_id="checkboxes"),
            radio(),
            block_id="choices",
        ),
        actions(
            element("datepicker", initial_date="2026-12-01"),
            element("timepicker", initial_time="09:30"),
            {
                "type": "datetimepicker",
                "action_id": "datetimepicker",
                "initial_date_time": 1_790_000_000,
            },
            block_id="dates",
        ),
    ]


INPUTS = {
    "Naam": text_input("naam", max_length=60, placeholder=plain("Voor- en achternaam")),
    "Opmerking": text_input("opmerking", multiline=True, min_length=3),
    "E-mailadres": {"type": "email_text_input", "action_id": "email"},
    "Website": {"type": "url_text_input", "action_id": "url"},
    "Aantal": {
        "type": "number_input",
        "action_id": "number",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": "99",
    },
    "Vestiging": {"type": "static_select", "action_id": "town", "options": TOWNS},
    "Zoek iemand": {
        "type": "external_select",
        "action_id": "found",
        "min_query_length": 2,
    },
    "Collega": {"type": "users_select", "action_id": "user"},
    "Kanaal": {"type": "conversations_select", "action_id": "channel"},
    "Openbaar kanaal": {"type": "channels_select", "action_id": "public"},
    "Vestigingen": {
        "type": "multi_static_select",
        "action_id": "towns",
        "option_groups": GROUPS,
    },
    "Gevonden mensen": {
        "type": "multi_external_select",
        "action_id": "founds",
        "min_query_length": 2,
    },
    "Collega's": {"type": "multi_users_select", "action_id": "users"},
    "Kanalen": {"type": "multi_conversations_select", "action_id": "channels"},
    "Openbare kanalen": {"type": "multi_channels_select", "action_id": "publics"},
    "Toestand": checkboxes("Actief", "Geblokkeerd", action_id="states"),
    "Wie": radio("who"),
    "Datum": {"type": "datepicker", "action_id": "date"},
    "Tijd": {"type": "timepicker", "action_id": "time", "timezone": "Europe/Amsterdam"},
    "Moment": {"type": "datetimepicker", "action_id": "moment"},
    "Bijlage": {
        "type": "file_input",
        "action_id": "file",
        "filetypes": ["xlsx", "csv"],
        "max_files": 2,
    },
}


def form(*labels, **more):
    """A modal with these inputs, or all of them, each optional."""
    blocks = [
        field(
            label,
            INPUTS[label],
            INPUTS[label]["action_id"],
            optional=True,
            hint=plain(f"Toelichting bij {label}"),
        )
        for label in labels or INPUTS
    ]
    buttons = {"submit": plain("Opslaan"), "close": plain("Annuleren")}
    return modal(*blocks, **(buttons | more))


def home_view(user_id="U1", channel_id="C1"):
    """An App Home with something of everything."""
    return home(
        *text_blocks(user_id, channel_id)[:9],
        *element_blocks(),
        *(section(escaped(text)) for text in HOSTILE),
    )
