"""Whether every message has its Dutch: `python -m bot.locale.completeness`.

With `--update` new messages are added to the catalog, to be translated there,
and those that no code uses any more are dropped.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

BOT: Final = Path(__file__).parent.parent
CATALOG: Final = Path(__file__).parent / "nl.po"
_KEYWORDS: Final = {"t": None, "plural": (1, 2), "marked": None, "msgid": None}


def used_messages() -> Catalog:
    """Every message in the code of the bot."""
    used = Catalog()
    found = extract_from_dir(str(BOT), [("**.py", "python")], keywords=_KEYWORDS)
    for path, _line, message, _comments, _context in found:
        used.add(message, locations=[(path, None)])  # type: ignore[list-item]
    return used


def read_catalog() -> Catalog:
    """The Dutch catalog as it stands in the tree."""
    with CATALOG.open("rb") as file:
        return read_po(file, locale="nl")


def problems(catalog: Catalog, used: Catalog) -> Iterator[str]:
    """What is missing, doubtful, not used, or has other placeholders."""
    for message in used:
        if message.id and message.id not in catalog:
            yield f"missing: {message.id!r}"
    for message in catalog:
        if not message.id:
            continue
        if message.id not in used:
            yield f"not used: {message.id!r}"
        elif message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        else:
            yield from _problems_of(message)


def _problems_of(message: Message) -> Iterator[str]:
    originals = _forms(message.id)
    translations = _forms(message.string)
    if len(originals) != len(translations) or not all(translations):
        yield f"missing: {message.id!r}"
        return
    for original, translation in zip(originals, translations, strict=True):
        if _placeholders(original) != _placeholders(translation):
            yield f"other placeholders: {original!r} {translation!r}"


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def update_catalog() -> None:
    """Bring the catalog in line with the code; what is new has no Dutch yet."""
    catalog = read_catalog()
    catalog.update(used_messages(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with CATALOG.open("wb") as file:
        write_po(file, catalog, width=88, omit_header=True)


def main(arguments: list[str]) -> int:
    """Say every problem on a line; 1 when there is any."""
    if "--update" in arguments:
        update_catalog()
    found = list(problems(read_catalog(), used_messages()))
    sys.stdout.writelines(f"{CATALOG.name}: {problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
