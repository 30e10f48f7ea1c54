import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from domain.actor import SCHEDULE, Actor
from domain.audit import AuditAct
from domain.branches import Branch
from domain.errors import NotFoundError, NotPermittedError
from domain.letters import access_letters, email_templates
from domain.letters.email_templates import HandsOver, Wording
from domain.letters.model import AccessLetter, BuiltIn, EmailTemplate, LetterOutcome
from domain.letters.queueing import KIND, open_letter
from domain.letters.refusals import (
    LetterDeferredError,
    LetterOvertakenError,
    LetterRefusedError,
    ServerAwayError,
)
from domain.letters.settling import claim_letter, drop_expired, settle
from domain.logins import access_by_mail, holding, links
from domain.logins.access_by_mail import LoginInactiveError, is_overtaken
from domain.logins.activation import StaleLoginError
from domain.logins.model import Login, LoginState, PasswordKind
from domain.logins.passwords import canonical_initial_form
from domain.outbox import OutboxMessage
from tests.passwords import matches


@pytest.fixture
def template_id(office):
    def find(built_in):
        with office.database.reading() as session:
            return session.scalars(
                select(EmailTemplate.id).where(EmailTemplate.built_in == built_in)
            ).one()

    return find


@pytest.fixture
def send(office, keyring, clock, template_id):
    def sends(
        login_id, built_in=BuiltIn.LINK, *, actor=None, active=True, version=1, **more
    ):
        return access_by_mail.send_access(
            office.database.transaction,
            login_id,
            more.get("template") or template_id(built_in),
            make_active=active,
            expected_version=version,
            keyring=keyring,
            actor=actor or office.bram,
            now=clock(),
        )

    return sends


@pytest.fixture
def queued(office, keyring):
    def read():
        with office.database.reading() as session:
            messages = session.scalars(
                select(OutboxMessage).where(OutboxMessage.kind == KIND)
            ).all()
            return [open_letter(message, keyring=keyring) for message in messages]

    return read


@pytest.fixture
def settled(office, clock):
    """Claim the next letter and settle it; how its trace stands then."""

    def settles(error=None):
        with office.database.transaction() as session:
            message = claim_letter(session, now=clock())
            traced = AccessLetter.message_id == message.id
            trace_id = session.scalars(select(AccessLetter.id).where(traced)).one()
        with office.database.transaction() as session:
            settle(session, message, error, now=clock())
        with office.database.reading() as session:
            return session.get_one(AccessLetter, trace_id)

    return settles


def active(office, **values):
    given = {"password_kind": PasswordKind.OWN, "password_hash": "own"} | values
    return office.add_login(LoginState.ACTIVE, **given)


def test_a_link_takes_the_place_of_the_password(office, send, queued, clock):
    login_id = active(office)
    to = send(login_id)
    login = office.login(login_id)
    assert (login.password_kind, login.password_hash) == (PasswordKind.NONE, None)
    assert login.credential_version == 2
    assert login.password_set_at == clock()
    assert (to.address, to.hands_over) == ("j00001@example.nl", HandsOver.LINK)
    assert to.valid_until == clock() + timedelta(days=7)
    (letter,) = queued()
    token = letter.values["token"].reveal()
    assert set(letter.values) == {
        "token",
        "first_name",
        "name",
        "branch",
        "user_name",
        "valid_until",
    }
    with office.database.reading() as session:
        link = links.find(session, token, now=clock())
        assert (link.login_id, link.expires_at) == (login_id, to.valid_until)


def test_an_initial_password_is_the_one_in_the_letter(office, send, queued, clock):
    login_id = active(office)
    to = send(login_id, BuiltIn.PASSWORD)
    (letter,) = queued()
    login = office.login(login_id)
    typed = canonical_initial_form(letter.values["password"])
    assert matches(login.password_hash, typed)
    assert login.password_kind is PasswordKind.INITIAL
    assert login.initial_password_expires_at == to.valid_until
    assert to.hands_over is HandsOver.PASSWORD


@pytest.mark.parametrize(
    "state", [LoginState.NEW, LoginState.SWITCHED_OFF, LoginState.LOCKED]
)
def test_a_ticked_login_is_activated_in_the_same_act(office, send, queued, state):
    login_id = office.add_login(state)
    send(login_id)
    login = office.login(login_id)
    assert login.state is LoginState.ACTIVE
    assert login.credential_version == 3
    assert len(queued()) == 1
    acts = [event.act for event in office.events()][-2:]
    assert acts == [AuditAct.LOGIN_ACTIVATED, AuditAct.ACCESS_MAILED]


def test_a_login_that_is_not_ticked_gets_nothing_and_stays(office, send, queued):
    for state in (LoginState.NEW, LoginState.ACTIVE, LoginState.LOCKED):
        login_id = office.add_login(state)
        before = office.login(login_id)
        with pytest.raises(LoginInactiveError):
            send(login_id, active=False)
        after = office.login(login_id)
        assert (after.state, after.credential_version) == (
            before.state,
            before.credential_version,
        )
    assert queued() == []


def test_a_second_press_of_the_same_screen_sends_nothing(office, send, queued):
    login_id = active(office)
    send(login_id)
    with pytest.raises(StaleLoginError):
        send(login_id)
    assert len(queued()) == 1


def test_of_two_at_once_one_sends(office, send, queued):
    login_id = active(office)
    both, refused = threading.Barrier(2), []

    def press():
        both.wait()
        try:
            send(login_id, BuiltIn.PASSWORD)
        except StaleLoginError as error:
            refused.append(error)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    (letter,) = queued()
    typed = canonical_initial_form(letter.values["password"])
    assert matches(office.login(login_id).password_hash, typed)


def test_a_login_of_another_branch_is_not_there(office, send, queued):
    login_id = active(office, card={"branch_id": office.amsterdam})
    with pytest.raises(NotFoundError):
        send(login_id)
    with pytest.raises(NotFoundError):
        send(404)
    assert queued() == []


def test_who_administers_nothing_sends_nothing(office, send):
    nobody = Actor(office.bram.kind, office.bram.surface, None, None)
    with pytest.raises((NotFoundError, NotPermittedError)):
        send(active(office), actor=nobody)


def test_a_template_of_another_branch_is_not_there(office, send, clock):
    wording = Wording("Eigen", "Welkom", "Kies: {{ link }}", "", "")
    with office.database.transaction() as session:
        foreign = email_templates.add(
            session,
            wording,
            branch_id=office.amsterdam,
            actor=office.hanna,
            now=clock(),
        )
    with pytest.raises(NotFoundError):
        send(active(office), template=foreign)
    with pytest.raises(NotFoundError):
        send(active(office), template=404)


def test_the_link_lives_as_long_as_the_branch_says(office, send, clock):
    with office.database.transaction() as session:
        session.execute(update(Branch).values(initial_password_days=30))
    to = send(active(office))
    assert to.valid_until == clock() + timedelta(days=30)
    with office.database.reading() as session:
        message = session.scalars(select(OutboxMessage)).one()
    assert message.expires_at == clock() + timedelta(hours=48)


def test_the_letter_is_traced_from_the_queue_to_the_mail_server(
    office, send, settled, clock
):
    login_id = active(office)
    send(login_id)
    with office.database.reading() as session:
        trace = access_letters.last_letter(session, login_id)
    assert (trace.outcome, trace.credential_version) == (LetterOutcome.QUEUED, 2)
    away = settled(ServerAwayError("connection_refused"))
    assert (away.outcome, away.error_code) == (
        LetterOutcome.QUEUED,
        "connection_refused",
    )
    assert away.message_id is not None
    sent = settled()
    assert sent.message_id is None
    assert (sent.outcome, sent.error_code) == (LetterOutcome.SENT, None)
    assert sent.ended_at == clock()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (LetterRefusedError("recipient_refused_550"), LetterOutcome.FAILED),
        (LetterOvertakenError(), LetterOutcome.OVERTAKEN),
        (LetterDeferredError("no_answer"), LetterOutcome.QUEUED),
    ],
    ids=str,
)
def test_what_hinders_a_letter_is_known(office, send, settled, error, outcome):
    send(active(office))
    trace = settled(error)
    assert (trace.outcome, trace.error_code) == (outcome, error.code)


def test_a_letter_that_nobody_took_for_two_days_failed(office, send, settled, clock):
    login_id = active(office)
    send(login_id)
    settled(LetterDeferredError("no_answer"))
    clock.forward(timedelta(hours=48))
    with office.database.transaction() as session:
        assert drop_expired(session, now=clock()) == 1
        trace = access_letters.last_letter(session, login_id)
        assert (trace.outcome, trace.error_code) == (LetterOutcome.FAILED, "no_answer")


def test_a_letter_is_overtaken_by_any_change_of_the_login(office, send, clock):
    login_id = active(office)
    send(login_id)
    with office.database.transaction() as session:
        message = claim_letter(session, now=clock())
        assert not is_overtaken(session, message)
        login = holding.hold(session, login_id)
        login.credential_version += 1
        session.flush()
        assert is_overtaken(session, message)


def test_traces_are_forgotten_after_half_a_year(office, send, settled, clock):
    send(active(office))
    settled()
    send(active(office))
    clock.forward(timedelta(days=181))
    before = clock() - access_letters.KEPT_FOR
    with office.database.transaction() as session:
        access_letters.forget_old(session, before, limit=10, actor=SCHEDULE)
        assert session.scalar(select(func.count()).select_from(AccessLetter)) == 1
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Login)) == 2


def test_a_template_that_is_changed_while_the_password_is_hashed_sends_nothing(
    office, keyring, clock, queued
):
    login_id = active(office)
    wording = Wording("Eigen", "Welkom", "Uw wachtwoord: {{ wachtwoord }}", "", "")
    with office.database.transaction() as session:
        template_id = email_templates.add(
            session, wording, branch_id=None, actor=office.hanna, now=clock()
        )
    opened = []

    def transaction():
        if len(opened) == 1:
            with office.database.transaction() as session:
                email_templates.mark_deleted(
                    session, template_id, actor=office.hanna, now=clock()
                )
        opened.append(True)
        return office.database.transaction()

    with pytest.raises(NotFoundError):
        access_by_mail.send_access(
            transaction,
            login_id,
            template_id,
            make_active=True,
            expected_version=1,
            keyring=keyring,
            actor=office.bram,
            now=clock(),
        )
    assert queued() == []
    assert office.login(login_id).password_hash == "own"
