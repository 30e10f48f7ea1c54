"""What is installed has the guides in it."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import tests
from tests.guide import sources
from tests.guide.document import LANGUAGES

PROJECT = Path(tests.__file__).parents[1]


def test_the_wheel_has_the_guides_in_it(tmp_path):
    build = ["-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path]
    subprocess.run(
        [sys.executable, *build], cwd=PROJECT, check=True, capture_output=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as package:
        for language in LANGUAGES:
            path = sources.guide_path(language)
            packed = package.read(path.relative_to(PROJECT).as_posix())
            assert packed == path.read_bytes()
