"""Whom it meets when a branch begins to ask for a second factor."""

from datetime import timedelta

import pytest

from domain.errors import NotPermittedError
from domain.logins.model import LoginState, SecondFactor
from domain.logins.second_factors import Met, met_by_requiring


def met(office, actor=None, branch_id=None):
    with office.database.reading() as session:
        return met_by_requiring(
            session,
            branch_id or office.utrecht,
            actor=actor or office.hanna,
            now=office.now,
        )


def test_it_meets_active_logins_that_give_no_code_yet(office):
    office.add_login(LoginState.ACTIVE)
    office.add_login(LoginState.ACTIVE, sign_in_count=4)
    office.add_login(LoginState.ACTIVE, second_factor=SecondFactor.MAIL)
    office.add_login(LoginState.NEW)
    office.add_login(LoginState.LOCKED)
    office.add_login(card={"end_on": office.now.date() - timedelta(days=1)})
    office.add_login(card={"branch_id": office.amsterdam})
    assert met(office) == Met(newly=2, already=1)


def test_only_who_sets_up_branches_counts_them(office):
    with pytest.raises(NotPermittedError):
        met(office, office.bram)
