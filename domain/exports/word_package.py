"""A .docx from somebody, taken apart without trusting it.

What it inflates to is bounded before it is read; no document type, entity, macro,
embedded object or address outside gets through (OWASP, File Upload and XML External
Entity Prevention cheat sheets; ECMA-376 part 2 for packages).
"""

import posixpath
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from domain.exports.word_problems import WordProblem, WordTemplateRefusedError

LARGEST: Final = 5 * 1024 * 1024
CONTENT_TYPES: Final = "[Content_Types].xml"
MAIN_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CT: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MOST_PARTS: Final = 500
_LARGEST_INFLATED: Final = 40 * 1024 * 1024
_LARGEST_XML: Final = 8 * 1024 * 1024
_LARGEST_XML_PART: Final = 4 * 1024 * 1024
# An element has a tag or two.
_MOST_TAGS: Final = 400_000
_XML_ENDINGS: Final = (".xml", ".rels")
_MODES: Final = frozenset({None, "Internal", "External"})
_IS_ENCRYPTED: Final = 0x1
# Office files of old, and encrypted ones, are compound files (MS-CFB).
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_MACRO_WORDS: Final = ("macroenabled", "vbaproject", "activex")
_EMBEDDING: Final = frozenset(
    {"oleObject", "package", "control", "aFChunk", "subDocument", "attachedToolbars"}
)
# Word's own mail merge leaves where its list was; letters are made without it.
SOURCE_OF_LIST: Final = frozenset({"mailMergeSource", "mailMergeHeaderSource"})
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True)
class WordPackage:
    """The parts of a .docx by name, and which of them is the document."""

    parts: Mapping[str, bytes]
    main: str

    def types(self) -> Iterator[tuple[str, str]]:
        """Name and content type of each part that has one of its own."""
        for override in parse(self.parts[CONTENT_TYPES]).iter(f"{_CT}Override"):
            name = str(override.get("PartName", "")).removeprefix("/")
            yield name, str(override.get("ContentType", ""))

    def named(self, *kinds: str) -> list[str]:
        """The parts whose content type ends like this, as in `header+xml`."""
        endings = tuple(f"wordprocessingml.{kind}+xml" for kind in kinds)
        return [name for name, kind in self.types() if kind.endswith(endings)]


def open_package(content: bytes) -> WordPackage:
    """Take it apart. Raises WordTemplateRefusedError."""
    parts = _inflated(content)
    if CONTENT_TYPES not in parts:
        raise WordTemplateRefusedError(WordProblem.NO_WORD)
    _refuse_much_xml(parts)
    for name, part in parts.items():
        if name.endswith(_XML_ENDINGS):
            parse(part)
    _refuse_macros(parts)
    _refuse_hidden_xml(parts)
    main = _main_part(parts)
    _refuse_what_is_elsewhere(parts)
    return WordPackage(parts, main)


def parse(part: bytes) -> Any:
    """The root of an XML part. Raises WordTemplateRefusedError for hostile XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise WordTemplateRefusedError(WordProblem.DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise WordTemplateRefusedError(WordProblem.DAMAGED)
    return root


def relations_of(name: str) -> str:
    """Where the relations of a part are."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def part_of(name: str, relation: Any) -> str:
    """The part that a relation of this part leads to (ECMA-376-2, 8.3).

    A target is meant from the folder of its part, or with a slash from the whole.
    """
    folder = posixpath.dirname(name)
    target = posixpath.join("/", folder, str(relation.get("Target") or ""))
    return posixpath.normpath(target).lstrip("/")


def kind_of(relation: Any) -> str:
    """The last word of a relation's type, which says what it is for."""
    return str(relation.get("Type", "")).rpartition("/")[2]


def _inflated(content: bytes) -> dict[str, bytes]:
    if not content:
        raise WordTemplateRefusedError(WordProblem.EMPTY)
    if len(content) > LARGEST:
        raise WordTemplateRefusedError(WordProblem.TOO_LARGE)
    if content.startswith(_COMPOUND):
        raise WordTemplateRefusedError(WordProblem.PROTECTED)
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries)
            # No entry gives more than it says, or its checksum is wrong.
            return {entry.filename: archive.read(entry) for entry in entries}
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise WordTemplateRefusedError(WordProblem.NO_WORD) from error


def _refuse_bomb(entries: list[ZipInfo]) -> None:
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise WordTemplateRefusedError(WordProblem.PROTECTED)
    if sum(entry.file_size for entry in entries) > _LARGEST_INFLATED:
        raise WordTemplateRefusedError(WordProblem.TOO_LARGE)
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise WordTemplateRefusedError(WordProblem.NO_WORD)
    names = {entry.filename for entry in entries}
    # Names of parts do not differ by case (ECMA-376 part 2).
    folded = {name.casefold() for name in names}
    if len(entries) > _MOST_PARTS or len(folded) < len(entries):
        raise WordTemplateRefusedError(WordProblem.DAMAGED)
    if any(_is_odd(name) for name in names):
        raise WordTemplateRefusedError(WordProblem.DAMAGED)


def _is_odd(name: str) -> bool:
    is_xml = name.casefold().endswith(_XML_ENDINGS)
    return "%" in name or is_xml != name.endswith(_XML_ENDINGS)


def _refuse_much_xml(parts: Mapping[str, bytes]) -> None:
    xml = [part for name, part in parts.items() if name.endswith(_XML_ENDINGS)]
    sizes = [len(part) for part in xml]
    if sum(sizes) > _LARGEST_XML or max(sizes) > _LARGEST_XML_PART:
        raise WordTemplateRefusedError(WordProblem.TOO_LARGE)
    if sum(part.count(b"<") for part in xml) > _MOST_TAGS:
        raise WordTemplateRefusedError(WordProblem.TOO_LARGE)


def _refuse_hidden_xml(parts: Mapping[str, bytes]) -> None:
    """Have all XML stand in parts that are named as such, so that it is looked at."""
    for each in parse(parts[CONTENT_TYPES]).iter(f"{_CT}Default", f"{_CT}Override"):
        kind = str(each.get("ContentType", ""))
        is_xml = "xml" in kind.casefold().rpartition("+")[2]
        if each.tag == f"{_CT}Override":
            name = str(each.get("PartName", "")).removeprefix("/")
            is_right = name in parts and (not is_xml or name.endswith(".xml"))
        else:
            extension = str(each.get("Extension", "")).casefold()
            is_image = kind.startswith("image/")
            is_right = not is_xml or is_image or extension in {"xml", "rels"}
        if not kind or kind != kind.strip() or ";" in kind or not is_right:
            raise WordTemplateRefusedError(WordProblem.DAMAGED)


def _refuse_macros(parts: Mapping[str, bytes]) -> None:
    types = parse(parts[CONTENT_TYPES])
    said = [*parts, *(str(each.get("ContentType", "")) for each in types)]
    if any(word in text.lower() for text in said for word in _MACRO_WORDS):
        raise WordTemplateRefusedError(WordProblem.MACROS)


def _main_part(parts: Mapping[str, bytes]) -> str:
    for override in parse(parts[CONTENT_TYPES]).iter(f"{_CT}Override"):
        if override.get("ContentType") == MAIN_TYPE:
            name = str(override.get("PartName", "")).removeprefix("/")
            is_there = name in parts and name.startswith("word/")
            if is_there and parse(parts[name]).find(f"{W}body") is not None:
                return name
    raise WordTemplateRefusedError(WordProblem.NO_WORD)


def _refuse_what_is_elsewhere(parts: Mapping[str, bytes]) -> None:
    for name, part in parts.items():
        if name.endswith(".rels"):
            for relation in parse(part):
                _refuse_relation(relation)


def _refuse_relation(relation: Any) -> None:
    kind, target = kind_of(relation), str(relation.get("Target", ""))
    if kind in _EMBEDDING:
        raise WordTemplateRefusedError(WordProblem.EMBEDS)
    if relation.get("TargetMode") not in _MODES:
        raise WordTemplateRefusedError(WordProblem.DAMAGED)
    if relation.get("TargetMode") != "External" or kind in SOURCE_OF_LIST:
        return
    if kind != "hyperlink" or not _is_plain_address(target):
        raise WordTemplateRefusedError(WordProblem.POINTS_OUTSIDE, [target])


def _is_plain_address(target: str) -> bool:
    try:
        return urlsplit(target).scheme.lower() in _SCHEMES
    except ValueError:
        return False
