"""Every password that a scenario came upon, and where else it may turn up: nowhere."""

import json

from sqlalchemy import select

from domain.exports import handover
from domain.exports.model import PostedFile
from domain.secret import Secret
from tests.bot.in_slack import Company
from tests.domain.exports import reading

# The one call that shows an opening password; `show` is views.update.
SHOWING = "views.update"


class Canaries:
    """The passwords that were made in a scenario."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self.initial: set[str] = set()
        self.opening: set[str] = set()

    def read_workbook(self, person, name: str, password: Secret) -> list[dict]:
        """The rows of a workbook that somebody downloads and opens."""
        return self.rows_of(person.downloads(name), password)

    def rows_of(self, content: bytes, password: Secret) -> list[dict]:
        """The same of the bytes themselves."""
        headings, *lines = reading.with_openpyxl(reading.decrypt(content, password))
        rows = [dict(zip(headings, line, strict=True)) for line in lines]
        self.opening.add(password.reveal())
        self.initial |= {row["Wachtwoord"] for row in rows}
        return rows

    def assert_nowhere_else(self, said: str) -> None:
        self._collect_what_nobody_opened()
        sent = self._company.slack.recorded_text()
        for password in self.initial:
            assert password not in sent
            assert password.replace("-", "") not in sent
        for password in self.opening:
            showing = [call for call in self._calls() if password in _text(call)]
            assert {call.method for call in showing} <= {SHOWING}
            for call in showing:
                assert_is_bare(call.arguments["view"])
        received = json.dumps(
            [sent.payload for sent in self._company.slack.deliveries()]
        )
        for password in self.initial | self.opening:
            assert password not in said
            assert password not in received

    def _calls(self):
        return self._company.slack.calls()

    def _collect_what_nobody_opened(self) -> None:
        office = self._company.office
        with office.database.reading() as session:
            for file in session.scalars(select(PostedFile)):
                if file.sealed_opening_password is not None:
                    password = handover.open_sealed(file, office.keyring)
                    self.opening.add(password.reveal())
                    self._open(file.slack_file_id, password)

    def _open(self, slack_file_id: str | None, password: Secret) -> None:
        file = self._company.slack.files.all.get(slack_file_id or "")
        if file is not None and file.content is not None:
            if file.name.endswith(".docx"):
                # Its passwords are those of the workbook beside it.
                return
            lines = reading.with_openpyxl(reading.decrypt(file.content, password))
            column = lines[0].index("Wachtwoord")
            self.initial |= {line[column] for line in lines[1:]}


def assert_is_bare(view: object) -> None:
    """A modal that no payload sends back: no elements, no word when it closes."""
    content = json.loads(view) if isinstance(view, str) else view
    assert isinstance(content, dict)
    assert {block["type"] for block in content["blocks"]} <= {
        "section",
        "header",
        "context",
    }
    assert not any("accessory" in block for block in content["blocks"])
    assert not content.get("notify_on_close")
    assert not content.get("submit")


def _text(call) -> str:
    return json.dumps([call.arguments, call.answer], ensure_ascii=False, default=str)
