"""The App Home: who you are here, what you can type, in which language."""

from tests.bot.in_slack import eventually


def test_manager_switches_to_english_and_back(company):
    hanna = company.hanna
    hanna.opens_home()
    hanna.sees("Sleutelbos van De Gouden Lepel")
    hanna.sees("U bent manager: u beheert alle vestigingen.")
    hanna.presses("English")
    hanna.sees("You are a manager: you administer every branch.")
    hanna.types("/personeel")
    hanna.sees("Manage employee logins")
    hanna.goes_back()
    hanna.opens_home()
    hanna.presses("Nederlands")
    hanna.sees("U bent manager: u beheert alle vestigingen.")


def test_branch_manager_and_user_see_their_branches(company):
    company.bram.opens_home()
    company.bram.sees("U bent vestigingsmanager")
    company.bram.sees("Uw vestigingen: Utrecht.")
    company.bram.does_not_see("/beheer")
    company.ursula.opens_home()
    company.ursula.sees("U bent gebruiker")


def test_member_who_administers_nothing_gets_a_polite_line_and_the_switch(company):
    mo = company.mo
    mo.opens_home()
    mo.sees("U beheert geen logins in Sleutelbos.")
    mo.presses("English")
    mo.sees("You administer no logins in Sleutelbos.")


def test_guest_gets_one_polite_line_and_nothing_to_press(company):
    guest = company.slack.add_person("gast", "Gast", is_restricted=True)
    guest.opens_home()
    guest.sees("voor gasten kan het niets doen")
    guest.does_not_see("English")


def test_dutch_locale_is_answered_in_dutch_in_an_english_company(slack, company):
    wim = slack.add_person("wim", "Wim", locale="nl-NL")
    wim.opens_home()
    wim.sees("U beheert geen logins in Sleutelbos.")


def test_language_chosen_while_the_home_is_being_shown_stays(company):
    hanna, slack = company.hanna, company.slack
    hanna.opens_home()
    hanna.sees("U bent manager")
    slack.tolerates("hash_conflict", method="views.publish")
    shown_late = slack.next_call("views.publish").is_held()
    hanna.opens_home()
    shown_late.is_reached()
    hanna.presses("English")
    hanna.sees("You are a manager")
    published = len(slack.calls("views.publish"))
    shown_late.release()
    eventually(lambda: len(slack.calls("views.publish")) > published)
    hanna.sees("You are a manager")
