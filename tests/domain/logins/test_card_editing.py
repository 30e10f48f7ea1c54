"""Changing a record card and adding one, by the rules of the import."""

from datetime import timedelta

import pytest

from domain.audit import AuditAct
from domain.errors import NotFoundError
from domain.letters.queueing import KIND
from domain.logins import card_editing
from domain.logins.address_change import AddressInUseError
from domain.logins.card_editing import CardChangedMeanwhileError, CardClosedError
from domain.logins.model import LoginState
from domain.outbox import OutboxMessage
from domain.record_cards.entries import CardField, CardRefusedError
from domain.record_cards.fields import Reason
from tests.domain.office import day
from tests.keys import KEYRING

OTHER = "anders@example.nl"


def entries(card, **typed):
    """What the form holds of a card, with some fields typed anew."""
    shown = {field: getattr(card, field.value) for field in CardField}
    texts = {
        field: "" if value is None else str(value) for field, value in shown.items()
    }
    return texts | {CardField(name): value for name, value in typed.items()}


def edit(office, card_id, *, actor=None, branch=None, seen=None, **typed):
    card = office.card(card_id)
    with office.database.transaction() as session:
        return card_editing.edit_card(
            session,
            card_id,
            entries(card, **typed),
            branch or card.branch_id,
            seen=seen or card.changed_at,
            keyring=KEYRING,
            actor=actor or office.bram,
            now=office.now + timedelta(minutes=1),
        )


def letters(office):
    with office.database.reading() as session:
        kind = OutboxMessage.kind == KIND
        return [
            each.payload["letter"] for each in session.query(OutboxMessage).where(kind)
        ]


def test_every_field_is_changed_with_one_event_that_names_them(office):
    card_id = office.add_card()
    typed = {
        "number": "00777",
        "first_name": "Ans",
        "prefix": "van",
        "last_name": "Dijk",
        "job_title": "Kok",
        "contract": "oproep",
        "start_on": "1 maart 2024",
        "end_on": "31-12-2026",
        "phone": "06 1234",
        "street": "Dorpsstraat 1",
        "postal_code": "3511 AB",
        "city": "Utrecht",
        "birth_on": "1990-05-17",
        "email": OTHER,
    }
    changed = edit(office, card_id, **typed)
    card = office.card(card_id)
    assert set(changed) == set(typed)
    assert (card.full_name, card.number, card.email) == ("Ans van Dijk", "00777", OTHER)
    assert (card.start_on, card.end_on) == (day("2024-03-01"), day("2026-12-31"))
    assert card.name_key == "dijk ans van 00777"
    assert card.changed_at == office.now + timedelta(minutes=1)
    [event] = office.events(AuditAct.CARD_CHANGED)
    assert set(event.details["fields"]) == set(typed)
    assert "Ans" not in str(event.details)


def test_what_stays_the_same_writes_nothing(office):
    card_id = office.add_card()
    assert edit(office, card_id) == ()
    assert office.events(AuditAct.CARD_CHANGED) == []
    assert office.card(card_id).changed_at == office.now


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"number": " "}, {"number": Reason.MISSING}),
        ({"last_name": ""}, {"last_name": Reason.MISSING}),
        ({"email": "jan@"}, {"email": Reason.ADDRESS_UNUSABLE}),
        ({"start_on": "31-02-2025"}, {"start_on": Reason.NOT_A_DATE}),
        ({"birth_on": "2030-01-01"}, {"birth_on": Reason.NOT_YET_BORN}),
        (
            {"start_on": "2026-02-01", "end_on": "2026-01-01"},
            {"end_on": Reason.ENDS_BEFORE_START},
        ),
        (
            {"number": "x" * 41, "city": "x" * 101},
            {"number": Reason.TOO_LONG, "city": Reason.TOO_LONG},
        ),
    ],
)
def test_what_the_import_refuses_is_refused_here(office, typed, problems):
    card_id = office.add_card()
    with pytest.raises(CardRefusedError) as refused:
        edit(office, card_id, **typed)
    found = {field.value: reason for field, reason in refused.value.problems.items()}
    assert found == problems
    assert office.events(AuditAct.CARD_CHANGED) == []


def test_a_number_that_another_card_has_is_refused(office):
    office.add_card(number="00777")
    card_id = office.add_card()
    with pytest.raises(CardRefusedError) as refused:
        edit(office, card_id, number="00777")
    assert refused.value.problems == {CardField.NUMBER: Reason.NUMBER_TAKEN}


def test_the_address_of_a_card_with_a_login_changes_both_in_one_act(office):
    login_id = office.add_login()
    login = office.login(login_id)
    card_id, version = login.record_card_id, login.credential_version
    assert edit(office, card_id, email=OTHER, city="Zeist") == ("city", "email")
    login = office.login(login_id)
    assert (login.user_name, office.card(card_id).email) == (OTHER, OTHER)
    assert login.credential_version == version + 1
    [changed] = office.events(AuditAct.CARD_CHANGED)
    [moved] = office.events(AuditAct.LOGIN_ADDRESS_CHANGED)
    assert changed.details == {"fields": ["city"]}
    assert (moved.login_id, moved.details) == (login_id, {"fields": ["email"]})
    assert letters(office) == ["address_replaced", "address_added"]


def test_other_capitals_in_an_address_are_written_and_end_nothing(office):
    login_id = office.add_login(card={"email": "jan@example.nl"})
    before = office.login(login_id)
    card_id = before.record_card_id
    assert edit(office, card_id, email="Jan@Example.nl") == ("email",)
    after, card = office.login(login_id), office.card(card_id)
    assert (after.user_name, card.email) == ("Jan@example.nl", "Jan@example.nl")
    assert after.user_name_key == card.email_key == "jan@example.nl"
    assert after.credential_version == before.credential_version
    assert letters(office) == []


def test_a_look_alike_of_the_own_address_is_another_address(office):
    login_id = office.add_login(card={"email": "strauss@example.nl"})
    before = office.login(login_id)
    edit(office, before.record_card_id, email="strauß@example.nl")
    after = office.login(login_id)
    assert after.user_name == "strauß@example.nl"
    assert after.credential_version == before.credential_version + 1
    assert letters(office) == ["address_replaced", "address_added"]


def test_nobody_is_written_about_a_login_that_was_never_handed_over(office):
    login_id = office.add_login(LoginState.NEW)
    edit(office, office.login(login_id).record_card_id, email=OTHER)
    assert office.login(login_id).user_name == OTHER
    assert letters(office) == []


def test_a_login_keeps_an_address(office):
    login_id = office.add_login()
    with pytest.raises(CardRefusedError) as refused:
        edit(office, office.login(login_id).record_card_id, email="")
    assert refused.value.problems == {CardField.EMAIL: Reason.MISSING}


def test_an_address_of_another_login_is_refused_and_nothing_else_is_written(office):
    holder = office.login(office.add_login(card={"email": OTHER}))
    card_id = office.login(office.add_login()).record_card_id
    with pytest.raises(AddressInUseError) as refused:
        edit(office, card_id, email=OTHER.upper(), city="Zeist")
    assert refused.value.fields["record_card_ids"] == [holder.record_card_id]
    assert office.card(card_id).city is None
    assert letters(office) == []


def test_somebody_elses_change_meanwhile_is_not_written_over(office):
    card_id = office.add_card()
    seen = office.card(card_id).changed_at
    edit(office, card_id, city="Zeist")
    with pytest.raises(CardChangedMeanwhileError):
        edit(office, card_id, seen=seen, city="Bunnik")
    assert office.card(card_id).city == "Zeist"


def test_a_closed_card_changes_no_more(office):
    other = office.add_card()
    card_id = office.add_card(moved_to_card_id=other, closed_at=office.now)
    with pytest.raises(CardClosedError):
        edit(office, card_id, city="Zeist")


def test_cards_and_branches_out_of_reach_are_not_found(office):
    foreign = office.add_card(branch_id=office.amsterdam)
    own = office.add_card()
    with pytest.raises(NotFoundError):
        edit(office, foreign, city="Zeist")
    with pytest.raises(NotFoundError):
        edit(office, own, branch=office.amsterdam)
    assert edit(office, own, branch=office.amsterdam, actor=office.hanna) == ("branch",)
    assert office.card(own).branch_id == office.amsterdam


def test_a_card_is_added_to_an_own_branch_only(office):
    typed = {CardField.NUMBER: "00901", CardField.LAST_NAME: "Nieuw"}

    def add(branch_id):
        with office.database.transaction() as session:
            return card_editing.add_card(
                session, typed, branch_id, actor=office.ursula, now=office.now
            )

    with pytest.raises(NotFoundError):
        add(office.amsterdam)
    card_id = add(office.utrecht)
    assert office.card(card_id).full_name == "Nieuw"
    [event] = office.events(AuditAct.CARD_ADDED)
    assert event.record_card_id == card_id
    with pytest.raises(CardRefusedError) as refused:
        add(office.utrecht)
    assert refused.value.problems == {CardField.NUMBER: Reason.NUMBER_TAKEN}
