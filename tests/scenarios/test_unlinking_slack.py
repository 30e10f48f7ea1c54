"""HR sees who in Slack is linked to a login, and can undo it."""

from domain.audit import AuditAct
from domain.logins.model import LoginState
from tests.bot.help.asking import add_mos_login, link


def opens_mos_login(person):
    person.types("/personeel logins utrecht")
    person.presses("Openen", near="Mulder")
    person.sees("Gebruikersnaam")


def test_an_unlinked_person_is_asked_for_a_number_again(company):
    link(company, company.mo, add_mos_login(company))
    company.mo.sends_dm("wachtwoord vergeten")
    company.mo.sees("Er is een e-mail onderweg")
    bram = company.bram
    opens_mos_login(bram)
    bram.sees("Gekoppeld in Slack aan: mo")
    bram.presses("Ontkoppel Slack", confirming=True)
    bram.sees("Slack-account ontkoppeld.")
    bram.does_not_see("Gekoppeld in Slack aan")
    bram.presses("Tijdlijn")
    bram.sees("heeft het Slack-account van de stamkaart losgekoppeld.")
    company.mo.sends_dm("wachtwoord vergeten")
    company.mo.sees("weet nog niet welke medewerker u bent")
    assert len(company.cards.events(AuditAct.SLACK_UNLINKED)) == 1


def test_who_comes_second_reads_that_there_was_nothing_to_do(company):
    link(company, company.mo, add_mos_login(company))
    for person in (company.bram, company.ursula):
        opens_mos_login(person)
    company.bram.presses("Ontkoppel Slack", confirming=True)
    company.bram.sees("Slack-account ontkoppeld.")
    company.ursula.presses("Ontkoppel Slack", confirming=True)
    company.ursula.sees("Er was niets te doen")
    assert len(company.cards.events(AuditAct.SLACK_UNLINKED)) == 1


def test_without_a_link_there_is_nothing_to_undo(company):
    add_mos_login(company)
    opens_mos_login(company.hanna)
    company.hanna.does_not_see("Ontkoppel Slack")


def test_a_login_that_a_colleague_switched_off_stays_off(company):
    login_id = add_mos_login(company)
    link(company, company.mo, login_id)
    hanna, bram = company.hanna, company.bram
    opens_mos_login(hanna)
    opens_mos_login(bram)
    bram.unticks("Actief")
    bram.submits()
    bram.sees("Opgeslagen.")
    hanna.presses("Ontkoppel Slack", confirming=True)
    hanna.sees("Slack-account ontkoppeld.")
    hanna.submits()
    hanna.sees("Opgeslagen.")
    assert company.cards.login(login_id).state is LoginState.SWITCHED_OFF


def test_a_tick_that_is_not_saved_yet_stays(company):
    login_id = add_mos_login(company)
    link(company, company.mo, login_id)
    hanna = company.hanna
    opens_mos_login(hanna)
    hanna.unticks("Actief")
    hanna.presses("Ontkoppel Slack", confirming=True)
    hanna.sees("Slack-account ontkoppeld.")
    hanna.submits()
    hanna.sees("Opgeslagen.")
    assert company.cards.login(login_id).state is LoginState.SWITCHED_OFF
