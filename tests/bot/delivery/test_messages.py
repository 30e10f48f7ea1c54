from datetime import timedelta

import pytest
from slack_sdk.models.blocks import MarkdownTextObject, SectionBlock

from bot.delivery.messages import post_message, update_message
from domain.exports.channel import DeliveryPostponedError, DeliveryRefusedError


def _says(text):
    return [SectionBlock(text=MarkdownTextObject(text=text))]


def test_a_message_is_posted_and_rewritten_in_place(slack, client, beheer, hanna):
    place = post_message(client, beheer.id, _says("12 van 40"), "bezig: 12")
    hanna.sees("12 van 40", in_channel="beheer")
    update_message(client, place, _says("40 van 40"), "klaar: 40")
    hanna.sees("40 van 40", in_channel="beheer")
    (message,) = slack.messages("beheer")
    assert (place.channel_id, place.ts) == (beheer.id, message.ts)
    assert message.text == "klaar: 40"


def test_links_in_a_message_are_not_unfolded(slack, client, beheer, hanna):
    post_message(client, beheer.id, _says("<https://a.example>"), "adres")
    sent = slack.calls("chat.postMessage")[0].arguments
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)
    hanna.reads_channel("beheer")


def test_a_message_to_a_person_is_rewritten_where_slack_put_it(slack, client, hanna):
    place = post_message(client, hanna.id, _says("Klaar"), "Klaar")
    update_message(client, place, _says("Verlopen"), "Verlopen")
    assert "Verlopen" in hanna.reads_dm()


def test_a_message_whose_answer_is_lost_is_not_posted_twice_by_itself(
    slack, client, beheer, hanna
):
    slack.next_call("chat.postMessage").loses_its_answer()
    with pytest.raises(DeliveryPostponedError, match="no_answer"):
        post_message(client, beheer.id, _says("12 van 40"), "bezig: 12")
    assert len(slack.messages("beheer")) == 1
    hanna.reads_channel("beheer")


def test_a_message_that_was_deleted_cannot_be_rewritten(slack, client, beheer):
    place = post_message(client, beheer.id, _says("12 van 40"), "bezig: 12")
    client.chat_delete(channel=beheer.id, ts=place.ts)
    slack.tolerates("message_not_found")
    with pytest.raises(DeliveryRefusedError, match="message_not_found"):
        update_message(client, place, _says("40 van 40"), "klaar: 40")


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
def test_too_many_messages_say_later_and_when(slack, client, beheer, hanna, method):
    place = post_message(client, beheer.id, _says("1 van 2"), "bezig")
    hanna.reads_channel("beheer")
    slack.next_call(method).is_rate_limited(5)
    with pytest.raises(DeliveryPostponedError) as postponed:
        if method == "chat.update":
            update_message(client, place, _says("2 van 2"), "klaar")
        else:
            post_message(client, beheer.id, _says("2 van 2"), "klaar")
    assert postponed.value.retry_after == timedelta(seconds=5)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (lambda slack: slack.leave("beheer"), "not_in_channel|channel_not_found"),
        (lambda slack: slack.change_channel("beheer", is_archived=True), "is_archived"),
    ],
)
def test_a_channel_that_takes_no_messages_is_a_refusal(
    slack, client, beheer, what, code
):
    what(slack)
    for refusal in code.split("|"):
        slack.tolerates(refusal)
    with pytest.raises(DeliveryRefusedError, match=code):
        post_message(client, beheer.id, _says("klaar"), "klaar")
