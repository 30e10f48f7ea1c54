"""A list, a letter and what they merge into, as LibreOffice lays them out in PDF."""

import json
import sys
from pathlib import Path
from typing import Any

import uno  # noqa: F401 (finds com.sun.star)
from com.sun.star.awt import Size
from merging_script import PDF, merge, register, url, write_letter
from office_script import opened, properties, steer

# In hundredths of a millimetre.
_LETTER, _LETTER_MARGIN = (14800, 14200), 1500
_LIST, _LIST_MARGIN = (39200, 3500), 300
_CALC = "calc_pdf_Export"


def main() -> None:
    steer(json.load(sys.stdin), _lay_out_all)


def _lay_out_all(office: Any, order: dict[str, Any]) -> list[str]:
    """Gives the fields that the list offers."""
    folder, list_path = Path(order["folder"]), Path(order["list"])
    sheet = opened(office, str(list_path), "")
    _lay_out(sheet, _LIST, _LIST_MARGIN, PrintGrid=True, PrintHeaders=True)
    sheet.storeToURL(url(folder / "list.pdf"), properties(FilterName=_CALC))
    sheet.dispose()
    fields = register(office, list_path, folder)
    letter_path = folder / "letter.odt"
    letter = write_letter(office, order["text"], letter_path)
    _lay_out(letter, _LETTER, _LETTER_MARGIN)
    letter.storeToURL(url(letter_path), ())
    letter.storeToURL(url(folder / "letter.pdf"), properties(FilterName=PDF))
    letter.dispose()
    merge(office, letter_path, folder / "merged", PDF, in_one=False)
    ready = opened(office, order["ready"], "")
    ready.storeToURL(url(folder / "ready.pdf"), properties(FilterName=PDF))
    ready.dispose()
    return fields


def _lay_out(document: Any, size: tuple[int, int], margin: int, **more: Any) -> None:
    """A page just large enough for what is to be seen."""
    family = document.StyleFamilies.getByName("PageStyles")
    for name in family.ElementNames:
        style = family.getByName(name)
        style.IsLandscape = size[0] > size[1]
        style.Size = Size(*size)
        style.HeaderIsOn = style.FooterIsOn = False
        style.LeftMargin = style.RightMargin = margin
        style.TopMargin = style.BottomMargin = margin
        for key, value in more.items():
            setattr(style, key, value)


if __name__ == "__main__":
    main()
