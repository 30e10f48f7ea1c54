"""Merges letters in LibreOffice from the Python that has `uno`, as a person would."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import uno
from com.sun.star.sdb.CommandType import TABLE
from com.sun.star.text.MailMergeType import FILE
from office_script import DESKTOP, opened, properties, steer

SOURCE = "Medewerkers"
SHEET = "Werknemerslogins"
EXCEL = "Calc MS Excel 2007 XML"
PDF = "writer_pdf_Export"
FIELD = "com.sun.star.text.TextField.Database"
MASTER = "com.sun.star.text.fieldmaster.Database"


def main() -> None:
    steer(json.load(sys.stdin), _merge_letters)


def _merge_letters(office: Any, order: dict[str, Any]) -> list[str]:
    """Gives the fields that the list offers."""
    folder = Path(order["folder"])
    list_path = folder / "zonder-wachtwoord.xlsx"
    _save_without_password(office, order, list_path)
    fields = register(office, list_path, folder)
    letter = Path(order["letter"] or folder / "brief.odt")
    if not order["letter"]:
        write_letter(office, order["text"], letter)
    merge(office, letter, folder / "brieven", PDF, in_one=order["in_one"])
    return fields


def _save_without_password(office: Any, order: dict[str, Any], path: Path) -> None:
    """File, Save As, with the tick at the password taken away."""
    document = opened(office, order["path"], order["password"])
    document.storeToURL(url(path), properties(FilterName=EXCEL))
    document.dispose()


def register(office: Any, list_path: Path, folder: Path) -> list[str]:
    """Make the workbook a database of LibreOffice; gives its fields."""
    databases = office.createInstance("com.sun.star.sdb.DatabaseContext")
    source = databases.createInstance()
    source.URL = f"sdbc:calc:{url(list_path)}"
    source.DatabaseDocument.storeAsURL(url(folder / "medewerkers.odb"), ())
    databases.registerObject(SOURCE, source)
    connection = source.getConnection("", "")
    fields = list(connection.Tables.getByName(SHEET).Columns.ElementNames)
    connection.close()
    return fields


def write_letter(office: Any, text: str, path: Path) -> Any:
    """A letter with a field wherever the text has {its name}; saved, and still open."""
    desktop = office.createInstance(DESKTOP)
    document = desktop.loadComponentFromURL(
        "private:factory/swriter", "_blank", 0, properties(Hidden=True)
    )
    end = document.Text.createTextCursor()
    for words, name in re.findall(r"([^{]*)(?:{(\w+)}|$)", text):
        end.gotoEnd(False)  # noqa: FBT003 (UNO has no keywords)
        document.Text.insertString(end, words, False)  # noqa: FBT003
        if name:
            field = _field(document, name)
            document.Text.insertTextContent(end, field, False)  # noqa: FBT003
    document.storeToURL(url(path), ())
    return document


def _field(document: Any, name: str) -> Any:
    master = document.createInstance(MASTER)
    master.DataBaseName, master.DataTableName = SOURCE, SHEET
    master.DataCommandType, master.DataColumnName = TABLE, name
    field = document.createInstance(FIELD)
    field.attachTextFieldMaster(master)
    # What is to be seen in its place until it is merged, as in a window.
    field.Content = f"<{name}>"
    return field


def merge(office: Any, letter: Path, folder: Path, kind: str, *, in_one: bool) -> None:
    """File, Print, a form letter, Output: File; into a folder that is made for it."""
    merging = office.createInstance("com.sun.star.text.MailMerge")
    merging.DataSourceName, merging.CommandType, merging.Command = SOURCE, TABLE, SHEET
    merging.DocumentURL = url(letter)
    merging.OutputType = FILE
    folder.mkdir()
    merging.OutputURL = url(folder)
    merging.FileNamePrefix = "brief"
    merging.SaveAsSingleFile = in_one
    merging.SaveFilter = kind
    merging.execute(())


def url(path: Path) -> str:
    """As UNO writes a path."""
    return str(uno.systemPathToFileUrl(str(path)))


if __name__ == "__main__":
    main()
