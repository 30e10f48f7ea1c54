"""Codes by mail: asked, sent, replaced, and too late."""

from datetime import timedelta

import pytest

from domain.actor import OPERATOR, SCHEDULE
from domain.audit import AuditAct
from domain.errors import NotPermittedError
from domain.sign_in.step_up import GivenKind
from domain.sign_in.step_up_mail import CodeAddressUnknownError, MailedKind
from domain.step_ups import StepUp, StepUpBlockedError
from tests.domain.step_up.giving import BRAM_EMAIL, wrong


def test_nobody_is_asked_a_code_unless_chosen_or_required(codes):
    assert all(
        codes.passes(actor)
        for actor in (codes.office.hanna, codes.bram, codes.office.ursula)
    )
    codes.demand(codes.bram)
    assert codes.asked() == "step_up_required"
    assert codes.passes(codes.office.ursula)


def test_the_operator_and_the_schedule_give_no_codes(codes):
    codes.set_address(codes.office.hanna, "hanna@example.nl")
    codes.set_address(codes.office.ursula, "ursula@example.nl")
    codes.demand_of_all()
    assert codes.passes(OPERATOR)
    assert codes.passes(SCHEDULE)
    with pytest.raises(NotPermittedError):
        codes.gives("123456", OPERATOR)
    with pytest.raises(NotPermittedError):
        codes.sends(OPERATOR)


def test_a_mailed_code_is_good_for_fifteen_minutes_to_the_second(codes):
    codes.demand(codes.bram)
    mailed = codes.sends()
    assert mailed.kind is MailedKind.SENT
    assert mailed.address == "b•••@example.nl"
    [letter] = codes.letters()
    assert letter.to.address == BRAM_EMAIL
    given = codes.gives(codes.mailed())
    assert given.kind is GivenKind.RIGHT
    assert given.until == codes.now + timedelta(minutes=15)
    codes.later(minutes=14, seconds=59)
    assert codes.passes()
    codes.later(seconds=1)
    assert codes.asked() == "step_up_required"


def test_a_mailed_code_works_once(codes):
    codes.demand(codes.bram)
    codes.confirms_by_mail()
    codes.later(minutes=1)
    assert codes.gives(codes.mailed()).kind is GivenKind.NONE_WAITING
    assert len(codes.office.events(AuditAct.STEP_UP_PASSED)) == 1


def test_a_mailed_code_works_for_ten_minutes_to_the_second(codes):
    codes.demand(codes.bram)
    codes.sends()
    code = codes.mailed()
    codes.later(minutes=10)
    assert codes.gives(code).kind is GivenKind.NONE_WAITING
    codes.sends()
    codes.later(minutes=9, seconds=59)
    assert codes.gives(codes.mailed()).kind is GivenKind.RIGHT


def test_a_new_code_replaces_the_one_before(codes):
    codes.demand(codes.bram)
    codes.sends()
    before = codes.mailed()
    codes.sends()
    now = codes.mailed()
    # Once in a million they are the same.
    assert before == now or codes.gives(before).kind is GivenKind.WRONG
    assert codes.gives(now).kind is GivenKind.RIGHT


def test_opening_the_window_again_sends_no_second_code(codes):
    codes.demand(codes.bram)
    sent = codes.sends(anew=False)
    codes.later(minutes=4, seconds=59)
    waiting = codes.sends(anew=False)
    assert (waiting.kind, waiting.until) == (MailedKind.WAITING, sent.until)
    codes.later(seconds=1)
    assert codes.sends(anew=False).kind is MailedKind.SENT
    assert len(codes.letters()) == 2


def test_three_letters_go_out_within_fifteen_minutes_and_no_fourth(codes):
    codes.demand(codes.bram)
    for _ in range(3):
        assert codes.sends().kind is MailedKind.SENT
        codes.later(minutes=4)
    refused = codes.sends()
    assert refused.kind is MailedKind.TOO_MANY
    assert refused.retry_after == timedelta(minutes=3)
    codes.later(minutes=2, seconds=59)
    assert codes.sends().kind is MailedKind.TOO_MANY
    codes.later(seconds=1)
    assert codes.sends().kind is MailedKind.SENT
    assert codes.sends().kind is MailedKind.TOO_MANY
    assert len(codes.letters()) == 4


def test_a_code_of_one_administrator_is_none_of_another(codes):
    ursula = codes.office.ursula
    codes.set_address(ursula, "ursula@example.nl")
    codes.demand(codes.bram)
    codes.demand(ursula)
    codes.sends(ursula)
    code = codes.mailed()
    codes.sends()
    assert codes.mailed() == code or codes.gives(code).kind is GivenKind.WRONG


def test_a_code_is_void_once_the_address_is_another(codes):
    codes.demand(codes.bram)
    codes.sends()
    codes.set_address(codes.bram, "bram.de.boer@example.nl")
    assert codes.gives(codes.mailed()).kind is GivenKind.WRONG


def test_without_an_address_no_code_is_sent(codes):
    codes.demand(codes.bram)
    codes.set_address(codes.bram, None)
    with pytest.raises(CodeAddressUnknownError):
        codes.sends()
    assert codes.letters() == []


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12 34 5x"])
def test_what_is_no_code_is_not_counted(codes, typed):
    codes.demand(codes.bram)
    codes.sends()
    assert codes.gives(typed).kind is GivenKind.MALFORMED
    assert codes.row().wrong_codes == 0


def test_a_code_may_be_typed_with_a_blank_and_wide_digits(codes):
    codes.demand(codes.bram)
    codes.sends()
    code = codes.mailed()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert codes.gives(f" {wide[:3]} {wide[3:]} ").kind is GivenKind.RIGHT


def test_the_fifth_wrong_code_in_a_row_blocks(codes):
    codes.demand(codes.bram)
    codes.sends()
    bad = wrong(codes.mailed())
    assert [codes.gives(bad).left for _ in range(4)] == [4, 3, 2, 1]
    assert codes.gives(bad).kind is GivenKind.BLOCKED
    assert codes.gives(codes.mailed()).kind is GivenKind.BLOCKED
    assert codes.asked() == "step_up_blocked"
    with pytest.raises(StepUpBlockedError):
        codes.sends()
    acts = (AuditAct.STEP_UP_FAILED, AuditAct.STEP_UP_BLOCKED)
    assert [event.act for event in codes.office.events(*acts)] == [
        *[AuditAct.STEP_UP_FAILED] * 4,
        AuditAct.STEP_UP_BLOCKED,
    ]


def test_a_new_letter_gives_no_new_tries(codes):
    codes.demand(codes.bram)
    for left in (4, 3):
        codes.sends()
        assert codes.gives(wrong(codes.mailed())).left == left
    codes.later(days=30)
    codes.sends()
    assert codes.gives(wrong(codes.mailed())).left == 2


def test_a_right_code_forgives_wrong_ones(codes):
    codes.demand(codes.bram)
    codes.sends()
    for _ in range(4):
        codes.gives(wrong(codes.mailed()))
    assert codes.gives(codes.mailed()).kind is GivenKind.RIGHT
    codes.sends()
    assert codes.gives(wrong(codes.mailed())).left == 4


def test_a_block_ends_what_was_confirmed(codes):
    codes.demand(codes.bram)
    codes.confirms_by_mail()
    codes.sends()
    bad = wrong(codes.mailed())
    for _ in range(5):
        codes.gives(bad)
    assert codes.asked() == "step_up_blocked"
    with codes.database.reading() as session:
        row = session.get_one(StepUp, codes.bram.administrator_id)
    assert (row.confirmed_at, row.code_digest) == (None, None)
    assert codes.lifts(codes.bram)
    assert codes.asked() == "step_up_required"
