"""The QR code of the sign-in page, in the picture that a template keeps for it."""

import posixpath
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import segno

from domain.exports.word_package import R, open_package, parse, relations_of

# What the picture is called in Word (Layout, Selection pane); a copy keeps it.
PICTURE: Final = "Sleutelbos QR"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SCALE: Final = 10
# Light modules around it, as ISO/IEC 18004 wants them.
_QUIET_ZONE: Final = 4


def draw(address: str) -> bytes:
    """The code of an address, as a PNG in black and white."""
    picture = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="png", scale=_SCALE, border=_QUIET_ZONE)
    return picture.getvalue()


def with_code_of(template: bytes, address: str) -> bytes:
    """The template with today's code in its picture; unchanged where it has none."""
    package = open_package(template)
    pictures = {
        name
        for part in package.named("document.main", "header", "footer")
        for name in _pictures(package.parts, part)
    }
    if not pictures:
        return template
    changed = BytesIO()
    with ZipFile(changed, "w", ZIP_DEFLATED) as archive:
        for name, content in package.parts.items():
            archive.writestr(name, draw(address) if name in pictures else content)
    return changed.getvalue()


def _pictures(parts: Any, part: str) -> Iterator[str]:
    relations = parts.get(relations_of(part))
    if relations is None or part not in parts:
        return
    targets = {each.get("Id"): each.get("Target", "") for each in parse(relations)}
    for named in parse(parts[part]).iter(f"{_WP}docPr"):
        if named.get("name") == PICTURE:
            for blip in named.getparent().iter(f"{_A}blip"):
                target = targets.get(blip.get(f"{R}embed"), "")
                name = posixpath.normpath(
                    posixpath.join(posixpath.dirname(part), target)
                )
                if name in parts and name.endswith(".png"):
                    yield name
