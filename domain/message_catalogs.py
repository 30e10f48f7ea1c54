"""Message catalogs: English in the code, Dutch in a `.po`; reading and checking one."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import Translations

_PERCENT_NAME: Final = re.compile(r"%\((\w+)\)")


def braced(text: str) -> set[str]:
    """The placeholders of str.format in a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def percented(text: str) -> set[str]:
    """The placeholders of `%(name)s` in a message."""
    return set(_PERCENT_NAME.findall(text))


def read_translations(catalog: Path, language: str) -> Translations:
    """The catalog, ready to translate; compiled in memory."""
    compiled = BytesIO()
    with catalog.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


@dataclass(frozen=True)
class CheckedCatalog:
    """A folder of code, the catalog that goes with it, and how messages are found.

    `methods` are Babel's pairs of pattern and extractor; `placeholders` names what
    a message and its translation must both have.
    """

    folder: Path
    path: Path
    keywords: Mapping[str, tuple[int, ...] | None]
    methods: Sequence[tuple[str, str]] = (("**.py", "python"),)
    placeholders: Callable[[str], set[str]] = braced

    def used_messages(self) -> Catalog:
        """Every message in the code of the folder."""
        used = Catalog()
        found = extract_from_dir(
            str(self.folder), list(self.methods), keywords=dict(self.keywords)
        )
        for path, _line, message, _comments, _context in found:
            locations: Any = [(path, None)]
            used.add(message, locations=locations)
        return used

    def read(self) -> Catalog:
        """The Dutch catalog as it stands in the tree."""
        with self.path.open("rb") as file:
            return read_po(file, locale="nl")

    def problems(self, catalog: Catalog, used: Catalog) -> Iterator[str]:
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
                yield from self._problems_of(message)

    def _problems_of(self, message: Message) -> Iterator[str]:
        originals = _forms(message.id)
        translations = _forms(message.string)
        if len(originals) != len(translations) or not all(translations):
            yield f"missing: {message.id!r}"
            return
        for original, translation in zip(originals, translations, strict=True):
            if self.placeholders(original) != self.placeholders(translation):
                yield f"other placeholders: {original!r} {translation!r}"

    def update(self) -> None:
        """Bring the catalog in line with the code; what is new has no Dutch yet."""
        catalog = self.read()
        catalog.update(self.used_messages(), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with self.path.open("wb") as file:
            write_po(file, catalog, width=88, omit_header=True)

    def main(self, arguments: Sequence[str]) -> int:
        """Say every problem on a line; 1 when there is any."""
        if "--update" in arguments:
            self.update()
        found = list(self.problems(self.read(), self.used_messages()))
        sys.stdout.writelines(f"{self.path.name}: {problem}\n" for problem in found)
        return 1 if found else 0


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())
