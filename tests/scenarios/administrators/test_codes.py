"""Codes: required of one or of all, given before anybody is changed, unblocked."""

from dataclasses import replace

import pytest

from domain.actor import AccountType
from domain.audit import AuditAct
from domain.company_rules import read_rules
from domain.step_ups import CodeWay, StepUp
from tests.scenarios.administrators.conftest import UTRECHT_CHANNEL
from tests.scenarios.administrators.test_who_may import fills_new, opens, opens_list

FOR_ALL = "Codes verplicht voor alle beheerders"
REQUIRED = "Codes verplicht"


@pytest.fixture
def office(office):
    """The office, with mail: codes can be sent."""
    return replace(office, mails=True)


@pytest.fixture
def addresses(company):
    """Everybody's address for codes is known."""
    company.appoint(company.hanna, AccountType.MANAGER, email="hanna@example.nl")
    company.appoint(
        company.bram,
        AccountType.BRANCH_MANAGER,
        company.branch,
        email="bram@example.nl",
    )
    company.appoint(
        company.ursula, AccountType.USER, company.branch, email="ursula@example.nl"
    )


def step_up(company, actor, **values):
    """What is known of somebody's codes; `values` are written first."""
    with company.office.database.transaction() as session:
        row = session.get(StepUp, actor.administrator_id)
        if row is None and values:
            row = StepUp(administrator_id=actor.administrator_id, mailed_at=[])
            session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        session.flush()
        return row


def for_all(company):
    with company.office.database.reading() as session:
        return read_rules(session).codes_for_all


@pytest.mark.usefixtures("addresses")
def test_a_manager_requires_codes_of_all_and_takes_it_back(company):
    hanna = company.hanna
    opens_list(hanna, "/beheer")
    hanna.ticks(FOR_ALL)
    hanna.sees("Codes zijn vanaf nu verplicht voor alle beheerders.")
    assert for_all(company)
    # From now on a code comes before anything of this kind.
    hanna.unticks(FOR_ALL)
    hanna.sees("Er gaat een code van zes cijfers naar")
    hanna.goes_back()
    assert for_all(company)
    step_up(company, company.cards.hanna, confirmed_at=company.office.clock())
    hanna.unticks(FOR_ALL)
    hanna.sees("Codes zijn niet meer verplicht voor alle beheerders.")
    assert not for_all(company)
    assert len(company.cards.events(AuditAct.CODES_REQUIRED)) == 2


def test_a_tick_that_would_shut_somebody_out_goes_back(company):
    hanna = company.hanna
    opens_list(hanna, "/beheer")
    hanna.ticks(FOR_ALL)
    hanna.sees("geen adres voor codes bekend")
    hanna.goes_back()
    assert not for_all(company)
    # It stands unticked, or ticking it again would be impossible.
    hanna.ticks(FOR_ALL)
    hanna.sees("geen adres voor codes bekend")


@pytest.mark.usefixtures("addresses")
def test_codes_are_required_of_one_administrator(company):
    hanna, bram = company.hanna, company.cards.bram
    changed = len(company.cards.events(AuditAct.ADMINISTRATOR_CHANGED))
    opens_list(hanna, "/beheer")
    opens(hanna, "bram")
    hanna.ticks(REQUIRED)
    hanna.submits()
    hanna.sees("Opgeslagen.")
    hanna.sees("geeft codes")
    assert step_up(company, bram).is_required
    opens(hanna, "bram")
    hanna.unticks(REQUIRED)
    hanna.submits()
    hanna.sees("Opgeslagen.")
    assert not step_up(company, bram).is_required
    assert len(company.cards.events(AuditAct.ADMINISTRATOR_CHANGED)) == changed


@pytest.mark.usefixtures("addresses", "channels", "worker")
def test_the_person_and_the_channel_hear_of_a_demand(company, hears):
    hanna, bram = company.hanna, company.bram

    def in_utrecht():
        return hanna.reads_channel(UTRECHT_CHANNEL)

    for tick, to_bram, to_channel in (
        (hanna.ticks, "U moet vanaf nu codes geven", "@bram moet vanaf nu codes geven"),
        (hanna.unticks, "U hoeft geen codes meer", "@bram hoeft geen codes meer"),
    ):
        opens_list(hanna, "/beheer")
        opens(hanna, "bram")
        tick(REQUIRED)
        hanna.submits()
        hanna.sees("Opgeslagen.")
        assert "Gedaan door @hanna." in hears(bram.reads_dm, to_bram)
        hears(in_utrecht, to_channel)
        hanna.closes()


@pytest.mark.usefixtures("addresses", "worker")
def test_each_administrator_hears_of_a_demand_of_all(company, hears):
    hanna, bram, ursula = company.hanna, company.bram, company.ursula
    step_up(company, company.cards.ursula, is_required=True)
    opens_list(hanna, "/beheer")
    hanna.ticks(FOR_ALL)
    hanna.sees("Codes zijn vanaf nu verplicht voor alle beheerders.")
    told = hears(bram.reads_dm, "U moet vanaf nu codes geven")
    assert "Gedaan door @hanna." in told
    step_up(company, company.cards.hanna, confirmed_at=company.office.clock())
    hanna.unticks(FOR_ALL)
    hears(bram.reads_dm, "U hoeft geen codes meer")
    # Of her they were required before, and still are.
    assert "codes" not in ursula.reads_dm()
    assert "codes" not in hanna.reads_dm()


@pytest.mark.usefixtures("addresses")
def test_a_branch_manager_is_not_shown_the_ticks(company):
    bram = company.bram
    opens_list(bram)
    assert FOR_ALL not in bram.screen()
    opens(bram, "ursula")
    assert REQUIRED not in bram.screen()


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize("who", ["hanna", "bram"])
def test_a_code_comes_before_somebody_is_appointed(company, noor, role, who):
    person, actor = getattr(company, who), getattr(company.cards, who)
    step_up(company, actor, way=CodeWay.APP, sealed_totp_seed="verzegeld")
    opens_list(person, "/beheer" if who == "hanna" else "/personeel")
    fills_new(person)
    person.submits()
    person.sees("Typ de zes cijfers die uw authenticator-app nu toont.")
    assert role(noor) is None
    step_up(company, actor, confirmed_at=company.office.clock())
    person.goes_back()
    person.submits()
    person.sees("Benoemd.")
    assert role(noor) == ("user", {company.branch})


@pytest.mark.usefixtures("addresses")
def test_a_code_comes_before_somebody_is_dismissed(company, role):
    hanna, actor = company.hanna, company.cards.hanna
    step_up(company, actor, way=CodeWay.APP, sealed_totp_seed="verzegeld")
    opens_list(hanna, "/beheer")
    opens(hanna, "ursula")
    hanna.presses("Geen beheerder meer", confirming=True)
    hanna.sees("Typ de zes cijfers die uw authenticator-app nu toont.")
    assert role(company.ursula) is not None


@pytest.mark.usefixtures("addresses")
def test_a_manager_lifts_a_block_from_the_form(company):
    bram, hanna = company.cards.bram, company.hanna
    step_up(company, bram, blocked_at=company.office.clock(), wrong_codes=5)
    opens_list(hanna, "/beheer")
    hanna.sees("geblokkeerd na foute codes")
    opens(hanna, "bram")
    hanna.presses("Blokkering opheffen")
    hanna.sees("De blokkering is opgeheven")
    assert step_up(company, bram).blocked_at is None
    hanna.goes_back()
    hanna.does_not_see("geblokkeerd na foute codes")


@pytest.mark.usefixtures("addresses")
def test_nobody_lifts_the_own_block(company):
    hanna = company.hanna
    step_up(company, company.cards.hanna, blocked_at=company.office.clock())
    opens_list(hanna, "/beheer")
    opens(hanna, "hanna")
    hanna.presses("Blokkering opheffen")
    hanna.sees("Uw eigen blokkering wordt opgeheven door een andere manager.")
    assert step_up(company, company.cards.hanna).blocked_at is not None


@pytest.mark.usefixtures("addresses")
def test_a_form_of_before_takes_no_demand_back(company):
    hanna, bram = company.hanna, company.cards.bram
    opens_list(hanna, "/beheer")
    opens(hanna, "bram")
    # Another manager requires codes while the form stands open, unticked.
    step_up(company, bram, is_required=True)
    hanna.submits()
    hanna.sees("Opgeslagen.")
    assert step_up(company, bram).is_required


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize("act", ["Blokkering opheffen", "Codes per e-mail"])
def test_a_form_that_is_drawn_again_gives_no_role_and_demand_back(company, role, act):
    hanna, bram = company.hanna, company.bram
    company.appoint(bram, AccountType.MANAGER, email="bram@example.nl")
    is_lost_phone = act == "Codes per e-mail"
    values = {"blocked_at": company.office.clock()}
    if is_lost_phone:
        values = {"way": CodeWay.APP, "sealed_totp_seed": "x"}
    step_up(company, company.cards.bram, **values)
    opens_list(hanna, "/beheer")
    opens(hanna, "bram")
    # Another manager makes Bram a user, and requires codes.
    company.appoint(bram, AccountType.USER, company.branch, email="bram@example.nl")
    step_up(company, company.cards.bram, is_required=True)
    hanna.presses(act, confirming=is_lost_phone)
    hanna.sees("per e-mail." if is_lost_phone else "opgeheven")
    hanna.submits()
    hanna.sees("intussen")
    assert role(bram)[0] == AccountType.USER
    assert step_up(company, company.cards.bram).is_required
