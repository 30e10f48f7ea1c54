"""W3: each page is open to the stage that it is for, and to no other."""

import pytest
from flask import Flask

from domain.sign_in.model import Stage
from portal import visitor
from portal.visitor import UnmarkedViewError
from tests.domain.sign_in.people import PASSWORD

# These change nothing about a sign-in, or stand on a link instead of a session.
FOR_EVERYBODY = {
    "/herstel",
    "/herstel/" + "t" * 43,
    "/klopt-niet",
    "/klopt-niet/" + "t" * 43,
    "/static/0/portal.css",
}
OWN_PAGES = {
    None: {"/", "/wachtwoord-vergeten", "/wachtwoord-vergeten/verzonden"},
    Stage.CODE_DUE: {"/code"},
    Stage.CHANGE_DUE: {"/wachtwoord-kiezen"},
    Stage.IN: {
        "/beveiliging",
        "/beveiliging/app",
        "/beveiliging/code-per-mail",
        "/beveiliging/herstelcodes",
        "/beveiliging/overal-uitloggen",
        "/beveiliging/tweede-stap-uit",
        "/beveiliging/wachtwoord",
        "/bevestigen",
        "/mijn-gegevens",
    },
}
FIRST_PAGE = {
    None: "/",
    Stage.CODE_DUE: "/code",
    Stage.CHANGE_DUE: "/wachtwoord-kiezen",
    Stage.IN: "/mijn-gegevens",
}
STAGES = (None, *Stage)


def test_every_address_belongs_to_a_stage(counter):
    owned = set().union(*OWN_PAGES.values())
    assert set(counter.routes("GET")) == owned | FOR_EVERYBODY


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_opens_its_own_pages_and_leads_from_all_others_to_its_first(
    counter, stage
):
    somebody = counter.at(stage)
    for path in set(counter.routes("GET")) - FOR_EVERYBODY:
        answer = somebody.looks(path)
        if path in OWN_PAGES[stage]:
            assert answer.status_code == 200, path
        else:
            assert answer.status_code == 303, path
            assert answer.headers["Location"] == FIRST_PAGE[stage], path


@pytest.mark.parametrize("stage", STAGES)
def test_a_form_of_another_stage_does_nothing(counter, stage):
    somebody = counter.at(stage)
    others = {
        "/": None,
        "/wachtwoord-vergeten": None,
        "/code": Stage.CODE_DUE,
        "/code/opnieuw": Stage.CODE_DUE,
        "/wachtwoord-kiezen": Stage.CHANGE_DUE,
        **dict.fromkeys(set(counter.routes("POST")) & OWN_PAGES[Stage.IN], Stage.IN),
        "/beveiliging/app/code": Stage.IN,
    }
    somebody.looks(FIRST_PAGE[stage])
    for path, owner in others.items():
        if owner is stage:
            continue
        answer = somebody.sends(path, password=PASSWORD.reveal(), new="x", code="1")
        assert answer.status_code == 303, path
        assert answer.headers["Location"] == FIRST_PAGE[stage], path


@pytest.mark.parametrize("stage", STAGES)
def test_signing_out_ends_every_stage(counter, stage):
    somebody = counter.at(stage)
    assert somebody.sends("/uitloggen").status_code == 303
    assert somebody.looks("/mijn-gegevens").headers["Location"] == "/"


def test_a_view_that_names_no_stage_keeps_the_app_from_starting():
    app = Flask("unmarked", static_folder=None)
    app.add_url_rule("/geheim", view_func=lambda: "everything")
    with pytest.raises(UnmarkedViewError):
        visitor.install(app)
