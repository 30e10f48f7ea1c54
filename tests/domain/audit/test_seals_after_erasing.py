"""Erasing a person changes no event, so that every seal holds."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import audit_seals
from domain.actor import OPERATOR
from domain.audit import AuditAct, AuditEvent
from domain.privacy import erasing
from tests.domain.privacy import canary


@pytest.mark.parametrize("days", [1, 3])
def test_erasing_a_person_leaves_every_seal_whole(office, keyring, now, days):
    login_id = canary.settle_in(office, keyring, now)
    later = now + timedelta(days=days)
    with office.database.transaction() as session:
        assert audit_seals.seal_next_day(session, keyring, now=later) is not None
    card_id = office.login(login_id).record_card_id
    with office.database.transaction() as session:
        erasing.erase(session, card_id, even_employed=True, actor=OPERATOR, now=later)
    with office.database.reading() as session:
        assert audit_seals.verify(session, keyring, actor=OPERATOR).breaks == []
        erased = AuditEvent.act == AuditAct.PERSON_ERASED
        assert session.scalars(select(AuditEvent.id).where(erased)).all()
