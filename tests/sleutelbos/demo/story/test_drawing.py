import io
from pathlib import Path

import pytest
from rich.console import Console

from sandbox.slack import Workspace
from sleutelbos.demo.story import drawing
from sleutelbos.demo.story.mrkdwn import marked

MANIFEST = Path(__file__).parents[4] / "manifest.yml"


@pytest.fixture
def slack(clock):
    return Workspace.from_manifest(MANIFEST, clock=clock)


@pytest.fixture
def hanna(slack):
    return slack.add_person("hanna", "Hanna de Vries")


def printed(renderable, *, width=100):
    console = Console(width=width, file=io.StringIO())
    console.print(renderable)
    return console.file.getvalue()


def words(text):
    return {"type": "plain_text", "text": text}


def button(text, **more):
    return {"type": "button", "action_id": text, "text": words(text)} | more


def options(kind, chosen):
    offered = [{"text": words(text), "value": text} for text in ("rood", "blauw")]
    picked = [option for option in offered if option["value"] == chosen]
    initial = (
        {"initial_option": picked[0]}
        if kind == "radio_buttons"
        else {"initial_options": picked}
    )
    return {"type": kind, "action_id": kind, "options": offered} | initial


def modal(slack, person, blocks):
    content = {
        "type": "modal",
        "title": words("Logins aanmaken"),
        "close": words("Annuleren"),
        "submit": words("Aanmaken"),
        "blocks": blocks,
    }
    with slack.changed:
        view = slack.modals.open(person.id, content)
    return drawing.modal(slack, view)


def test_a_modal_has_its_title_above_and_its_buttons_below(slack, hanna):
    blocks = [{"type": "header", "text": words("Utrecht")}]
    lines = printed(modal(slack, hanna, blocks)).splitlines()
    assert "Logins aanmaken" in lines[0]
    assert "Utrecht" in lines[1]
    assert lines[-2].endswith("[ Annuleren ]  [ Aanmaken ] │")


def test_a_section_has_its_button_beside_it_and_facts_in_two_columns(slack, hanna):
    blocks = [
        {"type": "section", "fields": [words("Actief: 3"), words("Inactief: 0")]},
        {"type": "divider"},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*Maak aan*\nEen voor iedereen."},
            "accessory": button("Openen"),
        },
    ]
    text = printed(modal(slack, hanna, blocks))
    lines = [line.strip("│ ") for line in text.splitlines()]
    assert any(line.split() == ["Actief:", "3", "Inactief:", "0"] for line in lines)
    assert "*" not in text
    beside = [line for line in lines if "[ Openen ]" in line]
    assert beside[0].startswith(("Maak aan", "Een voor iedereen."))


def test_what_is_chosen_and_filled_in_shows(slack, hanna):
    entry = {"type": "plain_text_input", "action_id": "count"}
    search = {
        "type": "external_select",
        "action_id": "search",
        "placeholder": words("Zoek op naam"),
    }
    blocks = [
        {"type": "actions", "elements": [options("radio_buttons", "blauw")]},
        {"type": "actions", "elements": [options("checkboxes", "rood")]},
        {"type": "actions", "elements": [search, button("Andere vestiging")]},
        {"type": "input", "label": words("Typ 28 om door te gaan."), "element": entry},
        {"type": "context", "elements": [words("Kleine letters")]},
    ]
    drawn = modal(slack, hanna, blocks)
    hanna.fills("Typ 28 om door te gaan.", "28")
    filled = printed(drawing.modal(slack, hanna.client.top_view()))
    for seen in ("( ) rood", "(•) blauw", "[x] rood", "[ ] blauw", "[ Zoek op naam"):
        assert seen in filled
    assert "[ 28 " in filled
    assert "[ 28 " not in printed(drawn)
    assert "Kleine letters" in filled


def test_a_channel_shows_who_wrote_what_when_and_the_files(slack, hanna, now):
    channel = slack.add_channel("beheer", ["hanna"], private=True)
    hanna.writes("Staat *het* er al?", channel="beheer")
    with slack.changed:
        file = slack.files.announce("logins.xlsx", 2_048, slack.bot_user.id)
        file.content = b"x" * 2_048
        (message,) = slack.messages("beheer")
        message.file_ids.append(file.id)
    text = printed(drawing.channel(slack, channel, slack.messages("beheer")))
    assert "# beheer" in text
    assert "Hanna de Vries  10:30" in text
    assert "Staat het er al?" in text
    assert "logins.xlsx  2 kB" in text


def test_markup_becomes_bold_italic_and_code_and_nothing_else_changes(slack, hanna):
    text = marked(slack, f"Dag <@{hanna.id}>, *vet* _schuin_ `a*b*c` 2 &lt; 3 *4")
    assert text.plain == "Dag @hanna, vet schuin a*b*c 2 < 3 *4"
    styled = {text.plain[span.start : span.end]: span.style for span in text.spans}
    assert styled == {"vet": "bold", "schuin": "italic", "a*b*c": "cyan"}


def test_names_that_look_like_markup_of_the_terminal_stay_as_they_are(slack, hanna):
    blocks = [{"type": "section", "text": words("[red]Piet[/red] :smile:")}]
    assert "[red]Piet[/red] :smile:" in printed(modal(slack, hanna, blocks))
