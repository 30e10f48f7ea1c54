from datetime import timedelta

import pytest

from domain.letters.model import BuiltIn
from domain.letters.refusals import ServerAwayError
from domain.logins.address_change import AddressChange, change_addresses
from domain.logins.model import LoginState
from domain.runs import approving
from domain.runs.ledger import AlreadyRetriedError, RetryPlan
from domain.runs.model import RowReason, RowState, RunKind
from domain.runs.template_use import TemplateGoneError, delete_template
from tests.domain.runs.deciding import decide, report, set_number
from tests.domain.runs.looking import run_of
from tests.domain.runs.mailed import BOTH, REFUSED, reasons_of, shows_new_password
from tests.domain.runs.mailing import add_template, change_template, report_of, start
from tests.domain.runs.resetting import TODAY, rows_of
from tests.domain.runs.test_retrying import retry, retry_plan
from tests.keys import KEYRING


@pytest.fixture
def refused(office, mailer, postman):
    """A mailing of three, of which the last two letters were refused."""

    def after(template=BuiltIn.LINK):
        logins = [office.add_login() for _ in range(3)]
        for login in logins[1:]:
            postman.trouble[office.login(login).user_name] = REFUSED
        run_id = start(office, template)
        mailer.works()
        postman.trouble.clear()
        return logins, run_id

    return after


@BOTH
def test_only_the_failed_ones_are_tried_again(
    office, mailer, postman, refused, clock, template
):
    logins, run_id = refused(template)
    assert retry_plan(office, run_id, clock()) == RetryPlan(count=2, changed=0)
    second = retry(office, run_id, clock())
    assert run_of(office, second).kind is RunKind.MAIL
    mailer.works()
    for login in logins:
        (letter,) = postman.letters_to(login)
        assert postman.lets_in(letter, login)
    assert report_of(office, second).by_state == {RowState.SENT: 2}
    with pytest.raises(AlreadyRetriedError):
        retry(office, run_id, clock(), expected_count=2)


def correct_address(office, login, address, now):
    change = AddressChange(office.login(login).record_card_id, address, address)
    with office.database.transaction() as session:
        change_addresses(
            session, [change], keyring=KEYRING, actor=office.hanna, now=now
        )


@BOTH
def test_whose_address_was_corrected_is_taken_along_at_the_new_one(
    office, mailer, postman, refused, clock, template
):
    logins, run_id = refused(template)
    correct_address(office, logins[1], "sanne@example.nl", clock())
    assert retry_plan(office, run_id, clock()) == RetryPlan(count=2, changed=0)
    retry(office, run_id, clock())
    mailer.works()
    (letter,) = postman.letters_to(logins[1])
    assert letter.to.address == "sanne@example.nl"
    assert postman.lets_in(letter, logins[1])


@BOTH
def test_whose_address_was_corrected_before_the_letter_left_can_be_tried_again(
    office, mailer, postman, clock, template
):
    login = office.add_login()
    run_id = start(office, template)
    postman.away = ServerAwayError("unreachable")
    mailer.works_for(timedelta(minutes=1), every=timedelta(seconds=6))
    correct_address(office, login, "sanne@example.nl", clock())
    postman.away = None
    mailer.works()
    assert postman.letters_to(login) == []
    assert reasons_of(office, run_id) == {login: RowReason.OVERTAKEN}
    retry(office, run_id, clock())
    mailer.works()
    (letter,) = postman.letters_to(login)
    assert postman.lets_in(letter, login)


@BOTH
def test_who_got_another_password_meanwhile_is_left_alone(
    office, mailer, postman, refused, keyring, clock, template
):
    logins, run_id = refused(template)
    clock.forward(timedelta(minutes=1))
    shows_new_password(office, logins[1], keyring, clock())
    assert retry_plan(office, run_id, clock()) == RetryPlan(count=1, changed=1)
    second = retry(office, run_id, clock())
    assert rows_of(office, second) == [logins[2]]


def test_who_was_locked_since_is_left_alone_and_comes_back_when_activated(
    office, refused, clock
):
    logins, run_id = refused()
    set_login(office, logins[1], state=LoginState.LOCKED, credential_version=3)
    assert retry_plan(office, run_id, clock()) == RetryPlan(count=1, changed=1)
    set_login(office, logins[1], state=LoginState.ACTIVE, credential_version=4)
    assert retry_plan(office, run_id, clock()) == RetryPlan(count=2, changed=0)


def set_login(office, login_id, **values):
    with office.database.transaction() as session:
        login = session.get_one(type(office.login(login_id)), login_id)
        for name, value in values.items():
            setattr(login, name, value)


def test_who_left_or_moved_since_is_not_tried_again(office, refused, clock):
    logins, run_id = refused()
    office.change_card(office.login(logins[1]).record_card_id, end_on=TODAY)
    office.change_card(
        office.login(logins[2]).record_card_id, branch_id=office.amsterdam
    )
    tomorrow = clock() + timedelta(days=1)
    assert retry_plan(office, run_id, tomorrow) == RetryPlan(count=0, changed=2)


def test_a_retry_says_what_the_template_says_by_then(
    office, mailer, postman, refused, clock
):
    template = add_template(office)
    _, run_id = refused(template)
    first = run_of(office, run_id).template_version_id
    newest = change_template(office, template, now=clock())
    second = retry(office, run_id, clock())
    assert run_of(office, second).template_version_id == newest != first


def test_a_mailing_says_what_its_template_said_when_it_began(
    office, mailer, postman, clock
):
    template = add_template(office)
    login = office.add_login()
    run_id = start(office, template)
    chosen = run_of(office, run_id).template_version_id
    assert change_template(office, template, now=clock()) != chosen
    mailer.works()
    (letter,) = postman.letters_to(login)
    assert letter.template_version_id == chosen


def test_a_retry_with_a_deleted_template_is_refused(office, refused, clock):
    template = add_template(office)
    _, run_id = refused(template)
    with office.database.transaction() as session:
        delete_template(session, template, actor=office.hanna, now=clock())
    with pytest.raises(TemplateGoneError):
        retry(office, run_id, clock())


@pytest.mark.parametrize("how", ["declined", "expired"])
def test_a_retry_that_was_never_approved_can_be_tried_again(
    office, mailer, postman, clock, how
):
    logins = [office.add_login() for _ in range(2)]
    for login_id in logins:
        postman.trouble[office.login(login_id).user_name] = REFUSED
    first = start(office)
    mailer.works()
    postman.trouble.clear()
    set_number(office, 1)
    second = retry(office, first, clock())
    assert not report(office, first).can_be_retried
    if how == "declined":
        decide(office, approving.decline, second, office.hanna, clock())
    else:
        clock.forward(timedelta(hours=25))
        approving.expire_once(office.database, now=clock())
    assert report(office, first).can_be_retried
    assert not run_of(office, first).result_shown
    set_number(office, None)
    retry(office, first, clock())
    mailer.works()
    assert [len(postman.letters_to(login_id)) for login_id in logins] == [1, 1]
