"""Where the story plays: an empty office, and Hanna in its Slack."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.office import Office
from domain import clock, migrations
from domain.database import Database
from domain.secret import Keyring, Secret, new_key_text
from sandbox.slack import Person, Workspace
from sleutelbos.demo import cast, company, stage
from sleutelbos.demo.story import words
from sleutelbos.wording import CommandError, Language

# Nobody signs in here; the workbook names a page all the same.
_SIGN_IN_PAGE: Final = "https://inloggen.example.nl"


@dataclass(frozen=True)
class Scenery:
    """The workspace, the office behind the bot, and Hanna who plays the story."""

    slack: Workspace
    office: Office
    hanna: Person


@contextmanager
def set_up(port: int, language: Language, folder: Path) -> Iterator[Scenery]:
    """Everything connected and at work; at the end nothing of it is left.

    The database is made in `folder`, which is thrown away by who made it.
    Raises CommandError when the port can't be had.
    """
    stage.keep_to_this_machine()
    with _slack(port, folder) as slack, _database(folder) as database:
        hanna = slack.add_person(
            "hanna", "Hanna de Vries", email="hanna@example.nl", locale="en-US"
        )
        slack.add_channel(cast.GENERAL.say(language), ["hanna"])
        admin_channel = slack.add_channel(
            cast.ADMIN_CHANNEL.say(language), ["hanna"], private=True
        )
        office = Office(
            database=database,
            clock=clock.utc_now,
            keyring=Keyring.from_setting(Secret(new_key_text())),
            company=company.NAME,
            language=language,
            default_admin_channel=admin_channel.id,
        )
        with stage.at_work(slack, office, _SIGN_IN_PAGE):
            yield Scenery(slack, office, hanna)


@contextmanager
def _slack(port: int, folder: Path) -> Iterator[Workspace]:
    slack = stage.workspace(folder, clock.utc_now)
    with ExitStack() as serving:
        try:
            serving.enter_context(slack.serve(port))
        except OSError as error:
            raise CommandError(words.PORT_TAKEN, port=port) from error
        yield slack


@contextmanager
def _database(folder: Path) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{folder / 'demo.db'}")) as database:
        migrations.bring_up_to_date(database)
        yield database
