"""Goes by every screen of the demo."""

from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser_person import BrowserPerson
from tests.pictures.camera import Camera
from tests.pictures.words import Words

OF_README = ("branch", "task")


@dataclass(frozen=True)
class Tour:
    """Everything beyond the first five minutes."""

    hanna: BrowserPerson
    camera: Camera
    words: Words
    address: str

    def look(self, name: str) -> None:
        """What the first five minutes come by."""
        if name in OF_README and self.camera.language == "nl":
            self.camera.takes_window(f"readme-{name}")
        if name == "create":
            self._looks_at_left_out()
        self.camera.takes(name)

    def _looks_at_left_out(self) -> None:
        hanna, words = self.hanna, self.words
        hanna.presses_first(words.left_out)
        expect(hanna.page.locator("dialog")).to_have_count(3)
        self.camera.takes("left-out")
        hanna.presses(words.back)
        expect(hanna.page.locator("dialog")).to_have_count(2)

    def resets_again(self) -> None:
        """The loud choice, a short while after the first reset."""
        hanna, words = self.hanna, self.words
        hanna.types(f"{words.labels.command} logins utrecht")
        hanna.sees_modal(words.labels.branch_screen)
        hanna.presses(words.labels.exporting)
        hanna.picks(words.whole_branch)
        self.camera.takes("export-again")
        hanna.closes()

    def opens_one_login(self) -> None:
        """A login with a past, and a password shown."""
        hanna, words = self.hanna, self.words
        hanna.types(words.amsterdam)
        hanna.sees("Amsterdam")
        self.camera.takes("branch-at-work")
        hanna.presses(words.open_login)
        hanna.sees_modal(words.login)
        self.camera.takes("login")
        hanna.presses(words.timeline)
        hanna.sees_modal(words.timeline)
        self.camera.takes("timeline")
        hanna.presses(words.back)
        hanna.presses(words.show_password)
        hanna.presses(words.confirm)
        hanna.sees_modal(words.new_password)
        self.camera.takes("new-password")
        hanna.closes()

    def looks_around(self) -> None:
        """The menu of managers, the App Home, the inspector."""
        hanna, words = self.hanna, self.words
        hanna.types(words.manage)
        hanna.sees_modal(words.management)
        self.camera.takes("management")
        hanna.presses(words.logins)
        hanna.sees_modal(words.selecting)
        self.camera.takes("selecting")
        hanna.closes()
        hanna.page.get_by_role("button", name="Inspector", exact=True).click()
        self.camera.takes("inspector")

    def writes_templates(self) -> None:
        """The words of letters: built-in ones, one of her own, as somebody gets it."""
        hanna, words = self.hanna, self.words
        hanna.types(words.manage)
        hanna.sees_modal(words.management)
        hanna.presses(words.templates)
        hanna.sees_modal(words.templates)
        self.camera.takes("templates")
        hanna.presses(words.open_template)
        hanna.sees_modal(words.invitation)
        self.camera.takes("template")
        self._looks_at_preview()
        hanna.presses(words.copy)
        hanna.modal.get_by_label(words.text).fill(words.slip)
        hanna.presses(words.save)
        hanna.sees(words.meant)
        self.camera.takes("template-refused")
        hanna.closes()
        hanna.types(words.manage)
        hanna.sees_modal(words.management)
        hanna.presses(words.templates)
        hanna.presses(words.word_templates)
        hanna.sees_modal(words.word_templates)
        self.camera.takes("word-templates")
        hanna.closes()

    def _looks_at_preview(self) -> None:
        hanna, words = self.hanna, self.words
        hanna.modal.get_by_role("combobox", name=words.colleague).fill("Dewi")
        hanna.page.get_by_role("option", name="Dewi van Dam").click()
        hanna.sees_modal(words.preview)
        self.camera.takes("template-preview")
        hanna.presses(words.back)
        hanna.sees_modal(words.invitation)

    def is_somebody_else(self) -> None:
        """An employee, and a guest."""
        page = self.hanna.page
        for name, picture in (("mo", "home-employee"), ("gerda", "refused")):
            page.goto(f"{self.address.partition('?')[0]}?as={name}")
            if picture == "refused":
                self.hanna.types(self.words.labels.command)
                self.hanna.sees("Only visible to you")
            else:
                self.hanna.goes_to("Sleutelbos")
                expect(
                    page.get_by_role("main").get_by_role("button").first
                ).to_be_visible()
            self.camera.takes(picture)
