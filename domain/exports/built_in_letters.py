"""The built-in Word templates, a Dutch and an English letter, made when asked for.

The address stands in the window of a C5/6 (DL) envelope, 20 mm from the left; what is
personal is a real merge field of Word, named as the column of the workbook.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from domain.exports import qr_code
from domain.exports.columns import PASSWORD_HEADING
from domain.exports.letter_words import WORDS, LetterWords
from domain.exports.model import ReadyLetters

# The same bytes whenever it is made; a zip knows no earlier day.
_MADE_AT: Final = (1980, 1, 1, 0, 0, 0)
# Half points for type; twentieths of a point (567 a centimetre) for places.
_SMALL, _NORMAL, _SUBJECT, _PASSWORD = 18, 21, 26, 34
_TEXT_WIDTH, _ACCESS_WIDTH, _LABEL_WIDTH = 9524, 7170, 2300
_QR_WIDTH: Final = _TEXT_WIDTH - _ACCESS_WIDTH - 200
# The picture is 3.2 cm wide, in English Metric Units.
_QR_SIZE: Final = 1_152_000
# Clear apart: 1 and l, 0 and O, in a type that every Word has.
_CLEAR_TYPE: Final = "Courier New"
# A width and what stands in it.
_Cell = tuple[int, str]
_PIECES: Final = re.compile(r"\{(\w+)\}|(\*\*)")

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ML: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_ML}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_ML}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_ML}.settings+xml"/>'
    "</Types>"
)
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS: Final = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS: Final = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/image" Target="media/image1.png"/>'
    "</Relationships>"
)
_SETTINGS: Final = (
    f'<w:settings xmlns:w="{_W}"><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    "</w:settings>"
)


def template(built_in: ReadyLetters, address: str) -> bytes:
    """The template, with the code of this sign-in page."""
    words = WORDS[built_in]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _XML + _TYPES,
        "_rels/.rels": _XML + _RELATIONS,
        "word/document.xml": _XML + _document(words),
        "word/_rels/document.xml.rels": _XML + _DOCUMENT_RELATIONS,
        "word/styles.xml": _XML + _styles(words),
        "word/settings.xml": _XML + _SETTINGS,
        "word/media/image1.png": qr_code.draw(address),
    }
    package = BytesIO()
    with ZipFile(package, "w") as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, _MADE_AT), content, ZIP_DEFLATED)
    return package.getvalue()


def _document(words: LetterWords) -> str:
    return (
        f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<w:body>{''.join(_content(words))}"
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2552" '
        'w:right="1247" w:bottom="851" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _content(words: LetterWords) -> Iterator[str]:
    address = [
        _paragraph(words.confidential, size=_SMALL, after=40),
        *(_paragraph(line, after=0) for line in ("{Naam}", "{Adres}")),
        _paragraph("{Postcode}  {Plaats}", after=0),
    ]
    # Of one height, so that what follows never moves.
    yield _table([[(_TEXT_WIDTH, "".join(address))]], height=2268)
    yield _paragraph(f"**{words.subject}**", size=_SUBJECT, after=240)
    yield _paragraph(words.greeting)
    yield _paragraph(words.opening, after=200)
    access = _table([_access_row(line) for line in words.lines], framed=True)
    code = _picture() + _paragraph(words.scan, size=_SMALL, after=0, middle=True)
    # A cell ends with a paragraph.
    beside = (_TEXT_WIDTH - _QR_WIDTH, access + _paragraph("", after=0))
    yield _table([[beside, (_QR_WIDTH, code)]])
    yield _paragraph(f"**{words.begin}**", after=60, before=200)
    for number, step in enumerate(words.steps, start=1):
        yield _paragraph(f"{number}.\t{step}", after=60, hanging=True)
    yield _paragraph(words.ask, before=160)
    yield _paragraph(words.share, after=280)
    yield _paragraph(words.end, after=560)
    yield _paragraph("{Vestiging}", after=0)


def _access_row(line: tuple[str, str]) -> list[_Cell]:
    label, heading = line
    is_secret = heading == PASSWORD_HEADING
    value = f"**{{{heading}}}**" if is_secret else f"{{{heading}}}"
    size = _PASSWORD if is_secret else _NORMAL
    said = _paragraph(value, size=size, after=40, before=40, clear=is_secret)
    return [
        (_LABEL_WIDTH, _paragraph(label, after=40, before=40)),
        (_ACCESS_WIDTH - _LABEL_WIDTH, said),
    ]


def _table(
    rows: list[list[_Cell]], *, framed: bool = False, height: int | None = None
) -> str:
    """Rows of cells; with a `height`, exactly so high."""
    sides = ("top", "left", "bottom", "right", "insideH") if framed else ()
    line = 'w:val="single" w:sz="4" w:space="0" w:color="808080"'
    frame = "".join(f"<w:{side} {line}/>" for side in sides)
    margin = 100 if framed else 0
    widths = [width for width, _content in rows[0]]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    inside = "".join(_row(cells, height) for cells in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"{f'<w:tblBorders>{frame}</w:tblBorders>' if framed else ''}"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{inside}</w:tbl>"
    )


def _row(cells: list[_Cell], height: int | None) -> str:
    exact = f'<w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for width, content in cells
    )
    return f"<w:tr>{exact if height else ''}{inside}</w:tr>"


def _paragraph(
    text: str,
    *,
    size: int = _NORMAL,
    before: int = 0,
    after: int = 120,
    middle: bool = False,
    hanging: bool = False,
    clear: bool = False,
) -> str:
    tab = '<w:tabs><w:tab w:val="left" w:pos="340"/></w:tabs>' if hanging else ""
    indent = '<w:ind w:left="340" w:hanging="340"/>' if hanging else ""
    middle_of = '<w:jc w:val="center"/>' if middle else ""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}"/>'
    runs = "".join(_runs(text, size, clear=clear))
    return f"<w:p><w:pPr>{tab}{spacing}{indent}{middle_of}</w:pPr>{runs}</w:p>"


def _runs(text: str, size: int, *, clear: bool) -> Iterator[str]:
    is_bold, end = False, 0
    for piece in _PIECES.finditer(text):
        look = _look(size, bold=is_bold, clear=clear)
        yield from _run(text[end : piece.start()], look)
        if piece.group(1):
            yield _field(piece.group(1), look)
        else:
            is_bold = not is_bold
        end = piece.end()
    yield from _run(text[end:], _look(size, bold=is_bold, clear=clear))


def _look(size: int, *, bold: bool, clear: bool) -> str:
    font = f'<w:rFonts w:ascii="{_CLEAR_TYPE}" w:hAnsi="{_CLEAR_TYPE}"/>'
    # Nor does a spelling checker underline what is no word.
    kind = f"{font}{'<w:b/>' if bold else ''}{'<w:noProof/>' if clear else ''}"
    shown = kind if clear else kind.removeprefix(font)
    return f'<w:rPr>{shown}<w:sz w:val="{size}"/></w:rPr>'


def _run(text: str, look: str) -> Iterator[str]:
    if text:
        words = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
        yield f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _field(heading: str, look: str) -> str:
    """A merge field as Word itself writes one."""
    mark = f"<w:r>{look}" + '<w:fldChar w:fldCharType="{}"/></w:r>'
    told = f'<w:instrText xml:space="preserve"> MERGEFIELD {heading} </w:instrText>'
    shown = f"<w:t>«{heading}»</w:t>"
    return (
        f"{mark.format('begin')}<w:r>{look}{told}</w:r>{mark.format('separate')}"
        f"<w:r>{look}{shown}</w:r>{mark.format('end')}"
    )


def _picture() -> str:
    graphic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    extent = f'cx="{_QR_SIZE}" cy="{_QR_SIZE}"'
    named = f'id="1" name="{qr_code.PICTURE}" descr="QR"'
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="40"/><w:jc w:val="center"/>'
        '</w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {extent}/><wp:docPr {named}/><a:graphic><a:graphicData "
        f'uri="{graphic}"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/>'
        '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rId3"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext '
        f'{extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</w:r></w:p>"
    )


def _styles(words: LetterWords) -> str:
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        f'<w:sz w:val="{_NORMAL}"/><w:szCs w:val="{_NORMAL}"/>'
        f'<w:lang w:val="{words.language}"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" '
        'w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
    )
