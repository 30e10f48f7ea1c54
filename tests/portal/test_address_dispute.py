"""*Dit klopt niet*: the link in the letter to an address that was replaced."""

from datetime import timedelta

import pytest

from domain.actor import OPERATOR
from domain.audit import AuditAct
from domain.letters.queueing import LetterKind
from domain.logins.address_change import AddressChange, change_addresses
from domain.logins.address_notices import DISPUTED_NOTICE
from domain.outbox import OutboxMessage
from domain.sign_in.model import Stage
from tests.domain.sign_in.people import NAME, PASSWORD
from tests.portal.test_no_change_by_looking import content

NEW = "anders@example.nl"
BAD_LINK = "Deze link werkt niet meer"


@pytest.fixture
def anna(counter):
    """Whose address somebody changed a moment ago."""
    login_id = counter.desk.add_employee(card={"first_name": "Anna"})
    card_id = counter.desk.office.login(login_id).record_card_id
    with counter.office.database.transaction() as session:
        change_addresses(
            session,
            [AddressChange(card_id, NEW, NEW)],
            keyring=counter.office.keyring,
            actor=OPERATOR,
            now=counter.desk.clock(),
        )
    return login_id


@pytest.fixture
def token(counter, anna):
    [letter] = counter.letters(LetterKind.ADDRESS_REPLACED)
    return letter.values["token"].reveal()


def opens(counter, token):
    somebody = counter.visitor()
    return somebody, somebody.follows(somebody.looks(f"/klopt-niet/{token}"))


def warnings(counter):
    with counter.office.database.reading() as session:
        kind = OutboxMessage.kind == DISPUTED_NOTICE
        return [each.payload for each in session.query(OutboxMessage).where(kind)]


def test_both_addresses_are_told_and_the_old_one_not_the_whole_new_one(counter, anna):
    [to_old] = counter.letters(LetterKind.ADDRESS_REPLACED)
    [to_new] = counter.letters(LetterKind.ADDRESS_ADDED)
    assert (to_old.to.address, to_new.to.address) == (NAME, NEW)
    assert to_old.values["new_address"].reveal() == "a•••@example.nl"
    assert to_old.to.first_name == to_new.to.first_name == "Anna"


def test_the_button_warns_the_administrators_once_and_changes_nothing(
    counter, anna, token
):
    somebody, page = opens(counter, token)
    assert "Klopt uw nieuwe e-mailadres niet?" in page.text
    assert token not in page.text
    assert warnings(counter) == []
    before = counter.desk.office.login(anna)
    answer = somebody.sends("/klopt-niet")
    assert "De beheerders zijn gewaarschuwd" in answer.text
    again, _ = opens(counter, token)
    assert "De beheerders zijn gewaarschuwd" in again.sends("/klopt-niet").text
    [warning] = warnings(counter)
    assert warning["record_card_id"] == before.record_card_id
    after = counter.desk.office.login(anna)
    assert (after.user_name, after.credential_version) == (
        before.user_name,
        before.credential_version,
    )
    [event] = counter.desk.office.events(AuditAct.ADDRESS_DISPUTED)
    assert (event.login_id, event.details) == (anna, {})


def test_looking_changes_nothing_and_another_form_is_refused(counter, token):
    before = content(counter.office.database)
    for _ in range(5):
        opens(counter, token)
    assert content(counter.office.database) == before
    stranger = counter.visitor()
    stranger.looks("/")
    assert BAD_LINK in stranger.sends("/klopt-niet").text


def test_the_link_works_for_a_week(counter, token):
    counter.desk.clock.forward(timedelta(days=7) - timedelta(seconds=1))
    assert opens(counter, token)[1].status_code == 200
    somebody, _ = opens(counter, token)
    counter.desk.clock.forward(timedelta(seconds=1))
    answer = somebody.sends("/klopt-niet")
    assert answer.status_code == 400
    assert BAD_LINK in answer.text
    assert opens(counter, token)[1].status_code == 400
    assert warnings(counter) == []


@pytest.mark.parametrize("text", ["x" * 43, "é" * 43, "x" * 10_000, "a b"])
def test_what_is_no_link_is_told_so(counter, anna, text):
    somebody = counter.visitor()
    answer = somebody.looks(f"/klopt-niet/{text}")
    if answer.status_code == 303:
        answer = somebody.follows(answer)
    assert answer.status_code == 400
    assert BAD_LINK in answer.text


def test_somebody_who_is_signed_in_stays_so(counter, token):
    somebody = counter.at(Stage.IN)
    somebody.follows(somebody.looks(f"/klopt-niet/{token}"))
    somebody.sends("/klopt-niet")
    assert somebody.looks("/mijn-gegevens").status_code == 200


def test_the_new_address_signs_in_and_the_old_one_does_not(counter, anna):
    somebody = counter.visitor()
    somebody.looks("/")
    refused = somebody.sends("/", user_name=NAME, password=PASSWORD.reveal())
    assert refused.status_code == 403
    assert "Mijn gegevens" in somebody.signs_in(NEW, PASSWORD).text
