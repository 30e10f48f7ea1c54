"""Which browsers have a budget of their own, and what ends that."""

from domain.logins import activation, resets
from domain.logins.model import LoginState
from domain.sign_in import own_password
from domain.sign_in.devices import KEPT_PER_LOGIN
from domain.sign_in.gate import Visit
from domain.sign_in.signing_out import sign_out_elsewhere
from tests.domain.sign_in.people import ELSEWHERE, HOME, PASSWORD, later
from tests.domain.sign_in.recovering import NEW, token, use


def counts(desk, visit):
    """Whether a wrong password in this browser is counted as the browser's."""
    later(desk.clock, hours=1)
    desk.tries("dit is fout", visit=visit)
    return desk.attempts()[-1].device_id is not None


def same_browser_elsewhere(visit):
    return Visit("198.51.100.1", visit.device)


def uses_link(desk, visit=HOME):
    later(desk.clock, minutes=1)
    use(desk, token(desk), visit=visit)


def test_browsers_known_before_a_recovery_give_no_guesses_beyond_the_logins(desk):
    login_id = desk.add_employee()
    thieves = [desk.knows_browser(visit=Visit(f"198.51.100.{n}")) for n in range(5)]
    uses_link(desk)
    hashed = desk.tools.hashing.checked
    for number, thief in enumerate(thieves):
        desk.fails(4, visit=same_browser_elsewhere(thief), first=4 * number)
    assert desk.state(login_id) is LoginState.LOCKED
    assert desk.tools.hashing.checked - hashed <= 10


def test_the_browser_that_used_the_link_stays_known(desk):
    desk.add_employee()
    mine, other = desk.knows_browser(), desk.knows_browser(visit=ELSEWHERE)
    uses_link(desk, mine)
    assert counts(desk, mine)
    assert not counts(desk, other)


def test_a_browser_is_known_again_after_signing_in_with_the_new_password(desk):
    desk.add_employee()
    mine = desk.knows_browser()
    uses_link(desk)
    assert not counts(desk, mine)
    later(desk.clock, hours=1)
    desk.signs_in(visit=mine, password=NEW)
    assert counts(desk, mine)
    assert len(desk.trusted()) == 1


def test_a_password_from_hr_ends_every_known_browser(desk):
    login_id = desk.add_employee()
    known = desk.knows_browser()
    later(desk.clock, minutes=1)
    about = {"actor": desk.office.hanna, "now": desk.clock()}
    transaction, keyring = desk.office.database.transaction, desk.tools.keyring
    prepared = resets.prepare_shown_password(
        transaction, login_id, keyring=keyring, **about
    )
    resets.apply_shown_password(transaction, prepared, **about)
    assert not counts(desk, known)


def test_changing_the_password_leaves_the_browser_at_hand_known(desk):
    desk.add_employee()
    other, mine = desk.knows_browser(visit=ELSEWHERE), desk.knows_browser()
    here = desk.signs_in(visit=mine)
    later(desk.clock, minutes=1)
    own_password.change_password(
        desk.tools,
        desk.open_session(here),
        PASSWORD,
        NEW,
        visit=mine,
        now=desk.clock(),
    )
    assert counts(desk, mine)
    assert not counts(desk, other)


def test_signing_out_everywhere_leaves_the_browser_at_hand_known(desk):
    desk.add_employee()
    other, mine = desk.knows_browser(visit=ELSEWHERE), desk.knows_browser()
    here = desk.signs_in(visit=mine)
    with desk.tools.transaction() as session:
        sign_out_elsewhere(
            session,
            desk.open_session(here),
            visit=mine,
            keyring=desk.tools.keyring,
            now=desk.clock(),
        )
    assert counts(desk, mine)
    assert not counts(desk, other)


def test_signing_out_everywhere_forgets_no_browser_of_others(desk):
    desk.add_employee()
    desk.add_employee("bob@example.nl")
    bob = desk.knows_browser("bob@example.nl")
    here = desk.signs_in()
    with desk.tools.transaction() as session:
        sign_out_elsewhere(
            session,
            desk.open_session(here),
            visit=HOME,
            keyring=desk.tools.keyring,
            now=desk.clock(),
        )
    desk.tries("dit is fout", "bob@example.nl", bob)
    assert desk.attempts()[-1].device_id is not None


def test_a_login_knows_the_newest_browsers_only(desk):
    desk.add_employee()
    known = []
    for number in range(KEPT_PER_LOGIN + 2):
        later(desk.clock, minutes=1)
        known.append(desk.knows_browser(visit=Visit(f"198.51.100.{number}")))
    assert len(desk.trusted()) == KEPT_PER_LOGIN
    assert not counts(desk, known[1])
    assert counts(desk, known[2])


def test_activating_a_locked_login_keeps_its_browsers(desk):
    login_id = desk.add_employee()
    mine = desk.knows_browser()
    later(desk.clock, minutes=1)
    desk.fails(10, visit=ELSEWHERE)
    assert desk.state(login_id) is LoginState.LOCKED
    with desk.tools.transaction() as session:
        activation.set_active(
            session,
            login_id,
            active=True,
            expected_version=desk.office.login(login_id).credential_version,
            actor=desk.office.hanna,
            now=desk.clock(),
        )
    assert counts(desk, mine)
