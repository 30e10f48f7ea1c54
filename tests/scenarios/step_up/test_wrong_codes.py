"""Wrong codes block, managers are told, and one of them lifts it."""

import pytest

from domain.actor import OPERATOR
from domain.appointments import dismissing
from domain.audit import AuditAct
from tests.bot.in_slack import eventually
from tests.domain.step_up.giving import wrong
from tests.scenarios.step_up.conftest import set_address
from tests.scenarios.step_up.people import (
    CHANNEL,
    DUTCH,
    asks_for_password,
    confirms,
    gives,
    gives_wrong_codes,
    mailed_code,
    opens_login,
)

pytestmark = pytest.mark.usefixtures("required")
BLOCKED = "Vijf codes achter elkaar waren fout"
TOLD = "gaf in Sleutelbos vijf keer achter elkaar een foute code"
LIFT = "Blokkering opheffen"


def blocks(person, mailbox):
    opens_login(person, DUTCH)
    asks_for_password(person, DUTCH)
    gives_wrong_codes(person, mailbox)
    person.sees(BLOCKED)


def test_five_wrong_codes_block_until_a_manager_lifts_it(company, mailbox):
    bram, hanna = company.bram, company.hanna
    blocks(bram, mailbox)
    bram.sees("in Gebruikersbeheer: hanna.")
    bram.goes_back()
    asks_for_password(bram, DUTCH)
    bram.sees(BLOCKED)
    bram.closes()
    hanna.opens_messages()
    eventually(lambda: TOLD in hanna.reads_dm())
    hanna.presses(LIFT)
    confirms(hanna, mailbox)
    hanna.presses(LIFT)
    hanna.sees("De blokkering is opgeheven")
    opens_login(bram, DUTCH)
    asks_for_password(bram, DUTCH)
    confirms(bram, mailbox, count=2)
    asks_for_password(bram, DUTCH)
    bram.sees(DUTCH.new_password)
    company.slack.wait_for_acks()
    bram.closes()
    assert len(company.cards.events(AuditAct.STEP_UP_LIFTED)) == 1


def test_a_sole_manager_is_told_whom_to_ask(company, mailbox):
    hanna = company.hanna
    blocks(hanna, mailbox)
    hanna.sees("u bent de enige manager")
    hanna.closes()
    hanna.opens_messages()
    eventually(lambda: TOLD in hanna.reads_dm())
    hanna.presses(LIFT)
    hanna.sees("Uw eigen blokkering wordt opgeheven door een andere manager.")


def test_without_an_address_one_reads_who_fills_it_in(company):
    set_address(company, company.bram, None)
    bram = company.bram
    opens_login(bram, DUTCH)
    asks_for_password(bram, DUTCH)
    bram.sees("Een manager vult dat in bij Gebruikersbeheer.")
    bram.closes()
    bram.types(DUTCH.command)
    bram.presses(DUTCH.export)
    bram.submits()
    bram.sees("Een manager vult dat in bij Gebruikersbeheer.")
    bram.closes()
    assert company.cards.events(AuditAct.RUN_STARTED) == []


def test_who_is_dismissed_while_the_window_is_open_confirms_nothing(company, mailbox):
    bram, cards = company.bram, company.cards
    opens_login(bram, DUTCH)
    asks_for_password(bram, DUTCH)
    code = mailed_code(mailbox, bram)
    with company.office.database.transaction() as session:
        dismissing.dismiss(
            session,
            cards.bram.administrator_id,
            actor=OPERATOR,
            now=company.office.clock(),
        )
    gives(bram, code)
    bram.sees("U beheert geen logins in Sleutelbos.")
    bram.closes()
    assert company.cards.events(AuditAct.STEP_UP_PASSED) == []
    gone = "geen beheerder"
    for person in (company.hanna, bram, company.ursula):
        eventually(lambda reader=person: gone in reader.reads_channel(CHANNEL))
    eventually(lambda: gone in bram.reads_dm())


def test_an_entry_that_is_no_code_costs_no_try(company, mailbox):
    bram = company.bram
    opens_login(bram, DUTCH)
    asks_for_password(bram, DUTCH)
    code = mailed_code(mailbox, bram)
    gives(bram, "12345")
    bram.sees("Een code heeft zes cijfers.")
    gives(bram, wrong(code))
    bram.sees(DUTCH.four_left)
    bram.closes()
