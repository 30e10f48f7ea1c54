"""Opens a downloaded workbook with its opening password, as Excel does."""

from io import BytesIO
from typing import Final

import msoffcrypto
from openpyxl import load_workbook
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from domain.secret import Secret
from sleutelbos.demo.story import words
from sleutelbos.wording import Language

Row = tuple[str, ...]

_COLUMNS: Final = ("Personeelsnummer", "Naam", "Gebruikersnaam", "Wachtwoord")
# What a narrow terminal may put on two lines.
_FOLDING: Final = ("Naam", "Gebruikersnaam")
_ROWS: Final = 6


def read(content: bytes, opening_password: Secret) -> list[Row]:
    """The headings and every line; raises when the password does not open it."""
    encrypted = msoffcrypto.OfficeFile(BytesIO(content))
    encrypted.load_key(password=opening_password.reveal(), verify_password=True)
    plain = BytesIO()
    encrypted.decrypt(plain, verify_integrity=True)
    sheet = load_workbook(plain).worksheets[0]
    return [
        tuple("" if cell is None else str(cell) for cell in line)
        for line in sheet.iter_rows(values_only=True)
    ]


def table(
    content: bytes, opening_password: Secret, language: Language
) -> RenderableType:
    """The first rows, and of those what matters most."""
    headings, *lines = read(content, opening_password)
    drawn = Table(box=box.SIMPLE_HEAD, header_style="bold", padding=(0, 1))
    for column in _COLUMNS:
        drawn.add_column(column, overflow="fold", no_wrap=column not in _FOLDING)
    for line in lines[:_ROWS]:
        cells = dict(zip(headings, line, strict=True))
        drawn.add_row(*[Text(cells[column]) for column in _COLUMNS])
    more = len(lines) - _ROWS
    rest = [Text(words.MORE_ROWS.say(language, count=more), "dim")] if more > 0 else []
    return Group(drawn, *rest)
