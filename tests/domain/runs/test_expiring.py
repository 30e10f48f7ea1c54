"""After an export went astray: who was in it, and making it invalid."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.actor import OPERATOR, SCHEDULE
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.exports import handover
from domain.letters.model import BuiltIn
from domain.logins.model import Login, PasswordKind
from domain.runs import expiring, forgetting
from domain.runs.mailing import AHEAD, mail_once
from domain.runs.model import RunFailure, RunPhase
from domain.runs.tools import Step
from tests.domain.runs.looking import run_of
from tests.domain.runs.mailed import BOTH
from tests.domain.runs.mailing import report_of
from tests.domain.runs.mailing import start as mail


@pytest.fixture
def expire(office, clock):
    """Make what a run handed out invalid, two logins at a time."""

    def act(run_id):
        total, database = 0, office.database
        with database.transaction() as session:
            expiring.begin(session, run_id, actor=OPERATOR, now=clock())
        while True:
            with database.transaction() as session:
                count = expiring.expire_batch(
                    session, run_id, limit=2, actor=OPERATOR, now=clock()
                )
            if not count:
                break
            total += count
        with database.transaction() as session:
            expiring.end(session, run_id, total, actor=OPERATOR, now=clock())
        return total

    return act


def members(office, run_id, now):
    with office.database.reading() as session:
        found = expiring.members(session, run_id, actor=OPERATOR, now=now)
        (run,) = expiring.list_runs(session, run_id=run_id, actor=OPERATOR, now=now)
    assert run.valid == sum(member.is_valid for member in found)
    return found


def change(office, login_id, **values):
    with office.database.transaction() as session:
        session.execute(update(Login).where(Login.id == login_id).values(**values))


def test_everybody_who_still_has_what_it_handed_out_loses_it(
    office, worker, start, expire, clock
):
    logins = [office.add_login() for _ in range(5)]
    run_id = start()
    worker.works()
    own = {
        "password_kind": PasswordKind.OWN,
        "password_hash": "eigen",
        "initial_password_expires_at": None,
        "credential_version": 3,
    }
    change(office, logins[0], **own)
    standing = [member.is_valid for member in members(office, run_id, clock())]
    assert standing == [False, True, True, True, True]
    versions = {login: office.login(login).credential_version for login in logins}
    assert expire(run_id) == 4
    assert office.login(logins[0]).password_hash == "eigen"
    for login in logins[1:]:
        after = office.login(login)
        assert (after.password_hash, after.password_kind) == (None, PasswordKind.NONE)
        assert after.credential_version == versions[login] + 1
    assert not any(member.is_valid for member in members(office, run_id, clock()))
    (event,) = office.events(AuditAct.EXPORT_EXPIRED)
    assert (event.run_id, event.details) == (run_id, {"count": 4})
    told = office.events(AuditAct.PASSWORD_EXPIRED)
    assert [one.login_id for one in told] == logins[1:]
    assert expire(run_id) == 0


def test_a_login_that_was_switched_off_and_on_again_is_met_too(
    office, worker, start, expire, clock
):
    login = office.add_login()
    run_id = start()
    worker.works()
    # As locking and *Activeer* leave it: another version, the same password.
    change(office, login, credential_version=Login.credential_version + 2)
    assert expire(run_id) == 1
    assert office.login(login).password_hash is None


def test_the_file_is_due_to_be_deleted_at_once(office, worker, start, expire, clock):
    office.add_login()
    run_id = start()
    worker.works()
    expire(run_id)
    with office.database.reading() as session:
        for file in handover.find_files(session, run_id):
            assert (file.delete_at, file.sealed_opening_password) == (clock(), None)


def test_a_run_under_way_ends(office, start, expire, clock):
    login = office.add_login(password_hash="vorige")
    run_id = start()
    assert expire(run_id) == 0
    run = run_of(office, run_id)
    assert (run.phase, run.failure) == (RunPhase.FAILED, RunFailure.WITHDRAWN)
    assert office.login(login).password_hash == "vorige"


def test_a_later_reset_is_not_touched(office, worker, start, expire, clock):
    login = office.add_login()
    first = start()
    worker.works()
    clock.forward(timedelta(hours=1))
    start()
    worker.works()
    after = office.login(login).password_hash
    assert expire(first) == 0
    assert office.login(login).password_hash == after


def test_only_the_operator_may(office, worker, start, clock):
    office.add_login()
    run_id = start()
    with office.database.transaction() as session:
        for act in (expiring.begin, expiring.expire_batch):
            with pytest.raises(NotPermittedError):
                act(session, run_id, actor=office.hanna, now=clock())
        with pytest.raises(NotFoundError):
            expiring.begin(session, 999, actor=OPERATOR, now=clock())


def test_rows_stay_as_long_as_passwords_may_work(office, worker, start, clock):
    office.add_login()
    run_id = start()
    worker.works()

    def forget():
        with office.database.transaction() as session:
            return forgetting.forget_rows(
                session, clock(), limit=10, actor=SCHEDULE, now=clock()
            )

    clock.forward(timedelta(days=6))
    assert forget() == 0
    clock.forward(timedelta(days=2))
    assert forget() == 1
    assert forget() == 0
    assert members(office, run_id, clock()) == []


@BOTH
def test_what_a_mailing_brought_lets_nobody_in_any_more(
    office, mailer, postman, expire, clock, template
):
    logins = [office.add_login() for _ in range(3)]
    run_id = mail(office, template)
    mailer.works()
    letters = [postman.letters_to(login)[0] for login in logins]
    assert all(member.is_valid for member in members(office, run_id, clock()))
    assert expire(run_id) == 3
    for letter, login in zip(letters, logins, strict=True):
        after = office.login(login)
        assert (after.password_hash, after.password_kind) == (None, PasswordKind.NONE)
        if template is BuiltIn.LINK:
            assert not postman.lets_in(letter, login)
    assert not any(member.is_valid for member in members(office, run_id, clock()))
    assert expire(run_id) == 0


@BOTH
def test_a_letter_that_still_waits_is_not_sent(
    office, mailer, postman, expire, clock, template
):
    login = office.add_login()
    run_id = mail(office, template)
    assert mailer.is_killed_at(Step.LETTERS_QUEUED)
    expire(run_id)
    mailer.works()
    assert postman.letters_to(login) == []
    assert office.login(login).password_kind is PasswordKind.NONE


def test_who_chose_a_password_by_the_link_keeps_it(office, mailer, expire, clock):
    login = office.add_login()
    run_id = mail(office, BuiltIn.LINK)
    mailer.works()
    own = {"password_kind": PasswordKind.OWN, "password_hash": "eigen"}
    change(office, login, **own, credential_version=Login.credential_version + 1)
    (member,) = members(office, run_id, clock())
    assert (member.is_valid, member.has_own_password) == (False, True)
    assert expire(run_id) == 0
    assert office.login(login).password_hash == "eigen"


def test_a_mailing_that_was_stopped_half_way_handed_out_what_it_handed_out(
    office, mailer, postman, clock
):
    logins = office.add_logins(AHEAD + 20)
    run_id = mail(office)
    prepare = replace(mailer.tools, apply_at_once=AHEAD)
    mail_once(prepare)
    postman.delivers()
    with office.database.transaction() as session:
        expiring.begin(session, run_id, actor=OPERATOR, now=clock())
    mail_once(prepare)
    with office.database.reading() as session:
        (run,) = expiring.list_runs(session, run_id=run_id, actor=OPERATOR, now=clock())
    assert not run.was_refused
    assert 0 < run.valid < len(logins)
    found = report_of(office, run_id)
    assert not found.was_never_approved
    assert found.can_be_retried
