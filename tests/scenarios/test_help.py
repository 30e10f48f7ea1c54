"""Employees who can't sign in ask for help in Slack, in every way there is."""

import json

import pytest
from sqlalchemy import select

from domain.logins.model import LoginState, PasswordKind
from domain.outbox import OutboxMessage
from domain.sign_in import recovery
from domain.sign_in.model import RecoveryRequest, SlackLink
from tests.bot.in_slack import eventually

INACTIVE = (
    LoginState.NEW,
    LoginState.SWITCHED_OFF,
    LoginState.EMPLOYMENT_ENDED,
    LoginState.LOCKED,
)


def requests(company):
    """What was asked for, as the worker will read it: by what, and the word."""
    with company.office.database.reading() as session:
        kind = OutboxMessage.kind == recovery.KIND
        rows = session.scalars(select(OutboxMessage).where(kind)).all()
        opened = [row.payload for row in rows]
    keyring = company.office.keyring
    return [
        (
            each["by"],
            keyring.open(each["sealed_word"], purpose=recovery.PURPOSE).reveal(),
            each["user_id"],
        )
        for each in opened
    ]


def link(company, person, login_id):
    """What choosing a password through a letter does."""
    card_id = company.cards.login(login_id).record_card_id
    with company.office.database.transaction() as session:
        session.add(
            SlackLink(
                team_id=company.slack.team_id,
                user_id=person.id,
                record_card_id=card_id,
                linked_at=company.office.clock(),
            )
        )
    return card_id


def add_mos_login(company, state=LoginState.ACTIVE, **given):
    card = {"number": "00104", "email": "mo.mulder@example.nl", "first_name": "Mo"}
    return company.cards.add_login(state, card=card, **given)


@pytest.fixture
def linked(company):
    """Mo, linked to the card 00104."""
    return link(company, company.mo, add_mos_login(company))


def test_linked_person_who_forgot_the_password_gets_a_letter(company, linked):
    mo = company.mo
    mo.sends_dm("wachtwoord vergetn")
    mo.sees("Er is een e-mail onderweg naar m•••@example.nl.")
    assert requests(company) == [("card", str(linked), mo.id)]
