"""The fields of a Word document, and which of them a template for letters may have."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from domain.exports.columns import HEADINGS
from domain.exports.word_package import W, WordPackage, open_package, parse
from domain.exports.word_problems import WordProblem, WordTemplateRefusedError

MERGE: Final = "MERGEFIELD"
_WHERE: Final = ("document.main", "header", "footer")
# What Word works out by itself when it shows the page.
_HARMLESS: Final = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "HYPERLINK", "SYMBOL"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"),
    }
)
_NOTED: Final = ("footnoteReference", "endnoteReference", "commentReference")
_TRACKED: Final = ("ins", "del", "moveFrom", "moveTo")
_INSTRUCTION: Final = re.compile(r'\s*(\S+)(?:\s+(?:"([^"]*)"|(\S+)))?(.*)', re.DOTALL)
_KEEPS_VALUE: Final = re.compile(r"(\s*\\\*\s*(MERGEFORMAT|CHARFORMAT))*\s*")
_NEAR: Final = 0.5


@dataclass
class WordField:
    """One field: what it is told, and whether it stands within another."""

    is_nested: bool = False
    texts: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its first word, as in `MERGEFIELD`."""
        return self._parts()[0]

    @property
    def name(self) -> str:
        """Its second, which in a merge field is a heading."""
        return self._parts()[1]

    @property
    def keeps_value(self) -> bool:
        """Whether it shows the value as it is."""
        return _KEEPS_VALUE.fullmatch(self._parts()[2]) is not None

    def _parts(self) -> tuple[str, str, str]:
        found = _INSTRUCTION.match("".join(self.texts))
        if found is None:
            return "", "", ""
        kind, quoted, bare, rest = found.groups()
        return kind, quoted or bare or "", rest


def merge_fields(content: bytes) -> tuple[str, ...]:
    """The headings that the template asks for, each once, in their order in it.

    Raises WordTemplateRefusedError for what is no proper template.
    """
    package = open_package(content)
    fields = fields_of(package)
    _refuse_fields(fields)
    _refuse_what_is_not_repeated(package)
    names = dict.fromkeys(each.name for each in fields if each.kind == MERGE)
    unknown = [name for name in names if name not in HEADINGS]
    if unknown:
        near = nearest(unknown[0])
        raise WordTemplateRefusedError(WordProblem.UNKNOWN_FIELD, unknown, near)
    if not names:
        raise WordTemplateRefusedError(WordProblem.NO_FIELDS)
    return tuple(names)


def nearest(name: str) -> str:
    """The heading that looks most like this name; empty when none does."""
    folded = {heading.casefold(): heading for heading in HEADINGS}
    wanted = re.sub(r"\W+", "_", name.casefold())
    found = difflib.get_close_matches(wanted, folded, n=1, cutoff=_NEAR)
    return folded[found[0]] if found else ""


def fields_of(package: WordPackage) -> list[WordField]:
    """Every field of the document and of all parts that stand with it."""
    return [
        each
        for name, part in package.parts.items()
        if name.startswith("word/") and name.endswith(".xml")
        for each in _fields_in(parse(part))
    ]


def _fields_in(root: Any) -> Iterator[WordField]:
    open_fields: list[WordField] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        kind = element.get(f"{W}fldCharType")
        if element.tag == f"{W}fldSimple":
            is_nested = bool(open_fields) or _is_within_simple(element)
            yield WordField(is_nested, [element.get(f"{W}instr", "")])
        elif kind == "begin":
            is_nested = bool(open_fields) or _is_within_simple(element)
            open_fields.append(WordField(is_nested))
        elif kind == "end" and open_fields:
            yield open_fields.pop()
        elif element.tag == f"{W}instrText" and open_fields:
            open_fields[-1].texts.append(element.text or "")
    if open_fields:
        raise WordTemplateRefusedError(WordProblem.DAMAGED)


def _is_within_simple(element: Any) -> bool:
    return next(element.iterancestors(f"{W}fldSimple"), None) is not None


def _refuse_fields(fields: Iterable[WordField]) -> None:
    for each in fields:
        if each.kind != MERGE and each.kind.upper() not in _HARMLESS:
            raise WordTemplateRefusedError(WordProblem.OTHER_FIELD, [each.kind])
        if each.is_nested:
            name = each.name or each.kind
            raise WordTemplateRefusedError(WordProblem.FIELD_IN_FIELD, [name])
        if each.kind == MERGE and not each.keeps_value:
            raise WordTemplateRefusedError(WordProblem.FIELD_CHANGES_VALUE, [each.name])


def _refuse_what_is_not_repeated(package: WordPackage) -> None:
    """Notes belong to one place each; changes are to be accepted by who made them."""
    for name in package.named(*_WHERE):
        root = parse(package.parts[name])
        if next(root.iter(*(f"{W}{tag}" for tag in _NOTED)), None) is not None:
            raise WordTemplateRefusedError(WordProblem.NOTES)
        if next(root.iter(*(f"{W}{tag}" for tag in _TRACKED)), None) is not None:
            raise WordTemplateRefusedError(WordProblem.CHANGES_TRACKED)
