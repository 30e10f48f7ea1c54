"""In which language a page is, and the switch on every page."""

import pytest
from sqlalchemy import select

from domain.logins.model import Login, SecondFactor
from domain.sign_in.model import Stage
from tests.domain.sign_in.people import NAME, PASSWORD

LANGUAGES = select(Login.language)
ENGLISH = '<html lang="en">'
DUTCH = '<html lang="nl">'


@pytest.mark.parametrize(
    ("asked_for", "shown"),
    [
        ("", DUTCH),
        ("en-GB,en;q=0.9", ENGLISH),
        ("nl-BE,nl;q=0.9,en;q=0.5", DUTCH),
        ("de-DE,de;q=0.9", DUTCH),
        ("de,en;q=0.5,nl;q=0.4", ENGLISH),
        ("*", DUTCH),
        ("\xff;;q=x,,", DUTCH),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_asks_for(counter, asked_for, shown):
    assert shown in counter.visitor(accept_language=asked_for).looks("/").text


def test_the_switch_keeps_the_page_and_stays_as_it_was_set(counter):
    somebody = counter.visitor()
    page = somebody.looks("/wachtwoord-vergeten")
    assert 'lang="en">English</button>' in page.text
    answer = somebody.sends("/taal", language="en", page="recovery.ask")
    assert answer.headers["Location"] == "/wachtwoord-vergeten"
    page = somebody.follows(answer)
    assert ENGLISH in page.text
    assert "Forgotten password" in page.text
    assert ENGLISH in somebody.looks("/").text


def test_a_form_that_was_refused_leads_back_to_its_own_page(counter):
    somebody = counter.at(None)
    assert 'value="sign_in.show"' in somebody.sends("/", user_name="").text


@pytest.mark.parametrize("language", ["de", "", "en ", "EN", "../nl"])
def test_another_language_is_no_choice(counter, language):
    somebody = counter.at(None)
    assert somebody.sends("/taal", language=language).status_code == 400


def test_once_in_the_choice_stays_with_the_login(counter):
    login_id = counter.desk.add_employee()
    somebody = counter.visitor()
    somebody.signs_in()
    assert counter.desk.office.login(login_id).language is None
    somebody.sends("/taal", language="en", page="my_data.show")
    assert counter.desk.office.login(login_id).language == "en"
    another = counter.visitor()
    assert "My data" in another.signs_in().text


def test_what_was_chosen_before_signing_in_is_kept_when_there_is_no_choice_yet(counter):
    login_id = counter.desk.add_employee(second_factor=SecondFactor.MAIL)
    somebody = counter.at(None)
    somebody.sends("/taal", language="en")
    page = somebody.signs_in()
    assert "Your code" in page.text
    assert counter.desk.office.login(login_id).language is None
    somebody.sends("/code", code=counter.mailed_code())
    assert counter.desk.office.login(login_id).language == "en"


@pytest.mark.parametrize(("asked_for", "kept"), [("en-GB", "en"), ("de-DE", None)])
def test_letters_follow_what_the_pages_were_read_in(counter, asked_for, kept):
    login_id = counter.desk.add_employee()
    counter.visitor(accept_language=asked_for).signs_in()
    assert counter.desk.office.login(login_id).language == kept


def test_the_switch_of_a_colleague_on_the_same_computer_changes_nobodys_choice(counter):
    login_id = counter.desk.add_employee(language="nl")
    somebody = counter.at(None)
    somebody.sends("/taal", language="en")
    assert DUTCH in somebody.signs_in().text
    assert counter.desk.office.login(login_id).language == "nl"


def test_before_coming_in_a_switch_changes_no_login(counter):
    somebody = counter.at(Stage.CHANGE_DUE)
    answer = somebody.sends("/taal", language="en", page="own_password.choose")
    assert "Choose a password" in somebody.follows(answer).text
    with counter.office.database.reading() as session:
        assert session.execute(LANGUAGES).scalars().all() == [None]


def test_every_page_of_every_stage_is_there_in_english(counter):
    for stage in (None, *Stage):
        somebody = counter.at(stage, accept_language="en")
        for path in counter.routes("GET"):
            page = somebody.looks(path)
            if page.mimetype == "text/html" and page.status_code != 303:
                assert ENGLISH in page.text, path
                assert " uw " not in page.text.lower(), path


def test_signing_in_works_in_english(counter):
    counter.desk.add_employee()
    somebody = counter.visitor(accept_language="en")
    somebody.looks("/")
    refused = somebody.sends("/", user_name=NAME, password="wrong")
    assert "User name and password do not belong together." in refused.text
    answer = somebody.sends("/", user_name=NAME, password=PASSWORD.reveal())
    assert "What your record card says" in somebody.follows(answer).text


def test_the_page_of_an_address_that_is_none_has_the_switch(counter):
    somebody = counter.at(None)
    page = somebody.looks("/nergens")
    assert page.status_code == 404
    assert 'lang="en">English</button>' in page.text
    answer = somebody.sends("/taal", language="en", page="")
    assert "Sign in" in somebody.follows(answer).text


def test_the_switch_of_the_qr_code_leads_to_beginning_anew(counter):
    somebody = counter.at(Stage.IN)
    somebody.looks("/beveiliging/app")
    page = somebody.sends("/beveiliging/app")
    assert "<svg" in page.text
    assert 'lang="en">English</button>' in page.text
    assert 'name="page" value="authenticator_app.explain"' in page.text
