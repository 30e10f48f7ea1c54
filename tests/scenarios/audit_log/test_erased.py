"""*Logboek* after somebody was erased, in both languages."""

from dataclasses import dataclass

import pytest

from domain import audit
from domain.actor import OPERATOR
from domain.audit import AuditAct, Concerning
from domain.privacy import erasing

SANNE = {"first_name": "Sanne", "last_name": "Kanarie", "number": "00104"}


@dataclass(frozen=True)
class Labels:
    """What Hanna presses and reads."""

    manage: str
    log: str
    before: str
    after: str
    erased: str


LABELS = {
    "nl": Labels(
        "/beheer",
        "Logboek",
        "Werknemerslogin actief gemaakt: Sanne Kanarie (00104), Utrecht",
        "Werknemerslogin actief gemaakt: een gewiste medewerker, Utrecht",
        "een gewiste medewerker",
    ),
    "en": Labels(
        "/manage",
        "Audit log",
        "Employee login activated: Sanne Kanarie (00104), Utrecht",
        "Employee login activated: an erased employee, Utrecht",
        "An employee's data erased: an erased employee",
    ),
}


@pytest.fixture
def login_id(company):
    login_id = company.cards.add_login(card=SANNE)
    card = company.cards.card(company.cards.login(login_id).record_card_id)
    about = Concerning(card.branch_id, card.id, login_id)
    with company.office.database.transaction() as session:
        audit.record(
            session,
            AuditAct.LOGIN_ACTIVATED,
            about,
            actor=company.cards.hanna,
            now=company.office.clock(),
        )
    return login_id


@pytest.mark.parametrize("language", LABELS)
def test_an_erased_person_stays_in_the_log_without_a_name(company, login_id, language):
    hanna, labels = company.hanna, LABELS[language]
    hanna.types(labels.manage, channel="algemeen")
    hanna.presses(labels.log)
    hanna.sees(labels.before)
    hanna.closes()
    card_id = company.cards.login(login_id).record_card_id
    with company.office.database.transaction() as session:
        erasing.erase(
            session,
            card_id,
            even_employed=True,
            actor=OPERATOR,
            now=company.office.clock(),
        )
    hanna.types(labels.manage, channel="algemeen")
    hanna.presses(labels.log)
    hanna.sees(labels.after)
    hanna.sees(labels.erased)
    hanna.does_not_see("Kanarie")
    hanna.does_not_see("00104")
