"""`sleutelbos demo --story`: plays on the terminal and leaves the workbook."""

import logging
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from domain.secret import Secret
from sleutelbos import complaints, logs
from sleutelbos.demo import company, staff_list
from sleutelbos.demo.company import Size
from sleutelbos.demo.story import words
from sleutelbos.demo.story.preparing import appoint_hanna, import_staff_list
from sleutelbos.demo.story.scene import Tell, on_terminal
from sleutelbos.demo.story.scenery import Scenery, set_up
from sleutelbos.demo.story.steps import Story
from sleutelbos.demo.terminal import terminal
from sleutelbos.wording import CommandError, Language


def play_on_terminal(port: int, size: Size, folder: Path, language: Language) -> None:
    """Play the main job; the staff list and the workbook stay in `folder`.

    Raises CommandError when the port can't be had or the folder not written.
    """
    console = terminal()
    logs.configure(sys.stderr, logging.WARNING)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with (
            TemporaryDirectory(prefix="sleutelbos-demo-") as thrown_away,
            set_up(port, language, Path(thrown_away)) as scenery,
        ):
            _introduce(console, scenery, size, folder)
            handout = play(scenery, size, folder, on_terminal(console))
    except KeyboardInterrupt:
        console.print(words.STOPPED.say(language))
        raise
    _conclude(console, language, *handout)


def play(scenery: Scenery, size: Size, folder: Path, tell: Tell) -> tuple[Path, Secret]:
    """From the staff list to the workbook in `folder`, and what opens it."""
    language = scenery.office.language
    path = folder / words.STAFF_LIST.say(language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staff_list.write(path, company.people(size), language)
    except OSError as error:
        raise CommandError(
            complaints.FILE_UNWRITABLE, path=folder, error=error.strerror
        ) from error
    tell(import_staff_list(scenery, path))
    tell(appoint_hanna(scenery))
    story = Story(scenery, tell)
    story.opens_branch()
    story.creates_logins()
    story.activates_logins()
    story.exports()
    return story.opens_workbook(folder)


def _introduce(console: Console, scenery: Scenery, size: Size, folder: Path) -> None:
    language = scenery.office.language
    sizes = company.branch_sizes(size)
    introduction = words.INTRODUCTION.say(
        language,
        company=company.NAME,
        branches=scenery.office.t.number(len(sizes)),
        people=scenery.office.t.number(sum(sizes.values())),
        address=scenery.slack.server.url,
        folder=folder,
    )
    console.print(Rule(Text(words.TITLE.say(language), "bold"), style="grey50"))
    console.print(Padding(Text(introduction), (0, 0, 1, 0)))


def _conclude(
    console: Console, language: Language, path: Path, password: Secret
) -> None:
    """Where everything is. The password is shown, since nobody in it exists."""
    console.print(Rule(style="grey50"))
    for wording, value in (
        (words.FOLDER, str(path.absolute())),
        (words.PASSWORD, password.reveal()),
    ):
        line = Text.assemble(wording.say(language), " ", (value, "bold green"))
        # Whatever the width, it can be copied in one piece.
        console.print(line, soft_wrap=True)
    console.print(Text(words.MADE_UP.say(language), "dim"))
