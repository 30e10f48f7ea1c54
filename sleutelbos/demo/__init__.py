"""`sleutelbos demo`: the main job played on a sample company, in a sandbox's Slack."""

from pathlib import Path

from sleutelbos import settings
from sleutelbos.demo import words
from sleutelbos.demo.company import Size
from sleutelbos.wording import CommandError


def start(port: int, size: Size, folder: Path) -> None:
    """Play it on the terminal, in the company's language.

    Raises CommandError when the sandbox's libraries are not installed, the port
    can't be had or the folder not written.
    """
    try:
        # Who only serves needs no sandbox.
        from sleutelbos.demo.command import demo  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise CommandError(words.SANDBOX_MISSING, name=error.name) from error
    demo(port, size, folder, settings.language_of_complaints())
