"""*Verwijder tweede factor*, for somebody who lost the phone."""

import pytest
from sqlalchemy import select

from domain import branch_settings
from domain.actor import OPERATOR, AccountType
from domain.audit import AuditAct
from domain.letters.queueing import KIND, LetterKind, open_letter
from domain.logins.model import Login, SecondFactor
from domain.outbox import OutboxMessage
from domain.secret import Secret
from domain.sign_in import recovery_codes, totp

BUTTON = "Verwijder tweede factor"
DONE = "Tweede factor verwijderd. De medewerker krijgt daarover een e-mail."
LATE = "Er was niets te doen: de tweede factor was al verwijderd."
SEED = Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")


@pytest.fixture
def piet(company, keyring):
    """An employee with an authenticator app and ten codes on paper."""
    card = {"first_name": "Piet", "last_name": "Pietersen", "number": "00104"}
    login_id = company.cards.add_login(card=card, second_factor=SecondFactor.APP)
    with company.office.database.transaction() as session:
        login = session.get_one(Login, login_id)
        login.sealed_totp_seed = totp.seal(SEED, login_id, keyring=keyring)
        recovery_codes.replace(session, login_id, keyring=keyring)
    return login_id


def opens_piet(person):
    person.types("/personeel logins utrecht")
    person.chooses("Zoek op naam of nummer", "Piet Pietersen · 00104", typing="00104")
    person.sees("Gebruikersnaam: j00104@example.nl")


def the_branch_requires_one(company):
    now = company.office.clock()
    with company.office.database.transaction() as session:
        branch_settings.save_settings(
            session,
            company.branch,
            {"second_factor_required": True},
            actor=OPERATOR,
            now=now,
        )


def letters(company):
    """The letters that wait in the outbox, opened."""
    keyring = company.office.keyring
    with company.office.database.reading() as session:
        query = select(OutboxMessage).where(OutboxMessage.kind == KIND)
        return [open_letter(row, keyring=keyring) for row in session.scalars(query)]


def test_user_removes_the_factor_of_somebody_who_lost_the_phone(company, piet):
    ursula = company.ursula
    opens_piet(ursula)
    ursula.sees("Tweede factor: authenticator-app")
    ursula.presses(BUTTON, confirming=True)
    ursula.sees(DONE)
    ursula.does_not_see("Tweede factor: authenticator-app")
    login = company.cards.login(piet)
    assert login.second_factor is SecondFactor.NONE
    assert login.sealed_totp_seed is None
    assert login.credential_version == 2
    [letter] = letters(company)
    assert letter.kind is LetterKind.FACTOR_REMOVED
    assert letter.to.address == "j00104@example.nl"
    [event] = company.cards.events(AuditAct.SECOND_FACTOR_REMOVED)
    assert event.administrator_id == company.cards.ursula.administrator_id
    ursula.presses("Tijdlijn")
    ursula.sees("ursula heeft de tweede factor verwijderd.")


def test_the_screen_saves_after_the_factor_went(company, piet):
    """It carries the new version, so the tick is no change that came too late."""
    opens_piet(company.bram)
    company.bram.presses(BUTTON, confirming=True)
    company.bram.sees(DONE)
    company.bram.unticks("Actief")
    company.bram.submits()
    company.bram.sees("Actief: 0")


def test_whoever_comes_second_is_told_that_nothing_had_to_be_done(company, piet):
    opens_piet(company.bram)
    opens_piet(company.ursula)
    company.bram.presses(BUTTON, confirming=True)
    company.bram.sees(DONE)
    company.ursula.presses(BUTTON, confirming=True)
    company.ursula.sees(LATE)
    assert len(company.cards.events(AuditAct.SECOND_FACTOR_REMOVED)) == 1
    assert len(letters(company)) == 1


def test_a_login_without_a_factor_of_its_own_has_no_such_button(company):
    card = {"first_name": "Jo", "last_name": "de Boer", "number": "00105"}
    company.cards.add_login(card=card)
    the_branch_requires_one(company)
    company.bram.types("/personeel logins utrecht")
    company.bram.presses("Openen")
    company.bram.sees("Gebruikersnaam: j00105@example.nl")
    company.bram.does_not_see(BUTTON)


def test_where_the_branch_requires_one_the_screen_says_what_is_left(company, piet):
    the_branch_requires_one(company)
    opens_piet(company.hanna)
    company.hanna.presses(BUTTON, confirming=True)
    company.hanna.sees("bij het inloggen is nu een code per e-mail nodig")


def test_the_role_is_looked_up_at_the_click(company, piet):
    opens_piet(company.ursula)
    rotterdam = company.cards.rotterdam
    company.appoint(company.ursula, AccountType.USER, rotterdam)
    company.ursula.presses(BUTTON, confirming=True)
    company.ursula.sees("Dit bestaat niet, of niet in een van uw vestigingen.")
    assert company.cards.login(piet).second_factor is SecondFactor.APP
    assert letters(company) == []
