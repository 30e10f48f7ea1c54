"""The main job, played by Hanna: from a branch's counts to the opened workbook."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from domain.secret import Secret
from sandbox.slack import Workspace
from sandbox.slack.conversations import Message
from sandbox.slack.screen import message_text
from sandbox.slack.views import View
from sleutelbos.demo import cast
from sleutelbos.demo.story import drawing, words, workbook
from sleutelbos.demo.story.scene import Moment, Scene, Tell
from sleutelbos.demo.story.scenery import Scenery
from sleutelbos.wording import Wording

_BRANCH: Final = "utrecht"
_NUMBER: Final = re.compile(r"\d+")


class Story:
    """Hanna's steps; each waits for what she needs to see, and is told."""

    def __init__(self, scenery: Scenery, tell: Tell) -> None:
        self._hanna = scenery.hanna
        self._slack: Workspace = scenery.slack
        self._t = scenery.office.t
        self._language = scenery.office.language
        self._admin_channel = self._slack.channel(self._say(cast.ADMIN_CHANNEL))
        self._tell = tell

    def opens_branch(self) -> None:
        """The command that goes straight to a branch."""
        command = f"{self._say(words.COMMAND)} logins {_BRANCH}"
        self._hanna.types(command, channel=self._say(cast.GENERAL))
        self._hanna.sees(f"{self._t('Record cards')}:")
        did = Text.assemble(self._say(words.TYPES), " ", (command, "bold yellow"))
        self._tells(Moment.BRANCH_OPENED, did, words.BRANCH)

    def creates_logins(self) -> None:
        """Dry run, number, logins; then back to the branch."""
        t = self._t
        self._plans(
            Moment.CREATION_PLANNED, t("Create employee logins"), words.CREATING
        )
        count = self._confirms(
            Moment.CREATED,
            t("Create"),
            lambda count: t.plural(
                "One employee login was created.",
                "{count} employee logins were created.",
                count,
            ),
        )
        self._hanna.goes_back()
        self._hanna.sees(f"{t('Inactive')}: {t.number(count)}")

    def activates_logins(self) -> None:
        """The same for activating."""
        t = self._t
        self._plans(
            Moment.ACTIVATION_PLANNED, t("Activate employee logins"), words.ACTIVATING
        )
        count = self._confirms(
            Moment.ACTIVATED,
            t("Activate"),
            lambda count: t.plural(
                "One employee login is active now.",
                "{count} employee logins are active now.",
                count,
            ),
        )
        self._hanna.goes_back()
        self._hanna.sees(f"{t('Active')}: {t.number(count)}")
        did = Text(self._say(words.CLOSES))
        self._tells(Moment.BRANCH_SEEN_AGAIN, did, words.BRANCH_AGAIN)

    def exports(self) -> None:
        """Dry run and number; the task answers at once and shows how it goes."""
        act = self._export
        self._plans(Moment.EXPORT_PLANNED, act, words.EXPORTING)
        place = f"#{self._admin_channel.name}"
        count = self._confirms(
            Moment.EXPORT_STARTED, self._t("Export"), lambda _count: place
        )
        self._hanna.closes()
        self._watches(count)

    def opens_workbook(self, folder: Path) -> tuple[Path, Secret]:
        """The opening password, the download, the rows; gives where and with what."""
        label = self._t("Show opening password")
        self._hanna.presses(label, in_channel=self._admin_channel.name)
        name = self._file_name()
        self._hanna.sees(name)
        self._tells(Moment.PASSWORD_SHOWN, self._pressed(label), words.OPENING)
        password = Secret(_header(self._top()))
        self._hanna.closes()
        path = folder / name
        path.write_bytes(self._hanna.downloads(name))
        did = Text.assemble(self._say(words.DOWNLOADS), " ", (name, "bold"))
        table = workbook.table(path.read_bytes(), password, self._language)
        self._tells(Moment.WORKBOOK_OPENED, did, words.WORKBOOK, table)
        return path, password

    # -- within --------------------------------------------------------------------

    def _plans(self, moment: Moment, act: str, remark: Wording) -> None:
        self._hanna.presses(act)
        # The dry run is there when there is something to cancel.
        self._hanna.sees(f"[ {self._t('Cancel')} ]")
        self._tells(moment, self._pressed(act), remark)

    def _confirms(
        self, moment: Moment, submit: str, result: Callable[[int], str]
    ) -> int:
        label, count = _asked(self._top())
        self._hanna.fills(label, str(count))
        self._hanna.submits()
        self._hanna.sees(result(count))
        did = Text.assemble(
            self._say(words.TYPES),
            " ",
            (str(count), "bold yellow"),
            f" {self._say(words.AND_PRESSES)} ",
            drawing.button(submit, "primary"),
        )
        self._tells(moment, did)
        return count

    def _watches(self, count: int) -> None:
        """Look at the task's message, each time it changes, until it is done."""
        done = self._t.plural(
            "Done: one person has a new initial password.",
            "Done: {count} people have a new initial password.",
            count,
        )
        name = self._admin_channel.name
        did = Text.assemble(self._say(words.LOOKS), " ", (f"#{name}", "bold"))
        seen = ""
        while (news := self._awaits_news(seen)) and done not in news:
            remark = None if seen else words.PROGRESS
            self._tells(Moment.PROGRESS_SEEN, did, remark, self._channel())
            seen = news
        self._hanna.sees(done, in_channel=name)
        self._hanna.sees(self._file_name(), in_channel=name)
        self._tells(Moment.RESULT_SEEN, did, words.RESULT, self._channel())

    def _awaits_news(self, seen: str) -> str:
        """The task's message as soon as it says something else."""

        def news() -> str:
            texts = [message_text(self._slack, each) for each in self._messages()]
            told = [text for text in texts if self._export in text]
            return "".join(text for text in told if text != seen)

        return str(self._slack.wait_until(news, self._slack.patience))

    @property
    def _export(self) -> str:
        """The act, which is the heading of its task's message too."""
        return self._t("Reset passwords and export data")

    def _messages(self) -> list[Message]:
        return self._slack.messages(self._admin_channel.name)

    def _file_name(self) -> str:
        def names() -> list[str]:
            files = self._slack.files.all
            shared = [file for each in self._messages() for file in each.file_ids]
            return [files[file].name for file in shared]

        found: list[str] = self._slack.wait_until(names, self._slack.patience)
        return found[-1]

    def _top(self) -> View:
        view = self._hanna.client.top_view()
        if view is None:
            raise LookupError("no modal is open")
        return view

    def _channel(self) -> RenderableType:
        return drawing.channel(self._slack, self._admin_channel, self._messages())

    def _pressed(self, label: str) -> Text:
        return Text.assemble(self._say(words.PRESSES), " ", drawing.button(label))

    def _say(self, wording: Wording) -> str:
        return wording.say(self._language)

    def _tells(
        self,
        moment: Moment,
        did: Text,
        remark: Wording | None = None,
        screen: RenderableType | None = None,
    ) -> None:
        shown = screen or drawing.modal(self._slack, self._top())
        said = self._say(remark) if remark else ""
        self._tell(Scene(moment, self._say(words.HANNA), did, said, shown))


def _asked(view: View) -> tuple[str, int]:
    """The label that asks for a number, and that number."""
    blocks = [block for block in view.blocks if block["type"] == "input"]
    label = str(blocks[0]["label"]["text"])
    return label, int(_NUMBER.findall(label)[0])


def _header(view: View) -> str:
    """The first large line."""
    blocks = [block for block in view.blocks if block["type"] == "header"]
    return str(blocks[0]["text"]["text"])
