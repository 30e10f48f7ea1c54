import hashlib
import string
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.branches import Branch
from domain.logins import links
from domain.logins.links import LinkPurpose
from domain.logins.model import PasswordKind
from domain.secret import Secret
from domain.sign_in.recovery import UseKind
from tests.domain.sign_in.people import HOME, PASSWORD, hash_of, later
from tests.domain.sign_in.recovering import (
    NEW,
    link_rows,
    look,
    made,
    token,
    use,
)

TAMPERING = string.ascii_letters + string.digits + "-_"


@pytest.mark.parametrize("number", range(4))
def test_no_changed_bit_of_a_token_is_accepted(desk, number):
    login_id = desk.add_employee()
    text = made(desk, login_id)
    changed = {
        text[:at] + chr(ord(text[at]) ^ (1 << bit)) + text[at + 1 :]
        for at in range(len(text))
        for bit in range(7)
    }
    assert len(changed) == 7 * 43
    for other in sorted(changed):
        assert look(desk, other) is None
    for at, character in enumerate(text):
        other = TAMPERING[(TAMPERING.index(character) + 1 + number) % 64]
        assert use(desk, text[:at] + other + text[at + 1 :]).kind is UseKind.BAD_LINK
    assert use(desk, text).kind is UseKind.DONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "é" * 43,
        "\ud800" * 43,
        "a" * 42,
        "a" * 44,
        "a" * 10_240,
        "٣" * 43,
        "a" * 42 + "\n",
        "\0" * 43,
        "' OR 1=1 --",
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_what_is_no_token_is_simply_a_bad_link(desk, text):
    desk.add_employee()
    assert look(desk, text) is None
    assert use(desk, text).kind is UseKind.BAD_LINK


def test_a_token_with_a_line_break_behind_it_is_none(desk):
    login_id = desk.add_employee()
    text = made(desk, login_id)
    assert look(desk, text + "\n") is None


def test_only_a_digest_of_the_token_is_stored(desk):
    login_id = desk.add_employee()
    text = made(desk, login_id)
    (row,) = link_rows(desk)
    assert row.token_hash == hashlib.sha256(text.encode()).hexdigest()
    assert look(desk, row.token_hash) is None
    assert (row.login_id, row.purpose, row.credential_version) == (
        login_id,
        LinkPurpose.RECOVERY,
        1,
    )


def test_the_login_comes_from_the_links_row_and_from_nowhere_else(desk):
    anna = desk.add_employee()
    others = [desk.add_employee(f"ander{number}@example.nl") for number in range(20)]
    use(desk, token(desk), visit=replace(HOME, device=Secret("20")))
    assert desk.office.login(anna).credential_version == 2
    for other in others:
        assert desk.office.login(other).password_hash == hash_of(PASSWORD)
        assert desk.office.login(other).credential_version == 1


def test_who_comes_back_too_late_gives_nobody_elses_hold_away(desk):
    login_id = desk.add_employee()
    made(desk, login_id)
    (row,) = link_rows(desk)
    first = desk.clock()
    with desk.tools.transaction() as session:
        assert links.hold(session, row.id, now=first)
        assert links.hold(session, row.id, now=later(desk.clock, seconds=31))
        links.release(session, row.id, now=first)
        assert not links.hold(session, row.id, now=later(desk.clock, seconds=1))


def test_an_invitation_lives_as_long_as_the_initial_passwords_of_the_branch(desk):
    login_id = desk.add_employee(password_kind=PasswordKind.NONE, password_hash=None)
    with desk.tools.transaction() as session:
        session.execute(
            update(Branch)
            .where(Branch.id == desk.office.utrecht)
            .values(initial_password_days=3)
        )
        link = links.make_invitation(session, login_id, now=desk.clock())
    assert link.expires_at == desk.clock() + timedelta(days=3)
    later(desk.clock, days=2, hours=23)
    assert link_rows(desk)[0].purpose is LinkPurpose.INVITATION
    assert use(desk, link.token.reveal()).kind is UseKind.DONE
    desk.signs_in(password=NEW)


def test_each_check_of_a_link_stands_by_itself(desk):
    login_id = desk.add_employee()
    used, late, old = (made(desk, login_id) for _ in range(3))
    rows = link_rows(desk)
    with desk.tools.transaction() as session:
        assert links.use_up(session, rows[0].id, now=desk.clock())
        assert not links.use_up(session, rows[0].id, now=desk.clock())
        assert not links.hold(session, rows[0].id, now=desk.clock())
        assert links.find(session, used, now=desk.clock()) is None
        assert links.find(session, late, now=desk.clock())
        expired = desk.clock() + timedelta(minutes=30)
        assert links.find(session, late, now=expired) is None
        assert not links.hold(session, rows[1].id, now=expired)
        assert not links.use_up(session, rows[1].id, now=expired)
    desk.change(login_id, credential_version=2)
    with desk.tools.transaction() as session:
        assert links.find(session, old, now=desk.clock()) is None


def test_nothing_that_is_shown_or_stored_tells_a_password_or_a_token(desk):
    desk.add_employee()
    text = token(desk)
    outcome = use(desk, text, PASSWORD)
    assert PASSWORD.reveal() not in repr(outcome)
    assert text not in str([vars(row) for row in link_rows(desk)])
