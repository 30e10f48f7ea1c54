"""What is chosen in the dry run of a mailing survives the way through Slack."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import payload
from bot.locale import translator
from bot.resets import mailing_choice, whom
from bot.resets.mailing_choice import AFTER_DAYS, MailChoice
from domain.errors import NotFoundError
from domain.runs.planning import ResetChoice, ResetScope

CHOICES = st.builds(
    MailChoice,
    st.builds(
        ResetChoice,
        st.sampled_from(ResetScope),
        st.frozensets(st.sampled_from(whom.GROUPS)),
    ),
    only_new=st.booleans(),
    again=st.booleans(),
    template_id=st.none() | st.integers(1, 10**9 - 1),
    remind_after=st.frozensets(st.sampled_from(AFTER_DAYS)),
)


def body_of(choice, values=None):
    ids = payload.to_remember(**choice.remembered())
    state = {"values": values or {}}
    return {"view": {"private_metadata": ids, "state": state}}


def ticked(*values):
    return {"selected_options": [{"value": value} for value in values]}


@given(choice=CHOICES)
def test_what_is_remembered_is_what_was_chosen(choice):
    assert mailing_choice.choice_of(payload.remembered(body_of(choice))) == choice
    assert mailing_choice.chosen(body_of(choice)) == choice


@given(shown=CHOICES, wanted=CHOICES)
def test_what_is_ticked_now_counts_for_more_than_what_was_shown(shown, wanted):
    also = ticked(*(state.value for state in wanted.reset.also))
    scope = {"selected_option": {"value": wanted.reset.scope.value}}
    again = ticked("again") if wanted.again else ticked()
    remind = ticked(*map(str, wanted.remind_after))
    values = {
        whom.SCOPE_BLOCK: {whom.CHOOSE_SCOPE: scope},
        whom.ALSO_BLOCK: {whom.TICK_ALSO: also},
        mailing_choice.AGAIN_BLOCK: {mailing_choice.TICK_AGAIN: again},
        mailing_choice.REMIND_BLOCK: {mailing_choice.TICK_REMIND: remind},
    }
    if wanted.template_id is not None:
        chosen = {"selected_option": {"value": str(wanted.template_id)}}
        block_id = mailing_choice.template_block(shown.template_id)
        values[block_id] = {mailing_choice.CHOOSE_TEMPLATE: chosen}
    read = mailing_choice.chosen(body_of(shown, values))
    assert (read.reset, read.again) == (wanted.reset, wanted.again)
    assert read.remind_after == wanted.remind_after
    assert read.template_id == (wanted.template_id or shown.template_id)
    assert read.only_new == shown.only_new


@pytest.mark.parametrize("days", ["1", "3 5", "-3", "x", "٣"])
def test_other_days_than_those_offered_are_refused(days):
    ids = json.dumps({"scope": "never_signed_in", "remind": days})
    with pytest.raises(NotFoundError):
        mailing_choice.chosen({"view": {"private_metadata": ids}})


def test_the_first_act_begins_with_the_branch_and_the_second_with_the_new():
    assert mailing_choice.first(only_new=False).reset.scope is ResetScope.WHOLE_BRANCH
    second = mailing_choice.first(only_new=True)
    assert second.reset.scope is ResetScope.NEVER_SIGNED_IN
    assert (second.again, second.remind_after) == (False, frozenset())


def test_no_reminder_is_ticked_unless_it_was_chosen():
    t = translator("nl")
    blocks = mailing_choice.reminders(frozenset(), t)
    (boxes,) = [each for each in blocks if each.block_id == "remind"]
    assert "initial_options" not in boxes.to_dict()["elements"][0]
