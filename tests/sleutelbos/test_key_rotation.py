"""A key that is replaced: all goes on with `NEW,OLD`, and OLD leaves after a while."""

from datetime import timedelta

import pytest

from domain import lost_key
from domain.actor import OPERATOR
from domain.letters.queueing import LetterKind, Recipient, queue_letter
from domain.logins.model import SecondFactor
from domain.secret import Keyring, Secret
from domain.sign_in import recovery, recovery_letters
from domain.sign_in.second_step import CodeKind
from domain.sign_in.step_up import GivenKind
from sleutelbos import sealed_values
from sleutelbos.timed_jobs import JobTools, timed_jobs
from tests.domain.office import furnish
from tests.domain.runs.drawer import Drawer
from tests.domain.sign_in.codes.second_steps import VISIT, SecondSteps
from tests.domain.step_up.giving import Codes

OLD_KEY = "a key for tests only of 32 characters or more"
NEW_KEY = "another key for tests only of 32 characters or more"
# What docs/operations.md says.
OLD_IS_KEPT_FOR = timedelta(days=3)


@pytest.fixture
def with_keys(database, now, clock):
    office = furnish(database, now)

    def with_these(*keys):
        keyring = Keyring.from_setting(Secret(",".join(keys)))
        return SecondSteps(office, keyring, clock)

    return with_these


@pytest.fixture
def old(with_keys):
    return with_keys(OLD_KEY)


@pytest.fixture
def both(with_keys):
    return with_keys(NEW_KEY, OLD_KEY)


@pytest.fixture
def new(with_keys):
    return with_keys(NEW_KEY)


def does(steps, name):
    """Do the timed job of this name now."""
    channel = Drawer().channel()
    tools = JobTools(steps.database, steps.keyring, steps.clock, channel)
    jobs = {job.name: job.work for job in timed_jobs(tools)}
    jobs[name](lambda: None)


def queue_notice(steps):
    to = Recipient("sanne@example.nl", "Sanne", "nl")
    with steps.database.transaction() as session:
        queue_letter(
            session, LetterKind.LOCKED_OUT, to, keyring=steps.keyring, now=steps.now
        )


def asks_for_a_link(steps, login_id):
    name = steps.office.login(login_id).user_name
    recovery.request_link(steps.tools, name, visit=VISIT, now=steps.now)


def answers(steps):
    transaction = steps.database.transaction
    return recovery_letters.answer_next(transaction, steps.keyring, steps.clock)


def test_an_app_and_its_recovery_codes_work_under_the_new_key_beside_the_old(old, both):
    jan = old.employee(SecondFactor.APP)
    paper = old.paper_codes(jan)
    for code in (both.app_code(), paper[0]):
        assert both.gives(both.at_the_step(jan), code).kind is CodeKind.RIGHT


def test_a_code_that_was_mailed_before_works_under_the_new_key_beside_the_old(
    old, both
):
    at_step = old.at_the_step(old.employee(SecondFactor.MAIL))
    assert both.gives(at_step, old.mailed()[-1]).kind is CodeKind.RIGHT


def test_letters_and_requests_that_wait_are_read_under_the_new_key_beside_the_old(
    old, both
):
    jan = old.employee()
    queue_notice(old)
    asks_for_a_link(old, jan)
    assert answers(both)
    kinds = [letter.kind for letter in both.letters()]
    assert kinds == [LetterKind.LOCKED_OUT, LetterKind.RECOVERY_LINK]


def test_apps_and_recovery_codes_need_their_key_until_they_are_sealed_anew(
    old, both, new
):
    jan = old.employee(SecondFactor.APP)
    paper = old.paper_codes(jan)
    assert sealed_values.key_ids(old.database) == {old.keyring.newest_id}
    does(both, "seal_anew")
    assert sealed_values.key_ids(old.database) == {new.keyring.newest_id}
    for code in (new.app_code(), paper[0]):
        assert new.gives(new.at_the_step(jan), code).kind is CodeKind.RIGHT


def test_apps_of_administrators_need_their_key_until_they_are_sealed_anew(
    old, both, new, clock
):
    app = Codes(old.office, old.keyring, clock).has_app()
    assert sealed_values.key_ids(old.database) == {old.keyring.newest_id}
    does(both, "seal_anew")
    assert sealed_values.key_ids(old.database) == {new.keyring.newest_id}
    given = Codes(new.office, new.keyring, clock).gives(app.at(clock()))
    assert given.kind is GivenKind.RIGHT


def test_keys_of_apps_that_were_never_confirmed_are_wiped(old, clock):
    codes = Codes(old.office, old.keyring, clock)
    codes.begins_app()
    clock.forward(timedelta(minutes=29, seconds=59))
    does(old, "clean_up")
    assert codes.row().sealed_pending_seed
    clock.forward(timedelta(seconds=1))
    does(old, "clean_up")
    assert codes.row().sealed_pending_seed is None


def test_recovery_codes_of_an_app_that_was_used_since_still_need_the_old_key(old, both):
    jan = old.employee(SecondFactor.APP)
    old.paper_codes(jan)
    both.gives(both.at_the_step(jan), both.app_code())
    assert sealed_values.key_ids(old.database) == both.keyring.key_ids


def test_a_used_recovery_code_needs_no_key(old, both):
    jan = old.employee(SecondFactor.APP)
    for code in old.paper_codes(jan):
        old.gives(old.at_the_step(jan), code)
    both.gives(both.at_the_step(jan), both.app_code())
    assert sealed_values.key_ids(old.database) == {both.keyring.newest_id}


def test_what_is_over_by_itself_needs_no_key(old):
    jan = old.employee(SecondFactor.MAIL)
    old.at_the_step(jan)
    queue_notice(old)
    asks_for_a_link(old, jan)
    assert sealed_values.key_ids(old.database) == set()


def test_after_three_days_beside_the_new_key_nothing_needs_the_old_one(
    old, both, new, clock
):
    jan = old.employee(SecondFactor.APP)
    paper = old.paper_codes(jan)
    clock.forward(timedelta(days=1))
    does(old, "seal_audit")
    queue_notice(old)
    asks_for_a_link(old, jan)
    old.requires(old.office.utrecht)
    with new.database.reading() as session:
        lost = lost_key.find_loss(session, new.keyring, actor=OPERATOR)
    assert not lost.is_nothing
    answers(both)
    does(both, "seal_anew")
    clock.forward(OLD_IS_KEPT_FOR)
    for name in ("seal_audit", "drop_letters", "clean_up"):
        does(both, name)
    assert sealed_values.key_ids(new.database) == {new.keyring.newest_id}
    with new.database.reading() as session:
        lost = lost_key.find_loss(session, new.keyring, actor=OPERATOR)
    assert lost.is_nothing
    for code in (new.app_code(), paper[0]):
        assert new.gives(new.at_the_step(jan), code).kind is CodeKind.RIGHT
