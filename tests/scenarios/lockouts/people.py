"""What people do about locked logins, in their own words."""

import re

from sqlalchemy import select

from domain.sign_in.model import Lockout, LockoutAlert
from tests.domain.sign_in.people import later

CHANNEL = "beheer-utrecht"
SHOWN_PASSWORD = re.compile(r"\b[a-z][a-z2-9]{3}(?:-[a-z2-9]{4}){3}\b")
LOCKED = "Werknemerslogin geblokkeerd: Piet Pietersen"
ACTIVATE = "Activeer"
AND_RESET = "Activeer en reset wachtwoord"
LEAVE = "Niet activeren"


def is_locked_out(desk, name="piet@example.nl"):
    """Ten wrong passwords, typed by somebody who waits when told to."""
    for number in range(10):
        later(desk.clock, seconds=5)
        desk.fails(1, name, first=number)


def posts(company):
    """The alerts that were posted, in channels and directly."""
    return company.slack.calls("chat.postMessage")


def lockouts(company):
    """Every lockout as it stands."""
    with company.office.database.reading() as session:
        return list(session.scalars(select(Lockout).order_by(Lockout.id)))


def alerts(company):
    """Every alert as it stands."""
    with company.office.database.reading() as session:
        return list(session.scalars(select(LockoutAlert).order_by(LockoutAlert.id)))
