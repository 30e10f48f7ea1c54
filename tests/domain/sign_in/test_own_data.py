"""What employees see of themselves, and signing out of every other browser."""

from datetime import timedelta

from domain.audit import AuditAct
from domain.logins.language import choose_language
from domain.sign_in import own_data
from domain.sign_in.signing_out import sign_out_elsewhere
from tests.domain.sign_in.people import HOME


def read(desk, login_id):
    with desk.office.database.reading() as session:
        return own_data.read(session, login_id)


def test_employees_see_their_own_card_and_branch(desk):
    login_id = desk.add_employee(card={"first_name": "Anna", "job_title": "Kok"})
    desk.add_employee("bob@example.nl", card={"first_name": "Bob"})
    own = read(desk, login_id)
    assert (own.card.first_name, own.card.job_title) == ("Anna", "Kok")
    assert own.branch.name == "Utrecht"
    assert own.login.id == login_id
    assert own.sign_ins == []


def test_the_last_ten_sign_ins_are_shown_latest_first_and_nobody_elses(desk):
    login_id = desk.add_employee()
    desk.add_employee("bob@example.nl")
    moments = []
    for _ in range(12):
        desk.clock.forward(timedelta(hours=1))
        desk.signs_in()
        moments.append(desk.clock())
        desk.signs_in("bob@example.nl")
    assert read(desk, login_id).sign_ins == moments[:1:-1]


def test_signing_out_everywhere_leaves_this_browser_and_other_people_in(desk):
    login_id = desk.add_employee()
    desk.add_employee("bob@example.nl")
    here, *others = [desk.signs_in() for _ in range(3)]
    bob = desk.signs_in("bob@example.nl")
    with desk.office.database.transaction() as session:
        sign_out_elsewhere(
            session,
            desk.open_session(here),
            visit=HOME,
            keyring=desk.tools.keyring,
            now=desk.clock(),
        )
    assert desk.is_in(here)
    assert desk.is_in(bob)
    assert not any(desk.is_in(other) for other in others)
    [event] = desk.office.events(AuditAct.SIGNED_OUT_EVERYWHERE)
    assert event.login_id == login_id
    assert event.record_card_id == desk.office.login(login_id).record_card_id


def test_a_language_is_kept_with_one_login_only(desk):
    login_id = desk.add_employee()
    other = desk.add_employee("bob@example.nl")
    with desk.office.database.transaction() as session:
        choose_language(session, login_id, "en")
    assert desk.office.login(login_id).language == "en"
    assert desk.office.login(other).language is None
