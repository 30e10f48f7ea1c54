import threading

import pytest

from domain.actor import OPERATOR, SCHEDULE
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.logins import address_change, provisioning
from domain.logins.address_change import AddressChange, AddressInUseError
from domain.record_cards import fields
from tests.keys import KEYRING


def to(card_id, email):
    return AddressChange(card_id, email, fields.email_key(email))


def change(office, *changes, actor=OPERATOR):
    with office.database.transaction() as session:
        address_change.change_addresses(
            session, changes, keyring=KEYRING, actor=actor, now=office.now
        )


def add(office, email):
    """A login with this address: (card id, login id)."""
    login_id = office.add_login(card={"email": email})
    return office.login(login_id).record_card_id, login_id


def user_names(office, *login_ids):
    return [office.login(login_id).user_name_key for login_id in login_ids]


def test_card_and_login_change_in_one_act(office):
    card_id, login_id = add(office, "old@example.nl")
    change(office, to(card_id, "New@example.nl"))
    card, login = office.card(card_id), office.login(login_id)
    assert (card.email, card.email_key) == ("New@example.nl", "new@example.nl")
    assert (login.user_name, login.user_name_key) == (card.email, card.email_key)


def test_links_codes_and_sessions_die_with_the_old_address(office):
    card_id, login_id = add(office, "old@example.nl")
    change(office, to(card_id, "new@example.nl"))
    assert office.login(login_id).credential_version == 2


def test_a_change_is_logged_without_either_address(office):
    card_id, login_id = add(office, "old@example.nl")
    change(office, to(card_id, "new@example.nl"))
    (event,) = office.events(AuditAct.LOGIN_ADDRESS_CHANGED)
    assert (event.login_id, event.record_card_id) == (login_id, card_id)
    assert event.branch_id == office.utrecht
    assert event.details == {"fields": ["email"]}


def test_many_are_changed_at_once_with_an_event_for_each(office):
    staff = [add(office, f"old{n}@example.nl") for n in range(5)]
    change(
        office,
        *(to(card_id, f"new{n}@example.nl") for n, (card_id, _) in enumerate(staff)),
    )
    changed = [login_id for _, login_id in staff]
    assert user_names(office, *changed) == [f"new{n}@example.nl" for n in range(5)]
    events = office.events(AuditAct.LOGIN_ADDRESS_CHANGED)
    assert sorted(event.login_id for event in events) == sorted(changed)


def test_others_keep_their_address_and_version(office):
    _, other = add(office, "other@example.nl")
    card_id, _ = add(office, "old@example.nl")
    change(office, to(card_id, "new@example.nl"))
    assert user_names(office, other) == ["other@example.nl"]
    assert office.login(other).credential_version == 1


def test_an_address_that_another_login_has_is_refused_and_nothing_changes(office):
    holder, _ = add(office, "taken@example.nl")
    first, first_login = add(office, "one@example.nl")
    second, second_login = add(office, "two@example.nl")
    with pytest.raises(AddressInUseError) as refused:
        change(office, to(first, "free@example.nl"), to(second, "TAKEN@example.nl"))
    assert refused.value.fields == {"record_card_ids": [holder]}
    assert refused.value.concerns == "email"
    assert user_names(office, first_login, second_login) == [
        "one@example.nl",
        "two@example.nl",
    ]
    assert office.events(AuditAct.LOGIN_ADDRESS_CHANGED) == []


def test_one_address_for_two_logins_is_refused(office):
    first, _ = add(office, "one@example.nl")
    second, _ = add(office, "two@example.nl")
    with pytest.raises(AddressInUseError):
        change(office, to(first, "same@example.nl"), to(second, "same@example.nl"))


def test_two_people_may_swap_their_addresses(office):
    first, first_login = add(office, "one@example.nl")
    second, second_login = add(office, "two@example.nl")
    change(office, to(first, "two@example.nl"), to(second, "one@example.nl"))
    assert user_names(office, first_login, second_login) == [
        "two@example.nl",
        "one@example.nl",
    ]
    assert office.login(first_login).credential_version == 2


def test_an_address_may_pass_from_one_to_the_next(office):
    staff = [add(office, f"{n}@example.nl") for n in range(4)]
    change(
        office,
        *(to(card_id, f"{n + 1}@example.nl") for n, (card_id, _) in enumerate(staff)),
    )
    assert user_names(office, *(login for _, login in staff)) == [
        f"{n + 1}@example.nl" for n in range(4)
    ]


def test_another_spelling_of_the_same_address_is_taken_over(office):
    card_id, login_id = add(office, "anna@example.nl")
    change(office, to(card_id, "Anna@example.nl"))
    assert office.login(login_id).user_name == "Anna@example.nl"


def test_a_card_that_shares_the_address_without_a_login_is_no_obstacle(office):
    office.add_card(email="shared@example.nl")
    card_id, login_id = add(office, "old@example.nl")
    change(office, to(card_id, "shared@example.nl"))
    assert user_names(office, login_id) == ["shared@example.nl"]


def test_a_card_without_login_is_not_changed_here(office):
    card_id = office.add_card()
    with pytest.raises(NotFoundError):
        change(office, to(card_id, "new@example.nl"))


def test_no_changes_are_no_act(office):
    change(office)
    assert office.events(AuditAct.LOGIN_ADDRESS_CHANGED) == []


@pytest.mark.parametrize("name", ["bram", "ursula"])
def test_no_address_of_another_branch_is_changed(office, name):
    own, own_login = add(office, "old@example.nl")
    card = {"email": "foreign@example.nl", "branch_id": office.amsterdam}
    foreign_login = office.add_login(card=card)
    foreign = office.login(foreign_login).record_card_id
    changes = [to(own, "new@example.nl"), to(foreign, "mine@example.nl")]
    with pytest.raises(NotFoundError):
        change(office, *changes, actor=getattr(office, name))
    expected = ["old@example.nl", "foreign@example.nl"]
    assert user_names(office, own_login, foreign_login) == expected
    change(office, changes[0], actor=getattr(office, name))
    assert user_names(office, own_login) == ["new@example.nl"]


def test_who_may_not_import_changes_no_address(office):
    card_id, login_id = add(office, "old@example.nl")
    with pytest.raises(NotPermittedError):
        change(office, to(card_id, "new@example.nl"), actor=SCHEDULE)
    assert user_names(office, login_id) == ["old@example.nl"]


def test_addresses_in_use_are_told_with_the_card_that_has_them(office):
    card_id, _ = add(office, "Anna@example.nl")
    office.add_card(email="card@example.nl")
    with office.database.reading() as session:
        found = address_change.addresses_in_use(
            session, ["anna@example.nl", "card@example.nl", "free@example.nl"]
        )
        assert address_change.addresses_in_use(session, []) == {}
    assert found == {"anna@example.nl": card_id}


def test_any_number_of_addresses_can_be_asked_about(office):
    card_id, _ = add(office, "anna@example.nl")
    keys = [f"{n}@example.nl" for n in range(70_000)] + ["anna@example.nl"]
    with office.database.reading() as session:
        found = address_change.addresses_in_use(session, keys)
    assert found == {"anna@example.nl": card_id}


def test_an_address_given_away_while_we_looked_is_refused_too(office):
    card_id, login_id = add(office, "old@example.nl")
    other = office.add_card(email="wanted@example.nl")
    outcome = []

    def change_meanwhile():
        try:
            change(office, to(card_id, "wanted@example.nl"))
        except AddressInUseError as error:
            outcome.append(error.code)

    thread = threading.Thread(target=change_meanwhile)
    with office.database.transaction() as session:
        provisioning.create_logins(
            session, office.utrecht, actor=office.hanna, now=office.now
        )
        thread.start()
        while thread.is_alive() and not office.somebody_waits_for_a_lock():
            thread.join(0.01)
    thread.join()
    assert outcome == ["address_in_use"]
    assert user_names(office, login_id) == ["old@example.nl"]
    assert office.login_of(other).user_name == "wanted@example.nl"
