"""People: what they can do on their screens, and what they can't."""

import threading

import pytest

from sandbox.slack import ImpossibleError
from tests.sandbox.pieces import (
    actions,
    button,
    checkboxes,
    field,
    modal,
    option,
    plain,
    section,
    select,
    text_input,
)

CONFIRM = {
    "title": plain("Zeker weten?"),
    "text": plain("Dit geldt voor 26 medewerkers"),
    "confirm": plain("Ja"),
    "deny": plain("Nee"),
}


@pytest.fixture
def told(app):
    """What the app was told by actions and submissions, newest last."""
    bodies: list[dict] = []

    def keep(ack, body):
        ack()
        bodies.append(body)

    app.action({"type": "block_actions", "action_id": "press"})(keep)
    app.action("chosen")(keep)
    app.action("ticked")(keep)
    app.action("person")(keep)
    app.view("proef")(keep)
    return bodies


@pytest.fixture
def shows(slack, hanna, app, connect):
    """Open this view before hanna."""
    shown: list[dict] = []

    @app.command("/proef")
    def command(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=shown[-1])

    def show(*blocks, **more):
        shown.append(modal(*blocks, **more))
        hanna.types("/proef", channel="beheer")
        hanna.sees("Proef")

    slack.add_channel("beheer", ["hanna"], private=True)
    connect(app)
    slack.patience = 3
    return show


@pytest.fixture
def hasty(slack):
    """Don't wait long for what will not come."""
    slack.patience = 0.2


def test_pressing_finds_a_button_by_its_full_label(shows, told, hanna):
    shows(
        section(
            "*Maak werknemerslogins aan*",
            accessory=button(
                "Aanmaken",
                value="12",
                accessibility_label="Maak werknemerslogins aan",
            ),
        )
    )
    hanna.presses("Maak werknemerslogins aan")
    hanna.presses("Aanmaken")
    done = told[-1]["actions"][0]
    assert (done["action_id"], done["value"], done["type"]) == ("press", "12", "button")
    assert told[-1]["container"] == {"type": "view", "view_id": told[-1]["view"]["id"]}
    assert len(told) == 2


def test_pressing_what_is_not_there_shows_the_screen(slack, shows, hanna, hasty):
    slack.patience = 3
    shows(section("Alleen tekst"))
    slack.patience = 0.2
    with pytest.raises(ImpossibleError, match=r"(?s)no button 'Weg'.*Alleen tekst"):
        hanna.presses("Weg")


def test_equal_buttons_are_told_apart_by_what_is_near(shows, told, hanna):
    shows(
        section("Jansen", accessory=button("Openen", value="1")),
        section("Pietersen", accessory=button("Openen", value="2")),
        section("*Klaassen*"),
        actions(button("Openen", value="3")),
    )
    with pytest.raises(ImpossibleError, match="finds that 3 times"):
        hanna.presses("Openen")
    for name, value in (("Jansen", "1"), ("Pietersen", "2"), ("Klaassen", "3")):
        hanna.presses("Openen", near=name)
        assert told[-1]["actions"][0]["value"] == value


def test_a_dialog_must_be_answered(shows, told, hanna):
    shows(actions(button("Doen", confirm=CONFIRM), button("Laten", "press2")))
    with pytest.raises(ImpossibleError, match=r"Zeker weten\?"):
        hanna.presses("Doen")
    hanna.presses("Doen", confirming=True)
    assert len(told) == 1
    with pytest.raises(ImpossibleError, match="nothing"):
        hanna.presses("Laten", confirming=True)


def test_a_double_click_sends_both_before_either_is_answered(
    slack, hanna, app, connect
):
    slack.add_channel("beheer", ["hanna"])
    both = threading.Barrier(2, timeout=5)

    @app.command("/proef")
    def command(ack, body, client):
        ack()
        client.views_open(
            trigger_id=body["trigger_id"], view=modal(actions(button("Doen")))
        )

    @app.action("press")
    def action(ack):
        both.wait()
        ack()

    connect(app)
    hanna.types("/proef")
    hanna.presses("Doen", times=2)
    slack.assert_all_read()


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


def test_a_command_the_manifest_lacks_can_not_be_typed(slack, hanna):
    slack.add_channel("beheer", ["hanna"])
    with pytest.raises(ImpossibleError, match="/anders is not a valid command"):
        hanna.types("/anders")


def test_nobody_acts_where_they_are_not(slack, hanna):
    slack.add_channel("directie", private=True)
    slack.add_channel("oud", ["hanna"], is_archived=True)
    for verb in (
        lambda: hanna.reads_channel("directie"),
        lambda: hanna.types("/proef", channel="directie"),
        lambda: hanna.types("/proef", channel="oud"),
        lambda: hanna.sees("x", in_channel="directie"),
    ):
        with pytest.raises(ImpossibleError):
            verb()


def test_a_guest_reads_only_channels_she_is_in(slack):
    slack.add_channel("algemeen")
    gast = slack.add_person("gast", is_restricted=True)
    lid = slack.add_person("lid")
    assert lid.reads_channel("algemeen") == ""
    with pytest.raises(ImpossibleError, match="not in #algemeen"):
        gast.reads_channel("algemeen")


def test_a_deactivated_person_does_nothing(slack, shows, hanna):
    shows(actions(button("Doen")), submit=plain("Opslaan"))
    slack.change_person("hanna", deleted=True)
    for verb in (
        lambda: hanna.presses("Doen"),
        hanna.submits,
        hanna.closes,
        hanna.opens_home,
        lambda: hanna.sends_dm("hallo"),
        lambda: hanna.types("/proef"),
    ):
        with pytest.raises(ImpossibleError, match="deactivated"):
            verb()


def test_a_modal_covers_everything_else(slack, client, shows, hanna, hasty):
    slack.patience = 3
    client.chat_postMessage(
        channel=slack.channel("beheer").id,
        text="x",
        blocks=[actions(button("Eronder"))],
    )
    shows(section("Modal"))
    slack.patience = 0.2
    for verb in (
        lambda: hanna.presses("Eronder"),
        lambda: hanna.presses("Eronder", in_channel="beheer"),
        lambda: hanna.types("/proef"),
        hanna.opens_home,
        lambda: hanna.sends_dm("hallo"),
        lambda: hanna.sees("Eronder"),
    ):
        with pytest.raises(ImpossibleError):
            verb()
    slack.patience = 3
    hanna.sees("Eronder", in_channel="beheer")
    hanna.closes()
    hanna.presses("Eronder")
    slack.sees_fault("operation_timeout")


def test_two_people_act_at_the_same_time(slack, app, connect):
    people = [slack.add_person(f"p{number}") for number in range(6)]
    slack.add_channel("beheer", [person.user.name for person in people])

    @app.command("/proef")
    def command(ack, body, client):
        ack()
        text = f"Dag {body['user_name']}"
        client.views_open(trigger_id=body["trigger_id"], view=modal(section(text)))

    connect(app)
    failures = []

    def act(person):
        try:
            person.types("/proef")
            person.sees(f"Dag {person.user.name}")
        except AssertionError as failure:
            failures.append(failure)

    threads = [threading.Thread(target=act, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    slack.assert_all_read()
