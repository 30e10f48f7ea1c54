"""Word documents that somebody may upload, right ones and others."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from domain.exports.columns import HEADINGS


def add_field(paragraph, instruction, *, simple=False):
    """A field as Word writes it."""
    shown = f"«{instruction.split()[1] if ' ' in instruction else instruction}»"
    if simple:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" {instruction} ")
        paragraph._p.append(field)
        field.append(paragraph.add_run(shown)._r)
        return
    for kind in ("begin", "told", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "told":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {instruction} "
            run._r.append(told)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def document(*instructions, simple=False, header="", change=None):
    """A .docx with a paragraph for each of these fields."""
    made = Document()
    for instruction in instructions:
        paragraph = made.add_paragraph(f"{instruction.split()[-1]}: [")
        add_field(paragraph, instruction, simple=simple)
        paragraph.add_run("]")
    if header:
        line = made.sections[0].header.paragraphs[0]
        line.add_run("Voor [")
        add_field(line, header)
        line.add_run("]")
    if change:
        change(made)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def every_field(**more):
    return document(*(f"MERGEFIELD {name}" for name in HEADINGS), **more)


def with_parts(content, parts=None, replace=()):
    """The same package with further parts, and texts replaced in all of them."""
    file = BytesIO()
    with (
        ZipFile(BytesIO(content)) as source,
        ZipFile(file, "w", ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            for before, after in replace:
                part = part.replace(before, after)
            target.writestr(name, part)
        for name, part in (parts or {}).items():
            target.writestr(name, part)
    return file.getvalue()
