"""Codes that managers require, and blocks that they lift."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from domain import step_ups
from domain.actor import OPERATOR, SCHEDULE, AdministratorId
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.outbox import OutboxMessage
from domain.sign_in.step_up import BLOCKED_NOTICE, OwnBlockError
from domain.sign_in.step_up_demands import (
    CodesUnreachableError,
    CodesUnsendableError,
)
from domain.slack_users import remember
from domain.step_ups import StepUpBlockedAloneError, StepUpRequiredError
from tests.domain.office import URSULA, member
from tests.domain.step_up.giving import wrong

REQUIRED = AuditAct.CODES_REQUIRED


@pytest.fixture
def reachable(codes):
    codes.set_address(codes.office.hanna, "hanna@example.nl")
    codes.set_address(codes.office.ursula, "ursula@example.nl")
    return codes


def block(codes, actor=None):
    codes.demand(actor or codes.bram)
    codes.sends(actor)
    bad = wrong(codes.mailed())
    for _ in range(5):
        codes.gives(bad, actor)


def test_only_managers_require_codes_and_lift_blocks(codes):
    for actor in (codes.bram, codes.office.ursula, OPERATOR, SCHEDULE):
        with pytest.raises(NotPermittedError):
            codes.demand(codes.bram, by=actor)
        with pytest.raises(NotPermittedError):
            codes.demand_of_all(by=actor)
        with pytest.raises(NotPermittedError):
            codes.lifts(codes.office.hanna, by=actor)
    assert codes.passes()


def test_required_once_is_logged_once(codes):
    assert codes.demand(codes.bram)
    assert not codes.demand(codes.bram)
    assert codes.demand(codes.bram, required=False)
    assert not codes.demand(codes.bram, required=False)
    assert [e.details["required"] for e in codes.office.events(REQUIRED)] == [
        True,
        False,
    ]
    assert codes.passes()


def test_codes_are_not_required_of_who_has_no_address(codes):
    with codes.database.transaction() as session:
        remember(session, URSULA, member("Ursula Ulrich"), now=codes.now)
    with pytest.raises(CodesUnreachableError) as refused:
        codes.demand(codes.office.ursula)
    assert refused.value.fields == {"names": "Ursula Ulrich"}
    assert codes.passes(codes.office.ursula)


def test_codes_are_not_required_of_all_while_somebody_has_no_address(codes):
    codes.set_address(codes.office.ursula, "ursula@example.nl")
    with pytest.raises(CodesUnreachableError) as refused:
        codes.demand_of_all()
    # Hanna herself; nobody has told us yet how Slack shows her.
    assert refused.value.fields == {"names": "U0HANNA"}
    assert codes.office.events(REQUIRED) == []


def test_who_has_an_app_needs_no_address(codes):
    hanna = codes.office.hanna
    codes.set_address(codes.office.ursula, "ursula@example.nl")
    app = codes.has_app(hanna)
    codes.gives(app.at(codes.now), hanna)
    assert codes.demand_of_all()


def test_codes_of_all_are_required_and_let_go(reachable):
    codes = reachable
    assert codes.demand_of_all()
    assert not all(
        codes.passes(actor)
        for actor in (codes.office.hanna, codes.bram, codes.office.ursula)
    )
    with pytest.raises(StepUpRequiredError):
        codes.demand_of_all(required=False)
    codes.confirms_by_mail(codes.office.hanna)
    assert not codes.demand_of_all()
    assert codes.demand_of_all(required=False)
    assert codes.passes()
    assert len(codes.office.events(REQUIRED)) == 2


def test_codes_by_mail_are_not_required_where_no_letter_can_leave(reachable):
    with pytest.raises(CodesUnsendableError):
        reachable.demand_of_all(mails=False)
    with pytest.raises(CodesUnsendableError):
        reachable.demand(reachable.bram, mails=False)
    reachable.has_app()
    assert reachable.demand(reachable.bram, mails=False)


def test_nobody_who_was_dismissed_is_asked(codes):
    with pytest.raises(NotFoundError):
        codes.demand(ghost(codes))


def ghost(codes):
    return replace(codes.bram, administrator_id=AdministratorId(999))


def test_a_block_is_told_to_managers_once(codes):
    block(codes)
    codes.gives("123456")
    with codes.database.reading() as session:
        query = select(OutboxMessage).where(OutboxMessage.kind == BLOCKED_NOTICE)
        [told] = session.scalars(query)
    assert told.payload == {"administrator_id": codes.bram.administrator_id}


def test_a_lifted_block_gives_five_tries_again(codes):
    block(codes)
    assert codes.lifts(codes.bram)
    assert not codes.lifts(codes.bram)
    codes.sends()
    assert codes.gives(wrong(codes.mailed())).left == 4
    [event] = codes.office.events(AuditAct.STEP_UP_LIFTED)
    assert event.details == {"administrator_id": codes.bram.administrator_id}
    assert event.administrator_id == codes.office.hanna.administrator_id


def test_nobody_lifts_the_own_block_and_a_sole_manager_is_told_whom_to_ask(reachable):
    codes, hanna = reachable, reachable.office.hanna
    block(codes, hanna)
    with pytest.raises(OwnBlockError):
        codes.lifts(hanna, by=hanna)
    assert codes.asked(hanna) == StepUpBlockedAloneError.code
    assert codes.asked(codes.bram) is None


def test_a_blocked_manager_is_told_who_else_can_lift_it(reachable):
    codes, hanna = reachable, reachable.office.hanna
    codes.appoint_manager("U0KARIM")
    block(codes, hanna)
    with codes.database.reading() as session:
        refusal = step_ups.blocked(session, hanna)
    assert refusal.code == "step_up_blocked"
    assert refusal.fields == {"names": "U0KARIM"}


def test_lifting_takes_a_code_of_who_lifts(reachable):
    codes = reachable
    block(codes)
    codes.demand(codes.office.hanna)
    with pytest.raises(StepUpRequiredError):
        codes.lifts(codes.bram)
    codes.confirms_by_mail(codes.office.hanna)
    assert codes.lifts(codes.bram)


def test_nobody_is_lifted_who_is_not_there(codes):
    with pytest.raises(NotFoundError):
        codes.lifts(ghost(codes))
