"""A Word template made ready for repetition.

docx-mailmerge reads the fields and puts a mark into each, once; a letter is then put
together from texts. Every letter is a section of its own that begins on a new page,
so that headers, footers and page numbers are each letter's own.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from lxml import etree
from mailmerge import MailMerge

from domain.exports.columns import HEADINGS
from domain.exports.text_gaps import GappedText, Letter, Marks
from domain.exports.word_fields import MERGE, fields_of
from domain.exports.word_package import (
    SOURCE_OF_LIST,
    R,
    W,
    WordPackage,
    kind_of,
    open_package,
    parse,
    part_of,
    relations_of,
)
from domain.exports.word_problems import WordProblem, WordTemplateRefusedError

_PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ON_THE_SAME_PAGE: Final = frozenset({"continuous", "nextColumn"})
# What stands after the numbering of pages in a section (ECMA-376 part 1, 17.6.17).
_AFTER_NUMBERING: Final = tuple(
    f"{W}{tag}"
    for tag in (
        *("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection"),
        *("bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"),
    )
)
# Of a name Word keeps forty characters.
_BOOKMARK_LENGTH: Final = 30


@dataclass(frozen=True)
class SidePart:
    """A header or footer with fields: every letter gets one of its own."""

    name: str
    relation_id: str
    text: GappedText


@dataclass(frozen=True)
class LetterForm:
    """A letter, what stands around all letters, and the parts beside the document.

    `last_letter` is a letter without another after it.
    """

    package: WordPackage
    before: str
    letter: GappedText
    last_letter: GappedText
    after: str
    side_parts: tuple[SidePart, ...]


def form_of(template: bytes) -> LetterForm:
    """Make a template ready. Raises WordTemplateRefusedError for what is none."""
    package, marks = open_package(template), Marks()
    roots = _with_marks(template, package, marks)
    main = roots.pop(package.main)
    for root in (main, *roots.values()):
        _make_repeatable(root, marks)
    side_parts = _side_parts(package, roots, marks)
    for part in side_parts:
        _refer_to_own(main, part.relation_id, marks)
    before, letter, last, after = _laid_out(main, marks)
    return LetterForm(
        package=_without_list(package),
        before=before,
        letter=marks.cut(letter),
        last_letter=marks.cut(last),
        after=after,
        side_parts=side_parts,
    )


def own_relation(relation_id: str, number: int) -> str:
    """The relation of a letter to its own header or footer."""
    return f"{relation_id}_{number}"


def _with_marks(template: bytes, package: WordPackage, marks: Marks) -> dict[str, Any]:
    """The parts that have fields or may have, each field a run with a mark in it."""
    values = {heading: marks.for_heading(heading) for heading in HEADINGS}
    asked = sum(field.kind == MERGE for field in fields_of(package))
    roots = {}
    with MailMerge(BytesIO(template)) as merging:
        for part in merging.docx.get_parts():
            root = part["part"].getroot()
            asked -= len(root.findall(".//MergeField"))
            merging.merge_data.replace(root, values)
            roots[part["zi"].filename] = root
    if asked:
        raise WordTemplateRefusedError(WordProblem.DAMAGED)
    return roots


def _make_repeatable(root: Any, marks: Marks) -> None:
    """Whatever must be there once in a document gets a number of the letter's own."""
    for text in root.iter(f"{W}t"):
        if marks.are_in(text.text or ""):
            text.set(_PRESERVE, "preserve")
    for element in root.iter(etree.Element):
        for name in (f"{_W14}paraId", f"{_W14}textId"):
            element.attrib.pop(name, None)
    for identity in list(root.iter(f"{W}id")):
        if identity.getparent().tag == f"{W}sdtPr":
            identity.getparent().remove(identity)
    _number_each(list(root.iter(f"{_WP}docPr")), "id", marks)
    starts = list(root.iter(f"{W}bookmarkStart"))
    ends = {end.get(f"{W}id"): end for end in root.iter(f"{W}bookmarkEnd")}
    for start in starts:
        name = str(start.get(f"{W}name", ""))[:_BOOKMARK_LENGTH]
        start.set(f"{W}name", name + marks.add(lambda letter: f"_{letter.number}"))
    pairs = [(start, ends.get(start.get(f"{W}id"))) for start in starts]
    _number_each(starts, f"{W}id", marks)
    for start, end in pairs:
        if end is not None:
            end.set(f"{W}id", start.get(f"{W}id"))


def _number_each(elements: list[Any], attribute: str, marks: Marks) -> None:
    for place, element in enumerate(elements, start=1):
        element.set(attribute, marks.add(_numbering(place, len(elements))))


def _numbering(place: int, count: int) -> Callable[[Letter], str]:
    return lambda letter: str((letter.number - 1) * count + place)


def _side_parts(
    package: WordPackage, roots: Mapping[str, Any], marks: Marks
) -> tuple[SidePart, ...]:
    relations = package.parts.get(relations_of(package.main))
    found = []
    for relation in parse(relations) if relations else ():
        name = part_of(package.main, relation)
        root = roots.get(name)
        if root is not None and kind_of(relation) in {"header", "footer"}:
            text = _written(root)
            if marks.are_in(text):
                found.append(SidePart(name, relation.get("Id"), marks.cut(text)))
    return tuple(found)


def _refer_to_own(main: Any, relation_id: str, marks: Marks) -> None:
    own = marks.add(lambda letter: own_relation(relation_id, letter.number))
    for reference in main.iter(f"{W}headerReference", f"{W}footerReference"):
        if reference.get(f"{R}id") == relation_id:
            reference.set(f"{R}id", own)


def _laid_out(main: Any, marks: Marks) -> tuple[str, str, str, str]:
    """What stands before the letters, a letter, the last one, and what after."""
    body = main.find(f"{W}body")
    end = body.find(f"{W}sectPr")
    if end is None:
        end = etree.SubElement(body, f"{W}sectPr")
    _begin_on_a_new_page(next(body.iter(f"{W}sectPr")))
    _count_pages_anew(next(body.iter(f"{W}sectPr")))
    body.insert(0, etree.Comment(marks.fence))
    body.append(etree.Comment(marks.fence))
    fence = f"<!--{marks.fence}-->"
    before, last, after = _written(main).split(fence)
    body.remove(end)
    _end_section(body, end)
    _before, letter, _after = _written(main).split(fence)
    return before, letter, last, after


def _begin_on_a_new_page(section: Any) -> None:
    kind = section.find(f"{W}type")
    if kind is not None and kind.get(f"{W}val") in _ON_THE_SAME_PAGE:
        section.remove(kind)


def _count_pages_anew(section: Any) -> None:
    numbering = section.find(f"{W}pgNumType")
    if numbering is None:
        numbering = etree.Element(f"{W}pgNumType")
        following = [each for each in section if each.tag in _AFTER_NUMBERING]
        place = section.index(following[0]) if following else len(section)
        section.insert(place, numbering)
    numbering.set(f"{W}start", numbering.get(f"{W}start", "1"))


def _end_section(body: Any, section: Any) -> None:
    """The letter's last paragraph ends its section; after a table one is added."""
    *_others, last, fence = body
    if last.tag != f"{W}p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        last = etree.Element(f"{W}p")
        fence.addprevious(last)
    properties = last.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        last.insert(0, properties)
    changed = properties.find(f"{W}pPrChange")
    place = len(properties) if changed is None else properties.index(changed)
    properties.insert(place, deepcopy(section))


def _without_list(package: WordPackage) -> WordPackage:
    """Without the list that Word's own mail merge was pointed at."""
    parts = dict(package.parts)
    for name in package.named("document.settings", "settings"):
        settings = parse(parts[name])
        for merge in settings.findall(f"{W}mailMerge"):
            settings.remove(merge)
        parts[name] = etree.tostring(settings, encoding="UTF-8", standalone=True)
        relations = (
            parse(parts[relations_of(name)]) if relations_of(name) in parts else ()
        )
        for relation in list(relations):
            if kind_of(relation) in SOURCE_OF_LIST:
                relation.getparent().remove(relation)
        if len(relations):
            parts[relations_of(name)] = etree.tostring(relations, encoding="UTF-8")
        else:
            parts.pop(relations_of(name), None)
    return WordPackage(parts, package.main)


def _written(root: Any) -> str:
    return str(etree.tostring(root, encoding="unicode"))
