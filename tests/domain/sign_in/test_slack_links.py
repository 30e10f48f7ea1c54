import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import slack_users
from domain.actor import EMPLOYEE, OPERATOR
from domain.audit import AuditAct
from domain.errors import NotFoundError, NotPermittedError
from domain.letters.kinds import LetterKind
from domain.logins import moving
from domain.logins.model import LoginState
from domain.privacy import erasing
from domain.secret import Secret
from domain.sign_in import slack_links
from domain.sign_in.model import SlackLink
from domain.sign_in.recovery import UseKind
from domain.sign_in.slack_links import SlackAccountTakenError
from domain.slack_users import SlackIdentity, remember
from tests.domain.office import BRAM, TEAM, day, member
from tests.domain.sign_in.people import NAME, later
from tests.domain.sign_in.recovering import (
    ANNA_IN_SLACK,
    ANOTHER,
    MALLORY,
    NEW,
    card_of,
    letters,
    linked_to,
    look,
    together,
    token,
    token_by_number,
    use,
)


@pytest.fixture
def anna(desk):
    return desk.add_employee(card={"number": "00417", "first_name": "Anna"})


def unlink(desk, card_id, actor):
    with desk.tools.transaction() as session:
        return slack_links.unlink(session, card_id, actor=actor, now=desk.clock())


def test_choosing_a_password_links_who_asked_in_slack(desk, anna):
    text = token_by_number(desk)
    assert linked_to(desk) is None
    assert look(desk, text).links_slack
    assert linked_to(desk) is None
    assert use(desk, text).kind is UseKind.DONE
    assert linked_to(desk) == card_of(desk, anna)
    (event,) = desk.office.events(AuditAct.SLACK_LINKED)
    assert (event.login_id, event.record_card_id) == (anna, card_of(desk, anna))
    (letter,) = letters(desk, LetterKind.SLACK_LINKED)
    assert letter.to.address == NAME


def test_a_link_that_was_asked_for_on_the_page_links_nobody(desk, anna):
    text = token(desk)
    assert not look(desk, text).links_slack
    use(desk, text)
    assert desk.number_of(SlackLink) == 0
    assert letters(desk, LetterKind.SLACK_LINKED) == []


def test_the_page_names_the_person_in_slack_as_slack_shows_them(desk, anna):
    text = token_by_number(desk, identity=MALLORY)
    assert look(desk, text).slack_name is None
    with desk.tools.transaction() as session:
        remember(session, MALLORY, member("mallory"), now=desk.clock())
    assert look(desk, text).slack_name == "mallory"


def test_a_bad_password_or_a_bad_link_links_nobody(desk, anna):
    text = token_by_number(desk)
    assert use(desk, text, Secret("kort")).kind is UseKind.BAD_PASSWORD
    assert desk.number_of(SlackLink) == 0
    later(desk.clock, minutes=30)
    assert use(desk, text).kind is UseKind.BAD_LINK
    assert desk.number_of(SlackLink) == 0


def test_the_newest_proof_replaces_the_account_of_the_card(desk, anna):
    use(desk, token_by_number(desk))
    fresh = SlackIdentity(TEAM, "U0ANNA2")
    use(desk, token_by_number(desk, identity=fresh), ANOTHER)
    assert linked_to(desk, fresh) == card_of(desk, anna)
    assert linked_to(desk) is None
    assert len(letters(desk, LetterKind.SLACK_LINKED)) == 2


def test_the_newest_proof_replaces_the_card_of_the_account(desk, anna):
    second = desk.add_employee("anna.zzp@example.nl", card={"number": "00900"})
    use(desk, token_by_number(desk))
    use(desk, token_by_number(desk, "00900"))
    assert linked_to(desk) == card_of(desk, second)
    assert desk.number_of(SlackLink) == 1
    addresses = [one.to.address for one in letters(desk, LetterKind.SLACK_LINKED)]
    assert addresses == [NAME, "anna.zzp@example.nl"]


def test_linking_the_same_two_again_is_no_event(desk, anna):
    use(desk, token_by_number(desk))
    use(desk, token_by_number(desk), ANOTHER)
    assert len(desk.office.events(AuditAct.SLACK_LINKED)) == 1
    assert len(letters(desk, LetterKind.SLACK_LINKED)) == 1


def test_two_accounts_that_prove_themselves_at_once_leave_one_link(desk, anna):
    identities = [SlackIdentity(TEAM, f"U{number}") for number in range(3)]
    texts = [token_by_number(desk, identity=one) for one in identities]
    kinds = [one.kind for one in together(3, lambda number: use(desk, texts[number]))]
    winner = identities[kinds.index(UseKind.DONE)]
    assert linked_to(desk, winner) == card_of(desk, anna)
    assert desk.number_of(SlackLink) == 1


def test_one_account_that_proves_two_cards_at_once_ends_with_one(desk):
    cards = {}
    for number in ("00001", "00002"):
        login_id = desk.add_employee(f"a{number}@example.nl", card={"number": number})
        cards[token_by_number(desk, number)] = card_of(desk, login_id)
    texts = list(cards)
    outcomes = together(2, lambda number: use(desk, texts[number]))
    assert [outcome.kind for outcome in outcomes] == [UseKind.DONE] * 2
    assert linked_to(desk) in cards.values()
    assert desk.number_of(SlackLink) == 1


def test_the_same_user_id_of_another_workspace_is_another_person(desk, anna):
    use(desk, token_by_number(desk))
    assert linked_to(desk, SlackIdentity("T0OTHER", "U0ANNA")) is None


def test_finding_a_person_gives_card_and_login(desk, anna):
    use(desk, token_by_number(desk))
    with desk.office.database.reading() as session:
        found = slack_links.find_card(session, ANNA_IN_SLACK)
        assert (found.card.number, found.login.id) == ("00417", anna)
        identity = slack_links.find_identity(session, card_of(desk, anna))
        assert identity == ANNA_IN_SLACK
        assert slack_links.find_card(session, MALLORY) is None


def test_hr_unlinks_a_person_once_and_it_is_in_the_log(desk, anna):
    use(desk, token_by_number(desk))
    card_id = card_of(desk, anna)
    assert unlink(desk, card_id, desk.office.ursula)
    assert linked_to(desk) is None
    assert not unlink(desk, card_id, desk.office.ursula)
    (event,) = desk.office.events(AuditAct.SLACK_UNLINKED)
    assert (event.login_id, event.record_card_id) == (anna, card_id)


def test_nobody_unlinks_in_a_branch_out_of_reach(desk):
    rotterdam = {"number": "00417", "branch_id": desk.office.rotterdam}
    login_id = desk.add_employee(card=rotterdam)
    use(desk, token_by_number(desk))
    card_id = card_of(desk, login_id)
    for actor, refusal in (
        (desk.office.bram, NotFoundError),
        (EMPLOYEE, NotFoundError),
    ):
        with pytest.raises(refusal):
            unlink(desk, card_id, actor)
    assert linked_to(desk) == card_id
    with pytest.raises(NotFoundError):
        unlink(desk, 999_999, desk.office.hanna)


def test_a_closed_login_keeps_its_person_in_slack_for_a_month(desk, anna):
    use(desk, token_by_number(desk), NEW)
    desk.change(anna, state=LoginState.EMPLOYMENT_ENDED)
    desk.change_card(anna, end_on=day("2026-11-20"))
    for days, left in ((30, 1), (1, 0)):
        now = later(desk.clock, days=days)
        with desk.tools.transaction() as session:
            slack_links.forget_leavers(session, now=now)
        assert desk.number_of(SlackLink) == left


def test_who_was_activated_again_after_leaving_stays_linked(desk, anna):
    use(desk, token_by_number(desk))
    desk.change_card(anna, end_on=day("2026-10-01"), changed_at=desk.clock())
    with desk.tools.transaction() as session:
        slack_links.forget_leavers(session, now=desk.clock() + timedelta(days=90))
        assert session.scalars(select(SlackLink)).one()


def test_who_left_without_a_login_is_forgotten_too(desk):
    card_id = desk.office.add_card(end_on=day("2026-10-01"))
    by_hand(desk, card_id)
    with desk.tools.transaction() as session:
        slack_links.forget_leavers(session, now=desk.clock())
    assert linked_to(desk) is None
    events = desk.office.events(AuditAct.SLACK_UNLINKED)
    assert [event.record_card_id for event in events] == [card_id]


@pytest.mark.parametrize("administers", [False, True])
def test_the_name_of_who_left_goes_with_the_link(desk, administers):
    who = BRAM if administers else ANNA_IN_SLACK
    by_hand(desk, desk.office.add_card(end_on=day("2026-10-01")), who)
    with desk.tools.transaction() as session:
        slack_users.remember(session, who, member("kanarie"), now=desk.clock())
        slack_links.forget_leavers(session, now=desk.clock())
    with desk.tools.transaction() as session:
        assert (slack_users.find(session, who) is not None) is administers


def by_hand(desk, card_id, identity=ANNA_IN_SLACK, actor=None):
    with desk.tools.transaction() as session:
        return slack_links.link_by_hand(
            session,
            card_id,
            identity,
            keyring=desk.tools.keyring,
            actor=actor or desk.office.ursula,
            now=desk.clock(),
        )


def test_hr_links_a_person_once_and_the_cards_address_is_told(desk, anna):
    card_id = card_of(desk, anna)
    assert by_hand(desk, card_id)
    assert not by_hand(desk, card_id)
    assert linked_to(desk) == card_id
    (event,) = desk.office.events(AuditAct.SLACK_LINKED)
    who = desk.office.ursula.administrator_id
    assert (event.administrator_id, event.login_id) == (who, anna)
    (letter,) = letters(desk, LetterKind.SLACK_LINKED)
    assert letter.to.address == NAME


def test_hr_replaces_the_account_of_a_card(desk, anna):
    card_id = card_of(desk, anna)
    by_hand(desk, card_id)
    assert by_hand(desk, card_id, MALLORY)
    assert (linked_to(desk), linked_to(desk, MALLORY)) == (None, card_id)
    assert desk.number_of(SlackLink) == 1


def test_hr_takes_an_account_from_no_other_card(desk, anna):
    second = desk.add_employee("anna.zzp@example.nl", card={"number": "00900"})
    use(desk, token_by_number(desk))
    with pytest.raises(SlackAccountTakenError):
        by_hand(desk, card_of(desk, second))
    assert linked_to(desk) == card_of(desk, anna)
    assert len(desk.office.events(AuditAct.SLACK_LINKED)) == 1


def test_somebody_without_login_is_linked_and_nobody_is_written(desk):
    card_id = desk.office.add_card()
    assert by_hand(desk, card_id)
    assert linked_to(desk) == card_id
    assert letters(desk, LetterKind.SLACK_LINKED) == []


def test_no_card_out_of_reach_closed_or_erased_is_linked_by_hand(desk, anna):
    office, now = desk.office, desk.clock()
    cards = [
        office.add_card(branch_id=office.rotterdam),
        office.add_card(moved_to_card_id=card_of(desk, anna), closed_at=now),
        office.add_card(erased_at=now),
        999_999,
    ]
    for card_id in cards:
        with pytest.raises(NotFoundError):
            by_hand(desk, card_id)
    with pytest.raises(NotPermittedError):
        by_hand(desk, card_of(desk, anna), actor=EMPLOYEE)
    assert desk.number_of(SlackLink) == 0


def test_one_account_linked_by_hand_to_two_cards_at_once_ends_with_one(desk):
    cards = [desk.office.add_card(), desk.office.add_card()]

    def press(number):
        try:
            return by_hand(desk, cards[number])
        except SlackAccountTakenError:
            return False

    assert sorted(together(2, press)) == [False, True]
    assert linked_to(desk) in cards
    assert desk.number_of(SlackLink) == 1
    assert len(desk.office.events(AuditAct.SLACK_LINKED)) == 1


@pytest.mark.parametrize("ending", ["erased", "moved"])
def test_nobody_is_linked_to_a_card_that_ends_at_that_moment(desk, ending):
    """Whoever comes second waits for the first, and finds no card any more."""
    office = desk.office
    old, new = office.add_card(end_on=day("2026-10-01")), office.add_card()
    refused = []

    def links():
        try:
            by_hand(desk, old)
        except NotFoundError as error:
            refused.append(error.code)

    linking = threading.Thread(target=links)
    with desk.tools.transaction() as session:
        if ending == "erased":
            erasing.erase(session, old, actor=OPERATOR, now=desk.clock())
        else:
            moving.move(
                session,
                old,
                new,
                [],
                keyring=desk.tools.keyring,
                actor=office.hanna,
                now=desk.clock(),
            )
        session.flush()
        linking.start()
        while linking.is_alive() and not office.somebody_waits_for_a_lock():
            linking.join(0.01)
    linking.join()
    assert refused == ["not_found"]
    assert linked_to(desk) is None
