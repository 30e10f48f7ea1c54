"""From a slash command to the screen of a branch, for each type of account."""


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
