import threading
from datetime import timedelta

import pytest

from bot.app import web_client
from bot.delivery.files import FileDelivery
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError
from domain.secret import Secret


def test_a_file_arrives_in_the_channel_as_it_was_with_its_comment(
    slack, files, upload, shared, hanna, beheer
):
    content = bytes(range(256)) * 500
    file_id = upload(content, "werknemerslogins-utrecht-2026-11-20.xlsx")
    hanna.sees("Logins van Utrecht", in_channel="beheer")
    shared(file_id)
    assert files.is_posted(file_id, beheer.id)
    assert hanna.downloads("werknemerslogins-utrecht-2026-11-20.xlsx") == content


def test_a_file_is_posted_only_once_its_share_is_in_that_channel(
    slack, files, upload, shared, hanna, beheer
):
    slack.tolerates("file_not_found", "files.info")
    reserved = files.reserve("lijst.xlsx", 9)
    assert not files.is_posted(reserved.file_id, beheer.id)
    slack.files.hold_sharing()
    file_id = upload()
    assert not files.is_posted(file_id, beheer.id)
    slack.files.release_sharing()
    shared(file_id)
    assert files.is_posted(file_id, beheer.id)
    assert not files.is_posted(file_id, "C0OTHER")
    hanna.reads_channel("beheer")


def test_a_file_that_never_appears_is_deleted_and_another_one_posted(
    slack, files, upload, shared, hanna, beheer
):
    slack.tolerates("file_deleted", "files.info")
    slack.files.never_share_next()
    lost = upload()
    assert not files.is_posted(lost, beheer.id)
    files.delete(lost)
    again = upload()
    shared(again)
    assert (files.is_posted(lost, beheer.id), files.is_posted(again, beheer.id)) == (
        False,
        True,
    )
    hanna.reads_channel("beheer")


def test_an_upload_whose_last_answer_is_lost_is_completed_once(
    slack, files, beheer, shared, hanna
):
    reserved = files.reserve("lijst.xlsx", 4)
    files.send(reserved.upload_url, b"rows")
    slack.next_call("files.completeUploadExternal").loses_its_answer()
    with pytest.raises(DeliveryPostponedError, match="no_answer"):
        files.complete(reserved.file_id, "lijst.xlsx", beheer.id, "Logins")
    assert len(slack.calls("files.completeUploadExternal")) == 1
    shared(reserved.file_id)
    assert files.is_posted(reserved.file_id, beheer.id)
    hanna.sees("Logins", in_channel="beheer")
    assert len(slack.messages("beheer")) == 1


@pytest.mark.parametrize(
    ("method", "act"),
    [
        ("files.getUploadURLExternal", lambda files: files.reserve("a.xlsx", 4)),
        (
            "files.completeUploadExternal",
            lambda files: files.complete("F1", "a.xlsx", "C1", ""),
        ),
        ("files.info", lambda files: files.is_posted("F1", "C1")),
        ("files.delete", lambda files: files.delete("F1")),
    ],
)
def test_too_many_calls_and_an_unwell_slack_say_later_and_a_refusal_says_no(
    slack, files, method, act
):
    slack.next_call(method).is_rate_limited(30)
    with pytest.raises(DeliveryPostponedError) as postponed:
        act(files)
    assert postponed.value.retry_after == timedelta(seconds=30)
    for status in (500, 502, 503):
        slack.next_call(method).fails(status)
        with pytest.raises(DeliveryPostponedError, match=f"http_{status}"):
            act(files)
    for passing in ("internal_error", "service_unavailable", "fatal_error"):
        slack.next_call(method).answers(passing)
        with pytest.raises(DeliveryPostponedError, match=passing):
            act(files)
    slack.next_call(method).answers("restricted_action")
    with pytest.raises(DeliveryRefusedError, match="restricted_action"):
        act(files)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (lambda slack: slack.leave("beheer"), "invalid_channel"),
        (
            lambda slack: slack.change_channel("beheer", is_archived=True),
            "posting_to_channel_denied",
        ),
    ],
)
def test_a_channel_that_takes_no_files_is_a_refusal(slack, files, beheer, what, code):
    reserved = files.reserve("lijst.xlsx", 4)
    files.send(reserved.upload_url, b"rows")
    what(slack)
    slack.tolerates(code)
    with pytest.raises(DeliveryRefusedError, match=code):
        files.complete(reserved.file_id, "lijst.xlsx", beheer.id, "Logins")


def test_a_deleted_file_is_gone_however_often_it_is_deleted(
    slack, files, upload, shared, hanna, beheer
):
    for method in ("files.delete", "files.info"):
        slack.tolerates("file_deleted", method)
    file_id = upload()
    shared(file_id)
    hanna.reads_channel("beheer")
    slack.next_call("files.delete").loses_its_answer()
    with pytest.raises(DeliveryPostponedError):
        files.delete(file_id)
    files.delete(file_id)
    files.delete(file_id)
    assert slack.files.all[file_id].deleted
    assert not files.is_posted(file_id, beheer.id)


def test_a_reserved_place_that_was_never_used_is_gone_when_it_is_deleted(slack, files):
    slack.tolerates("file_not_found")
    files.delete(files.reserve("lijst.xlsx", 4).file_id)


def test_a_file_that_is_still_there_is_not_called_deleted(
    slack, files, upload, shared, hanna
):
    file_id = upload()
    shared(file_id)
    hanna.reads_channel("beheer")
    slack.next_call("files.delete").answers("file_not_found")
    with pytest.raises(DeliveryPostponedError, match="file_still_there"):
        files.delete(file_id)
    slack.next_call("files.delete").answers("cant_delete_file")
    with pytest.raises(DeliveryRefusedError, match="cant_delete_file"):
        files.delete(file_id)


def test_bytes_that_do_not_get_through_say_later(slack, files):
    reserved = files.reserve("lijst.xlsx", 4)
    slack.next_call("upload").fails(503)
    with pytest.raises(DeliveryPostponedError, match="http_503"):
        files.send(reserved.upload_url, b"rows")
    files.send(reserved.upload_url, b"rows")


def test_bytes_go_only_where_the_web_api_would_and_without_the_token(files, serving):
    with serving(200, b"OK", {}) as (url, seen):
        files.send(url, b"rows")
    assert "Authorization" not in seen[0]
    for address in ("file:///etc/hostname", "https://127.0.0.1/", "ftp://127.0.0.1/"):
        with pytest.raises(DeliveryRefusedError, match="unexpected_upload_url"):
            files.send(address, b"rows")


@pytest.mark.parametrize("status", [200, 404, 502])
def test_an_answer_that_is_not_slacks_says_later(serving, status):
    with serving(status, b"<html>Out of order</html>", {}) as (url, _):
        files = FileDelivery(web_client(Secret("xoxb-1"), url))
        with pytest.raises(DeliveryPostponedError, match=f"http_{status}"):
            files.reserve("lijst.xlsx", 4)


def test_an_upload_address_can_ask_for_patience_too(files, serving):
    with (
        serving(429, b"", {"Retry-After": "12"}) as (url, _),
        pytest.raises(DeliveryPostponedError) as postponed,
    ):
        files.send(url, b"rows")
    assert postponed.value.retry_after == timedelta(seconds=12)


def test_a_slack_that_is_not_there_says_later(serving):
    with serving(200, b"", {}) as (url, _):
        gone = FileDelivery(web_client(Secret("xoxb-1"), url))
    with pytest.raises(DeliveryPostponedError, match="no_answer"):
        gone.reserve("lijst.xlsx", 4)


def test_a_slack_that_does_not_answer_is_not_waited_for_long(slack, client):
    client.timeout = 1
    held = slack.next_call("files.info").is_held()
    outcome = []

    def ask():
        try:
            FileDelivery(client).is_posted("F1", "C1")
        except DeliveryPostponedError as error:
            outcome.append(error.code)

    asking = threading.Thread(target=ask)
    asking.start()
    held.is_reached()
    asking.join(slack.patience)
    assert outcome == ["no_answer"]
    slack.tolerates("file_not_found")
    held.release()
    assert slack.wait_until(lambda: slack.calls("files.info"), slack.patience)
