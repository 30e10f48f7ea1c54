"""Files into file inputs and out of conversations."""

import pytest

from sandbox.slack.client_files import FILE_BYTES
from tests.sandbox.page.window import Window, conversation
from tests.sandbox.pieces import field, modal, plain
from tests.sandbox.test_files import upload

LIST = {"type": "file_input", "action_id": "lijst", "max_files": 2}
SPOT = {"block_id": "lijst", "action_id": "lijst"}


@pytest.fixture
def view_id(slack, window, desk):
    element = LIST | {"filetypes": ["csv", "xlsx"]}
    desk.view = modal(field("Lijst", element, "lijst"), submit=plain("Opslaan"))
    window.do("type_command", channel=slack.channel("beheer").id, text="/proef")
    return window.shows(lambda shown: shown["modals"])["modals"][0]["id"]


def held(window):
    return window.shows()["modals"][0]["values"]["lijst"]["lijst"]["files"]


def test_a_file_goes_into_the_modal_and_on_to_the_app(slack, window, desk, view_id):
    status, answer = window.puts(b"a;b\n", "lijst.csv", view_id=view_id, **SPOT)
    assert (status, answer["ok"]) == (200, True)
    assert [each["name"] for each in held(window)] == ["lijst.csv"]
    assert held(window)[0]["id"] == answer["file_id"]
    window.do("submit", view_id=view_id)
    window.shows(lambda shown: not shown["modals"])
    told = desk.last["view"]["state"]["values"]["lijst"]["lijst"]["files"]
    assert told[0]["size"] == 4


def test_a_file_can_be_taken_out_again(window, view_id):
    ids = [
        window.puts(b"a", name, view_id=view_id, **SPOT)[1]["file_id"]
        for name in ("een.csv", "twee.csv")
    ]
    window.do("remove_file", view_id=view_id, **SPOT, file_id=ids[0])
    assert [each["name"] for each in held(window)] == ["twee.csv"]
    problem = window.problem("remove_file", view_id=view_id, **SPOT, file_id=ids[0])
    assert problem == "that file is not in here"


def test_what_does_not_fit_is_said(window, view_id):
    def refused(content, name="a.csv"):
        status, answer = window.puts(content, name, view_id=view_id, **SPOT)
        assert status == 409
        return answer["problem"]

    assert refused(b"a", "a.pdf") == "only csv, xlsx can be chosen"
    assert refused(b"") == "a file has 1 byte to 10 MB"
    assert refused(b"x" * (FILE_BYTES + 1)) == "a file has 1 byte to 10 MB"
    for _ in range(2):
        window.puts(b"a", "a.csv", view_id=view_id, **SPOT)
    assert refused(b"a") == "no more files fit in here"


def test_the_largest_file_fits(window, view_id):
    status, _ = window.puts(b"x" * FILE_BYTES, "a.csv", view_id=view_id, **SPOT)
    assert status == 200
    assert held(window)[0]["size"] == FILE_BYTES


def test_an_upload_without_a_file_or_a_place_means_nothing(window, view_id):
    assert window.puts(b"a", "", view_id=view_id, **SPOT)[0] == 400
    status, answer = window.puts(b"a", "a.csv", view_id=view_id, block_id="lijst")
    assert (status, answer["problem"]) == (400, "action_id is missing")
    assert window.ask("POST", "/client/hanna/files")[0].status == 400


def test_a_file_in_a_conversation_is_downloaded(slack, client, hanna, window):
    place = slack.add_channel("beheer", ["hanna"], private=True)
    content = b"PK\x03\x04 werkboek"
    file_id = upload(client, content, "logins café.xlsx")
    client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=place.id)

    def files(shown):
        return [
            each
            for message in conversation(shown, "beheer")["messages"]
            for each in message["files"]
        ]

    shown = files(window.shows(files))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert shown == [
        {
            "id": file_id,
            "name": "logins café.xlsx",
            "size": len(content),
            "mimetype": kind,
        }
    ]
    response, body = window.ask("GET", f"/client/hanna/files/{file_id}")
    assert body == content
    assert response.headers["Content-Type"] == kind
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "logins%20caf%C3%A9.xlsx" in disposition
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    client.files_delete(file=file_id)
    assert window.ask("GET", f"/client/hanna/files/{file_id}")[0].status == 409


def test_a_file_of_somewhere_else_is_not_downloaded(slack, client, hanna, window):
    slack.add_person("bram")
    slack.add_channel("elders", ["bram"], private=True)
    file_id = upload(client)
    place = slack.channel("elders").id
    client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=place)
    bram = Window(slack.server.url, "bram")
    bram.shows(lambda shown: conversation(shown, "elders")["messages"])
    assert bram.ask("GET", f"/client/bram/files/{file_id}")[0].status == 200
    assert window.ask("GET", f"/client/hanna/files/{file_id}")[0].status == 409
    assert window.ask("GET", "/client/hanna/files/F0000000099")[0].status == 409
