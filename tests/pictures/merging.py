"""`make merge-pictures`: a list, a letter, and letters made of both, from LibreOffice.

They are the pictures of docs/brieven.md and docs/letters.md, of made-up people.
"""

import struct
import tempfile
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

import tests
from domain.exports import built_in_letters, merge_letters
from domain.exports.columns import ExportRow
from domain.exports.model import ReadyLetters
from domain.exports.workbook import build, new_opening_password
from domain.logins.model import LoginId
from domain.secret import Secret
from tests.domain.exports import reading
from tests.office_suite import steered
from tests.pictures.camera import LOCALES, PICTURES

SCRIPT = Path(tests.__file__).parent / "picture_script.py"
MERGED = ("merge-list", "merge-letter", "merge-merged", "ready-letter")
BUILT_IN = {"nl": ReadyLetters.BUILT_IN_NL, "en": ReadyLetters.BUILT_IN_EN}
LIST, READY = "werknemerslogins.xlsx", "brieven.docx"
LETTERS = Path(__file__).parent / "letters"
_FATIMA = ExportRow(
    login_id=LoginId(1),
    number="00417",
    first_name="Fatima",
    prefix="el",
    last_name="Amrani",
    full_name="Fatima el Amrani",
    street="Nieuwstraat 8",
    postal_code="3511 AB",
    city="Utrecht",
    branch="Utrecht",
    user_name="fatima@example.nl",
    password=Secret("kq7m-3xwe-hj4n-8bcd"),
    valid_until=datetime(2026, 11, 27, 9, 30, tzinfo=UTC),
    sign_in_page="https://inloggen.example.nl",
)
_STAFF = (
    _FATIMA,
    replace(
        _FATIMA,
        number="00418",
        first_name="Jörg",
        prefix=None,
        last_name="Brandt",
        full_name="Jörg Brandt",
        street="Kanaalweg 112",
        postal_code="3526 KM",
        user_name="jorg@example.nl",
        password=Secret("w8tn-p4ra-d2ke-6vys"),
    ),
    replace(
        _FATIMA,
        number="00421",
        first_name="Zoë",
        prefix="van 't",
        last_name="Hof",
        full_name="Zoë van 't Hof",
        street="Oudegracht 31",
        postal_code="3511 AH",
        user_name="zoe@example.nl",
        password=Secret("c5dx-n9mt-r3hq-7wap"),
    ),
)
_SHARPNESS = 1.6


def main() -> None:
    """Take them in both languages."""
    for language in LOCALES:
        take(language, PICTURES / language)


def take(language: str, pictures: Path) -> None:
    """Take the pictures of one language into a folder."""
    text = (LETTERS / f"{language}.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_files(folder, BUILT_IN[language])
        files = {"list": folder / LIST, "ready": folder / READY, "folder": folder}
        order = {key: str(path) for key, path in files.items()}
        steered(SCRIPT, order | {"text": text})
        _draw(folder, pictures)


def _write_files(folder: Path, built_in: ReadyLetters) -> None:
    """What a run posts, without its opening password."""
    password, page = new_opening_password(), _FATIMA.sign_in_page
    workbook = build(_STAFF, opening_password=password).content
    (folder / LIST).write_bytes(reading.decrypt(workbook, password))
    template = built_in_letters.template(built_in, page)
    letters = merge_letters.build(
        _STAFF, template, sign_in_page=page, opening_password=password
    ).content
    (folder / READY).write_bytes(reading.decrypt(letters, password))


def _draw(folder: Path, pictures: Path) -> None:
    papers = (
        folder / "list.pdf",
        folder / "letter.pdf",
        folder / "merged" / "brief0.pdf",
        folder / "ready.pdf",
    )
    for picture, paper in zip(MERGED, papers, strict=True):
        pages = 2 if paper.stem == "list" else 1
        (pictures / f"{picture}.png").write_bytes(_picture(paper, pages))


def _picture(path: Path, pages: int) -> bytes:
    """The first pages of a PDF under each other, as PNG."""
    with pypdfium2.PdfDocument(path) as paper:
        drawn = [
            paper[number].render(scale=_SHARPNESS, rev_byteorder=True)
            for number in range(pages)
        ]
        width = drawn[0].width
        lines = [
            bytes(page.buffer)[row * page.stride :][: width * 3]
            for page in drawn
            for row in range(page.height)
        ]
    return _png(width, lines)


def _png(width: int, lines: list[bytes]) -> bytes:
    """Rows of red, green and blue (ISO/IEC 15948); nothing here needs more."""
    header = struct.pack(">IIBBBBB", width, len(lines), 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*part) for part in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


if __name__ == "__main__":
    main()
