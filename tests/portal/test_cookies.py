"""W1: what the browser keeps, and that nobody can plant it."""

import pytest

from domain.sign_in.model import Stage
from tests.domain.sign_in.people import NAME, PASSWORD


def set_cookies(answer):
    """By name, value and attributes of what an answer sets, not of what it ends."""
    found = {}
    for header in answer.headers.getlist("Set-Cookie"):
        pair, *attributes = header.split("; ")
        if "Max-Age=0" not in attributes:
            found[pair.partition("=")[0]] = (pair.partition("=")[2], set(attributes))
    return found


def signed_in(counter):
    somebody = counter.at(None)
    return somebody, somebody.sends("/", user_name=NAME, password=PASSWORD.reveal())


def test_on_https_cookies_are_bound_to_this_host_and_to_tls(secure_counter):
    secure_counter.desk.add_employee()
    somebody, answer = signed_in(secure_counter)
    cookies = set_cookies(answer) | set_cookies(somebody.looks("/beveiliging"))
    assert set(cookies) == {
        "__Host-sleutelbos_session",
        "__Host-sleutelbos_browser",
        "__Host-sleutelbos_form",
    }
    for value, attributes in cookies.values():
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= attributes
        assert not any(attribute.startswith("Domain") for attribute in attributes)
        assert len(value) >= 43


def test_on_plain_http_they_are_neither_secure_nor_prefixed(counter):
    counter.desk.add_employee()
    _, answer = signed_in(counter)
    for name, (_, attributes) in set_cookies(answer).items():
        assert not name.startswith("__")
        assert "Secure" not in attributes
        assert {"HttpOnly", "SameSite=Lax"} <= attributes


def test_the_session_ends_with_the_browser_and_the_browser_is_known_for_longer(counter):
    counter.desk.add_employee()
    cookies = set_cookies(signed_in(counter)[1])
    assert not any("Max-Age" in part for part in cookies["sleutelbos_session"][1])
    assert "Max-Age=15552000" in cookies["sleutelbos_browser"][1]


def test_the_token_of_a_link_is_sent_to_the_page_of_links_only(secure_counter):
    answer = secure_counter.visitor().looks("/herstel/" + "t" * 43)
    value, attributes = set_cookies(answer)["__Secure-sleutelbos_link"]
    assert value == "t" * 43
    assert {"Path=/herstel", "Secure", "HttpOnly", "Max-Age=1800"} <= attributes


def test_a_session_that_was_planted_before_signing_in_opens_nothing(counter):
    counter.desk.add_employee()
    somebody = counter.at(None)
    planted = "p" * 43
    somebody.client.set_cookie("sleutelbos_session", planted, domain="127.0.0.1")
    somebody.sends("/", user_name=NAME, password=PASSWORD.reveal())
    assert somebody.cookie("sleutelbos_session") != planted
    victim = counter.visitor()
    victim.client.set_cookie("sleutelbos_session", planted, domain="127.0.0.1")
    assert victim.looks("/mijn-gegevens").status_code == 303


def test_every_step_up_gets_a_new_session_and_the_old_one_is_dead(counter):
    somebody = counter.at(Stage.CODE_DUE)
    after_password = somebody.cookie("sleutelbos_session")
    somebody.looks("/code")
    somebody.sends("/code", code=counter.mailed_code())
    after_code = somebody.cookie("sleutelbos_session")
    assert after_code != after_password
    thief = counter.visitor()
    thief.client.set_cookie("sleutelbos_session", after_password, domain="127.0.0.1")
    assert thief.looks("/code").headers["Location"] == "/"
    assert somebody.looks("/wachtwoord-kiezen").status_code == 200


@pytest.mark.parametrize(
    "value", ["", "kort", "x" * 4000, "a b", "é" * 43, "\x7f" * 43]
)
def test_a_cookie_that_was_never_ours_is_nobody(counter, value):
    somebody = counter.visitor()
    for name in ("session", "browser", "link", "language", "form"):
        somebody.client.set_cookie(f"sleutelbos_{name}", value, domain="127.0.0.1")
    assert somebody.looks("/").status_code == 200
    assert somebody.looks("/mijn-gegevens").headers["Location"] == "/"
    assert somebody.looks("/herstel").status_code == 400


def test_signing_out_takes_the_session_and_leaves_the_browser_known(counter):
    somebody = counter.at(Stage.IN)
    somebody.looks("/mijn-gegevens")
    somebody.sends("/uitloggen")
    assert somebody.cookie("sleutelbos_session") is None
    assert somebody.cookie("sleutelbos_browser") is not None
