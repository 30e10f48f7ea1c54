"""A run with ready letters, and what is in the two files that it posted."""

import re
from io import BytesIO
from zipfile import ZipFile

import msoffcrypto
import openpyxl
from lxml import etree

from domain.exports.word_package import W
from domain.runs.ledger import start_reset
from domain.runs.planning import ResetChoice, plan_reset


def starts_with_letters(office, clock, ready, word_template_id=None):
    with office.database.transaction() as session:
        choice, now = ResetChoice(), clock()
        plan = plan_reset(session, office.utrecht, choice, actor=office.bram, now=now)
        return start_reset(
            session,
            office.utrecht,
            choice,
            expected_count=plan.count,
            channel_id="C1",
            ready_letters=ready,
            word_template_id=word_template_id,
            actor=office.bram,
            now=now,
        )


def opened(content, password):
    locked = msoffcrypto.OfficeFile(BytesIO(content))
    locked.load_key(password=password.reveal(), verify_password=True)
    plain = BytesIO()
    locked.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def workbook_and_letters(drawer, password):
    """The rows of the one workbook, the texts of the letters of the one document."""
    lines, letters = [], []
    for file_id in drawer.posted:
        plain = opened(drawer.contents[file_id], password)
        if "word/document.xml" in ZipFile(BytesIO(plain)).namelist():
            assert letters == []
            letters = texts_of_letters(plain)
        else:
            assert lines == []
            sheet = openpyxl.load_workbook(BytesIO(plain))["Werknemerslogins"]
            headings, *rows = sheet.iter_rows(values_only=True)
            lines = [dict(zip(headings, row, strict=True)) for row in rows]
    return lines, letters


def texts_of_letters(plain):
    """The text of each section of a .docx, which is a letter each."""
    body = etree.fromstring(ZipFile(BytesIO(plain)).read("word/document.xml"))[0]
    letters = [""]
    for element in body:
        letters[-1] += "".join(element.itertext(f"{W}t"))
        if element.find(f"{W}pPr/{W}sectPr") is not None:
            letters.append("")
    assert body[-1].tag == f"{W}sectPr"
    return letters


def passwords_in(letter):
    return re.findall(r"[a-z][a-z2-9]{3}(?:-[a-z2-9]{4}){3}", letter)
