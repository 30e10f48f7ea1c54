"""Acts on codes and on passwords count by the rights of today, not by the click's."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest

from domain import administrators
from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing, dismissing
from domain.errors import DomainError, NotFoundError, NotPermittedError
from domain.letters.model import BuiltIn
from domain.logins import access_by_mail, resets
from domain.permissions import Act
from domain.sign_in import step_up_demands
from domain.slack_users import SlackIdentity
from tests.bot.in_slack import eventually
from tests.domain.office import TEAM
from tests.domain.runs import mailing
from tests.domain.step_up.giving import wrong
from tests.scenarios.foreign_ids.replaying import rows

NOOR = SlackIdentity(TEAM, "U0NOOR")
PATIENCE = timedelta(seconds=30)


def dismisses(codes, session, whom):
    dismissing.dismiss(session, whom.administrator_id, actor=OPERATOR, now=codes.now)


def demotes(codes, session, whom):
    who = administrators.slack_identity(session, whom.administrator_id)
    branch_ids = [codes.office.rotterdam]
    appointing.appoint(
        session, who, AccountType.USER, branch_ids, actor=OPERATOR, now=codes.now
    )


def lifts(codes, noor):
    codes.lifts(codes.bram, by=noor)


def requires(codes, noor):
    codes.demand(codes.office.ursula, by=noor)


def requires_no_more(codes, noor):
    codes.demand(codes.bram, required=False, by=noor)


def requires_of_all(codes, noor):
    codes.demand_of_all(by=noor)


def has_them_mailed(codes, noor):
    with codes.database.transaction() as session:
        step_up_demands.mail_instead_of_app(
            session,
            codes.bram.administrator_id,
            mails=True,
            keyring=codes.keyring,
            actor=noor,
            now=codes.now,
        )


ACTS = (lifts, requires, requires_no_more, requires_of_all, has_them_mailed)


@pytest.fixture
def noor(codes):
    """A manager beside Hanna, at work; Bram is blocked, and has an app."""
    for actor in (codes.office.hanna, codes.office.ursula):
        codes.set_address(actor, "codes@example.nl")
    noor = codes.appoint_manager(NOOR.user_id)
    codes.set_address(noor, "noor@example.nl")
    app = codes.has_app()
    codes.demand(codes.bram)
    for _ in range(5):
        codes.gives(wrong(app.at(codes.now)))
    assert codes.asked() == "step_up_blocked"
    return noor


@pytest.mark.parametrize("act", ACTS)
def test_a_manager_does_it(codes, noor, act):
    before = rows(codes.database)
    act(codes, noor)
    assert rows(codes.database) != before


@pytest.mark.parametrize("takes_away", [dismisses, demotes])
@pytest.mark.parametrize("act", ACTS)
def test_who_lost_the_role_since_the_click_does_not(codes, noor, act, takes_away):
    with codes.database.transaction() as session:
        takes_away(codes, session, noor)
    before = rows(codes.database)
    with pytest.raises(NotPermittedError):
        act(codes, noor)
    assert rows(codes.database) == before


@pytest.mark.parametrize("takes_away", [dismisses, demotes])
@pytest.mark.parametrize("act", ACTS)
def test_who_loses_it_at_the_same_moment_waits_for_that(codes, noor, act, takes_away):
    outcomes = []

    def does():
        try:
            act(codes, noor)
        except DomainError as error:
            outcomes.append(type(error))

    acting = threading.Thread(target=does)
    with codes.database.transaction(PATIENCE) as session:
        takes_away(codes, session, noor)
        acting.start()
        eventually(codes.office.somebody_waits_for_a_lock)
        assert outcomes == []
    before = rows(codes.database)
    acting.join()
    assert outcomes == [NotPermittedError]
    assert rows(codes.database) == before


def test_of_two_managers_one_dismissing_and_one_lifting_either_comes_first(codes, noor):
    """Whichever it is: a lift that came second was refused."""
    gate, outcomes = threading.Barrier(2), {}

    def does(name, act):
        gate.wait()
        try:
            act()
            outcomes[name] = None
        except DomainError as error:
            outcomes[name] = type(error)

    def dismiss():
        with codes.database.transaction(PATIENCE) as session:
            hanna = codes.office.hanna
            dismissing.dismiss(
                session, noor.administrator_id, actor=hanna, now=codes.now
            )

    acts = {"dismiss": dismiss, "lift": lambda: lifts(codes, noor)}
    threads = [threading.Thread(target=does, args=each) for each in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes["dismiss"] is None
    is_lifted = codes.row().blocked_at is None
    assert outcomes["lift"] is (None if is_lifted else NotPermittedError)


def test_who_was_dismissed_gives_no_code_any_more(codes):
    app = codes.has_app()
    with codes.database.transaction() as session:
        dismisses(codes, session, codes.bram)
    before = rows(codes.database)
    with pytest.raises(NotPermittedError):
        codes.gives(app.at(codes.now))
    assert rows(codes.database) == before


def moves_away(codes, whom):
    """Another branch in the place of the one that was theirs."""
    who = codes.office.rotterdam
    with codes.database.transaction() as session:
        appointing.change(
            session,
            whom.administrator_id,
            AccountType.BRANCH_MANAGER,
            [who],
            None,
            actor=OPERATOR,
            now=codes.now,
        )


def lets_go(codes, whom):
    with codes.database.transaction() as session:
        dismisses(codes, session, whom)


LOST = [(moves_away, NotFoundError), (lets_go, NotPermittedError)]


@pytest.mark.parametrize(("loses", "refusal"), LOST)
def test_a_shown_password_is_void_once_the_role_is_lost(codes, loses, refusal):
    login_id = codes.office.add_login()
    prepared = resets.prepare_shown_password(
        codes.database.transaction,
        login_id,
        keyring=codes.keyring,
        actor=codes.bram,
        now=codes.now,
    )
    loses(codes, codes.bram)
    before = rows(codes.database)
    with pytest.raises(refusal):
        resets.apply_shown_password(
            codes.database.transaction, prepared, actor=codes.bram, now=codes.now
        )
    assert rows(codes.database) == before


@pytest.mark.parametrize(("loses", "refusal"), LOST)
def test_no_letter_leaves_when_the_role_goes_while_hashing(codes, loses, refusal):
    login_id = codes.office.add_login()
    template_id = mailing.template_of(codes.office, BuiltIn.PASSWORD)
    begun, seen = iter(range(2)), []

    @contextmanager
    def transaction():
        if next(begun) == 1:
            loses(codes, codes.bram)
            seen.append(rows(codes.database))
        with codes.database.transaction() as session:
            yield session

    with pytest.raises(refusal):
        access_by_mail.send_access(
            transaction,
            login_id,
            template_id,
            make_active=True,
            expected_version=1,
            keyring=codes.keyring,
            actor=codes.bram,
            now=codes.now,
        )
    assert seen == [rows(codes.database)]


def test_only_administrators_have_rights_that_go(codes):
    moves_away(codes, codes.bram)
    with codes.database.reading() as session:
        today = administrators.of_today(session, codes.bram, Act.GIVE_CODES)
        assert today.branch_ids == {codes.office.rotterdam}
        assert administrators.of_today(session, OPERATOR, Act.GIVE_CODES) is OPERATOR
