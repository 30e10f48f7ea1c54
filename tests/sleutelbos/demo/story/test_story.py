"""The story as one types it: a program of its own, in a folder of its own."""

import re
import signal
import socket

import pytest

from domain.secret import Secret
from tests.domain.exports import reading
from tests.passwords import OPENING_PASSWORD
from tests.sleutelbos.demo.desk import ELSEWHERE, PATIENCE


def rows_of(path, password):
    plain = reading.decrypt(path.read_bytes(), Secret(password))
    headings, *lines = reading.with_openpyxl(plain)
    return [dict(zip(headings, line, strict=True)) for line in lines]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            [
                "Hanna (HR) typt /personeel logins utrecht",
                "Zonder login: 34",
                "drukt op [ Maak werknemerslogins aan ]",
                "28 werknemerslogins zijn aangemaakt.",
                "28 werknemerslogins zijn nu actief.",
                "drukt op [ Reset wachtwoorden en exporteer data ]",
                "Klaar: 28 medewerkers hebben een nieuw eerste wachtwoord.",
            ],
        ),
        (
            "en",
            [
                "Hanna (HR) types /staff logins utrecht",
                "Without login: 34",
                "presses [ Create employee logins ]",
                "28 employee logins were created.",
                "28 employee logins are active now.",
                "presses [ Reset passwords and export data ]",
                "Done: 28 people have a new initial password.",
            ],
        ),
    ],
)
def test_story_ends_with_a_workbook_that_opens_with_the_password_shown(
    desk, language, said
):
    env = {"SLEUTELBOS_LANGUAGE": language} | ELSEWHERE
    code, out, err = desk.plays("--story", "--port", "0", **env)
    assert (code, err) == (0, "")
    positions = [out.index(words) for words in said]
    assert positions == sorted(positions)
    assert desk.has_nothing_left()
    (folder,) = desk.folder.iterdir()
    assert folder.name == "sleutelbos-demo"
    (workbook,) = folder.glob("werknemerslogins-utrecht-*.xlsx")
    assert str(workbook) in out
    (password,) = set(OPENING_PASSWORD.findall(out))
    rows = rows_of(workbook, password)
    assert len(rows) == 28
    assert len({row["Wachtwoord"] for row in rows}) == 28
    assert rows[0]["Wachtwoord"] in out
    assert all(row["Vestiging"] == "Utrecht" for row in rows)


def test_each_look_at_the_channel_shows_how_the_task_stands(desk):
    env = {"SLEUTELBOS_LANGUAGE": "nl"} | ELSEWHERE
    code, out, _ = desk.plays("--story", "--port", "0", **env)
    assert code == 0
    looks = re.split(r"\d+ Hanna \(HR\) ", out)
    looks = [look for look in looks if look.startswith("kijkt in #beheer")]
    assert looks
    assert all("Reset wachtwoorden en exporteer data" in look for look in looks)


def test_a_taken_port_is_said_in_one_line(desk):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, out, err = desk.plays("--story", "--port", port)
    assert (code, out) == (2, "")
    assert err == (
        f"sleutelbos: Poort {port} is niet vrij: kies een andere, bijvoorbeeld "
        "--port 8181.\n"
    )
    assert desk.has_nothing_left()
    assert list(desk.folder.iterdir()) == []


def test_a_folder_that_can_not_be_written_is_said_in_one_line(desk):
    (desk.folder / "full").write_text("a file, no folder")
    code, _out, err = desk.plays(
        "--story", "--port", "0", "--folder", "full/here", SLEUTELBOS_LANGUAGE="en"
    )
    assert code == 2
    assert re.fullmatch(r"sleutelbos: full/here can't be written \(.+\): .+\n", err)
    assert desk.has_nothing_left()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_control_c_ends_everything(desk, number):
    with desk.starts("-m", "sleutelbos", "demo", "--story", "--port", "0") as process:
        try:
            for line in process.stdout:
                if "/personeel logins utrecht" in line:
                    process.send_signal(number)
                    break
            rest, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert (process.returncode, err) == (130, "")
    assert rest.endswith("Gestopt.\n")
    assert desk.has_nothing_left()
