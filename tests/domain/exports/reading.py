"""Opening the workbook the way its readers do: decrypted, by two libraries."""

import io
from pathlib import Path
from zipfile import ZipFile

import msoffcrypto
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from domain.secret import Secret


def decrypt(content: bytes, password: Secret) -> bytes:
    file = msoffcrypto.OfficeFile(io.BytesIO(content))
    file.load_key(password=password.reveal(), verify_password=True)
    plain = io.BytesIO()
    file.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def with_openpyxl(plain: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(plain))["Werknemerslogins"]
    return [
        ["" if value is None else value for value in line]
        for line in sheet.iter_rows(values_only=True)
    ]


def with_calamine(plain: bytes) -> list[list[str]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(plain))
    return workbook.get_sheet_by_name("Werknemerslogins").to_python()


def parts(plain: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(plain)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def write(folder: Path, content: bytes) -> Path:
    path = folder / "werknemerslogins.xlsx"
    path.write_bytes(content)
    return path
