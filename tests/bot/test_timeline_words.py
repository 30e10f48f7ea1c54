"""The timeline in words: of every act, and with what an event names."""

from datetime import UTC, datetime

import pytest

from bot import locale
from bot.logins import timeline
from bot.logins.timeline import Timeline
from domain.actor import ActorKind, Surface
from domain.audit import AuditAct
from domain.logins.model import LoginId
from domain.logins.timeline import TimelineEntry

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def said(translator, act, *, came_here=False, run_id=None, **details):
    entry = TimelineEntry(
        1,
        NOW,
        act,
        ActorKind.OPERATOR,
        None,
        Surface.COMMAND_LINE,
        details,
        run_id,
        came_here,
    )
    page = Timeline(LoginId(1), [entry], {}, has_older=False, is_newest=True)
    view = timeline.build(page, translator).to_dict()
    return view["blocks"][1]["text"]["text"]


@pytest.fixture
def nl():
    return locale.translator("nl")


@pytest.fixture
def en():
    return locale.translator("en")


def test_every_act_has_a_sentence_or_concerns_no_person():
    worded = set(timeline.SENTENCES)
    assert worded | timeline.OF_NO_PERSON == set(AuditAct)
    assert not worded & timeline.OF_NO_PERSON


@pytest.mark.parametrize("act", timeline.SENTENCES, ids=lambda act: act.name)
def test_every_act_of_a_person_is_told_in_both_languages(nl, en, act):
    assert said(nl, act) != said(en, act)


def test_changed_fields_are_told_in_words(nl, en):
    fields = {"fields": ["last_name", "phone"]}
    changed = AuditAct.CARD_CHANGED
    assert said(nl, changed, **fields).endswith("gewijzigd: achternaam en telefoon.")
    assert said(en, changed, **fields).endswith("record card: last name and phone.")
    assert said(nl, changed, fields=["branch"]).endswith("gewijzigd: vestiging.")
    three = ["number", "city", "birth_on"]
    assert said(en, changed, fields=three).endswith(
        "record card: employee number, city and date of birth."
    )


def test_a_move_reads_otherwise_on_either_card(nl):
    moved = AuditAct.EMPLOYEE_DATA_MOVED
    there = said(nl, moved, fields=["email"])
    here = said(nl, moved, fields=["email"], came_here=True)
    assert "naar een andere stamkaart" in there
    assert "van een andere stamkaart naar deze" in here
    assert here.endswith("Het ging om: e-mailadres.")


def test_what_a_run_did_names_the_run(nl, en):
    assert said(nl, AuditAct.PASSWORD_RESET, run_id=12).endswith("(taak 12)")
    assert said(en, AuditAct.PASSWORD_EXPIRED, run_id=12).endswith("(task 12)")
