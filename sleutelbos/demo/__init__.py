"""`sleutelbos demo`: a sample company in a sandbox's Slack, to try or to watch."""

from pathlib import Path
from typing import Final

from sleutelbos import settings
from sleutelbos.demo import words
from sleutelbos.demo.company import Size
from sleutelbos.demo.ending import Ending
from sleutelbos.demo.ports import Ports
from sleutelbos.wording import CommandError

_KEPT_IN: Final = Path("sleutelbos-kept")


def kept_in(folder: Path | None, keep: bool) -> Path | None:
    """The folder to keep the database in, or None.

    Raises CommandError for a folder that nothing is to be kept in.
    """
    if folder is not None and not keep:
        raise CommandError(words.FOLDER_WITHOUT_KEEP, folder=folder)
    return (folder or _KEPT_IN) if keep else None


def start(port: int, size: Size | None, keep: Path | None, *, browser: bool) -> int:
    """Run the company with a Slack in the browser; gives the exit code.

    Raises CommandError when the sandbox's libraries are not installed, a port
    can't be had or the folder not used.
    """
    ending = Ending()
    ending.listen()
    try:
        # Who only serves needs no sandbox.
        from sleutelbos.demo.command import Wanted, demo  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise CommandError(words.SANDBOX_MISSING, name=error.name) from error
    wanted = Wanted(Ports.from_first(port), size, keep, browser)
    return demo(wanted, settings.language_of_complaints(), ending)


def tell_story(port: int, size: Size | None, folder: Path) -> None:
    """Play the main job on the terminal, in the company's language.

    Raises CommandError when the sandbox's libraries are not installed, the port
    can't be had or the folder not written.
    """
    try:
        from sleutelbos.demo.story.command import play_on_terminal  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise CommandError(words.SANDBOX_MISSING, name=error.name) from error
    language = settings.language_of_complaints()
    play_on_terminal(port, size or Size.SMALL, folder, language)
