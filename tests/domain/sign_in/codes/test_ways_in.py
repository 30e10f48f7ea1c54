"""Whatever way somebody comes, a second factor that is on is asked for.

Threats, row F5: no reset, no link, no known browser and no move gets around it or
takes it away.
"""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.actor import OPERATOR
from domain.logins import provisioning, resets
from domain.logins.address_change import AddressChange, change_addresses
from domain.logins.model import PasswordKind, SecondFactor
from domain.record_cards.model import RecordCardId
from domain.secret import Secret
from domain.sign_in import factors, lockouts, own_password, totp
from domain.sign_in.model import PortalSession, Stage
from domain.sign_in.second_step import CodeKind, check_code
from domain.sign_in.sessions import SessionGoneError
from tests.domain.sign_in import recovering
from tests.domain.sign_in.codes.second_steps import SEED, SecondSteps
from tests.domain.sign_in.people import (
    ELSEWHERE,
    HOME,
    INITIAL,
    NAME,
    PASSWORD,
    hash_of_initial,
)
from tests.keys import KEYRING

NONE, MAIL, APP = SecondFactor.NONE, SecondFactor.MAIL, SecondFactor.APP
MOVED = "anna@elders.example.nl"


def by_password(desk, anna):
    return desk.signs_in(NAME, ELSEWHERE)


def by_a_known_browser(desk, anna):
    at_home = HOME
    given = give_code(desk, desk.open_session(desk.signs_in()), anna, at_home)
    desk.clock.forward(timedelta(minutes=16))
    return desk.signs_in(visit=type(HOME)(HOME.address, device=given.device))


def by_a_recovery_link(desk, anna):
    token = recovering.token(desk)
    assert recovering.use(desk, token).kind == "done"
    assert in_the_house(desk, anna) == 0
    return desk.signs_in(password=recovering.NEW)


def by_a_link_asked_for_in_slack(desk, anna):
    recovering.ask_by_number(desk, desk.office.card(card(desk, anna)).number)
    recovering.work(desk)
    letter = recovering.letters(desk, recovering.LetterKind.RECOVERY_LINK)[-1]
    assert recovering.use(desk, letter.values["token"].reveal()).kind == "done"
    return desk.signs_in(password=recovering.NEW)


def by_a_password_shown_to_an_administrator(desk, anna):
    transaction, bram = desk.tools.transaction, desk.office.bram
    prepared = resets.prepare_shown_password(
        transaction, anna, keyring=desk.tools.keyring, actor=bram, now=desk.clock()
    )
    resets.apply_shown_password(transaction, prepared, actor=bram, now=desk.clock())
    return desk.signs_in(password=prepared.password)


def by_an_initial_password_of_a_workbook(desk, anna):
    """The row of a run as `runs.applying` writes it."""
    desk.change(
        anna,
        password_hash=hash_of_initial(INITIAL),
        password_kind=PasswordKind.INITIAL,
        initial_password_expires_at=desk.clock() + timedelta(days=7),
        credential_version=2,
    )
    return desk.signs_in(password=INITIAL)


def by_an_activation_after_a_lockout(desk, anna):
    with desk.tools.transaction() as session:
        lockouts.lock(session, anna, keyring=desk.tools.keyring, now=desk.clock())
    with desk.tools.transaction() as session:
        provisioning.set_active(
            session,
            anna,
            active=True,
            expected_version=2,
            actor=desk.office.bram,
            now=desk.clock(),
        )
    return desk.signs_in()


def by_another_address(desk, anna):
    change = AddressChange(card(desk, anna), MOVED, MOVED)
    with desk.tools.transaction() as session:
        change_addresses(
            session, [change], keyring=KEYRING, actor=OPERATOR, now=desk.clock()
        )
    return desk.signs_in(MOVED)


def by_another_record_card(desk, anna):
    """A move changes only which card carries the login."""
    desk.change(anna, record_card_id=desk.office.add_card())
    return desk.signs_in()


WAYS = [
    by_password,
    by_a_known_browser,
    by_a_recovery_link,
    by_a_link_asked_for_in_slack,
    by_a_password_shown_to_an_administrator,
    by_an_initial_password_of_a_workbook,
    by_an_activation_after_a_lockout,
    by_another_address,
    by_another_record_card,
]


def card(desk, login_id):
    return RecordCardId(desk.office.login(login_id).record_card_id)


def in_the_house(desk, login_id):
    """How many sessions of this login got past the second step."""
    with desk.office.database.reading() as session:
        return session.scalar(
            select(func.count())
            .select_from(PortalSession)
            .where(
                PortalSession.login_id == login_id,
                PortalSession.stage != Stage.CODE_DUE,
            )
        )


def steps_of(desk):
    return SecondSteps(desk.office, desk.tools.keyring, desk.clock)


def right_code(desk, login_id):
    steps = steps_of(desk)
    is_app = desk.office.login(login_id).second_factor is APP
    return steps.app_code() if is_app else steps.mailed()[-1]


def give_code(desk, at_step, login_id, visit):
    code = right_code(desk, login_id)
    outcome = check_code(desk.tools, at_step, code, visit=visit, now=desk.clock())
    assert outcome.kind is CodeKind.RIGHT
    return outcome.session


@pytest.fixture(params=["mail", "app", "required"])
def anna(desk, request):
    """Somebody with a factor: by choice, as an app, or because the branch wants it."""
    chosen = {"mail": MAIL, "app": APP, "required": NONE}[request.param]
    login_id = desk.add_employee(second_factor=chosen)
    if chosen is APP:
        sealed = totp.seal(SEED, login_id, keyring=desk.tools.keyring)
        desk.change(login_id, sealed_totp_seed=sealed)
    if chosen is NONE:
        steps_of(desk).requires(desk.office.utrecht)
    return login_id


@pytest.mark.parametrize("way", WAYS)
def test_no_way_in_gets_around_a_second_factor(desk, anna, way):
    before = desk.office.login(anna)
    new = way(desk, anna)
    assert new.stage is Stage.CODE_DUE
    assert new.device is None
    after = desk.office.login(anna)
    assert after.second_factor is before.second_factor
    assert after.sealed_totp_seed == before.sealed_totp_seed
    at_step = desk.open_session(new)
    tools, now = desk.tools, desk.clock()
    with pytest.raises(SessionGoneError):
        own_password.choose_password(
            tools, at_step, Secret("dertien groene gieters"), visit=HOME, now=now
        )
    with pytest.raises(SessionGoneError):
        factors.turn_off(tools, at_step, now=now)
    wrong = check_code(tools, at_step, "000000", visit=HOME, now=now)
    assert (wrong.kind, wrong.session) == (CodeKind.WRONG, None)
    sessions_before_code = in_the_house(desk, anna)
    entered = give_code(desk, at_step, anna, HOME)
    is_initial = after.password_kind is PasswordKind.INITIAL
    assert entered.stage is (Stage.CHANGE_DUE if is_initial else Stage.IN)
    # The known browser is in still from before; nobody else was.
    assert sessions_before_code == (1 if way is by_a_known_browser else 0)


def test_after_an_initial_password_the_code_leads_to_choosing_one(desk, anna):
    new = by_an_initial_password_of_a_workbook(desk, anna)
    entered = give_code(desk, desk.open_session(new), anna, HOME)
    assert entered.device is None
    assert desk.office.login(anna).sign_in_count == 0
    chosen = own_password.choose_password(
        desk.tools,
        desk.open_session(entered),
        Secret("dertien groene gieters"),
        visit=HOME,
        now=desk.clock(),
    )
    assert chosen.session.stage is Stage.IN
    assert desk.office.login(anna).sign_in_count == 1


def test_a_locked_employee_gets_no_letter_with_a_code(desk, anna):
    with desk.tools.transaction() as session:
        lockouts.lock(session, anna, keyring=desk.tools.keyring, now=desk.clock())
    assert desk.tries(PASSWORD).session is None
    assert steps_of(desk).mailed() == []
