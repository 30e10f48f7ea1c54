"""`sleutelbos demo`: a Slack in the browser with the real bot and worker behind it."""

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from domain import clock
from sleutelbos import logs
from sleutelbos.demo import archive, browser, stage, words
from sleutelbos.demo.archive import Archive
from sleutelbos.demo.company import Size
from sleutelbos.demo.ending import EndedError, Ending
from sleutelbos.demo.ports import Ports
from sleutelbos.demo.premises import Premises
from sleutelbos.demo.terminal import terminal
from sleutelbos.demo.welcome import Welcome
from sleutelbos.wording import CommandError, Language

# What Ctrl-C gives a shell.
_INTERRUPTED: Final = 130


@dataclass(frozen=True)
class Wanted:
    """What was typed; a size of None is that of the kept company, or small."""

    ports: Ports
    size: Size | None
    keep: Path | None
    opens_browser: bool


def demo(wanted: Wanted, language: Language, ending: Ending) -> int:
    """Run until somebody asks to stop; gives the exit code.

    Raises CommandError when a port can't be had, or the folder to keep it in.
    """
    stage.keep_to_this_machine()
    logs.configure(sys.stderr, logging.WARNING)
    kept = Archive(wanted.keep) if wanted.keep else None
    if kept is not None:
        kept.require_ours()
    wanted.ports.require_free(language)
    size = _size(wanted.size, kept)
    goes_on = kept is not None and kept.is_there
    welcome = Welcome(terminal(), language, size)
    try:
        with TemporaryDirectory(prefix="sleutelbos-demo-") as thrown_away:
            ending.clears(Path(thrown_away))
            folder, now = Path(thrown_away), clock.utc_now
            premises = Premises(folder, kept, size, language, welcome, ending, now)
            with premises.opened(wanted.ports) as places:
                welcome.receives(places, kept, goes_on=goes_on)
                if wanted.opens_browser:
                    browser.show_if_anybody_looks(places.slack)
                ending.wait()
    except EndedError:
        welcome.says_goodbye(kept)
        return _INTERRUPTED
    finally:
        ending.is_over()
    welcome.says_goodbye(kept)
    return 0


def _size(wanted: Size | None, kept: Archive | None) -> Size:
    """The size of the company, which a kept one has already."""
    if kept is None or not kept.is_there:
        return wanted or Size.SMALL
    with kept.opened() as database, database.reading() as session:
        found = archive.size_of(session)
    if wanted not in (None, found):
        raise CommandError(words.OTHER_SIZE, folder=kept.folder)
    return found
