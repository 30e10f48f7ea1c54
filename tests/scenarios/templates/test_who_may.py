"""Who writes templates: managers, as long as they are, and only what there is."""

import json

import pytest

from domain.actor import AccountType
from sandbox.slack.blocks import interactive_elements
from tests.scenarios.templates.writing import NOT_PERMITTED, NOT_THERE

FORGED = [0, -1, "x", "9" * 30, 4711, "1; DROP TABLE email_template"]


def demote(company):
    """Hanna is a user of Utrecht from now on."""
    company.appoint(company.bram, AccountType.MANAGER)
    company.appoint(company.hanna, AccountType.USER, company.branch)


def forge(person, **ids):
    view = person.client.top_view()
    remembered = json.loads(view.content["private_metadata"]) | ids
    view.content["private_metadata"] = json.dumps(remembered)


def forge_button(surface, action_id, value):
    for _, element in interactive_elements(surface.blocks):
        if element["action_id"] == action_id:
            element["value"] = value


@pytest.mark.parametrize("who", ["bram", "ursula"])
def test_others_do_not_get_to_the_menu(company, templates, who):
    person = getattr(company, who)
    person.types("/beheer", channel="algemeen")
    person.sees("is voor managers")
    person.sees_no_modal()


def test_demoted_at_the_menu_opens_no_list(company, templates):
    hanna = company.hanna
    hanna.types("/beheer", channel="algemeen")
    demote(company)
    hanna.presses("Emailtemplates")
    hanna.sees(NOT_PERMITTED)


@pytest.mark.parametrize(
    "label",
    ["Nieuwe emailtemplate", "Openen: Welkom", "Openen: Uitnodiging met een link"],
)
def test_demoted_at_the_list_opens_nothing(company, templates, label):
    templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    demote(company)
    hanna.presses(label)
    hanna.sees(NOT_PERMITTED)


@pytest.mark.parametrize(
    "label", ["Kopiëren", "Geschiedenis", "Verwijderen", "Voorbeeld"]
)
def test_demoted_in_the_editor_does_nothing_with_it(company, templates, label):
    templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    if label == "Voorbeeld":
        templates.looks_at(hanna)
        hanna.sees("Zoals Jan Jansen")
        hanna.goes_back()
    demote(company)
    hanna.presses(label, confirming=label == "Verwijderen")
    hanna.sees(NOT_PERMITTED)
    assert templates.names() == ["Welkom"]


def test_demoted_between_opening_and_saving_saves_nothing(company, templates):
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.begins(hanna)
    demote(company)
    hanna.submits()
    hanna.sees_error("Naam", NOT_PERMITTED)
    assert templates.names() == []


def test_demoted_at_the_preview_is_sent_nothing(company, templates, mailbox, worker):
    templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    templates.looks_at(hanna)
    hanna.sees("Zoals Jan Jansen")
    company.slack.tolerates("push_limit_reached")
    demote(company)
    hanna.presses("Stuur test naar mijzelf")
    hanna.sees(NOT_PERMITTED)
    assert mailbox.letters == ()


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_template_is_not_there(company, templates, forged):
    template_id = templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    forge_button(hanna.client.top_view(), "templates.open", str(forged))
    hanna.presses("Openen: Welkom")
    hanna.sees(NOT_THERE)
    hanna.goes_back()
    forge_button(hanna.client.top_view(), "templates.open", str(template_id))
    templates.opens(hanna)
    forge(hanna, template=forged)
    hanna.submits()
    hanna.sees_error("Naam", NOT_THERE)
    hanna.presses("Geschiedenis")
    hanna.sees(NOT_THERE)
    assert templates.version().number == 1


def test_a_forged_deletion_or_change_of_a_built_in_one_is_refused(company, templates):
    template_id = templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    assert template_id != 1
    forge(hanna, template=1, number=1)
    hanna.presses("Verwijderen", confirming=True)
    hanna.sees("Een meegeleverde template blijft zoals die is.")
    hanna.goes_back()
    hanna.fills("Naam", "Anders")
    hanna.submits()
    hanna.sees_error("Naam", "Een meegeleverde template blijft zoals die is.")
    forge(hanna, template=4711)
    hanna.presses("Verwijderen", confirming=True)
    hanna.sees("Deze template bestaat niet, of iemand heeft die verwijderd.")
    assert templates.names() == ["Welkom"]


def test_a_forged_pdf_is_not_there(company, templates):
    templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    hanna.ticks("Een eigen pdf")
    forge(hanna, pdf=4711)
    hanna.submits()
    hanna.sees_error("Naam", NOT_THERE)
    assert templates.version().number == 1


@pytest.mark.parametrize("forged", ["x", "4711", "0"])
def test_a_forged_colleague_is_not_there(company, templates, forged):
    templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    templates.looks_at(hanna)
    hanna.sees("Zoals Jan Jansen")
    hanna.goes_back()
    view = hanna.client.top_view()
    (place,) = (at for at in view.values if at[1] == "templates.search_colleague")
    view.values[place]["selected_option"]["value"] = forged
    hanna.presses("Voorbeeld")
    hanna.sees(NOT_THERE)


@pytest.mark.parametrize("ids", [{"login": 4711}, {"template": 4711}, {"number": "x"}])
def test_a_forged_test_is_sent_to_nobody(company, templates, mailbox, worker, ids):
    templates.add()
    hanna = company.hanna
    templates.opens_list(hanna)
    templates.opens(hanna)
    templates.looks_at(hanna)
    hanna.sees("Zoals Jan Jansen")
    company.slack.tolerates("push_limit_reached")
    forge(hanna, **ids)
    hanna.presses("Stuur test naar mijzelf")
    hanna.sees(NOT_THERE)
    assert mailbox.letters == ()
