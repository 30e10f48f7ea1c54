"""Appoint, change, dismiss: by managers and by branch managers, in both languages."""

import pytest

from domain.actor import AccountType
from domain.audit import AuditAct
from tests.scenarios.administrators.conftest import COMPANY_CHANNEL, UTRECHT_CHANNEL

WORDS = {
    "nl": {
        "menu": "/beheer",
        "staff_menu": "/personeel",
        "gone_here": "Deze persoon beheert geen van uw vestigingen meer.",
        "entry": "Gebruikersbeheer",
        "new": "Nieuwe beheerder",
        "who": "Wie",
        "branches": "Vestigingen",
        "address": "E-mailadres voor codes",
        "user": "gebruiker",
        "branch_manager": "vestigingsmanager",
        "appointed": "Benoemd.",
        "staff": "/personeel logins utrecht",
        "cards": "Stamkaarten",
        "dm": "U bent nu beheerder in Sleutelbos: gebruiker van Utrecht.",
        "by": "Gedaan door",
        "not_any_more": "Niet meer: Utrecht.",
        "lost": "beheert niet meer: Utrecht.",
        "no_branch": "Geen van uw vestigingen heeft dat in de naam.",
        "told": "is nu beheerder: gebruiker van Utrecht.",
        "open": "Openen: noor",
        "saved": "Opgeslagen.",
        "changed": "nu: vestigingsmanager van Amsterdam, Utrecht.",
        "dismiss": "Geen beheerder meer",
        "dismissed": "Geen beheerder meer. De persoon",
        "gone": "geen beheerder",
        "refused": "U beheert geen logins in Sleutelbos.",
    },
    "en": {
        "menu": "/manage",
        "staff_menu": "/staff",
        "gone_here": "This person administers none of your branches any more.",
        "entry": "Administrators",
        "new": "New administrator",
        "who": "Who",
        "branches": "Branches",
        "address": "E-mail address for codes",
        "user": "user",
        "branch_manager": "branch manager",
        "appointed": "Appointed.",
        "staff": "/staff logins utrecht",
        "cards": "Record cards",
        "dm": "You are an administrator in Sleutelbos now: user of Utrecht.",
        "by": "Done by",
        "not_any_more": "Not any more: Utrecht.",
        "lost": "does not administer any more: Utrecht.",
        "no_branch": "No branch of yours has that in its name.",
        "told": "is an administrator now: user of Utrecht.",
        "open": "Open noor",
        "saved": "Saved.",
        "changed": "now: branch manager of Amsterdam, Utrecht.",
        "dismiss": "Dismiss",
        "dismissed": "Dismissed. The person",
        "gone": "no administrator",
        "refused": "You administer no logins in Sleutelbos.",
    },
}


@pytest.fixture(params=["nl", "en"])
def language(request):
    return request.param


def opens_list(person, said):
    person.types(said["menu"])
    person.presses(said["entry"])
    person.sees("@bram")


def appoints(person, said):
    person.presses(said["new"])
    person.chooses(said["who"], "noor")
    person.ticks(said["user"])
    person.chooses(said["branches"], "Utrecht")
    person.fills(said["address"], "noor.codes@example.nl")
    person.submits()
    person.sees(said["appointed"])


def appoints_user(person, said):
    """As a branch manager, who gives no other type."""
    person.types(said["staff_menu"])
    person.presses(said["entry"])
    person.sees("@ursula")
    person.presses(said["new"])
    person.chooses(said["who"], "noor")
    person.chooses(said["branches"], "Utrecht")
    person.fills(said["address"], "noor.codes@example.nl")
    person.submits()
    person.sees(said["appointed"])


def works(person, said):
    person.types(said["staff"])
    person.sees(said["cards"])
    person.closes()


def changes(person, said):
    person.presses(said["open"])
    person.sees(said["address"])
    person.ticks(said["branch_manager"])
    person.chooses(said["branches"], "Amsterdam")
    person.submits()
    person.sees(said["saved"])


def dismisses(person, said):
    person.presses(said["open"])
    person.sees(said["address"])
    person.presses(said["dismiss"], confirming=True)
    person.sees(said["dismissed"])


def in_channel(person, name):
    return lambda: person.reads_channel(name)


@pytest.mark.usefixtures("channels", "worker")
def test_a_manager_appoints_changes_and_dismisses(company, noor, role, hears, language):
    said, hanna = WORDS[language], company.hanna
    opens_list(hanna, said)
    appoints(hanna, said)
    assert role(noor) == ("user", {company.branch})
    assert said["by"] in hears(noor.reads_dm, said["dm"])
    hears(in_channel(hanna, UTRECHT_CHANNEL), said["told"])
    works(noor, said)

    changes(hanna, said)
    both = {company.branch, company.cards.amsterdam}
    assert role(noor) == ("branch_manager", both)
    hears(noor.reads_dm, said["changed"])
    hears(in_channel(hanna, UTRECHT_CHANNEL), said["branch_manager"])
    hears(in_channel(hanna, COMPANY_CHANNEL), "Amsterdam.")

    dismisses(hanna, said)
    assert role(noor) is None
    hears(noor.reads_dm, said["gone"])
    for channel in (UTRECHT_CHANNEL, COMPANY_CHANNEL):
        hears(in_channel(hanna, channel), said["gone"])
    noor.types(said["staff"])
    noor.sees(said["refused"])

    posted = company.slack.calls("chat.postMessage")
    assert not any("noor.codes" in str(call.arguments) for call in posted)
    acts = [each.act for each in company.cards.events()][-3:]
    assert acts == [
        AuditAct.ADMINISTRATOR_APPOINTED,
        AuditAct.ADMINISTRATOR_CHANGED,
        AuditAct.ADMINISTRATOR_DISMISSED,
    ]


@pytest.mark.usefixtures("channels", "worker")
def test_a_branch_manager_appoints_and_dismisses_a_user(
    company, noor, role, hears, language
):
    said, bram = WORDS[language], company.bram
    appoints_user(bram, said)
    assert role(noor) == ("user", {company.branch})
    assert said["by"] in hears(noor.reads_dm, said["dm"])
    hears(in_channel(bram, UTRECHT_CHANNEL), said["told"])
    works(noor, said)

    company.appoint(noor, AccountType.USER, company.branch, company.cards.amsterdam)
    bram.presses(said["open"])
    bram.sees(said["address"])
    bram.presses(said["dismiss"], confirming=True)
    bram.sees(said["gone_here"])
    assert role(noor) == ("user", {company.cards.amsterdam})
    hears(noor.reads_dm, said["not_any_more"])
    told = hears(in_channel(bram, UTRECHT_CHANNEL), said["lost"])
    assert "Amsterdam" not in told
    noor.types(said["staff"])
    noor.sees(said["no_branch"])


@pytest.mark.parametrize("language", ["nl"], indirect=True)
@pytest.mark.usefixtures("channels", "worker")
def test_each_is_told_in_their_own_language(company, noor, hears, language):
    noor.opens_home()
    noor.presses("English")
    noor.sees("In which language")
    said, hanna = WORDS[language], company.hanna
    opens_list(hanna, said)
    appoints(hanna, said)
    hears(noor.reads_dm, WORDS["en"]["dm"])
    hears(in_channel(hanna, UTRECHT_CHANNEL), said["told"])


@pytest.mark.usefixtures("channels", "worker")
def test_a_direct_message_that_slack_refuses_fails_no_appointment(
    company, noor, role, hears, language
):
    said, hanna, slack = WORDS[language], company.hanna, company.slack
    slack.next_call("chat.postMessage").answers("messages_tab_disabled")
    opens_list(hanna, said)
    appoints(hanna, said)
    hears(in_channel(hanna, UTRECHT_CHANNEL), said["told"])
    assert role(noor) == ("user", {company.branch})
    assert noor.reads_dm() == ""
