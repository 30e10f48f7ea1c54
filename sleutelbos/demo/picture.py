"""Draws the picture of the README from the story as it is really played.

`python -m sleutelbos.demo.picture docs/demo.svg` makes it anew.
"""

import re
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console

from sleutelbos.demo.company import Size
from sleutelbos.demo.story.command import play
from sleutelbos.demo.story.scene import Moment, Scene, on_terminal
from sleutelbos.demo.story.scenery import set_up

# The most telling steps.
_MOMENTS: Final = (Moment.BRANCH_OPENED, Moment.RESULT_SEEN, Moment.WORKBOOK_OPENED)
_WIDTH: Final = 98
_TITLE: Final = "sleutelbos demo --story"
_FROM_ELSEWHERE: Final = re.compile(r"@font-face\s*{.*?}|<!--.*?-->", re.DOTALL)


def picture(scenes: list[Scene]) -> str:
    """The scenes as an SVG that fetches nothing from anywhere."""
    console = Console(
        record=True,
        width=_WIDTH,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        emoji=False,
    )
    tell = on_terminal(console)
    for scene in scenes:
        tell(scene)
    svg = _FROM_ELSEWHERE.sub("", console.export_svg(title=_TITLE))
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())


def main() -> None:
    """Play the story and write the picture to the path that is given."""
    scenes: list[Scene] = []
    with (
        TemporaryDirectory(prefix="sleutelbos-demo-") as thrown_away,
        set_up(0, "nl", Path(thrown_away)) as scenery,
    ):
        play(scenery, Size.SMALL, Path(thrown_away), scenes.append)
    chosen = [scene for scene in scenes if scene.moment in _MOMENTS]
    Path(sys.argv[1]).write_text(picture(chosen), encoding="utf-8")


if __name__ == "__main__":
    main()
