"""What IT does before anybody types in Slack: the staff list, and the first manager."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from domain.actor import OPERATOR, AccountType
from domain.appointments import appointing
from domain.importing import staff_lists
from domain.slack_users import SlackIdentity
from sleutelbos import answers, import_report
from sleutelbos.demo.story import words
from sleutelbos.demo.story.scene import Moment, Scene
from sleutelbos.demo.story.scenery import Scenery
from sleutelbos.wording import Language, Wording

_DETAILS_SHOWN: Final = 3


def import_staff_list(scenery: Scenery, path: Path) -> Scene:
    """Take the list's good rows, as `sleutelbos import` does."""
    language, now = scenery.office.language, scenery.office.clock()
    staff_list = staff_lists.read(path, now=now)
    with scenery.office.database.transaction() as session:
        report = staff_lists.apply(
            session, staff_list, keyring=scenery.office.keyring, actor=OPERATOR, now=now
        )
    lines = import_report.report_lines(report, language, is_dry_run=False)
    command = f"sleutelbos import {path.name}"
    screen = Text("\n".join(_shortened(lines, language)))
    return _typed(Moment.IMPORTED, command, words.IMPORTING, screen, language)


def appoint_hanna(scenery: Scenery) -> Scene:
    """Make Hanna a manager, as `sleutelbos administrator add` does."""
    language, kind = scenery.office.language, AccountType.MANAGER
    identity = SlackIdentity(scenery.slack.team_id, scenery.hanna.id)
    with scenery.office.database.transaction() as session:
        appointing.appoint(
            session, identity, kind, actor=OPERATOR, now=scenery.office.clock()
        )
    command = f"sleutelbos administrator add {identity.user_id} --type {kind.value}"
    screen = Text(
        answers.APPOINTED.say(
            language, user=identity.user_id, type=kind.value, branches=""
        )
    )
    return _typed(Moment.APPOINTED, command, words.APPOINTING, screen, language)


def _shortened(lines: Iterable[str], language: Language) -> Iterator[str]:
    """The report with the first few lines of each long list in it."""
    for is_detail, group in groupby(lines, lambda line: line.startswith(" ")):
        listed = list(group)
        more = len(listed) - _DETAILS_SHOWN
        if is_detail and more > 1:
            yield from listed[:_DETAILS_SHOWN]
            yield f"  {words.MORE_LINES.say(language, count=more)}"
        else:
            yield from listed


def _typed(
    moment: Moment,
    command: str,
    remark: Wording,
    screen: RenderableType,
    language: Language,
) -> Scene:
    did = Text.assemble(words.TYPES.say(language), " ", (command, "bold yellow"))
    return Scene(moment, words.IT.say(language), did, remark.say(language), screen)
