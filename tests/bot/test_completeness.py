"""Every message has its Dutch, and the check finds it when one has not."""

import pytest
from babel.messages.catalog import Catalog

from bot.locale import translator
from bot.locale.completeness import CATALOG


def test_the_catalog_is_complete():
    found = CATALOG.problems(CATALOG.read(), CATALOG.used_messages())
    assert list(found) == []


@pytest.mark.parametrize(
    ("message", "dutch", "flags", "problem"),
    [
        ("Open {name}", "", [], "missing"),
        ("Open {name}", "Openen", [], "other placeholders"),
        ("Open {name}", "Openen: {naam}", [], "other placeholders"),
        ("Open {name}", "Openen: {name}", ["fuzzy"], "fuzzy"),
        (("One", "{count} of them"), ("Een", ""), [], "missing"),
        (("One", "{count} of them"), ("Een", "Een paar"), [], "other placeholders"),
    ],
)
def test_a_wrong_translation_is_found(message, dutch, flags, problem):
    used, catalog = Catalog(), Catalog(locale="nl")
    used.add(message)
    catalog.add(message, dutch, flags=flags)
    found = list(CATALOG.problems(catalog, used))
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_messages_without_translation_or_without_use_are_found():
    used, catalog = Catalog(), Catalog(locale="nl")
    used.add("Save")
    catalog.add("Keep", "Bewaren")
    assert list(CATALOG.problems(catalog, used)) == [
        "missing: 'Save'",
        "not used: 'Keep'",
    ]


def test_values_are_written_as_the_language_writes_them():
    assert translator("nl").number(12000) == "12.000"
    assert translator("en").number(12000) == "12,000"
    assert translator("nl")("Open {name}", name=12000) == "Openen: 12.000"


def test_markup_in_values_dies_and_that_of_the_message_stays():
    marked = translator("en").marked("*{name}*", name="<!channel>")
    assert marked == "*&lt;!channel&gt;*"
