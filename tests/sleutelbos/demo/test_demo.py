"""The demo with its Slack in the browser, from starting it to Ctrl-C."""

import re
import signal
import smtplib
import socket
import stat
from contextlib import ExitStack
from itertools import chain

import pytest

from tests.sandbox.page.window import conversation
from tests.sleutelbos.demo.desk import (
    ELSEWHERE,
    PATIENCE,
    free_block,
    get,
    is_free,
    make_desk,
)

STOPPED = "Gestopt. Er is niets bewaard.\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A demo for tests that only look."""
    desk = make_desk(tmp_path_factory.mktemp("running"))
    with desk.opens("--port", "0") as demo:
        yield desk, demo.is_ready()
        assert demo.ends()[0] == 0


def words_of(view):
    """Everything that a view says."""
    return re.findall(r"'text': '([^']*)'", str(view["blocks"]))


def opened(view):
    """Whether the modal is there and not loading any more."""
    return any("Actief" in text or "Active" in text for text in words_of(view))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_addresses_answer_until_it_is_told_to_end_and_nothing_is_left(desk, number):
    first = free_block()
    with desk.opens("--port", str(first), **ELSEWHERE) as demo:
        demo.is_ready()
        for step, name in enumerate(("Slack", "Postvak", "Inlogpagina")):
            assert demo.address(name) == f"http://127.0.0.1:{first + step}/"
            status, page = get(demo.address(name))
            assert (status, "<html" in page) == (200, True)
        with smtplib.SMTP("127.0.0.1", first + 3) as letters:
            assert letters.noop()[0] == 250
        code, rest, err = demo.ends(number)
    assert (code, rest.endswith(STOPPED), err) == (0, True, "")
    assert demo.has_no_children_left()
    assert desk.has_nothing_left()
    assert list(desk.folder.iterdir()) == []
    assert all(is_free(first + step) for step in range(4))


def test_a_browser_that_looks_on_does_not_keep_it_from_ending(desk):
    with ExitStack() as watching, desk.opens("--port", "0") as demo:
        demo.is_ready()
        for name in ("hanna", "bram"):
            stream = watching.enter_context(demo.window(name).live())
            assert stream.next()[1]["me"]["name"] == name
        assert demo.ends()[0] == 0
    assert desk.has_nothing_left()


@pytest.mark.parametrize("moment", ["klaargezet", "12.000 mensen"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_it_starts_ends_it_and_leaves_nothing(desk, moment, number):
    first = free_block()
    with desk.opens("--port", str(first), "--size", "large", "--keep") as demo:
        demo.says(moment)
        code, rest, err = demo.ends(number)
    assert (code, rest.endswith(STOPPED), err) == (130, True, "")
    assert "http://" not in demo.said + rest
    assert demo.has_no_children_left()
    assert desk.has_nothing_left()
    assert list(desk.folder.iterdir()) == []
    assert all(is_free(first + step) for step in range(4))


INTERRUPTED_IMPORT = """
import sys

class Impatient:
    def find_spec(name, path, target=None):
        if name == "{module}":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Impatient)
sys.argv = ["sleutelbos", "demo", "--port", "0"]
from sleutelbos.__main__ import main
main()
"""


def test_control_c_while_it_still_loads_ends_it_without_a_word(desk):
    program = INTERRUPTED_IMPORT.format(module="sqlalchemy")
    with desk.starts("-c", program) as process:
        assert process.communicate(timeout=PATIENCE) == ("", "")
    assert process.returncode == 130


def test_the_real_bot_answers_hanna_with_the_states_of_a_branch(running):
    _, demo = running
    hanna = demo.window("hanna")
    place = conversation(hanna.shows(), "algemeen")["id"]
    hanna.do("type_command", channel=place, text="/personeel logins rotterdam")
    look = hanna.shows(lambda look: look["modals"] and opened(look["modals"][-1]))
    seen = words_of(look["modals"][-1])
    for count in (
        "Stamkaarten: 11",
        "Zonder e-mailadres: 1",
        "Zonder login: 2",
        "Inactief: 1",
        "Nooit ingelogd: 2",
        "Actief: 7",
        "Geblokkeerd: 1",
    ):
        assert count in seen


def test_hanna_can_download_the_staff_list_that_stands_ready_beside_it(running):
    desk, demo = running
    hanna = demo.window("hanna")
    channel = conversation(hanna.shows(), "beheer-utrecht")
    files = [message["files"] for message in channel["messages"]]
    (file,) = chain.from_iterable(files)
    (scratch,) = desk.temporary.iterdir()
    beside = scratch / file["name"]
    assert demo.address("Personeelslijst") == str(beside)
    response, content = hanna.ask("GET", f"/client/hanna/files/{file['id']}")
    assert (response.status, content) == (200, beside.read_bytes())
    assert channel["unread"] == 1
    assert conversation(hanna.shows(), "algemeen")["unread"] == 0
    assert others_may_read(scratch) == []


def others_may_read(folder):
    every = [folder, *folder.rglob("*")]
    return [
        path for path in every if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]


def test_everybody_of_the_cast_is_there_and_sees_their_own_channels(running):
    _, demo = running
    cast = demo.window("hanna").shows()["cast"]
    notes = {each["name"]: each["note"] for each in cast}
    sees = {
        name: {
            each["name"]
            for each in demo.window(name).shows()["conversations"]
            if not each["is_im"]
        }
        for name in notes
    }
    assert notes == {
        "hanna": "manager",
        "bram": "vestigingsmanager Utrecht",
        "ursula": "gebruiker Amsterdam",
        "mo": "werknemer Amsterdam",
        "fatima": "werknemer Utrecht",
        "jan": "werknemer Rotterdam",
        "gerda": "gast",
    }
    everywhere = {"algemeen", "beheer", "beheer-utrecht", "beheer-amsterdam"}
    assert sees == {
        "hanna": everywhere,
        "bram": {"algemeen", "beheer-utrecht"},
        "ursula": {"algemeen", "beheer-amsterdam"},
    } | {name: {"algemeen"} for name in ("mo", "fatima", "jan", "gerda")}


def test_in_english_everything_is_english(desk):
    with desk.opens("--port", "0", SLEUTELBOS_LANGUAGE="en") as demo:
        said = demo.is_ready().said
        look = demo.window("hanna").shows()
        code, rest, _ = demo.ends()
    assert (code, rest.endswith("Stopped. Nothing was kept.\n")) == (0, True)
    assert "You are Hanna, the manager." in said
    assert "choose Import" in said
    names = {each["name"] for each in look["conversations"]}
    assert names >= {"general", "hr-admin", "hr-admin-utrecht", "hr-admin-amsterdam"}
    run = str(conversation(look, "hr-admin-amsterdam"))
    assert "Reset passwords and export data" in run
    assert "staff-list-utrecht.xlsx" in str(conversation(look, "hr-admin-utrecht"))
    assert {each["note"] for each in look["cast"]} >= {"manager", "guest"}


def test_two_run_beside_each_other_on_ports_of_their_own(desk):
    first, second = free_block(), free_block() + 4
    with (
        desk.opens("--port", str(first)) as one,
        desk.opens("--port", str(second)) as other,
    ):
        for demo in (one, other):
            assert get(demo.is_ready().address("Slack"))[0] == 200
        assert one.ends()[0] == 0
        assert get(other.address("Slack"))[0] == 200
        assert other.ends()[0] == 0
    assert desk.has_nothing_left()


@pytest.mark.parametrize(
    ("step", "what"),
    [
        (0, "de werkruimte"),
        (1, "het postvak"),
        (2, "de inlogpagina"),
        (3, "de mailserver"),
    ],
)
def test_a_taken_port_is_said_in_one_line_before_anything_starts(desk, step, what):
    first = free_block()
    with socket.create_server(("127.0.0.1", first + step)):
        code, out, err = desk.plays("--port", str(first))
    assert (code, out) == (2, "")
    assert err == (
        f"sleutelbos: Poort {first + step} is niet vrij ({what}): kies andere poorten, "
        f"bijvoorbeeld --port {first + 100}.\n"
    )
    assert desk.has_nothing_left()


def test_without_the_sandbox_libraries_it_says_what_to_install(desk):
    program = (
        "import sys; sys.modules['flask'] = None; "
        "from sleutelbos import cli; cli.main(['demo'])"
    )
    with desk.starts("-c", program) as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (2, "")
    assert err == (
        "sleutelbos: De demo heeft 'flask' nodig: installeer sleutelbos[sandbox].\n"
    )
