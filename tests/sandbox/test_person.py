"""People: what they can do on their screens, and what they can't."""

import threading

import pytest

from sandbox.slack import ImpossibleError
from tests.sandbox.pieces import (
    actions,
    button,
    modal,
    plain,
    section,
)

CONFIRM = {
    "title": plain("Zeker weten?"),
    "text": plain("Dit geldt voor 26 medewerkers"),
    "confirm": plain("Ja"),
    "deny": plain("Nee"),
}


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
    both = threading.Barrier(2, timeout=30)

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
    slack.ack_seconds = 0.2
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
