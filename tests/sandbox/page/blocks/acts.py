"""The same act twice: by the Python driver, and by hand in the browser."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator

from sandbox.slack import Person

NOON = int(
    datetime(2026, 12, 24, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp()
)


@dataclass(frozen=True)
class Act:
    """One thing that somebody does to one element."""

    name: str
    driven: Callable[[Person], object]
    by_hand: Callable[[Locator], None]

    def __str__(self) -> str:
        return self.name


def pressing(name: str, **how) -> Act:
    """A button."""

    def by_hand(place: Locator) -> None:
        place.get_by_role("button", name=name, exact=True).click()
        if how.get("confirming"):
            place.page.get_by_role("button", name="Doorgaan").click()

    return Act(name, lambda person: person.presses(name, **how), by_hand)


def from_menu(words: str) -> Act:
    """An option of the menu behind three dots."""

    def by_hand(place: Locator) -> None:
        place.get_by_role("button", name="More actions").click()
        place.get_by_role("menuitem", name=words).click()

    return Act(f"menu: {words}", lambda person: person.presses(words), by_hand)


def choosing(name: str, *options: str, shown: str = "", typing: str = "") -> Act:
    """A select, by the mouse; several options one after the other."""

    def driven(person: Person) -> None:
        for option in options:
            person.chooses(name, option, typing=typing or None)

    def by_hand(place: Locator) -> None:
        box = place.get_by_role("combobox", name=name)
        for option in options:
            box.click()
            if typing:
                box.press_sequentially(typing)
            place.get_by_role("option", name=shown or option).click()
        box.press("Tab")

    return Act(f"{name}: {', '.join(options)}", driven, by_hand)


def ticking(name: str, *, role: str = "checkbox") -> Act:
    """A checkbox or a radio button."""
    return Act(
        f"{role}: {name}",
        lambda person: person.ticks(name),
        lambda place: place.get_by_role(role, name=name, exact=True).click(),
    )


def unticking(name: str) -> Act:
    """A tick that is taken back."""

    def driven(person: Person) -> None:
        person.ticks(name)
        person.unticks(name)

    def by_hand(place: Locator) -> None:
        for _ in range(2):
            place.get_by_role("checkbox", name=name, exact=True).click()

    return Act(f"back: {name}", driven, by_hand)


def filling(name: str, text: str) -> Act:
    """A field."""
    return Act(
        f"{name}: {text!r}",
        lambda person: person.fills(name, text),
        lambda place: place.get_by_label(name).fill(text),
    )


def picking_noon(name: str, place: str) -> Act:
    """A moment: the driver has no words for it, so its client is asked."""

    def driven(person: Person) -> None:
        view = person.client.top_view()
        person.client.enter(view, *person.client.element(view, place, place), NOON)

    at = "2026-12-24T12:00"
    return Act(f"{name}: {at}", driven, lambda form: form.get_by_label(name).fill(at))
