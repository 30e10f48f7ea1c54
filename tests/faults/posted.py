"""What the files in a channel hand out: lines of workbooks, letters, and both."""

from collections.abc import Sequence

from domain.secret import Secret
from tests.domain.exports import reading
from tests.domain.runs.letters import passwords_in

Row = dict[str, str]


def rows_in(workbook: bytes) -> list[Row]:
    """The lines of a decrypted workbook."""
    headings, *lines = reading.with_openpyxl(workbook)
    return [dict(zip(headings, line, strict=True)) for line in lines]


def by_rows(rows: Sequence[Row]) -> list[tuple[str, Secret]]:
    """User names and passwords of these lines."""
    return [(row["Gebruikersnaam"], Secret(row["Wachtwoord"])) for row in rows]


def by_rows_and_letters(
    rows: Sequence[Row], letters: Sequence[str]
) -> list[tuple[str, Secret]]:
    """User names and passwords of lines whose every letter says the same, if any."""
    return by_rows([row for row in rows if _on_letters(row, letters)])


def _on_letters(row: Row, letters: Sequence[str]) -> bool:
    theirs = [text for text in letters if row["Gebruikersnaam"] in text]
    found = {password for text in theirs for password in passwords_in(text)}
    return found == {row["Wachtwoord"]}
