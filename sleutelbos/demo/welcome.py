"""What the terminal says: where everything is, what to try, how it ends."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.locale import translator
from sleutelbos.demo import cast, chatter, company, words
from sleutelbos.demo.archive import Archive
from sleutelbos.demo.company import Size
from sleutelbos.demo.staff import NEW_BRANCH
from sleutelbos.wording import Language, Wording

_COMMAND: Final = Wording(nl="/personeel", en="/staff")


@dataclass(frozen=True)
class Places:
    """Where everything is."""

    slack: str
    mailbox: str
    portal: str
    staff_list: Path


class Welcome:
    """Says it in the company's language."""

    def __init__(self, console: Console, language: Language, size: Size) -> None:
        self._console = console
        self._language = language
        self._t = translator(language)
        sizes = company.branch_sizes(size)
        self._counts = {
            "company": company.NAME,
            "branches": self._t.number(len(sizes)),
            "people": self._t.number(sum(sizes.values())),
        }

    def sets_up(self, wording: Wording) -> None:
        """What takes a moment."""
        self._console.print(Text(self._say(wording, **self._counts), "dim"))

    def receives(self, places: Places, kept: Archive | None, *, goes_on: bool) -> None:
        """Addresses, what to try first, what is left afterwards."""
        say, folder = self._console.print, kept.folder if kept else None
        begun = words.GOES_ON if goes_on else words.BEGINS_TODAY
        after = words.KEPT if kept else words.NOTHING_KEPT
        say()
        say(Rule(Text(self._say(words.TITLE), "bold"), style="grey50"))
        say(Text(self._say(words.COMPANY, **self._counts)))
        say(Text(self._say(begun, folder=folder)))
        say()
        for name, place in (
            (words.SLACK, places.slack),
            (words.LETTERS, places.mailbox),
            (words.SIGN_IN, places.portal),
            (words.STAFF_LIST, places.staff_list),
        ):
            line = Text.assemble(f"  {self._say(name):<16}", (str(place), "bold cyan"))
            # Whatever the width, it can be copied in one piece.
            say(line, soft_wrap=True)
        say()
        if not goes_on:
            say(Text(self._say(words.FIRST), "bold"))
            say(self._steps())
            say()
        say(Text(self._say(after, folder=folder), "dim"))
        say(Rule(style="grey50"))

    def says_goodbye(self, kept: Archive | None) -> None:
        """That it is over, and what is left."""
        if kept is None or not kept.is_there:
            line = self._say(words.STOPPED)
        else:
            line = self._say(words.STOPPED_KEPT, folder=kept.folder)
        self._console.print(Text(line), soft_wrap=True)

    def _steps(self) -> Padding:
        channel = cast.ADMIN_CHANNEL_OF[NEW_BRANCH].say(self._language)
        fields = {
            "channel": channel,
            "command": _COMMAND.say(self._language),
            "file": chatter.STAFF_LIST.say(self._language),
            "importing": self._t("Import"),
            "showing": self._t("Show opening password"),
        }
        steps = Table.grid(padding=(0, 1))
        for number, step in enumerate(_STEPS, 1):
            steps.add_row(f"{number}.", Text(self._say(step, **fields)))
        return Padding(steps, (0, 0, 0, 2))

    def _say(self, wording: Wording, **fields: object) -> str:
        return wording.say(self._language, **fields)


_STEPS: Final = (
    words.YOU_ARE_HANNA,
    words.DOWNLOAD,
    words.IMPORT,
    words.HAND_OUT,
    words.OPEN,
    words.EMPLOYEE,
)
