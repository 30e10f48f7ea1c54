"""W4: what changes something is taken from our own pages only."""

import pytest

from domain.sign_in.model import Stage
from tests.domain.sign_in.people import NAME, PASSWORD

OUR_OWN = "http://127.0.0.1:8080"
FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:8081"},
    {"Origin": "https://127.0.0.1:8080"},
    {"Origin": OUR_OWN, "Sec-Fetch-Site": "cross-site"},
    {"Origin": OUR_OWN, "Sec-Fetch-Site": "same-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
)
OWN = (
    {"Origin": OUR_OWN, "Sec-Fetch-Site": "same-origin"},
    # What no-referrer makes of an Origin.
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "null"},
    {},
)


def fields(**more):
    return {"user_name": NAME, "password": PASSWORD.reveal(), **more}


def posted(somebody, path, headers, **data):
    return somebody.client.post(
        path, base_url=somebody.base_url, headers=headers, data=data
    )


@pytest.mark.parametrize("stage", [None, *Stage])
def test_a_form_from_elsewhere_is_refused_at_every_address(counter, stage):
    somebody = counter.at(stage)
    for path in counter.routes("POST"):
        for headers in FOREIGN:
            answer = posted(
                somebody, path, headers, **fields(csrf_token=somebody.token)
            )
            assert answer.status_code == 403, (path, headers)


@pytest.mark.parametrize("stage", [None, *Stage])
def test_a_form_without_its_token_is_refused_at_every_address(counter, stage):
    somebody = counter.at(stage)
    for path in counter.routes("POST"):
        for token in ("", "nonsense", "é" * 40, somebody.token[:-3] + "AAA"):
            answer = posted(somebody, path, OWN[0], **fields(csrf_token=token))
            assert answer.status_code == 403, (path, token)
            assert "Deze pagina is verlopen" in answer.text


@pytest.mark.parametrize("headers", OWN)
def test_our_own_form_is_taken(counter, headers):
    counter.desk.add_employee()
    somebody = counter.at(None)
    answer = posted(somebody, "/", headers, **fields(csrf_token=somebody.token))
    assert answer.headers["Location"] == "/mijn-gegevens"


def test_the_token_of_another_browser_is_refused(counter):
    counter.desk.add_employee()
    stranger, somebody = counter.at(None), counter.at(None)
    answer = posted(somebody, "/", OWN[0], **fields(csrf_token=stranger.token))
    assert answer.status_code == 403


def test_a_token_of_before_signing_in_is_refused_afterwards(counter):
    somebody = counter.at(None)
    before = somebody.token
    counter.desk.add_employee()
    somebody.signs_in()
    assert posted(somebody, "/uitloggen", OWN[0], csrf_token=before).status_code == 403


def test_a_token_in_a_header_does_not_count_for_another_site(counter):
    somebody = counter.at(None)
    headers = {"X-CSRFToken": somebody.token, "Origin": "https://evil.example"}
    assert posted(somebody, "/taal", headers, language="en").status_code == 403


def test_forms_work_over_https_where_no_page_sends_a_referrer(secure_counter):
    secure_counter.desk.add_employee()
    assert "Mijn gegevens" in secure_counter.visitor().signs_in().text
