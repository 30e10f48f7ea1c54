"""A key that is lost takes apps with it, and leaves nobody without a second factor."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import lost_key, outbox
from domain.actor import OPERATOR, ActorKind
from domain.audit import AuditAct
from domain.letters import queueing, undelivered
from domain.letters.queueing import LetterKind
from domain.logins.model import LoginState, SecondFactor
from domain.lost_key import Loss
from domain.outbox import OutboxMessage
from domain.secret import Keyring, Secret
from domain.sign_in import app_keys, recovery, recovery_codes
from domain.sign_in.second_step import CodeKind
from tests.domain.sign_in.codes.choosing import asked_of
from tests.domain.sign_in.codes.second_steps import VISIT, SecondSteps

NONE, MAIL, APP = SecondFactor.NONE, SecondFactor.MAIL, SecondFactor.APP
NEW_KEY = "another key for tests only of 32 characters or more"
OLD_KEY = "a key for tests only of 32 characters or more"
NOTHING = Loss(0, 0, 0, None)


def with_keys(steps, *keys):
    keyring = Keyring.from_setting(Secret(",".join(keys)))
    return SecondSteps(steps.office, keyring, steps.clock)


@pytest.fixture
def after(steps):
    """The same office when the key is lost and there is a new one."""
    return with_keys(steps, NEW_KEY)


@pytest.fixture
def jan(steps):
    return steps.employee(APP)


def loss_of(steps):
    with steps.database.reading() as session:
        return lost_key.find_loss(session, steps.keyring, actor=OPERATOR)


def gives_up(steps):
    with steps.database.transaction() as session:
        return lost_key.give_up(session, steps.keyring, actor=OPERATOR, now=steps.now)


def asks_for_a_link(steps, login_id):
    name = steps.office.login(login_id).user_name
    recovery.request_link(steps.tools, name, visit=VISIT, now=steps.now)


def outbox_of(steps, kind):
    with steps.database.reading() as session:
        query = select(OutboxMessage).where(OutboxMessage.kind == kind)
        return session.scalars(query.order_by(OutboxMessage.id)).all()


def test_who_had_an_app_is_asked_for_a_mailed_code_where_nothing_was_required(
    steps, after, jan
):
    paper = steps.paper_codes(jan)
    assert loss_of(after) == Loss(0, 0, 0, None, apps=1)
    assert gives_up(after).apps == 1
    login = steps.office.login(jan)
    assert (login.second_factor, login.sealed_totp_seed) == (MAIL, None)
    assert login.totp_last_step is None
    assert asked_of(after, jan) is MAIL
    at_step = after.at_the_step(jan)
    assert after.gives(at_step, paper[0]).kind is CodeKind.WRONG
    assert after.gives(at_step, after.app_code()).kind is CodeKind.WRONG
    assert after.gives(at_step, after.mailed()[-1]).kind is CodeKind.RIGHT
    assert loss_of(after) == NOTHING


def test_sessions_and_half_done_sign_ins_of_the_app_end(steps, after, jan):
    inside, at_step = steps.signed_in(jan), steps.at_the_step(jan)
    gives_up(after)
    assert not after.is_open(inside)
    assert after.gives(at_step, after.app_code()).kind is CodeKind.SPENT


def test_employees_and_administrators_can_read_what_became_of_the_app(
    steps, after, jan
):
    gives_up(after)
    [letter] = after.letters()
    assert letter.kind is LetterKind.FACTOR_SET
    assert letter.values == {"factor": Secret("mail"), "by": Secret("operator")}
    [event] = steps.office.events(AuditAct.SECOND_FACTOR_REMOVED)
    assert (event.login_id, event.actor_kind) == (jan, ActorKind.OPERATOR)
    assert event.details == {"factor": "app", "left": "mail", "why": "key_lost"}


def test_who_can_not_sign_in_gets_no_letter_and_keeps_a_factor(steps, after):
    gone = steps.employee(APP, state=LoginState.EMPLOYMENT_ENDED)
    gives_up(after)
    assert after.letters() == []
    assert steps.office.login(gone).second_factor is MAIL


def test_who_had_no_app_or_has_one_of_a_key_that_is_there_keeps_what_they_have(
    steps, after
):
    factors = {steps.employee(NONE): NONE, steps.employee(MAIL): MAIL}
    piet = after.employee(APP)
    steps.employee(APP)
    gives_up(after)
    for login_id, factor in factors.items():
        login = steps.office.login(login_id)
        assert (login.second_factor, login.credential_version) == (factor, 1)
    outcome = after.gives(after.at_the_step(piet), after.app_code())
    assert outcome.kind is CodeKind.RIGHT


def test_of_an_app_that_was_sealed_anew_only_the_recovery_codes_are_lost(
    steps, after, jan
):
    paper = steps.paper_codes(jan)
    steps.gives(steps.at_the_step(jan), paper[0])
    rotated = with_keys(steps, NEW_KEY, OLD_KEY)
    rotated.gives(rotated.at_the_step(jan), rotated.app_code())
    assert loss_of(after) == Loss(0, 0, 0, None, papers=1)
    gives_up(after)
    steps.clock.forward(timedelta(seconds=30))
    outcome = after.gives(after.at_the_step(jan), after.app_code())
    assert outcome.kind is CodeKind.RIGHT
    with after.database.reading() as session:
        assert recovery_codes.left(session, jan) == 0
    assert loss_of(after) == NOTHING


def test_letters_that_waited_are_given_up_and_managers_hear_of_it(steps, after):
    jan = steps.employee(MAIL)
    steps.at_the_step(jan)
    with steps.database.transaction() as session:
        # Its worker was killed: a lease must not keep it.
        assert outbox.claim_due(session, kinds={queueing.KIND}, now=steps.now)
    assert loss_of(after) == Loss(0, 0, 0, None, letters=1)
    gives_up(after)
    [letter] = outbox_of(steps, queueing.KIND)
    assert (letter.last_error, letter.ended_at) == ("key_lost", steps.now)
    assert "sealed" not in letter.payload
    with steps.database.transaction() as session:
        assert undelivered.tell_managers(session, now=steps.now) == 1
    assert loss_of(after) == NOTHING


def test_requests_for_a_link_that_waited_end_without_a_letter(steps, after):
    asks_for_a_link(steps, steps.employee())
    assert loss_of(after) == Loss(0, 0, 0, None, link_requests=1)
    gives_up(after)
    [request] = outbox_of(steps, recovery.KIND)
    assert (request.payload, request.last_error) == ({}, "key_lost")
    assert after.letters() == []
    assert loss_of(after) == NOTHING


def test_one_part_of_the_logins_is_sealed_anew_at_a_time(steps, jan):
    piet = steps.employee(APP)
    paper = steps.paper_codes(piet)
    rotated = with_keys(steps, NEW_KEY, OLD_KEY)
    before = steps.office.login(jan).sealed_totp_seed
    with steps.database.transaction() as session:
        done = app_keys.seal_anew(session, jan, keyring=rotated.keyring)
    assert done == piet
    assert steps.office.login(jan).sealed_totp_seed == before
    alone = with_keys(steps, NEW_KEY)
    outcome = alone.gives(alone.at_the_step(piet), paper[4])
    assert outcome.kind is CodeKind.RIGHT
    with steps.database.transaction() as session:
        assert app_keys.seal_anew(session, piet, keyring=rotated.keyring) is None


def test_a_seed_that_no_key_opens_is_passed_over(steps, jan):
    rotated = with_keys(steps, NEW_KEY, OLD_KEY)
    piet = steps.employee(APP)
    moved = steps.office.login(piet).sealed_totp_seed
    with steps.database.transaction() as session:
        session.get_one(type(steps.office.login(jan)), jan).sealed_totp_seed = moved
    with steps.database.transaction() as session:
        assert app_keys.seal_anew(session, 0, keyring=rotated.keyring) == piet
    assert steps.office.login(jan).sealed_totp_seed == moved
    assert rotated.keyring.newest_id in steps.office.login(piet).sealed_totp_seed
