"""W5: names and other text of people are text, whatever is in them."""

import pytest

from domain.sign_in.model import Stage

# Long enough never to stand in a token of the page by chance.
EVALUATED = str(70077 * 70077)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 70077*70077 }}{% include 'page.html' %}",
    "</title><svg/onload=alert(1)>",
    "%(num)d %s %%",
    "javascript:alert(1)",
    "\u202eNaj\u202c",
    "&lt;b&gt;",
    "<!--",
    "]]>",
    "a" * 100,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_record_card_is_shown_as_text(counter, text):
    name = "vijand@example.nl"
    counter.desk.add_employee(
        name,
        card={
            "first_name": text,
            "prefix": text,
            "last_name": text,
            "job_title": text,
            "contract": text,
            "phone": text,
            "street": text * 2,
            "city": text,
        },
    )
    somebody = counter.visitor()
    page = somebody.signs_in(name)
    assert page.status_code == 200
    for raw in ("<script", "<img", "<svg/", "onerror=alert(1)>", "<!--", EVALUATED):
        assert raw not in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_user_name_comes_back_as_text(counter, text):
    somebody = counter.at(None)
    page = somebody.sends("/", user_name=text, password="x")
    assert page.status_code in (403, 429)
    for raw in ("<script", "<img", "<svg/", "<!--"):
        assert raw not in page.text
    assert page.text.count("<form") == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_parameters_are_in_no_page(counter, text):
    somebody = counter.at(Stage.IN)
    for path in counter.routes("GET"):
        page = somebody.looks(path, query_string={"naar": text, "page": text})
        if len(text) > 4:
            assert text not in page.text


@pytest.mark.parametrize("text", ["\x00", "\ud800", "a\r\nSet-Cookie: x=1", "\x1b[2J"])
def test_characters_that_nobody_can_type_do_no_harm(counter, text):
    somebody = counter.at(None)
    for field in ("user_name", "password"):
        typed = {"user_name": "a", "password": "b"} | {field: text}
        encoded = {
            key: value.encode(errors="surrogatepass") for key, value in typed.items()
        }
        answer = somebody.sends("/", **encoded)
        assert answer.status_code in (400, 403, 429)
        assert "x=1" not in str(answer.headers.getlist("Set-Cookie"))
