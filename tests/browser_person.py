"""Somebody at the workspace page, who finds everything by its words."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class BrowserPerson:
    """Clicks, types and reads as a person does, in a page of the workspace."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def modal(self) -> Locator:
        """The modal on top."""
        return self.page.locator("dialog:not([inert])").last

    @property
    def before_her(self) -> Locator:
        """The modal on top, else the conversation; whichever it is by then."""
        return self.page.locator("dialog:not([inert]), #slack:not([inert]) main")

    def goes_to(self, place: str) -> None:
        """Open a channel, or the app, from the left."""
        places = self.page.get_by_role("navigation", name="Workspace")
        places.get_by_role("link", name=place).first.click()
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_contain_text(place)

    def opens_messages(self) -> None:
        """Open the app's messages; it shows its home first."""
        tab = self.page.get_by_role("link", name="Messages")
        tab.click()
        expect(tab).to_have_attribute("aria-current", "page")

    def types(self, command: str) -> None:
        """Type a command where messages are written, and press Enter."""
        composer = self.page.get_by_role("main").get_by_role("combobox").last
        composer.click()
        composer.press_sequentially(command)
        composer.press("Escape")
        composer.press("Enter")

    def sees(self, words: str) -> Locator:
        """Wait until it says so before her."""
        found = self.before_her.get_by_text(words).last
        expect(found).to_be_visible()
        return found

    def sees_modal(self, title: str) -> None:
        """Wait until a modal of this title is on top, done loading."""
        expect(self.modal).to_have_accessible_name(title)

    def presses(self, label: str, *, near: str | None = None) -> None:
        """Press the button that is called so, or the newest of them."""
        place = self.before_her
        if near is not None:
            place = place.locator("[data-block-id]").filter(has_text=near)
        place.get_by_role("button", name=label, exact=True).last.click()

    def sees_button(self, label: str) -> None:
        """Wait until there is a button that is called so."""
        button = self.before_her.get_by_role("button", name=label, exact=True)
        expect(button.last).to_be_visible()

    def presses_first(self, words: str) -> None:
        """Press the first button whose name has these words in it."""
        self.before_her.get_by_role("button", name=words).first.click()

    def picks(self, words: str) -> None:
        """Pick a radio button by its words."""
        self.modal.get_by_role("radio", name=words).check()

    def ticks(self, words: str) -> None:
        """Tick a box by its words."""
        self.modal.get_by_role("checkbox", name=words).check()

    def types_the_number(self) -> int:
        """Read in the modal for how many people it is, and type that."""
        field = self.modal.get_by_role("textbox", name=re.compile(r"\d"))
        expect(field).to_be_visible()
        label = self.modal.locator("label").filter(has_text=re.compile(r"\d")).last
        number = re.search(r"\d+", label.inner_text())
        assert number is not None
        field.fill(number.group())
        return int(number.group())

    def chooses(self, label: str, typing: str) -> None:
        """Type in the box with this label, and take the first that is offered."""
        box = self.modal.get_by_role("combobox", name=label)
        box.fill(typing)
        option = self.page.get_by_role("option").filter(
            has_text=re.compile(re.escape(typing), re.IGNORECASE)
        )
        option.first.click()

    def fills(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self.modal.get_by_label(label).fill(value)

    def attaches(self, path: Path) -> None:
        """Choose a file of hers in the modal."""
        self.modal.locator("input[type=file]").set_input_files(path)
        expect(self.modal.get_by_text(path.name, exact=True)).to_be_visible()

    def finds_file(self, name: re.Pattern[str]) -> str:
        """Wait for a file whose download is called so; gives its own name."""
        link = self.before_her.get_by_role("link", name=name).last
        expect(link).to_be_visible()
        return link.get_attribute("download") or ""

    def downloads(self, name: str, folder: Path) -> Path:
        """Press a file's download; gives where it is then."""
        link = self.page.get_by_role("link", name=f"Download {name}", exact=True)
        with self.page.expect_download() as started:
            link.last.click()
        path = folder / name
        started.value.save_as(path)
        return path

    def closes(self) -> None:
        """Close every modal by Escape."""
        self.page.keyboard.press("Escape")
        expect(self.page.locator("dialog")).to_have_count(0)
