"""Steers LibreOffice from the Python that has `uno`: order in, what was seen out."""

import json
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException, IllegalArgumentException
from com.sun.star.sheet.CellFlags import DATETIME, FORMULA, STRING, VALUE

DESKTOP = "com.sun.star.frame.Desktop"
_TO_START = 90


def main() -> None:
    steer(json.load(sys.stdin), _look)


def steer(order: dict[str, Any], act: Callable[[Any, dict[str, Any]], Any]) -> None:
    """Answer what `act` makes of the order in LibreOffice, which ends afterwards."""
    office = _services(order["pipe"])
    try:
        json.dump(act(office, order), sys.stdout)
    finally:
        with suppress(DisposedException):
            office.createInstance(DESKTOP).terminate()


def _services(pipe: str) -> Any:
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", context
    )
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    deadline = time.monotonic() + _TO_START
    while True:
        try:
            return resolver.resolve(url).ServiceManager
        except NoConnectException:
            if time.monotonic() > deadline:
                sys.exit("LibreOffice does not start")
            threading.Event().wait(0.1)


def opened(office: Any, path: str, password: str) -> Any:
    """The document behind its opening password."""
    desktop = office.createInstance(DESKTOP)
    arguments = properties(Hidden=True, ReadOnly=True, Password=password)
    url = uno.systemPathToFileUrl(path)
    try:
        return desktop.loadComponentFromURL(url, "_blank", 0, arguments)
    except IllegalArgumentException:
        sys.exit("LibreOffice does not open the document")


def properties(**values: Any) -> tuple[Any, ...]:
    """Arguments as UNO takes them."""
    arguments = []
    for name, value in values.items():
        argument = PropertyValue()
        argument.Name, argument.Value = name, value
        arguments.append(argument)
    return tuple(arguments)


def _look(office: Any, order: dict[str, Any]) -> dict[str, Any]:
    document = opened(office, order["path"], order["password"])
    seen = _cells(document, order["sheet"])
    document.dispose()
    return seen


def _cells(document: Any, sheet_name: str) -> dict[str, Any]:
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


if __name__ == "__main__":
    main()
