"""Signing in with user name and password."""

from tests.domain.sign_in.people import INITIAL


def test_somebody_with_a_password_of_their_own_sees_their_data(counter):
    counter.desk.add_employee()
    page = counter.visitor().signs_in()
    assert page.status_code == 200
    assert "Mijn gegevens" in page.text


def test_an_initial_password_opens_only_the_choice_of_another(counter):
    counter.desk.add_newcomer()
    page = counter.visitor().signs_in(password=INITIAL)
    assert "Kies een wachtwoord" in page.text
