import pytest

from domain.audit import AuditAct
from domain.logins import provisioning
from domain.logins.model import LoginState, PasswordKind


def test_each_employed_card_with_an_address_gets_one_inactive_login(office):
    card_id = office.add_card(email="Anna@Example.nl")
    with office.database.transaction() as session:
        created = provisioning.create_logins(
            session, office.utrecht, actor=office.ursula, now=office.now
        )
    login = office.login_of(card_id)
    assert created == 1
    assert (login.user_name, login.user_name_key) == (
        "Anna@Example.nl",
        "anna@example.nl",
    )
    assert (login.state, login.password_kind) == (LoginState.NEW, PasswordKind.NONE)
    (event,) = office.events(AuditAct.LOGIN_CREATED)
    assert (event.login_id, event.record_card_id) == (login.id, card_id)
