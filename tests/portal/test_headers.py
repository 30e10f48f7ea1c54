"""W5: what every answer tells the browser about what it may do with it."""

import pytest

from domain.sign_in.model import Stage

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
POWERFUL = ("camera", "geolocation", "microphone", "payment", "usb")


def assert_guarded(answer, path):
    for name, value in EXPECTED.items():
        assert answer.headers.getlist(name) == [value], (path, name)
    for feature in POWERFUL:
        assert f"{feature}=()" in answer.headers["Permissions-Policy"], path


@pytest.mark.parametrize("stage", [None, *Stage])
def test_every_page_and_every_refusal_of_it_is_guarded(counter, stage):
    somebody = counter.at(stage)
    for path in counter.routes("GET"):
        assert_guarded(somebody.looks(path), path)
    for path in set(counter.routes("POST")) - {"/uitloggen"}:
        assert_guarded(somebody.sends(path), path)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nergens", 404),
        ("GET", "/mijn-gegevens/", 404),
        ("GET", "/static/0/app.py", 404),
        ("GET", "/static/portal.css", 404),
        ("GET", "/static/0/../../app.py", 404),
        ("GET", "/uitloggen", 405),
        ("PUT", "/", 405),
        ("DELETE", "/beveiliging", 405),
        ("OPTIONS", "/", 405),
        ("POST", "/", 403),
        ("GET", "/herstel/kort", 400),
        ("GET", "/klopt-niet/kort", 400),
        ("GET", "/klopt-niet", 400),
    ],
)
def test_an_error_is_a_guarded_page_in_words(counter, method, path, status):
    somebody = counter.visitor()
    answer = somebody.client.open(path, method=method, base_url=somebody.base_url)
    assert answer.status_code == status
    assert_guarded(answer, path)
    assert '<html lang="nl">' in answer.text
    assert answer.text.count("<h1>") == 1


def test_a_method_that_is_not_taken_says_which_are(counter):
    somebody = counter.visitor()
    answer = somebody.client.get("/uitloggen", base_url=somebody.base_url)
    assert answer.headers["Allow"] == "POST"


def test_a_form_that_is_too_big_is_not_read(counter):
    somebody = counter.at(None)
    answer = somebody.sends("/", user_name="a" * 20_000, password="x")
    assert answer.status_code == 413
    assert_guarded(answer, "/")


def test_a_body_of_another_kind_does_no_harm(counter):
    somebody = counter.at(None)
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        answer = somebody.client.post(
            "/", base_url=somebody.base_url, data=b'{"a": "\xff', content_type=kind
        )
        assert answer.status_code in (400, 403), kind
        assert_guarded(answer, kind)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "x y", ""])
def test_another_host_gets_no_page(counter, host):
    somebody = counter.visitor()
    answer = somebody.client.get(
        "/", base_url=somebody.base_url, headers={"Host": host}
    )
    assert answer.status_code == 400
    assert_guarded(answer, host)
    assert host == "" or host not in answer.text


def test_https_is_kept_to_for_a_year(counter, secure_counter):
    secure = secure_counter.visitor().looks("/")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in counter.visitor().looks("/").headers


def test_the_first_page_is_small_in_all_and_its_files_are_kept(counter):
    somebody = counter.visitor()
    page = somebody.looks("/")
    files = somebody.files_of(page)
    assert len(files) == 2
    answers = [somebody.looks(path) for path in files]
    assert sum(len(answer.data) for answer in [page, *answers]) < 50_000
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].endswith("immutable")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_another_version_is_given_and_not_kept(counter):
    answer = counter.visitor().looks("/static/0/portal.css")
    assert answer.status_code == 200
    assert_guarded(answer, "/static/0/portal.css")


def test_a_file_that_the_browser_has_is_not_sent_again(counter):
    somebody = counter.visitor()
    path = somebody.files_of(somebody.looks("/"))[0]
    tag = somebody.looks(path).headers["ETag"]
    answer = somebody.looks(path, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert answer.data == b""


def test_no_page_has_a_script_a_style_of_its_own_or_anything_from_elsewhere(counter):
    for stage in (None, *Stage):
        somebody = counter.at(stage)
        for path in counter.routes("GET"):
            text = somebody.looks(path).text
            for never in ("<script", "<style", " style=", " onclick=", "//", "data:"):
                assert never not in text.replace("<!doctype", ""), (path, never)
