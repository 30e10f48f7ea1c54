"""One step of the story: who did what, and what they saw then."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text


class Moment(StrEnum):
    """Which step it is."""

    IMPORTED = "imported"
    APPOINTED = "appointed"
    BRANCH_OPENED = "branch_opened"
    CREATION_PLANNED = "creation_planned"
    CREATED = "created"
    ACTIVATION_PLANNED = "activation_planned"
    ACTIVATED = "activated"
    BRANCH_SEEN_AGAIN = "branch_seen_again"
    EXPORT_PLANNED = "export_planned"
    EXPORT_STARTED = "export_started"
    PROGRESS_SEEN = "progress_seen"
    RESULT_SEEN = "result_seen"
    PASSWORD_SHOWN = "password_shown"  # noqa: S105 (the name of a step)
    WORKBOOK_OPENED = "workbook_opened"


@dataclass(frozen=True)
class Scene:
    """A step; `remark` is what the narrator adds."""

    moment: Moment
    who: str
    did: Text
    remark: str
    screen: RenderableType


Tell = Callable[[Scene], None]


def on_terminal(console: Console) -> Tell:
    """Tells the story on a terminal, scene by scene, numbered."""
    numbers = count(1)

    def tell(scene: Scene) -> None:
        number = Text(f"{next(numbers):>2} ", "dim")
        console.print(Text.assemble(number, (scene.who, "bold cyan"), " ", scene.did))
        if scene.remark:
            console.print(Padding(Text(scene.remark, "italic"), (0, 0, 0, 3)))
        console.print(Padding(scene.screen, (0, 0, 1, 3)))

    return tell
