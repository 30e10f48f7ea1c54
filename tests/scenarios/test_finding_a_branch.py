"""From a slash command to the screen of a branch, for each type of account."""

from domain import branches
from domain.actor import OPERATOR
from domain.logins.model import LoginState


def test_manager_goes_by_beheer_to_the_logins_of_a_branch(company):
    hanna = company.hanna
    hanna.types("/beheer")
    hanna.sees("Beheer")
    hanna.presses("Werknemerslogins")
    hanna.sees("Vestiging selecteren")
    hanna.chooses("Zoek een vestiging", "Utrecht", typing="utr")
    hanna.sees("Stamkaarten: 0")


def test_branch_manager_goes_by_personeel(company):
    bram = company.bram
    bram.types("/personeel")
    bram.sees("Personeel")
    bram.presses("Werknemerslogins beheren")
    bram.sees("Utrecht")
    bram.does_not_see("Amsterdam")
    bram.presses("Openen", near="Utrecht")
    bram.sees("Stamkaarten: 0")


def test_a_part_of_a_name_goes_straight_to_the_one_branch_it_fits(company):
    company.hanna.types("/beheer logins rotter")
    company.hanna.sees("Rotterdam")
    company.hanna.sees("Stamkaarten: 0")


def test_a_part_that_fits_several_branches_lists_them(company):
    company.hanna.types("/beheer logins AM")
    company.hanna.sees("Vestiging selecteren")
    company.hanna.sees("Amsterdam")
    company.hanna.sees("Rotterdam")
    company.hanna.does_not_see("Utrecht")
    company.hanna.presses("Openen", near="Rotterdam")
    company.hanna.sees("Stamkaarten: 0")


def test_a_whole_name_is_meant_even_when_another_name_contains_it(company):
    with company.office.database.transaction() as session:
        names = ["Utrecht Noord"]
        branches.ensure(session, names, actor=OPERATOR, now=company.office.clock())
    company.hanna.types("/personeel logins  utrecht ")
    company.hanna.sees("Stamkaarten: 0")


def test_another_branch_is_one_press_away(company):
    company.hanna.types("/personeel logins utrecht")
    company.hanna.presses("Andere vestiging")
    company.hanna.presses("Openen", near="Amsterdam")
    company.hanna.sees("Amsterdam")
    company.hanna.sees("Stamkaarten: 0")


def test_pages_go_on_and_back_and_a_login_comes_back_to_its_page(company):
    for number in range(25):
        company.cards.add_login(LoginState.NEW, card={"number": f"{number:05}"})
    hanna = company.hanna
    hanna.types("/personeel logins utrecht")
    hanna.sees("00009")
    hanna.presses("Volgende")
    hanna.sees("00019")
    hanna.does_not_see("00009")
    hanna.presses("Openen", near="00012")
    hanna.ticks("Actief")
    hanna.submits()
    hanna.sees("Actief: 1")
    hanna.sees("00012 actief")
    hanna.presses("Volgende")
    hanna.sees("00024")
    hanna.presses("Vorige")
    hanna.sees("00010")
    hanna.presses("Vorige")
    hanna.sees("00000")
