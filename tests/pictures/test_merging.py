"""`make merge-pictures` still draws what docs/brieven.md and docs/letters.md show."""

import struct
import zlib

import pytest

from tests.office_suite import mail_merge_or_skip
from tests.pictures.camera import LOCALES
from tests.pictures.merging import MERGED, take

pytestmark = pytest.mark.office


@pytest.mark.parametrize("language", LOCALES)
def test_every_picture_can_be_drawn_anew(language, tmp_path):
    mail_merge_or_skip()
    take(language, tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(MERGED)
    for path in tmp_path.iterdir():
        lines = _lines_of(path.read_bytes())
        # Neither empty nor cut off before what is to be seen.
        assert any(line.strip(b"\xff") for line in lines)
        assert not lines[-1].strip(b"\xff")


def _lines_of(picture: bytes) -> list[bytes]:
    width, height = struct.unpack(">II", picture[16:24])
    start = picture.index(b"IDAT")
    (length,) = struct.unpack(">I", picture[start - 4 : start])
    data = zlib.decompress(picture[start + 4 : start + 4 + length])
    step = 1 + width * 3
    assert len(data) == step * height
    return [data[at + 1 : at + step] for at in range(0, len(data), step)]
