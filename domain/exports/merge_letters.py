"""Ready letters: one .docx with a letter per employee, made in memory, encrypted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from domain.exports.columns import HEADINGS, ExportRow
from domain.exports.letter_form import LetterForm, SidePart, form_of, own_relation
from domain.exports.qr_code import with_code_of
from domain.exports.text_gaps import Letter
from domain.exports.word_package import CONTENT_TYPES, parse, relations_of
from domain.exports.workbook import encrypt
from domain.logins.model import LoginId
from domain.secret import Secret
from domain.text_workbook import is_writable

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class BuiltLetters:
    """Encrypted letters, and the logins that have none among them."""

    content: bytes
    row_count: int
    refused: tuple[LoginId, ...]


def build(
    rows: Iterable[ExportRow],
    template: bytes,
    *,
    sign_in_page: str,
    opening_password: Secret,
) -> BuiltLetters:
    """Merge one letter per row and encrypt the whole; nothing is written to disk.

    A row with a text that no workbook could hold unchanged gets no letter, and is
    named in `refused`. Raises WordTemplateRefusedError.
    """
    package = BytesIO()
    letters = _Letters(rows)
    write(package, form_of(with_code_of(template, sign_in_page)), letters)
    content = encrypt(package, opening_password)
    return BuiltLetters(content, letters.written, tuple(letters.refused))


def write(target: BytesIO, form: LetterForm, letters: Iterable[Letter]) -> None:
    """Write the letters as one .docx that is not encrypted."""
    beside: list[tuple[SidePart, int, str]] = []
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        with archive.open(form.package.main, "w", force_zip64=True) as document:
            for text in _document(form, letters, beside):
                document.write(text.encode())
        for part, number, text in beside:
            archive.writestr(_own_name(part, number), _DECLARATION + text)
        for name, content in _parts_beside(form, beside):
            archive.writestr(name, content)


class _Letters:
    """The rows on their way into letters: which went in, which could not."""

    def __init__(self, rows: Iterable[ExportRow]) -> None:
        self._rows = rows
        self.written = 0
        self.refused: list[LoginId] = []

    def __iter__(self) -> Iterator[Letter]:
        for row in self._rows:
            texts = row.cells()
            if all(map(is_writable, texts)):
                self.written += 1
                yield Letter(dict(zip(HEADINGS, texts, strict=True)), self.written)
            else:
                self.refused.append(row.login_id)


def _document(
    form: LetterForm, letters: Iterable[Letter], beside: list[tuple[SidePart, int, str]]
) -> Iterator[str]:
    yield _DECLARATION + form.before
    waiting: Letter | None = None
    for letter in letters:
        if waiting is not None:
            yield form.letter.filled(waiting)
        beside += (
            (part, letter.number, part.text.filled(letter)) for part in form.side_parts
        )
        waiting = letter
    if waiting is not None:
        yield form.last_letter.filled(waiting)
    yield form.after


def _parts_beside(
    form: LetterForm, beside: list[tuple[SidePart, int, str]]
) -> Iterator[tuple[str, bytes]]:
    """Everything but the document; headers with fields are there once per letter."""
    parts = dict(form.package.parts)
    del parts[form.package.main]
    if beside:
        relations = parse(parts[relations_of(form.package.main)])
        types = parse(parts[CONTENT_TYPES])
        for part, number, _text in beside:
            _add_own(relations, types, part, number)
            if relations_of(part.name) in parts:
                own = relations_of(_own_name(part, number))
                parts[own] = parts[relations_of(part.name)]
        parts[relations_of(form.package.main)] = etree.tostring(relations)
        parts[CONTENT_TYPES] = etree.tostring(types)
    yield from parts.items()


def _add_own(relations: Any, types: Any, part: SidePart, number: int) -> None:
    """Name a letter's own header where the one of the template is named."""
    for relation in relations:
        if relation.get("Id") == part.relation_id:
            own = etree.SubElement(relations, relation.tag, relation.attrib)
            own.set("Id", own_relation(part.relation_id, number))
            own.set("Target", _own_name(part, number).removeprefix("word/"))
            break
    for override in types:
        if override.get("PartName") == f"/{part.name}":
            own = etree.SubElement(types, override.tag, override.attrib)
            own.set("PartName", f"/{_own_name(part, number)}")
            break


def _own_name(part: SidePart, number: int) -> str:
    return f"{part.name.removesuffix('.xml')}-{number}.xml"
