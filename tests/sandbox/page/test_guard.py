"""Who may ask for the page, and what it comes with."""

import json

import pytest

from sandbox.slack import Workspace
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.running import fetch


def status(window, path, method="GET", **headers):
    return window.ask(method, path, **headers)[0].status


@pytest.mark.parametrize(
    "path", ["/", "/static/workspace.css", "/emoji.json", "/client/hanna/files/F1"]
)
def test_another_name_for_this_machine_is_refused(window, path):
    assert status(window, path, Host="evil.example") == 403
    assert status(window, path, Host=f"evil.example:{window.netloc[-5:]}") == 403


def test_localhost_is_a_name_for_it(window):
    port = window.netloc.partition(":")[2]
    assert status(window, "/", Host=f"localhost:{port}") == 200


def test_another_page_in_the_same_browser_is_refused(window):
    deeds = "/client/hanna/deeds"
    assert status(window, deeds, "POST", Origin="https://evil.example") == 403
    assert status(window, deeds, "POST", Origin="null") == 403
    assert status(window, deeds, "POST", Origin=f"http://{window.netloc}") == 400
    assert status(window, "/client/hanna/live", Origin="http://127.0.0.1:1") == 403


def test_a_picture_on_another_site_loads_nothing(window):
    cross = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}
    assert status(window, "/client/hanna/files/F1", **cross) == 403
    assert status(window, "/", **cross) == 403


def test_a_link_from_elsewhere_opens_the_page_and_nothing_else(window):
    link = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert status(window, "/", **link) == 200
    assert status(window, "/client/hanna/files/F1", **link) == 403


def test_nothing_inline_and_nothing_from_other_hosts_may_run(window):
    response, _ = window.ask("GET", "/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/static/workspace.css", "text/css"),
        ("/shared/live.js", "text/javascript"),
        ("/emoji.json", "application/json"),
    ],
)
def test_each_file_comes_as_what_it_is(window, path, kind):
    response, body = window.ask("GET", path)
    assert response.status == 200
    assert response.headers["Content-Type"].partition(";")[0] == kind
    assert body


def test_only_what_is_in_the_folder_is_served(window):
    assert status(window, "/static/../pages.py") == 404
    assert status(window, "/static/%2e%2e/pages.py") == 404
    assert status(window, "/static/none.js") == 404


def test_a_file_that_did_not_change_is_not_sent_again(window):
    response, _ = window.ask("GET", "/shared/live.js")
    again, body = window.ask(
        "GET", "/shared/live.js", If_None_Match=response.headers["ETag"]
    )
    assert (again.status, body) == (304, b"")


def test_emoji_have_the_names_slack_gives_them(window):
    response, body = window.ask("GET", "/emoji.json")
    names = json.loads(body)
    assert names["tada"] == "\N{PARTY POPPER}"
    assert names["white_check_mark"] == "\N{WHITE HEAVY CHECK MARK}"
    assert names["large_green_circle"] == "\N{LARGE GREEN CIRCLE}"
    assert names["skin-tone-2"] == "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}"
    assert names["flag-nl"] == chr(0x1F1F3) + chr(0x1F1F1)
    assert "max-age" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["nobody", "proefapp", "U0000000001", "@hanna"])
def test_one_is_a_person_by_her_name_only(window, slack, name):
    assert status(window, f"/client/{name}/live") == 404
    assert status(window, f"/client/{name}/deeds", "POST") == 404


def test_without_the_page_there_is_nothing_to_see():
    with Workspace.from_manifest(MANIFEST).serve() as bare:
        bare.add_person("hanna")
        assert fetch(f"{bare.server.url}/")[0] == 404
        assert fetch(f"{bare.server.url}/client/hanna/live")[0] == 404
