"""Staff lists for the tests: made by openpyxl, or by hand where it is too polite."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

NUMBER, LAST_NAME, BRANCH = "Personeelsnummer", "Achternaam", "Vestiging"
EMAIL = "E-mailadres"

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKBOOK = (
    f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{_MAIN}" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Lijst" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these rows on each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def staff_list(*people: Mapping[str, Any], lead: int = 0) -> bytes:
    """One sheet; the headings are those that the people have between them."""
    headings = [NUMBER, LAST_NAME, BRANCH]
    for person in people:
        headings += [heading for heading in person if heading not in headings]
    rows = [[person.get(heading) for heading in headings] for person in people]
    return workbook([[]] * lead + [headings, *rows])


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_xml(data: str, *, before: str = "") -> str:
    """A worksheet part around `<row>` elements."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>'
    )


def text_row(row: int, *texts: str) -> str:
    """A `<row>` of inline texts, as they are: nothing is escaped."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{row}">{cells}</row>'


def package(sheet: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook of one worksheet part, and whatever else is put in the archive."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": _RELATIONS.format(
            kind="officeDocument", target="xl/workbook.xml"
        ),
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            kind="worksheet", target="worksheets/sheet1.xml"
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(extra or {})).items():
            archive.writestr(name, content)
    return file.getvalue()
