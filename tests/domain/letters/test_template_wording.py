"""What a template may say, and what is refused under which field."""

from dataclasses import replace

import pytest

from domain.letters.model import Attached, BuiltIn
from domain.letters.placeholders import placeholders_in
from domain.letters.template_wording import (
    HandsOver,
    Wording,
    WordingProblemKind,
    problems_of,
    tidied,
)
from tests.domain.letters.templating import built_in, wording

BOTH = wording(subject_en="Your login", body_en="{{ link }}")


def problems(said: Wording) -> list[tuple[str, str]]:
    return [(each.field, each.kind.value) for each in problems_of(tidied(said))]


@pytest.mark.parametrize(
    "said",
    [
        wording(),
        BOTH,
        replace(BOTH, subject_nl="", body_nl=""),
        wording("{{ wachtwoord }}, {{ wachtwoord }}"),
        wording("{{ link }} " + "a" * 2989),
        wording(subject_nl="Voor {{ naam }} van {{ vestiging }}"),
        wording("{{ link }} kost 5 { euro } of $5"),
        wording(attached=Attached.GUIDE),
    ],
)
def test_a_wording_that_is_right_has_no_problems(said):
    assert problems(said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (replace(BOTH, name=" \u200b "), [("name", "empty")]),
        (replace(BOTH, name="a" * 76), [("name", "too_long")]),
        (replace(BOTH, body_en=""), [("body_en", "empty")]),
        (replace(BOTH, subject_nl=""), [("subject_nl", "empty")]),
        (
            Wording("Welkom"),
            [("subject_nl", "empty"), ("body_nl", "empty")],
        ),
        (wording(subject_nl="a" * 151), [("subject_nl", "too_long")]),
        (wording("{{ link }}" + "a" * 2991), [("body_nl", "too_long")]),
        (wording("Dag"), [("body_nl", "no_access")]),
        (wording("{{ link }} {{ wachtwoord }}"), [("body_nl", "both_accesses")]),
        (wording("{{ link }} {{ voornam }}"), [("body_nl", "unknown_placeholder")]),
        (wording("{{ link }} {{ voornaam"), [("body_nl", "unclosed")]),
        (wording("{{ link }} {{ voornaam \n }}"), [("body_nl", "unclosed")]),
        (wording("{{ link }} [a](http://b.nl)"), [("body_nl", "bad_link")]),
        (wording("{{ link }} " * 31), [("body_nl", "too_many_placeholders")]),
        (wording(subject_nl="{{ link }}"), [("subject_nl", "secret_in_subject")]),
        (wording(subject_nl="{{ PASSWORD }}"), [("subject_nl", "secret_in_subject")]),
        (wording(subject_nl="{{ x }}"), [("subject_nl", "unknown_placeholder")]),
        (
            replace(BOTH, body_en="{{ password }}"),
            [("body_en", "other_language_hands_over_other")],
        ),
        (wording(attached=Attached.FILE), [("attachment_id", "empty")]),
        (
            replace(wording("Dag {{ x }}", ""), name=""),
            [
                ("name", "empty"),
                ("subject_nl", "empty"),
                ("body_nl", "unknown_placeholder"),
            ],
        ),
    ],
)
def test_what_is_wrong_is_said_of_its_field(said, expected):
    assert problems(said) == expected


def test_a_misspelt_name_comes_with_the_nearest_right_one():
    [problem] = problems_of(wording("{{ link }} {{ vornaam }}"))
    assert problem.kind is WordingProblemKind.UNKNOWN_PLACEHOLDER
    assert (problem.found, problem.nearest) == ("vornaam", "voornaam")


def test_what_is_handed_over_follows_from_the_text():
    assert wording().hands_over is HandsOver.LINK
    assert wording("{{ Password }}").hands_over is HandsOver.PASSWORD
    only_english = wording("", "", subject_en="a", body_en="{{ password }}")
    assert only_english.hands_over is HandsOver.PASSWORD
    assert only_english.languages == ("en",)


def test_a_wording_is_kept_as_clean_lines():
    said = tidied(
        wording(
            "\n\n Dag\r\nhier \u202e{{ link }}\u200b\x00\r\n\r\nGroet \n",
            "Uw\r\nBcc: x\u2028login",
            attachment_id=3,
        )
    )
    assert said.body_nl == "Dag\nhier {{ link }}\n\nGroet"
    assert said.subject_nl == "Uw Bcc: x login"
    assert said.attachment_id is None


@pytest.mark.parametrize("which", BuiltIn)
def test_the_built_in_templates_are_as_good_as_any_other(which):
    said = built_in(which).wording
    assert problems_of(said) == ()
    assert tidied(said) == said
    assert said.languages == ("nl", "en")
    assert said.hands_over.value == which.value
    assert said.attached is Attached.GUIDE
    assert set(placeholders_in(said.body_nl)) == set(placeholders_in(said.body_en))


@pytest.mark.parametrize("which", BuiltIn)
def test_the_built_in_templates_speak_politely_and_ask_for_no_secret(which):
    said = built_in(which).wording.body_nl
    words = set(said.lower().replace(".", " ").replace(",", " ").split())
    assert not words & {"je", "jij", "jouw", "jullie"}
    assert "wachtwoord" in words
    assert "Wij vragen u nooit om uw wachtwoord." in said
