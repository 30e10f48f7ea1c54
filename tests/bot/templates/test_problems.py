"""Each thing that can be wrong with a template has words and stands at its entry."""

import pytest

from bot.locale import LANGUAGES, translator
from bot.templates import attaching, deleting, entries, problems, wording
from bot.templates.editor import Editor, Origin, build
from bot.templates.entries import Typed
from domain.letters.attachments import AttachmentProblem
from domain.letters.model import Attached
from domain.letters.template_versions import TEXTS
from domain.letters.template_wording import (
    HandsOver,
    Wording,
    WordingProblem,
    WordingProblemKind,
    WordingRefusedError,
    problems_of,
    tidied,
)
from domain.runs.template_use import TemplateInUseError

DUTCH, ENGLISH = translator("nl"), translator("en")
GOOD = {"name": "Welkom", "subject_nl": "Uw login", "body_nl": "Kies: {{ link }}"}


def refused(**said):
    return WordingRefusedError(problems_of(tidied(Wording(**GOOD | said))))


def told(t=DUTCH, prefix="", **said):
    return problems.under_entries(refused(**said), prefix, t).texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WordingProblemKind)
@pytest.mark.parametrize("nearest", ["", "voornaam"])
def test_every_problem_has_whole_words(language, kind, nearest):
    problem = WordingProblem("body_nl", kind, "voornam", nearest)
    said = problems.worded(problem, translator(language))
    assert said
    assert "{{  }}" not in said
    assert "None" not in said


@pytest.mark.parametrize("field", TEXTS)
def test_every_field_has_a_name_and_an_entry(field):
    error = WordingRefusedError((WordingProblem(field, WordingProblemKind.EMPTY),))
    blocks = build(Editor(Origin(), Typed()), DUTCH).to_dict()["blocks"]
    inputs = {block["block_id"] for block in blocks if block["type"] == "input"}
    assert problems.under_entries(error, "", DUTCH).texts.keys() <= inputs
    assert wording.FIELDS[field]


def test_the_wrong_thing_and_the_nearest_right_one_are_named():
    assert told(body_nl="Hoi {{ voornam }} {{ link }}") == {
        "body_nl": "{{ voornam }} staat niet in de lijst hierboven. "
        "Bedoelt u {{ voornaam }}?"
    }
    assert "Gebruik er een uit die lijst." in told(body_nl="{{ x }}")["body_nl"]
    assert told(body_nl="{{ link }")["body_nl"].startswith("Bij “link” ontbreken")


def test_what_is_wrong_in_several_entries_stands_under_each():
    said = told(ENGLISH, name="", subject_nl="{{ password }}", body_en="{{ password }}")
    assert said["name"] == "Give the template a name."
    assert said["subject_nl"].startswith("Take {{ password }} out of the subject")
    assert said["subject_en"].startswith("Fill this in too.")
    assert said["body_en"].startswith("The Dutch text has another one of {{ link }}")


def test_a_copy_has_its_problems_under_its_own_entries():
    assert set(told(prefix=entries.COPIED, name="")) == {"copy_name"}


def test_a_missing_pdf_stands_under_the_file():
    assert set(told(attached=Attached.FILE)) == {"file"}


def test_where_there_are_no_entries_each_is_named():
    assert problems.listed(refused(name=""), DUTCH) == [
        "Naam: Geef de template een naam."
    ]


def test_every_reason_against_a_pdf_has_words():
    assert set(attaching.REFUSED) == set(AttachmentProblem)


def test_every_way_in_has_words():
    assert set(wording.HANDS_OVER) == set(HandsOver)


@pytest.mark.parametrize("t", [DUTCH, ENGLISH])
@pytest.mark.parametrize("is_under_way", [True, False])
def test_what_uses_a_template_is_named(t, is_under_way):
    error = TemplateInUseError(branches="Utrecht", is_under_way=is_under_way)
    assert "Utrecht" in deleting.why_not(error, t)
