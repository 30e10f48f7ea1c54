"""Steers LibreOffice from the Python that has `uno`: order in, what was seen out."""

import json
import sys
import threading
import time
from contextlib import suppress
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException, IllegalArgumentException
from com.sun.star.sheet.CellFlags import DATETIME, FORMULA, STRING, VALUE

_TO_START = 90


def main() -> None:
    order = json.load(sys.stdin)
    desktop = _desktop(order["pipe"])
    try:
        document = _open(desktop, order["path"], order["password"])
        if document is None:
            sys.exit("LibreOffice does not open the document")
        json.dump(_look(document, order["sheet"]), sys.stdout)
        document.dispose()
    finally:
        with suppress(DisposedException):
            desktop.terminate()


def _desktop(pipe: str) -> Any:
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", context
    )
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    deadline = time.monotonic() + _TO_START
    while True:
        try:
            remote = resolver.resolve(url)
            break
        except NoConnectException:
            if time.monotonic() > deadline:
                sys.exit("LibreOffice does not start")
            threading.Event().wait(0.1)
    return remote.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", remote
    )


def _open(desktop: Any, path: str, password: str) -> Any:
    properties = {"Hidden": True, "ReadOnly": True, "Password": password}
    arguments = []
    for name, value in properties.items():
        argument = PropertyValue()
        argument.Name, argument.Value = name, value
        arguments.append(argument)
    url = uno.systemPathToFileUrl(path)
    try:
        return desktop.loadComponentFromURL(url, "_blank", 0, tuple(arguments))
    except IllegalArgumentException:
        return None


def _look(document: Any, sheet_name: str) -> dict[str, Any]:
    sheet = document.Sheets.getByName(sheet_name)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 (UNO has no keywords)
    end = cursor.RangeAddress
    used = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
    not_text = used.queryContentCells(VALUE | DATETIME | FORMULA)
    links = (document.DDELinks, document.AreaLinks, document.SheetLinks)
    return {
        "rows": [list(line) for line in used.getDataArray()],
        "not_text": not_text.RangeAddressesAsString,
        "links": sum(link.Count for link in links) + _hyperlinks(used),
    }


def _hyperlinks(used: Any) -> int:
    """How many cells hold a field: a hyperlink is one."""
    cells = used.queryContentCells(STRING).Cells
    return sum(cell.TextFields.Count for cell in _each(cells))


def _each(cells: Any) -> Any:
    enumeration = cells.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


main()
