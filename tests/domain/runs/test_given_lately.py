"""Whose new password of the last day a mailing would end."""

from datetime import timedelta

from domain.logins.model import PasswordKind
from tests.domain.runs.mailing import plan


def test_an_initial_password_of_the_last_day_is_warned_of(office, now):
    for hours in (1, 25):
        office.add_login(
            password_kind=PasswordKind.INITIAL,
            password_set_at=now - timedelta(hours=hours),
        )
    office.add_login()
    found = plan(office, now=now)
    assert (found.count, found.again, found.lately) == (3, 1, 0)


def test_a_password_of_ones_own_is_not(office, now):
    office.add_login(password_kind=PasswordKind.OWN, password_set_at=now)
    assert plan(office, now=now).again == 0
