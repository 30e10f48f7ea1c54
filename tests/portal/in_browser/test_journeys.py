"""What employees do, from the first sign-in to a forgotten password."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from domain.logins.model import LoginState
from domain.plain_text import clean
from tests.domain.sign_in.people import INITIAL, NAME, PASSWORD
from tests.portal.counter import OWN

BOTH = pytest.mark.parametrize(
    ("language", "size"), [("nl", "phone"), ("en", "computer")]
)


@pytest.mark.parametrize(
    ("language", "size"), [("nl", "phone"), ("en", "computer"), ("en", "phone")]
)
def test_first_sign_in_second_step_and_forgotten_password(
    counter, arrive, language, size
):
    counter.requires_code()
    counter.desk.add_newcomer(card={"first_name": "Anna", "last_name": "Bakker"})
    anna = arrive(language, size)
    _comes_in_for_the_first_time(anna)
    seed, codes = _sets_up_an_app(anna)
    anna.signs_out()
    _comes_in_with(anna, codes[0])
    anna.signs_out()
    counter.desk.clock.forward(timedelta(minutes=1))
    _comes_in_with(anna, counter.app_code(seed))
    anna.signs_out()
    _forgets_the_password(anna)
    counter.desk.clock.forward(timedelta(minutes=1))
    anna.signs_in(OWN + " opnieuw")
    anna.is_at("Your code")


def _comes_in_for_the_first_time(anna):
    anna.signs_in(INITIAL)
    anna.is_at("Your code")
    anna.types(code="000000")
    anna.presses("Continue")
    anna.reads("This code is not right, or it does not work any more.")
    anna.presses("Send again")
    anna.reads("A new code is on its way. The one before no longer works.")
    anna.types(code=anna.post.code())
    anna.presses("Continue")
    anna.is_at("Choose a password")
    anna.chooses("wachtwoord123")
    anna.reads("What helps:")
    anna.chooses(OWN)
    anna.is_at("My data")
    anna.reads("Your password is saved. Welcome!")


def _sets_up_an_app(anna):
    anna.follows("Security")
    anna.follows("Use an authenticator app instead")
    anna.presses("Show the QR code")
    expect(anna.page.locator(".qr-code")).to_be_visible()
    seed = anna.page.locator(".key").inner_text().replace(" ", "").replace("\n", "")
    anna.types(code_from_the_app="000000")
    anna.presses("Turn on the app")
    anna.types(code_from_the_app=anna.counter.app_code(seed))
    anna.presses("Turn on the app")
    anna.is_at("Your recovery codes")
    codes = anna.page.locator(".recovery-codes li").all_inner_texts()
    assert len(codes) == 10
    anna.follows("I have saved them")
    anna.is_at("Security")
    return seed, codes


def _comes_in_with(anna, code):
    anna.signs_in(OWN)
    anna.is_at("Your code")
    anna.types(code=code)
    anna.presses("Continue")
    anna.is_at("My data")


def _forgets_the_password(anna):
    anna.follows("Forgotten password")
    anna.types(user_name=NAME)
    anna.presses("Send the link")
    anna.is_at("Look in your mailbox")
    link = anna.post.link()
    anna.page.goto(link)
    anna.is_at("Choose a new password")
    assert link.rpartition("/")[2] not in anna.page.url
    anna.chooses(OWN + " opnieuw")
    anna.is_at("Sign in")
    anna.reads("Your new password is saved. Sign in with it now.")
    anna.page.goto(link)
    anna.is_at("This link does not work any more")


@BOTH
def test_what_is_refused_is_told_in_words(counter, arrive, language, size):
    counter.desk.add_employee()
    counter.desk.add_newcomer("verlopen@example.nl", life=timedelta(days=-1))
    counter.desk.add_employee("uit@example.nl", LoginState.SWITCHED_OFF)
    somebody = arrive(language, size)
    somebody.signs_in(INITIAL, "verlopen@example.nl")
    somebody.reads("This first password has expired")
    somebody.signs_in(PASSWORD, "uit@example.nl")
    somebody.reads("Your login is not active")
    for number in range(4):
        somebody.signs_in(f"fout {number}")
    somebody.reads("There were too many attempts that went wrong.")
    _locks(counter)
    somebody.signs_in(PASSWORD)
    somebody.reads("Signing in did not work")
    somebody.opens("/nergens")
    somebody.is_at("This page does not exist")
    somebody.opens("/")
    somebody.page.context.clear_cookies()
    somebody.types(user_name=NAME, password=PASSWORD)
    somebody.presses("Sign in")
    somebody.is_at("This page has expired")


def _locks(counter):
    """As many wrong passwords as it takes, from elsewhere, each after its pause."""
    counter.desk.clock.forward(timedelta(minutes=20))
    login = counter.desk.fails(10, first=100)
    assert login
    counter.desk.clock.forward(timedelta(minutes=20))


def test_pages_of_security_can_be_read_on_a_phone(counter, arrive):
    counter.desk.add_employee()
    somebody = arrive("nl", "phone")
    somebody.signs_in(PASSWORD)
    somebody.follows("Security")
    for link in ("Get codes by e-mail", "Use an authenticator app", "Change password"):
        somebody.follows(link)
        somebody.follows("Back to Security")
    somebody.follows("Sign out everywhere")
    somebody.presses("Sign out everywhere")
    somebody.reads("On all other phones and computers you are signed out.")
    counter.desk.clock.forward(timedelta(minutes=6))
    somebody.follows("Use an authenticator app")
    somebody.is_at("Your password once more")
    somebody.types(current_password=PASSWORD)
    somebody.presses("Continue")
    somebody.is_at("Authenticator app")
    somebody.opens("/beveiliging/tweede-stap-uit")
    somebody.opens("/beveiliging/herstelcodes")
    counter.desk.clock.forward(timedelta(minutes=31))
    somebody.opens("/beveiliging")
    somebody.is_at("Sign in")
    somebody.reads(
        "You were signed out, for instance because nothing happened for half an hour. "
        "Please sign in again."
    )


def test_it_works_by_keyboard_alone_and_an_error_gets_the_focus(counter, arrive):
    counter.desk.add_employee()
    somebody = arrive("nl", "computer")
    keys, focused = somebody.page.keyboard, somebody.page.locator(":focus")
    order = []
    for _ in range(6):
        keys.press("Tab")
        order.append(focused.inner_text() or focused.get_attribute("name"))
        assert focused.evaluate("el => getComputedStyle(el).outlineStyle") == "solid"
    assert order == [
        "Naar de inhoud",
        "De Gouden Lepel",
        "English",
        "user_name",
        "password",
        "Inloggen",
    ]
    keys.press("Enter")
    expect(focused).to_have_attribute("role", "alert")
    keys.press("Tab")
    expect(focused).to_have_text("Typ uw gebruikersnaam.")
    keys.press("Enter")
    keys.type(NAME)
    keys.press("Tab")
    keys.type(PASSWORD.reveal())
    keys.press("Enter")
    somebody.is_at("My data")


def test_every_form_works_without_scripts(counter, windows):
    counter.desk.add_newcomer()
    page = windows.open(counter.office.portal_url, java_script_enabled=False)
    page.get_by_label("User name").fill(NAME)
    page.get_by_label("Password").fill(INITIAL.reveal())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Nederlands").click()
    page.get_by_label("Nieuw wachtwoord").fill(OWN)
    page.get_by_label("Nog een keer hetzelfde wachtwoord").fill(OWN)
    page.get_by_role("button", name="Wachtwoord opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn gegevens")


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "<b>\u202eAnna"])
def test_hostile_names_open_no_dialog(counter, arrive, name):
    counter.desk.add_employee(
        card={"number": "00104", "first_name": name, "last_name": name * 3}
    )
    somebody = arrive("nl", "phone")
    dialogs = []
    somebody.page.on(
        "dialog", lambda dialog: dialogs.append(dialog) or dialog.dismiss()
    )
    somebody.signs_in(PASSWORD)
    expect(somebody.page.locator("dd").first).to_contain_text(name)
    somebody.signs_out()
    counter.asks_in_slack("00104", display_name=name)
    somebody.opens(f"/herstel/{counter.mailed_token()}")
    # What turns text around is left out, or it would turn the warning around.
    expect(somebody.page.locator(".notice")).to_contain_text(clean(name))
    somebody.reads(
        "Is that not your Slack account? Then do not use this link: ask for another "
        "on the sign-in page, and tell the administrator of your branch."
    )
    assert dialogs == []
