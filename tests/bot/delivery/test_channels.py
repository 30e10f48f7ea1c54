from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.channels import look_at_channel
from domain.exports.channel import (
    ChannelLook,
    ChannelProblem,
    DeliveryPostponedError,
    DeliveryRefusedError,
    find_problem,
)

FIT = ChannelLook(
    exists=True,
    is_private=True,
    is_shared=False,
    is_archived=False,
    bot_is_member=True,
    person_is_member=True,
)


def test_a_private_channel_with_bot_and_person_in_it_is_fit(client, beheer, identity):
    look = look_at_channel(client, beheer.id, identity)
    assert look == FIT
    assert find_problem(beheer.id, look) is None


@pytest.mark.parametrize(
    ("state", "look", "problem"),
    [
        ({"is_private": False}, {"is_private": False}, ChannelProblem.PUBLIC),
        ({"is_ext_shared": True}, {"is_shared": True}, ChannelProblem.SHARED),
        ({"is_archived": True}, {"is_archived": True}, ChannelProblem.ARCHIVED),
    ],
)
def test_a_channel_that_is_open_shared_or_closed_is_seen_so(
    slack, client, beheer, identity, state, look, problem
):
    slack.change_channel("beheer", **state)
    seen = look_at_channel(client, beheer.id, identity)
    assert seen == replace(FIT, **look)
    assert find_problem(beheer.id, seen) is problem


def test_somebody_who_left_the_channel_is_no_member(slack, client, beheer, identity):
    slack.add_person("bram")
    slack.join("beheer", "bram")
    slack.leave("beheer", "hanna")
    seen = look_at_channel(client, beheer.id, identity)
    assert seen == replace(FIT, person_is_member=False)


def test_a_public_channel_without_the_bot_is_no_place_for_it(
    slack, client, hanna, identity
):
    channel = slack.add_channel("open", ["hanna"], with_app=False)
    seen = look_at_channel(client, channel.id, identity)
    assert (seen.exists, seen.bot_is_member, seen.person_is_member) == (
        True,
        False,
        False,
    )


def test_what_the_bot_cannot_see_does_not_exist(slack, client, hanna, identity):
    slack.tolerates("channel_not_found", "conversations.info")
    hidden = slack.add_channel("hidden", ["hanna"], private=True, with_app=False)
    for channel_id in (hidden.id, "C0NOWHERE"):
        look = look_at_channel(client, channel_id, identity)
        assert look == ChannelLook(exists=False)


def test_a_member_on_the_last_of_many_pages_is_found(slack, client, beheer, identity):
    others = [f"U{number}" for number in range(2500)]
    with slack.changed:
        beheer.members[:0] = others
    assert look_at_channel(client, beheer.id, identity).person_is_member
    assert len(slack.calls("conversations.members")) == 3


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
def test_an_error_while_asking_is_never_permission(
    slack, client, beheer, identity, method
):
    slack.next_call(method).is_rate_limited(17)
    with pytest.raises(DeliveryPostponedError) as postponed:
        look_at_channel(client, beheer.id, identity)
    assert postponed.value.retry_after == timedelta(seconds=17)
    slack.next_call(method).loses_its_answer()
    with pytest.raises(DeliveryPostponedError, match="no_answer"):
        look_at_channel(client, beheer.id, identity)
    slack.next_call(method).fails(503)
    with pytest.raises(DeliveryPostponedError, match="http_503"):
        look_at_channel(client, beheer.id, identity)
    slack.next_call(method).answers("access_denied")
    with pytest.raises(DeliveryRefusedError, match="access_denied"):
        look_at_channel(client, beheer.id, identity)
