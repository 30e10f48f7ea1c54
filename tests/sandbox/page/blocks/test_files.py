"""Files for a form."""

import pytest
from playwright.sync_api import expect

from tests.sandbox.page.blocks import gallery


@pytest.fixture
def dialog(shows, opens):
    shows(view=gallery.form("Bijlage"))
    return opens().get_by_role("dialog")


@pytest.fixture
def chooser(dialog):
    return dialog.get_by_label("Bijlage")


def sheet(name="lijst.xlsx", content=b"inhoud"):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def submitted(dialog, listener):
    dialog.get_by_role("button", name="Opslaan").click()
    held = listener.next()["view"]["state"]["values"]["file"]["file"]
    return [(file["name"], file["size"]) for file in held["files"]]


def rows(dialog):
    return dialog.get_by_role("list", name="Files chosen").get_by_role("listitem")


def test_a_file_goes_with_the_form_as_the_driver_sends_it(
    dialog, chooser, listener, hanna, tmp_path, shows
):
    chooser.set_input_files(sheet())
    expect(rows(dialog)).to_contain_text(["lijst.xlsx"])
    dialog.get_by_role("button", name="Opslaan").click()
    by_hand = listener.next()["view"]["state"]["values"]["file"]["file"]["files"]
    (tmp_path / "lijst.xlsx").write_bytes(b"inhoud")
    hanna.sees_no_modal()
    shows(view=gallery.form("Bijlage"))
    hanna.attaches(tmp_path / "lijst.xlsx")
    hanna.submits()
    driven = listener.next()["view"]["state"]["values"]["file"]["file"]["files"]
    fresh = ("id", "url_private", "url_private_download", "created", "timestamp")
    for file in by_hand + driven:
        for name in fresh:
            assert file.pop(name)
    assert by_hand == driven


def test_a_file_submitted_at_once_is_not_lost(dialog, chooser, listener):
    chooser.set_input_files(sheet())
    assert submitted(dialog, listener) == [("lijst.xlsx", 6)]


def test_several_are_added_and_one_is_removed(dialog, chooser, listener):
    chooser.set_input_files([sheet(), sheet("ook.csv", b"a;b")])
    expect(rows(dialog)).to_contain_text(["lijst.xlsx", "ook.csv"])
    expect(rows(dialog).first).to_contain_text("6 bytes")
    dialog.get_by_role("button", name="Remove lijst.xlsx").click()
    expect(rows(dialog)).to_contain_text(["ook.csv"])
    expect(chooser).to_be_focused()
    assert submitted(dialog, listener) == [("ook.csv", 3)]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([sheet("lijst.pdf")], "lijst.pdf: choose .xlsx or .csv."),
        ([sheet(content=b"")], "lijst.xlsx is empty."),
        ([sheet(f"{n}.csv") for n in range(3)], "No more than 2 can be added."),
    ],
    ids=["kind", "empty", "many"],
)
def test_what_does_not_fit_is_told_at_the_field(dialog, chooser, files, told):
    chooser.set_input_files(files)
    expect(dialog.locator(".bk-error")).to_have_text(told)
    expect(chooser).to_have_accessible_description(
        f".xlsx, .csv · up to 2 files · 10 MB each Toelichting bij Bijlage {told}"
    )
    expect(rows(dialog)).to_have_count(2 if len(files) > 2 else 0)


def test_more_than_ten_megabytes_are_not_sent(dialog, chooser, tmp_path):
    (tmp_path / "groot.csv").write_bytes(bytes(10 * 2**20 + 1))
    chooser.set_input_files(tmp_path / "groot.csv")
    expect(dialog.locator(".bk-error")).to_have_text("groot.csv is larger than 10 MB.")
    expect(rows(dialog)).to_have_count(0)


def test_files_are_dropped_too(dialog, chooser, listener):
    moved = dialog.page.evaluate_handle(
        """() => {
          const moved = new DataTransfer();
          moved.items.add(new File(["a;b"], "gesleept.csv"));
          return moved;
        }"""
    )
    dialog.locator(".bk-drop").dispatch_event("drop", {"dataTransfer": moved})
    expect(rows(dialog)).to_contain_text(["gesleept.csv"])
    assert submitted(dialog, listener) == [("gesleept.csv", 3)]
