"""The page *Beveiliging*: second factor, recovery codes, signing out everywhere."""

import re
from datetime import timedelta

import pytest

from domain.letters.queueing import LetterKind
from domain.logins.model import SecondFactor
from tests.domain.sign_in.people import NAME, PASSWORD

_KEY = re.compile(r'<p class="key">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>|\s")
_CODES = re.compile(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>")


@pytest.fixture
def login_id(counter):
    return counter.desk.add_employee()


@pytest.fixture
def somebody(counter, login_id):
    visitor = counter.visitor()
    visitor.signs_in()
    return visitor


def key_of(page):
    return _TAG.sub("", _KEY.search(page.text)[1])


def sets_up_app(counter, somebody):
    """Scan, type the first code, and write the recovery codes down."""
    somebody.looks("/beveiliging/app")
    seed = key_of(somebody.sends("/beveiliging/app"))
    page = somebody.sends("/beveiliging/app/code", code=counter.app_code(seed))
    assert page.status_code == 200
    return seed, _CODES.findall(page.text)


def comes_back(counter, somebody):
    """Sign out, and in again as far as the second step."""
    somebody.looks("/mijn-gegevens")
    somebody.sends("/uitloggen")
    counter.desk.clock.forward(timedelta(minutes=1))
    return somebody.signs_in()


def test_an_app_is_set_up_and_asked_for_from_then_on(counter, somebody, login_id):
    seed, codes = sets_up_app(counter, somebody)
    assert len(set(codes)) == 10
    assert counter.desk.office.login(login_id).second_factor is SecondFactor.APP
    assert "authenticator-app" in comes_back(counter, somebody).text
    answer = somebody.sends("/code", code=counter.app_code(seed))
    assert answer.headers["Location"] == "/mijn-gegevens"
    assert len(counter.letters(LetterKind.FACTOR_SET)) == 1


def test_a_code_of_the_app_works_once(counter, somebody):
    seed, _ = sets_up_app(counter, somebody)
    comes_back(counter, somebody)
    code = counter.app_code(seed)
    somebody.sends("/code", code=code)
    somebody.looks("/mijn-gegevens")
    somebody.sends("/uitloggen")
    somebody.signs_in()
    assert somebody.sends("/code", code=code).status_code == 403


def test_a_recovery_code_works_once_and_says_where_the_others_are_counted(
    counter, somebody
):
    _, codes = sets_up_app(counter, somebody)
    comes_back(counter, somebody)
    page = somebody.follows(somebody.sends("/code", code=codes[0].upper()))
    assert "U hebt een herstelcode gebruikt" in page.text
    assert "nog 9 herstelcodes" in somebody.looks("/beveiliging").text
    comes_back(counter, somebody)
    assert somebody.sends("/code", code=codes[0]).status_code == 403


def test_the_key_stays_the_same_after_a_wrong_code(counter, somebody):
    somebody.looks("/beveiliging/app")
    seed = key_of(somebody.sends("/beveiliging/app"))
    answer = somebody.sends("/beveiliging/app/code", code="000000")
    assert answer.status_code == 400
    assert key_of(answer) == seed
    assert 'id="code-error"' in answer.text


def test_the_key_is_in_no_address_and_in_no_cookie(counter, somebody):
    somebody.looks("/beveiliging/app")
    page = somebody.sends("/beveiliging/app")
    seed = key_of(page)
    assert len(seed) == 32
    assert seed not in str(page.headers)
    assert seed not in str(somebody.client._cookies)


def test_the_qr_code_is_drawn_in_the_page_without_styles_of_its_own(somebody):
    somebody.looks("/beveiliging/app")
    text = somebody.sends("/beveiliging/app").text
    svg = text[text.index("<svg") : text.index("</svg>")]
    assert "style" not in svg
    assert "http" not in svg
    assert 'role="img"' in text


@pytest.mark.parametrize(
    "path",
    [
        "/beveiliging/app",
        "/beveiliging/code-per-mail",
        "/beveiliging/herstelcodes",
        "/beveiliging/tweede-stap-uit",
    ],
)
def test_after_five_minutes_the_password_is_asked_once_more(
    counter, somebody, login_id, path
):
    counter.desk.clock.forward(timedelta(minutes=5, seconds=1))
    asked = somebody.looks(path)
    word = path.rpartition("/")[2]
    assert asked.headers["Location"] == f"/bevestigen?naar={word}"
    somebody.follows(asked)
    before = counter.desk.office.login(login_id)
    pressed = somebody.sends(path)
    assert pressed.headers["Location"] == "/bevestigen"
    after = counter.desk.office.login(login_id)
    assert after.second_factor == before.second_factor
    assert after.credential_version == before.credential_version
    wrong = somebody.sends(f"/bevestigen?naar={word}", password="nee")
    assert wrong.status_code == 403
    right = somebody.sends(f"/bevestigen?naar={word}", password=PASSWORD.reveal())
    assert right.headers["Location"] == path
    assert somebody.follows(right).status_code == 200


def test_wrong_passwords_there_are_slowed_like_any_other(counter, somebody):
    somebody.looks("/bevestigen")
    statuses = [
        somebody.sends("/bevestigen", password=f"fout {n}").status_code
        for n in range(4)
    ]
    assert statuses == [403, 403, 403, 429]


def test_codes_by_mail_are_turned_on_and_off(counter, somebody, login_id):
    somebody.looks("/beveiliging/code-per-mail")
    page = somebody.follows(somebody.sends("/beveiliging/code-per-mail"))
    assert "Vanaf nu krijgt u" in page.text
    assert "Uw code" in comes_back(counter, somebody).text
    somebody.sends("/code", code=counter.mailed_code())
    somebody.looks("/beveiliging/tweede-stap-uit")
    page = somebody.follows(somebody.sends("/beveiliging/tweede-stap-uit"))
    assert "met alleen uw wachtwoord" in page.text
    assert counter.desk.office.login(login_id).second_factor is SecondFactor.NONE


def test_where_the_branch_asks_for_a_code_turning_off_goes_back_to_mail(
    counter, somebody
):
    sets_up_app(counter, somebody)
    counter.requires_code()
    assert "Tweede stap uitzetten" not in somebody.looks("/beveiliging").text
    somebody.looks("/beveiliging/tweede-stap-uit")
    page = somebody.follows(somebody.sends("/beveiliging/tweede-stap-uit"))
    assert "De app is uitgezet" in page.text
    page = somebody.follows(somebody.sends("/beveiliging/tweede-stap-uit"))
    assert "zonder code kan dus niet" in page.text


def test_new_recovery_codes_replace_the_old_ones(counter, somebody):
    _, before = sets_up_app(counter, somebody)
    somebody.looks("/beveiliging/herstelcodes")
    page = somebody.sends("/beveiliging/herstelcodes")
    after = _CODES.findall(page.text)
    assert len(after) == 10
    assert not set(before) & set(after)
    comes_back(counter, somebody)
    assert somebody.sends("/code", code=before[0]).status_code == 403
    assert somebody.sends("/code", code=after[0]).status_code == 303


def test_recovery_codes_without_an_app_are_not_made(somebody):
    somebody.looks("/beveiliging/herstelcodes")
    answer = somebody.sends("/beveiliging/herstelcodes")
    assert answer.headers["Location"] == "/beveiliging"


def test_changing_a_factor_signs_out_other_browsers(counter, somebody):
    other = counter.visitor("198.51.100.8")
    other.signs_in()
    sets_up_app(counter, somebody)
    assert other.looks("/mijn-gegevens").headers["Location"] == "/"
    assert somebody.looks("/mijn-gegevens").status_code == 200


def test_signing_out_everywhere_leaves_this_browser_in(counter, somebody):
    others = [counter.visitor(f"198.51.100.{n}") for n in range(3)]
    for other in others:
        other.signs_in()
    somebody.looks("/beveiliging/overal-uitloggen")
    page = somebody.follows(somebody.sends("/beveiliging/overal-uitloggen"))
    assert "bent u uitgelogd" in page.text
    for other in others:
        assert other.looks("/mijn-gegevens").headers["Location"] == "/"
    [letter] = counter.letters(LetterKind.SIGNED_OUT_EVERYWHERE)
    assert letter.to.address == NAME


def test_a_code_for_an_app_that_was_never_begun_leads_to_the_beginning(somebody):
    somebody.looks("/beveiliging/app")
    page = somebody.follows(somebody.sends("/beveiliging/app/code", code="123456"))
    assert "Begin opnieuw met een nieuwe QR-code." in page.text


def proves_password(counter, somebody, word="app"):
    """Come back after six minutes, and give the password; gives what follows."""
    counter.desk.clock.forward(timedelta(minutes=6))
    somebody.follows(somebody.looks(f"/beveiliging/{word}"))
    return somebody.sends(f"/bevestigen?naar={word}", password=PASSWORD.reveal())


def test_who_has_an_app_gives_its_code_too_and_comes_back_to_security(
    counter, somebody, login_id
):
    seed, _ = sets_up_app(counter, somebody)
    given = proves_password(counter, somebody)
    assert given.headers["Location"] == "/code"
    assert "authenticator-app" in somebody.follows(given).text
    answer = somebody.sends("/code", code=counter.app_code(seed))
    assert answer.headers["Location"] == "/beveiliging"
    assert somebody.follows(answer).status_code == 200
    assert somebody.looks("/beveiliging/app").status_code == 200
    assert counter.desk.office.login(login_id).sign_in_count == 1


def test_a_recovery_code_proves_it_too(counter, somebody):
    _, codes = sets_up_app(counter, somebody)
    somebody.follows(proves_password(counter, somebody))
    page = somebody.follows(somebody.sends("/code", code=codes[0]))
    assert "U hebt een herstelcode gebruikt" in page.text
    assert "nog 9 herstelcodes" in page.text


def test_where_the_branch_asks_for_a_code_it_is_asked_there_too(counter, somebody):
    counter.requires_code()
    page = somebody.follows(proves_password(counter, somebody))
    assert "a•••@example.nl" in page.text
    answer = somebody.sends("/code", code=counter.mailed_code())
    assert answer.headers["Location"] == "/beveiliging"


def test_a_stolen_session_with_the_password_alone_enrols_no_app(
    counter, somebody, login_id
):
    seed, _ = sets_up_app(counter, somebody)
    before = counter.desk.office.login(login_id)
    somebody.follows(proves_password(counter, somebody))
    for path in ("/beveiliging/app", "/beveiliging/app/code", "/bevestigen"):
        answer = somebody.sends(path, code="123456", password=PASSWORD.reveal())
        assert answer.headers["Location"] == "/code"
    for path in ("/beveiliging", "/mijn-gegevens", "/beveiliging/app", "/"):
        assert somebody.looks(path).headers["Location"] == "/code"
    assert counter.desk.office.login(login_id).sealed_totp_seed == (
        before.sealed_totp_seed
    )
    somebody.looks("/code")
    somebody.follows(somebody.sends("/uitloggen"))
    given = somebody.sends("/code", code=counter.app_code(seed))
    assert given.headers["Location"] == "/"


def test_five_wrong_codes_there_sign_out(counter, somebody):
    sets_up_app(counter, somebody)
    somebody.follows(proves_password(counter, somebody))
    statuses = [somebody.sends("/code", code="000000").status_code for _ in range(5)]
    assert statuses == [403, 403, 403, 403, 303]
    assert somebody.looks("/beveiliging").headers["Location"] == "/"


def test_the_code_is_asked_in_the_language_of_the_employee(counter, somebody):
    somebody.looks("/beveiliging")
    somebody.sends("/taal", language="en", page="security.show")
    sets_up_app(counter, somebody)
    somebody.client.delete_cookie("sleutelbos_language", domain="127.0.0.1")
    page = somebody.follows(proves_password(counter, somebody))
    assert "Open your authenticator app" in page.text
    page = somebody.follows(
        somebody.sends("/taal", language="nl", page="second_step.show")
    )
    assert "Open uw authenticator-app" in page.text
