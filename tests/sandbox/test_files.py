"""Files: the external upload in three steps, sharing a moment later, deletion."""

import threading

import pytest
import yaml
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack import ImpossibleError, Workspace
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.pieces import field, modal, plain
from tests.sandbox.running import fetch

WORKBOOK = b"PK\x03\x04 werkboek"


@pytest.fixture
def beheer(slack, hanna):
    return slack.add_channel("beheer", ["hanna"], private=True)


def upload(client, content=WORKBOOK, name="logins.xlsx"):
    """The first two steps; gives the file id."""
    announced = client.files_getUploadURLExternal(filename=name, length=len(content))
    assert fetch(announced["upload_url"], content)[0] == 200
    return announced["file_id"]


def shares(client, file_id):
    return client.files_info(file=file_id)["file"]["shares"]


def test_an_upload_ends_as_a_file_that_people_can_download(
    slack, client, hanna, beheer
):
    answer = client.files_upload_v2(
        channel=beheer.id,
        filename="logins.xlsx",
        content=WORKBOOK,
        initial_comment="Voor de *mailmerge*",
    )
    sight = hanna.sees("Voor de mailmerge [file] logins.xlsx")
    assert hanna.downloads("logins.xlsx") == WORKBOOK
    file = client.files_info(file=answer["file"]["id"])["file"]
    assert (file["size"], file["filetype"]) == (len(WORKBOOK), "xlsx")
    [share] = file["shares"]["private"][beheer.id]
    assert share["ts"] == sight.surface.ts
    slack.assert_all_read()


def test_a_share_shows_only_a_moment_after_completing(slack, client, hanna, beheer):
    slack.files.hold_sharing()
    file_id = upload(client)
    client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=beheer.id)
    assert shares(client, file_id) == {}
    assert slack.messages("beheer") == []
    slack.files.release_sharing()
    assert list(shares(client, file_id)["private"]) == [beheer.id]
    assert hanna.downloads("logins.xlsx") == WORKBOOK


def test_a_share_can_fail_to_appear_for_ever(slack, client, hanna, beheer):
    slack.files.never_share_next()
    file_id = upload(client)
    client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=beheer.id)
    slack.files.release_sharing()
    assert shares(client, file_id) == {}
    client.files_delete(file=file_id)
    again = upload(client)
    client.files_completeUploadExternal(files=[{"id": again}], channel_id=beheer.id)
    assert hanna.downloads("logins.xlsx") == WORKBOOK


def test_an_upload_is_completed_once(client, beheer):
    file_id = upload(client)
    arguments = {"files": [{"id": file_id}], "channel_id": beheer.id}
    client.files_completeUploadExternal(**arguments)
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(**arguments)


def test_what_was_not_uploaded_can_not_be_completed(client, beheer):
    announced = client.files_getUploadURLExternal(filename="a", length=3)
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(files=[{"id": announced["file_id"]}])
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_info(file=announced["file_id"])


def test_bytes_that_were_announced_otherwise_are_refused(slack, client):
    announced = client.files_getUploadURLExternal(filename="a", length=3)
    assert fetch(announced["upload_url"], b"vier")[0] == 400
    slack.sees_fault("not announced")


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ({"with_app": False}, "posting_to_channel_denied"),
        ({"with_app": False, "private": True}, "invalid_channel"),
        ({"is_archived": True}, "posting_to_channel_denied"),
    ],
)
def test_a_file_goes_only_where_the_app_may_post(slack, client, state, error):
    channel = slack.add_channel("elders", **state)
    file_id = upload(client)
    with pytest.raises(SlackApiError, match=error):
        client.files_completeUploadExternal(
            files=[{"id": file_id}], channel_id=channel.id
        )


def test_a_file_without_channel_is_private(slack, client, hanna):
    file_id = upload(client)
    client.files_completeUploadExternal(files=[{"id": file_id}])
    assert shares(client, file_id) == {}
    slack.patience = 0.2
    with pytest.raises(ImpossibleError, match="finds no file"):
        hanna.downloads("logins.xlsx")


def test_a_deleted_file_is_gone_for_everybody(slack, client, hanna, beheer):
    file_id = client.files_upload_v2(
        channel=beheer.id, filename="logins.xlsx", content=WORKBOOK
    )["file"]["id"]
    assert hanna.downloads("logins.xlsx")
    client.files_delete(file=file_id)
    assert slack.messages("beheer") == []
    for call in (client.files_info, client.files_delete):
        with pytest.raises(SlackApiError, match="file_deleted"):
            call(file=file_id)
    slack.patience = 0.2
    with pytest.raises(ImpossibleError):
        hanna.downloads("logins.xlsx")


def test_a_comment_stays_when_its_file_is_deleted(slack, client, hanna, beheer):
    file_id = client.files_upload_v2(
        channel=beheer.id,
        filename="logins.xlsx",
        content=WORKBOOK,
        initial_comment="Export",
    )["file"]["id"]
    hanna.sees("logins.xlsx")
    client.files_delete(file=file_id)
    assert hanna.reads_channel("beheer") == "Export"


def test_a_file_of_a_person_is_hers_to_delete(slack, client, hanna):
    file = slack.files.announce("lijst.xlsx", 1, hanna.id)
    file.content, file.completed = b"x", True
    with pytest.raises(SlackApiError, match="cant_delete_file"):
        client.files_delete(file=file.id)


def test_url_private_opens_with_the_bot_token(slack, client):
    file_id = upload(client)
    client.files_completeUploadExternal(files=[{"id": file_id}])
    url = client.files_info(file=file_id)["file"]["url_private"]
    assert fetch(url, token=slack.bot_token) == (200, WORKBOOK)
    assert b"sign in" in fetch(url)[1]


def test_an_upload_can_fail_on_demand(slack, client):
    slack.next_call("upload").fails(503)
    announced = client.files_getUploadURLExternal(filename="a", length=3)
    assert fetch(announced["upload_url"], b"abc")[0] == 503
    assert fetch(announced["upload_url"], b"abc")[0] == 200
    assert slack.unread() == []


def test_what_was_uploaded_can_be_searched(slack, client):
    upload(client, b"geheim kq7m-abcd")
    assert "kq7m-abcd" in slack.recorded_text()


def test_a_comment_that_no_message_could_hold_finishes_nothing(slack, client, beheer):
    file_id = upload(client)
    slack.tolerates("msg_too_long")
    arguments = {"files": [{"id": file_id}], "channel_id": beheer.id}
    with pytest.raises(SlackApiError, match="msg_too_long"):
        client.files_completeUploadExternal(initial_comment="x" * 40_001, **arguments)
    client.files_completeUploadExternal(**arguments)


def test_a_person_shares_a_file_that_only_the_channel_can_download(
    slack, client, hanna, beheer
):
    slack.add_person("bram")
    message = slack.share_file(
        "hanna", "beheer", "lijst.xlsx", WORKBOOK, text="De lijst & <meer>"
    )
    assert message.text == "De lijst &amp; &lt;meer&gt;"
    assert message.author_id == hanna.id
    read = hanna.reads_channel("beheer")
    assert read == "De lijst & <meer>\n[file] lijst.xlsx"
    assert hanna.downloads("lijst.xlsx") == WORKBOOK
    [file_id] = message.file_ids
    assert client.files_info(file=file_id)["file"]["user"] == hanna.id
    with pytest.raises(ImpossibleError):
        slack.person("bram").client.download(slack.files.all[file_id])


def test_a_download_can_fail_or_be_held_on_demand(slack, client):
    file_id = upload(client)
    client.files_completeUploadExternal(files=[{"id": file_id}])
    url = client.files_info(file=file_id)["file"]["url_private_download"]
    slack.next_call("url_private").fails(503)
    assert fetch(url, token=slack.bot_token)[0] == 503
    held = slack.next_call("url_private").is_held()
    got = []
    asking = threading.Thread(
        target=lambda: got.append(fetch(url, token=slack.bot_token))
    )
    asking.start()
    held.is_reached()
    assert got == []
    held.release()
    asking.join()
    assert got == [(200, WORKBOOK)]


def test_an_address_holds_a_name_that_fits_into_addresses(client):
    file_id = upload(client, name="Lijst Café.xlsx")
    client.files_completeUploadExternal(files=[{"id": file_id}])
    file = client.files_info(file=file_id)["file"]
    assert file["name"] == "Lijst Café.xlsx"
    assert file["url_private"].endswith("/lijst_caf_.xlsx")


def test_a_file_of_a_person_goes_where_slack_lets_the_app_delete_it(
    slack, client, hanna
):
    file = slack.files.announce("lijst.xlsx", 1, hanna.id)
    file.content, file.completed = b"x", True
    slack.files.app_may_delete_any = True
    client.files_delete(file=file.id)
    with pytest.raises(SlackApiError, match="file_deleted"):
        client.files_info(file=file.id)


def test_an_app_that_may_not_read_files_asks_for_none(tmp_path):
    manifest = yaml.safe_load(MANIFEST.read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove("files:read")
    path = tmp_path / "manifest.yml"
    path.write_text(yaml.safe_dump(manifest))
    entry = field("Lijst", {"type": "file_input", "action_id": "f"})
    view = modal(entry, submit=plain("Inleveren"))
    with Workspace.from_manifest(path).serve() as slack:
        slack.tolerates("missing_scope")
        person = slack.add_person("hanna", "Hanna")
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        trigger_id = slack.tickets.new_trigger(person.id)
        with pytest.raises(SlackApiError, match="files:read"):
            client.views_open(trigger_id=trigger_id, view=view)
