"""What the editor says and reads, whatever a payload holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.branches.choosing import BranchChoice
from bot.given_files.file_entry import ChosenFile
from bot.locale import LANGUAGES, translator
from bot.templates import editor, entries, placeholder_list, sample, template_list
from bot.templates.editor import Editor, Origin
from bot.templates.entries import Typed
from bot.templates.sample import NoColleagueError
from bot.templates.writing import wording_of
from domain.actor import BranchId
from domain.errors import NotFoundError
from domain.letters.model import Attached, EmailTemplateId
from domain.letters.placeholders import Placeholder, placeholder_named
from domain.logins.model import LoginId
from sandbox.slack.blocks import starting_values, state

T = translator("nl")
FULL = Typed(
    name="Welkom",
    subject_nl="Uw login",
    body_nl="Hallo {{ link }}",
    subject_en="Your login",
    body_en="Hello {{ link }}",
    attached=Attached.GUIDE,
)
EXISTING = Origin(EmailTemplateId(3), 4, BranchId(2), kept=7, page=1)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=5,
)


def submitted(view):
    """What Slack sends of a view that nobody touched."""
    content = view.to_dict()
    values = state(starting_values(content["blocks"]))
    ids = content.get("private_metadata", "")
    return {"view": {"private_metadata": ids, "state": values}}


@pytest.mark.parametrize("is_copy", [False, True])
def test_what_was_typed_comes_back_as_it_was(is_copy):
    branch = BranchChoice(BranchId(2), "Utrecht")
    typed = Typed(**vars(FULL) | {"branch_id": BranchId(2)})
    origin = Origin(kept=7, is_copy=is_copy, page=3)
    read = editor.parse(submitted(editor.build(Editor(origin, typed, branch), T)))
    assert (read.origin, read.typed) == (origin, typed)


def test_a_template_that_there_is_keeps_its_place_and_its_branch():
    view = editor.build(Editor(EXISTING, FULL, BranchChoice(BranchId(2), "Utrecht")), T)
    read = editor.parse(submitted(view))
    assert read.origin == EXISTING
    # There is nothing to choose any more.
    assert read.typed.branch_id is None


def test_a_copy_shares_no_entry_with_what_it_was_copied_from():
    def ids(origin):
        blocks = editor.build(Editor(origin, FULL), T).to_dict()["blocks"]
        return {block["block_id"] for block in blocks if block["type"] == "input"}

    assert len(ids(Origin())) == 8
    assert ids(Origin()).isdisjoint(ids(Origin(is_copy=True)))


@pytest.mark.parametrize(
    "ids",
    [
        "",
        "[]",
        "{",
        '{"template":"x"}',
        '{"number":-1}',
        '{"pdf":{}}',
        '{"page":"1e9"}',
    ],
)
def test_ids_that_we_never_wrote_are_not_there(ids):
    body = submitted(editor.build(Editor(EXISTING, FULL), T))
    body["view"]["private_metadata"] = ids
    if ids == "":
        assert editor.origin_of(body) == Origin()
    else:
        with pytest.raises(NotFoundError):
            editor.parse(body)


@given(JUNK)
def test_entries_that_no_slack_sends_are_refused_or_empty(junk):
    body = {"view": {"private_metadata": "{}", "state": {"values": junk}}}
    with pytest.raises(NotFoundError):
        entries.parse(body, "")


@given(st.dictionaries(st.sampled_from(["name", "body_nl", "file", "branch"]), JUNK))
def test_one_strange_entry_spoils_no_other(junk):
    body = submitted(editor.build(Editor(Origin(), FULL), T))
    body["view"]["state"]["values"].update(junk)
    try:
        typed = entries.parse(body, "")
    except NotFoundError:
        assert "branch" in junk
    else:
        assert typed.subject_nl == FULL.subject_nl
        assert isinstance(typed.name, str)


def test_only_a_pdf_that_is_wanted_is_kept():
    assert wording_of(FULL, 7).attachment_id is None
    own = Typed(**vars(FULL) | {"attached": Attached.FILE})
    assert wording_of(own, 7).attachment_id == 7


def test_the_file_of_the_entry_is_read_by_its_id():
    body = submitted(editor.build(Editor(Origin(), FULL), T))
    held = body["view"]["state"]["values"]["file"][entries.FILE]
    held["files"] = [{"id": "F0AB", "name": "Regels.pdf"}]
    assert entries.parse(body, "").file == ChosenFile("F0AB", "Regels.pdf")
    held["files"] *= 2
    assert entries.parse(body, "").file is None


def test_a_preview_is_of_who_was_chosen():
    body = submitted(editor.build(Editor(Origin(), FULL), T))
    with pytest.raises(NoColleagueError):
        sample.parse(body)
    entry = body["view"]["state"]["values"][sample.BLOCK_ID][sample.SEARCH]
    entry["selected_option"] = {"value": "12"}
    assert sample.parse(body) == LoginId(12)
    entry["selected_option"] = {"value": "12; --"}
    with pytest.raises(NotFoundError):
        sample.parse(body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_listed_by_a_name_that_works(language):
    t = translator(language)
    listed = "".join(
        block.to_dict()["text"]["text"] for block in placeholder_list.blocks(t)
    )
    assert set(placeholder_list.MEANINGS) == set(Placeholder)
    for placeholder in Placeholder:
        written = placeholder_list.written(placeholder, t)
        assert f"`{written}`" in listed
        assert placeholder_named(written.strip("{} ")) is placeholder


@pytest.mark.parametrize("page", ["-1", "x", "", "1" * 30])
def test_a_page_is_a_number(page):
    body = {"view": {"private_metadata": f'{{"page":"{page}"}}'}}
    if page == "":
        assert template_list.page_of(body) == 0
    else:
        with pytest.raises(NotFoundError):
            template_list.page_of(body)
