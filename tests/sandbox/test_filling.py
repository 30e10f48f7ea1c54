"""Filling in: what can be typed, ticked, chosen and attached."""

import pytest

from sandbox.slack import ImpossibleError
from tests.sandbox.pieces import (
    actions,
    checkboxes,
    field,
    option,
    plain,
    select,
    text_input,
)


def test_ticks_and_radio_buttons_keep_their_state(shows, told, hanna):
    radio = {
        "type": "radio_buttons",
        "action_id": "chosen",
        "options": [option("Aantal logins = 0", "0"), option("Hele vestiging", "all")],
        "initial_option": option("Aantal logins = 0", "0"),
    }
    shows(actions(checkboxes("Actief", "Geblokkeerd")), actions(radio))
    hanna.ticks("Actief")
    assert [each["value"] for each in told[-1]["actions"][0]["selected_options"]] == [
        "actief"
    ]
    hanna.sees("[x] Actief [ ] Geblokkeerd (o) Aantal logins = 0 ( ) Hele vestiging")
    with pytest.raises(ImpossibleError, match="already"):
        hanna.ticks("Actief")
    hanna.ticks("Geblokkeerd")
    hanna.unticks("Actief")
    assert [each["value"] for each in told[-1]["actions"][0]["selected_options"]] == [
        "geblokkeerd"
    ]
    hanna.ticks("Hele vestiging")
    assert told[-1]["actions"][0]["selected_option"]["value"] == "all"
    state = told[-1]["view"]["state"]["values"]
    assert len(state) == 2


def test_only_offered_options_can_be_chosen(shows, told, hanna):
    shows(actions(select("Utrecht", "Zeist", placeholder=plain("Vestiging"))))
    with pytest.raises(ImpossibleError, match="only 'Utrecht', 'Zeist'"):
        hanna.chooses("Vestiging", "Ede")
    hanna.chooses("Vestiging", "Zeist")
    assert told[-1]["actions"][0]["selected_option"]["value"] == "zeist"
    hanna.sees("[Zeist]")


def test_a_person_is_chosen_among_those_with_an_account(slack, shows, told, hanna):
    slack.add_person("piet")
    slack.add_person("oud", deleted=True)
    element = {
        "type": "users_select",
        "action_id": "person",
        "placeholder": plain("Collega"),
    }
    shows(actions(element))
    with pytest.raises(ImpossibleError, match="not offered"):
        hanna.chooses("Collega", "oud")
    hanna.chooses("Collega", "piet")
    assert told[-1]["actions"][0]["selected_user"] == slack.user("piet").id


def test_searching_asks_the_app(slack, shows, told, app, hanna):
    @app.options("chosen")
    def offers(ack, body):
        names = [name for name in ("Utrecht", "Uden") if body["value"] in name]
        ack(options=[option(name) for name in names])

    external = {
        "type": "external_select",
        "action_id": "chosen",
        "min_query_length": 2,
        "placeholder": plain("Zoek een vestiging"),
    }
    shows(actions(external))
    with pytest.raises(ImpossibleError, match="begins at 2"):
        hanna.offered("Zoek een vestiging", "U")
    assert hanna.offered("Zoek een vestiging", "Ut") == ["Utrecht"]
    with pytest.raises(ImpossibleError, match="only nothing"):
        hanna.chooses("Zoek een vestiging", "Zeist")
    hanna.chooses("Zoek een vestiging", "Uden", typing="Ud")
    assert told[-1]["actions"][0]["selected_option"]["value"] == "uden"
    asked = slack.deliveries("interactive")[0].payload
    assert (asked["type"], asked["value"]) == ("block_suggestion", "Ut")
    assert asked["view"]["type"] == "modal"


def test_an_offer_over_the_limit_is_a_fault(slack, shows, app, hanna):
    @app.options("chosen")
    def offers(ack):
        ack(options=[option(f"o{n}") for n in range(101)])

    external = {
        "type": "external_select",
        "action_id": "chosen",
        "placeholder": plain("Zoek"),
    }
    shows(actions(external))
    assert hanna.offered("Zoek", "abc") == []
    slack.sees_fault("no more than 100 items")


@pytest.mark.parametrize(
    ("element", "value", "complaint"),
    [
        (text_input(max_length=3), "lang", "no more than 3"),
        (text_input(), "twee\nregels", "one line"),
        ({"type": "datepicker", "action_id": "d"}, "morgen", "can't be picked"),
    ],
)
def test_some_things_can_not_be_typed(shows, hanna, element, value, complaint):
    shows(field("Veld", element), submit=plain("Opslaan"))
    with pytest.raises(ImpossibleError, match=complaint):
        hanna.fills("Veld", value)


@pytest.mark.parametrize(
    ("element", "value", "complaint"),
    [
        (text_input(min_length=3), "ab", "at least 3"),
        ({"type": "email_text_input", "action_id": "e"}, "geen", "e-mail"),
        ({"type": "url_text_input", "action_id": "u"}, "example", "web"),
        (
            {"type": "number_input", "action_id": "n", "is_decimal_allowed": False},
            "1.5",
            "whole number",
        ),
        (
            {
                "type": "number_input",
                "action_id": "n",
                "is_decimal_allowed": True,
                "max_value": "20",
            },
            "21",
            "at most 20",
        ),
    ],
)
def test_some_things_can_not_be_submitted(shows, hanna, element, value, complaint):
    shows(field("Veld", element), submit=plain("Opslaan"))
    hanna.fills("Veld", value)
    with pytest.raises(ImpossibleError, match=complaint):
        hanna.submits()


def test_an_input_is_told_at_once_only_when_it_asks_for_it(shows, told, hanna):
    shows(
        field("Stil", select("A", "B", action_id="stil")),
        field("Luid", select("A", "B"), dispatch_action=True),
        submit=plain("Opslaan"),
    )
    hanna.chooses("Stil", "A")
    assert told == []
    hanna.chooses("Luid", "B")
    assert told[-1]["actions"][0]["selected_option"]["value"] == "b"


def test_a_file_is_attached_and_handed_to_the_app(shows, told, hanna, tmp_path):
    element = {
        "type": "file_input",
        "action_id": "f",
        "filetypes": ["xlsx"],
        "max_files": 1,
    }
    shows(field("Personeelslijst", element), submit=plain("Importeren"))
    (tmp_path / "lijst.csv").write_bytes(b"a;b")
    with pytest.raises(ImpossibleError, match="only xlsx"):
        hanna.attaches(tmp_path / "lijst.csv")
    (tmp_path / "lijst.xlsx").write_bytes(b"inhoud")
    hanna.attaches(tmp_path / "lijst.xlsx", "Personeelslijst")
    with pytest.raises(ImpossibleError, match="no more files"):
        hanna.attaches(tmp_path / "lijst.xlsx")
    hanna.sees("[lijst.xlsx]")
    hanna.submits()
    values = told[-1]["view"]["state"]["values"]
    [held] = [each["f"] for each in values.values()]
    assert [file["name"] for file in held["files"]] == ["lijst.xlsx"]
    assert held["files"][0]["size"] == 6
