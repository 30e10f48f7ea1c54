"""What somebody does on the page reaches a real app, or is refused in words."""

import json
import threading

import pytest

from tests.sandbox.page.window import Window, conversation, texts
from tests.sandbox.pieces import (
    actions,
    button,
    checkboxes,
    field,
    home,
    modal,
    option,
    plain,
    section,
    select,
    text_input,
)

NAME = {"block_id": "naam", "action_id": "naam"}


@pytest.fixture
def beheer(slack, desk):
    return slack.channel("beheer").id


@pytest.fixture
def modal_before_her(window, desk, beheer):
    """Open the desk's view by its command; gives it as the page shows it."""

    def opened():
        window.do("type_command", channel=beheer, text="/proef nu")
        return window.shows(lambda shown: shown["modals"])["modals"][-1]

    return opened


@pytest.fixture
def message(slack, client, beheer):
    """Post blocks; gives the surface that the page names."""

    def posted(*blocks):
        sent = client.chat_postMessage(channel=beheer, text="Kies", blocks=blocks)
        return {"channel": beheer, "message": sent["ts"]}

    return posted


def place(block_id, action_id="press"):
    return {"block_id": block_id, "action_id": action_id}


def told(slack, desk, count=1):
    assert slack.wait_until(lambda: len(desk.bodies) >= count, 5)
    return desk.bodies[-1]


def test_a_command_reaches_the_app_and_opens_its_modal(desk, modal_before_her):
    view = modal_before_her()
    assert view["title"] == "Proef"
    assert desk.bodies[0]["command"] == "/proef"
    assert desk.bodies[0]["text"] == "nu"


def test_a_filled_in_modal_is_submitted(slack, window, desk, modal_before_her):
    view = modal_before_her()
    window.do("enter", surface={"view": view["id"]}, **NAME, value="Hanna")
    window.do("submit", view_id=view["id"])
    window.shows(lambda shown: not shown["modals"])
    assert desk.last["view"]["state"]["values"]["naam"]["naam"]["value"] == "Hanna"


def test_a_required_field_left_empty_is_said(window, modal_before_her):
    view = modal_before_her()
    problem = window.problem("submit", view_id=view["id"])
    assert problem == "Naam: this field is required"


def test_a_modal_closes_alone_or_with_its_stack(window, client, desk, modal_before_her):
    desk.view = modal(actions(button("Verder")))
    desk.on_action = lambda body, client: client.views_push(
        trigger_id=body["trigger_id"], view=modal(section("Boven"))
    )
    view = modal_before_her()

    def push():
        block = view["blocks"][0]["block_id"]
        window.do("press", surface={"view": view["id"]}, **place(block))
        return window.shows(lambda shown: len(shown["modals"]) == 2)["modals"]

    below, above = push()
    assert below["id"] == view["id"]
    assert "not on top" in window.problem("close", view_id=below["id"])
    window.do("close", view_id=above["id"], whole_stack=False)
    window.shows(lambda shown: len(shown["modals"]) == 1)
    _, above = push()
    window.do("close", view_id=above["id"], whole_stack=True)
    window.shows(lambda shown: not shown["modals"])


def test_a_submission_shows_that_it_waits(slack, window, desk, modal_before_her):
    held = slack.next_payloads(2)
    view = modal_before_her()
    window.do("enter", surface={"view": view["id"]}, **NAME, value="Hanna")
    held.arrive_reversed()
    window.do("submit", view_id=view["id"])
    waiting = window.shows()["modals"][0]
    assert waiting["is_submitting"]
    assert "being submitted" in window.problem("submit", view_id=view["id"])


def test_a_press_in_a_message_reaches_the_app(slack, window, desk, message):
    surface = message(actions(button("Doe"), block_id="knoppen"))
    window.do("press", surface=surface, **place("knoppen"))
    body = told(slack, desk)
    assert body["actions"][0]["block_id"] == "knoppen"
    assert body["container"]["message_ts"] == surface["message"]


def test_an_option_of_an_overflow_menu_is_pressed_by_its_value(
    slack, window, desk, message
):
    menu = {
        "type": "overflow",
        "action_id": "press",
        "options": [option("Openen"), option("Sluiten")],
    }
    surface = message(actions(menu, block_id="knoppen"))
    window.do("press", surface=surface, **place("knoppen"), option="sluiten")
    assert told(slack, desk)["actions"][0]["selected_option"]["value"] == "sluiten"
    spot = {"surface": surface, **place("knoppen")}
    assert "not offered" in window.problem("press", **spot, option="anders")
    assert "overflow" in window.problem("press", **spot)


def test_a_confirm_dialog_is_answered_first(slack, window, desk, message):
    confirm = {
        "title": plain("Zeker weten?"),
        "text": plain("Dit kan niet terug."),
        "confirm": plain("Ja"),
        "deny": plain("Nee"),
    }
    surface = message(actions(button("Wis", confirm=confirm), block_id="knoppen"))
    spot = {"surface": surface, **place("knoppen")}
    assert "Zeker weten?" in window.problem("press", **spot)
    window.do("press", **spot, confirming=True)
    assert told(slack, desk)["actions"][0]["action_id"] == "press"


def test_a_message_reaches_the_app_and_everybody_in_the_channel(slack, window, beheer):
    slack.add_person("bram")
    slack.join("beheer", "bram")
    window.do("send_message", channel=beheer, text="Goedemorgen <allemaal>")
    bram = Window(slack.server.url, "bram").shows()
    assert texts(bram, "beheer") == ["Goedemorgen &lt;allemaal&gt;"]
    assert conversation(bram, "beheer")["unread"] == 1
    assert conversation(window.shows(), "beheer")["unread"] == 0


def test_looking_reads_everything_in_a_conversation(client, window, beheer):
    for text in ("Een", "Twee"):
        client.chat_postMessage(channel=beheer, text=text)
    assert conversation(window.shows(), "beheer")["unread"] == 2
    window.do("look", channel=beheer)
    assert conversation(window.shows(), "beheer")["unread"] == 0


def test_opening_the_app_tells_it_and_opens_the_direct_message(
    slack, hanna, client, window, connect, app
):
    @app.event("app_home_opened")
    def opened(ack, event, client):
        ack()
        client.views_publish(user_id=event["user"], view=home(section("Welkom")))

    connect(app)
    window.do("open_app", tab="home")
    shown = window.shows(lambda shown: shown["home"])
    assert shown["home"]["blocks"][0]["text"]["text"] == "Welkom"
    window.do("open_app", tab="messages")
    direct = conversation(window.shows(), "")
    assert direct["is_im"]
    assert direct["with_app"]
    window.do("send_message", channel=direct["id"], text="Hallo")
    assert texts(window.shows(), "") == ["Hallo"]


def test_the_home_can_be_acted_on(slack, client, hanna, window, desk):
    client.views_publish(
        user_id=hanna.id, view=home(actions(button("Doe"), block_id="knoppen"))
    )
    view = window.shows()["home"]
    window.do("press", surface={"view": view["id"]}, **place("knoppen"))
    assert told(slack, desk)["view"]["type"] == "home"


def test_a_choice_in_a_message_is_an_action(slack, window, told, message):
    surface = message(actions(checkboxes("Actief", "Weg"), block_id="vinkjes"))
    chosen = option("Actief")
    window.do("enter", surface=surface, **place("vinkjes", "ticked"), value=[])
    chosen["text"]["emoji"] = True
    window.do("enter", surface=surface, **place("vinkjes", "ticked"), value=[chosen])
    assert slack.wait_until(lambda: len(told) == 2, 5)
    assert told[-1]["actions"][0]["selected_options"] == [chosen]


def test_an_external_select_is_searched_by_the_app(
    slack, app, window, desk, modal_before_her
):
    element = {"type": "external_select", "action_id": "wie", "min_query_length": 1}
    desk.view = modal(field("Wie", element, "wie"), submit=plain("Opslaan"))

    @app.options("wie")
    def offers(ack, body):
        ack(options=[option(body["value"] + each) for each in ("na", "ton")])

    view = modal_before_her()
    spot = {"surface": {"view": view["id"]}, **place("wie", "wie")}
    offered = window.do("search", **spot, typed="An")["options"]
    assert [each["text"]["text"] for each in offered] == ["Anna", "Anton"]
    window.do("enter", **spot, value=offered[1])
    held = window.shows()["modals"][0]["values"]["wie"]["wie"]
    assert held["selected_option"]["value"] == "anton"
    assert "not offered" in window.problem("enter", **spot, value=option("Bert"))
    assert "begins at 1" in window.problem("search", **spot, typed="")


def test_groups_found_stay_groups(app, window, desk, modal_before_her):
    element = {"type": "external_select", "action_id": "wie", "min_query_length": 0}
    desk.view = modal(field("Wie", element, "wie"), submit=plain("Opslaan"))
    groups = [{"label": plain("Utrecht"), "options": [option("Anna")]}]

    @app.options("wie")
    def offers(ack):
        ack(option_groups=groups)

    view = modal_before_her()
    spot = {"surface": {"view": view["id"]}, **place("wie", "wie")}
    assert window.do("search", **spot, typed="")["option_groups"] == groups


def test_a_search_that_the_app_cannot_answer_is_said(
    slack, window, desk, app, modal_before_her
):
    element = {"type": "external_select", "action_id": "wie", "min_query_length": 0}
    desk.view = modal(field("Wie", element, "wie"), submit=plain("Opslaan"))

    @app.options("wie")
    def offers(ack):
        ack(options=[{"text": "geen optie"}])

    view = modal_before_her()
    spot = {"surface": {"view": view["id"]}, **place("wie", "wie")}
    assert "could not be loaded" in window.problem("search", **spot, typed="x")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"deed": "dance"}, "there is no deed 'dance'"),
        ({"deed": ["press"]}, "there is no deed"),
        ({"deed": "look"}, "channel is missing"),
        ({"deed": "look", "channel": 3}, "channel is missing, or not a string"),
        ({"deed": "open_app", "tab": "about"}, "tab is home or messages"),
        ({"deed": "press"}, "surface names no view"),
        ({"deed": "press", "surface": {"view": 1}}, "surface names no view"),
        (["press"], "a deed is a JSON object"),
        ("press", "a deed is a JSON object"),
    ],
)
def test_what_means_nothing_is_refused_as_such(window, said, problem):
    response, body = window.ask(
        "POST",
        "/client/hanna/deeds",
        json.dumps(said),
        Content_Type="application/json",
    )
    assert response.status == 400
    assert problem in json.loads(body)["problem"]


def test_a_body_that_is_no_json_is_refused(window):
    response, body = window.ask("POST", "/client/hanna/deeds", b"{", a="b")
    assert response.status == 400
    assert json.loads(body)["problem"] == "a deed is a JSON object"


def test_what_is_not_hers_cannot_be_reached(slack, client, window, desk):
    slack.add_person("bram")
    hidden = slack.add_channel("elders", ["bram"], private=True)
    posted = client.chat_postMessage(
        channel=hidden.id, text="Kies", blocks=[actions(button("Doe"), block_id="k")]
    )
    surface = {"channel": hidden.id, "message": posted["ts"]}
    assert "not hers" in window.problem("look", channel=hidden.id)
    assert "not hers" in window.problem("send_message", channel=hidden.id, text="Hoi")
    assert "not hers" in window.problem("press", surface=surface, **place("k"))
    client.views_publish(
        user_id=slack.user("bram").id,
        view=home(actions(button("Doe"), block_id="k")),
    )
    view = Window(slack.server.url, "bram").shows()["home"]["id"]
    problem = window.problem("press", surface={"view": view}, **place("k"))
    assert "not before her" in problem
    assert desk.bodies == []


def test_what_is_gone_cannot_be_pressed(client, window, message, beheer):
    surface = message(actions(button("Doe"), block_id="knoppen"))
    spot = {"surface": surface, "action_id": "press"}
    assert "not there any more" in window.problem("press", **spot, block_id="anders")
    client.chat_delete(channel=beheer, ts=surface["message"])
    problem = window.problem("press", **spot, block_id="knoppen")
    assert problem == "that message is gone"


@pytest.mark.parametrize(
    "value", ["Ede", {"value": "ede"}, [option("Utrecht")], 3, True, {}]
)
def test_a_select_takes_only_what_it_offers(window, message, told, value):
    surface = message(actions(select("Utrecht"), block_id="keuze"))
    window.problem("enter", surface=surface, **place("keuze", "chosen"), value=value)
    assert told == []


def test_a_field_takes_only_text(window, desk, modal_before_her):
    desk.view = modal(
        field("Naam", text_input("naam", max_length=5), "naam"), submit=plain("Op")
    )
    surface = {"view": modal_before_her()["id"]}
    for value in ({"a": 1}, ["a"], 3, "te lang"):
        window.problem("enter", surface=surface, **NAME, value=value)
    assert window.tries("enter", surface=surface, **NAME)[0] == 400
    window.do("enter", surface=surface, **NAME, value=None)


def test_two_windows_act_at_once(slack, client, desk, beheer, message):
    slack.add_person("bram")
    slack.join("beheer", "bram")
    surface = message(actions(button("Doe"), block_id="knoppen"))
    windows = [Window(slack.server.url, name) for name in ("hanna", "bram")] * 4
    pressing = [
        threading.Thread(
            target=window.do,
            args=["press"],
            kwargs={"surface": surface, **place("knoppen")},
        )
        for window in windows
    ]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    told(slack, desk, len(windows))
    who = [body["user"]["name"] for body in desk.bodies]
    assert sorted(who) == ["bram"] * 4 + ["hanna"] * 4
