"""Everything of one demo: workspace, mailbox, database, bot, worker, sign-in page."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.office import Office
from domain.clock import Clock
from domain.database import Database
from domain.slack_users import SlackIdentity
from sandbox import page
from sandbox.mailbox import Mailbox
from sandbox.slack import Workspace
from sleutelbos import opening
from sleutelbos.demo import (
    archive,
    cast,
    company,
    outside,
    staff_list,
    stage,
    words,
)
from sleutelbos.demo.acts import Acts
from sleutelbos.demo.archive import Archive
from sleutelbos.demo.cast import HANNA, Channels
from sleutelbos.demo.chatter import STAFF_LIST, Chatter
from sleutelbos.demo.chronicle import Calendar, Chronicle
from sleutelbos.demo.company import Size
from sleutelbos.demo.ending import Ending
from sleutelbos.demo.history import History
from sleutelbos.demo.past_clock import PastClock
from sleutelbos.demo.ports import Ports
from sleutelbos.demo.sign_ins import SignIns
from sleutelbos.demo.staff import NEW_BRANCH
from sleutelbos.demo.unattended import Unattended
from sleutelbos.demo.welcome import Places, Welcome
from sleutelbos.file_modes import OWNER_ONLY
from sleutelbos.mail import mail_of
from sleutelbos.settings import Settings
from sleutelbos.wording import Language


@dataclass(frozen=True)
class Premises:
    """Where the demo is; `folder` is thrown away by who made it."""

    folder: Path
    kept: Archive | None
    size: Size
    language: Language
    welcome: Welcome
    ending: Ending
    clock: Clock

    @contextmanager
    def opened(self, ports: Ports) -> Iterator[Places]:
        """Everybody in and everything at work; at the end nothing of it is left.

        Raises CommandError for a port or a folder that can't be had, EndedError
        when somebody asks to stop before it is open.
        """
        self.welcome.sets_up(words.SETTING_UP)
        past = PastClock(self.clock)
        with ExitStack() as parts:
            slack, mailbox = parts.enter_context(self._served(past, ports))
            channels = cast.take_places(slack, self.size, self.language)
            # What is kept meets no id again that meant something else.
            slack.number_on_from(int(past().timestamp() * 1000))
            listed = self._write_staff_list()
            facing = outside.settings(ports, mailbox.smtp_url, self.language)
            filled = self._filled_archive(past, slack, channels, listed, facing)
            database = parts.enter_context(filled.opened())
            self._require_same_people(database, slack)
            office = self._office(filled, database, past, channels)
            self.ending.check()
            at_work = stage.at_work(slack, office, facing.portal_url, mail_of(facing))
            office = parts.enter_context(at_work)
            parts.enter_context(outside.served(facing, office))
            self.ending.check()
            page = f"{facing.portal_url}/"
            yield Places(f"{slack.server.url}/", f"{mailbox.url}/", page, listed)

    @contextmanager
    def _served(
        self, past: PastClock, ports: Ports
    ) -> Iterator[tuple[Workspace, Mailbox]]:
        slack, mailbox = stage.workspace(self.folder, past), Mailbox(clock=past)
        page.add_to(slack)
        with ExitStack() as serving:
            try:
                serving.enter_context(slack.serve(ports.workspace))
                serving.enter_context(mailbox.serve(ports.mailbox, ports.smtp))
            except OSError:
                # Somebody took it after it was found free.
                ports.require_free(self.language)
                raise
            yield slack, mailbox

    def _write_staff_list(self) -> Path:
        path = self.folder / STAFF_LIST.say(self.language)
        path.touch(mode=OWNER_ONLY)
        people = company.of_branch(self.size, NEW_BRANCH)
        staff_list.write(path, people, self.language)
        return path

    def _filled_archive(
        self,
        past: PastClock,
        slack: Workspace,
        channels: Channels,
        listed: Path,
        facing: Settings,
    ) -> Archive:
        """The archive with a past in it: the kept one, or one that is made now."""
        now = past()
        calendar, chronicle = Calendar(now), Chronicle(past, self.ending)
        chatter = Chatter(chronicle, calendar, slack, self.language)
        chatter.plan(listed.read_bytes())
        if self.kept is not None and self.kept.is_there:
            chronicle.play(now)
            return self.kept
        self.welcome.sets_up(words.MAKING)
        made = Archive(self.folder)
        with made.opened() as database:
            office = self._office(made, database, past, channels)
            client = stage.client_in(slack)
            with closing(Unattended(office, client, facing)) as unattended:
                acts = Acts(office, slack, unattended)
                sign_ins = SignIns(office)
                history = History(
                    chronicle, calendar, acts, sign_ins, channels, self.size
                )
                history.plan()
                chronicle.play(now)
        if self.kept is None:
            return made
        self.kept.take_over(made)
        return self.kept

    def _office(
        self, filled: Archive, database: Database, past: PastClock, channels: Channels
    ) -> Office:
        return Office(
            database=database,
            clock=past,
            keyring=opening.keyring(filled.settings, database),
            company=company.NAME,
            language=self.language,
            default_admin_channel=channels.admin,
            mails=True,
        )

    def _require_same_people(self, database: Database, slack: Workspace) -> None:
        if self.kept is not None:
            hanna = SlackIdentity(slack.team_id, slack.user(HANNA).id)
            archive.require_manager(database, hanna, self.kept.folder)
