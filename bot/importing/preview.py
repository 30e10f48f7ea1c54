"""What an import would do: counts, what asks for attention, and *Importeren*."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import (
    button,
    facts,
    header,
    marked_paragraph,
    modal,
    paragraph,
    small_print,
)
from bot.given_files import leftover
from bot.given_files.leftover import Leftover
from bot.importing import remarks
from bot.importing.wording import COLUMNS
from bot.locale import Translator
from bot.text import escaped, on_one_line
from domain.errors import NotFoundError
from domain.importing.model import UploadId
from domain.importing.report import ChangedRow, Report
from domain.importing.uploads import Preview

CALLBACK_ID: Final = "importing.confirm"
SEND_LIST: Final = "importing.send_list"
_NAMES_SHOWN: Final = 10


@dataclass(frozen=True)
class PreviewScreen:
    """A preview of a kept file.

    `problem` says why it is shown once more; `is_left` that the uploaded file is
    for its owner to delete.
    """

    upload_id: UploadId
    file_name: str
    preview: Preview
    is_left: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Shown:
    """What is confirmed: a kept file, and the fingerprint of what was shown."""

    upload_id: UploadId
    fingerprint: str
    is_left: bool


def build(data: PreviewScreen, t: Translator) -> View:
    """The counts first, then what asks for attention, then what to know."""
    report = data.preview.report
    does_something = bool(report.new or report.changed)
    view = modal(
        t("Import"),
        [
            header(on_one_line(data.file_name, limit=100)),
            *_problem(data),
            paragraph(_what_happens(report, t)),
            _counts(report, t),
            *_names(report, t),
            *_attention(data, t),
            *_good_to_know(data, t),
        ],
        close=t("Cancel") if does_something else t("Close"),
        submit=t("Import") if does_something else None,
        callback_id=CALLBACK_ID,
        ids=_remembered(data),
    )
    # Closing is how somebody cancels; the rows are forgotten then.
    view.notify_on_close = True
    return view


def parse(body: payload.Body) -> Shown:
    """What the screen said. Raises NotFoundError for another view."""
    ids = payload.remembered(body)
    fingerprint = ids.get("shown")
    if not isinstance(fingerprint, str):
        raise NotFoundError(kind="view")
    return Shown(upload_of(body), fingerprint, bool(ids.get("left")))


def upload_of(body: payload.Body) -> UploadId:
    """Which kept file a preview or a result is about. Raises NotFoundError."""
    upload_id = payload.remembered(body).get("upload")
    if not isinstance(upload_id, str):
        raise NotFoundError(kind="view")
    return UploadId(upload_id)


def _remembered(data: PreviewScreen) -> str:
    return payload.to_remember(
        upload=data.upload_id,
        shown=data.preview.fingerprint,
        left=1 if data.is_left else None,
    )


def _problem(data: PreviewScreen) -> list[Block]:
    if not data.problem:
        return []
    return [marked_paragraph(f"*{escaped(data.problem)}*")]


def _what_happens(report: Report, t: Translator) -> str:
    if report.new or report.changed:
        return t("Nothing is saved yet. Press Import to take the good rows over.")
    if report.unchanged:
        return t(
            "There is nothing to import: the good rows say what the record cards say "
            "already."
        )
    return t("There is nothing to import: this list has no row that can be used.")


def _counts(report: Report, t: Translator) -> Block:
    return facts(
        [
            (t("New"), t.number(len(report.new))),
            (t("Changed"), t.number(len(report.changed))),
            (t("Unchanged"), t.number(len(report.unchanged))),
            (t("Refused"), t.number(len(report.refused))),
            (
                t("E-mail address left out"),
                t.number(len(report.warnings)),
            ),
            (t("Other user name"), t.number(len(report.address_changes))),
        ]
    )


def _names(report: Report, t: Translator) -> list[Block]:
    lines = []
    if report.new_branches:
        names = _listed(report.new_branches, t)
        lines.append(t("New branches: {names}", names=names))
    if report.changed:
        lines.append(t("What changes: {columns}", columns=_columns(report.changed, t)))
    if report.unknown_columns:
        names = _listed(report.unknown_columns, t)
        lines.append(t("Columns we do not know, left out: {names}", names=names))
    return [paragraph(line) for line in lines]


def _columns(changed: Iterable[ChangedRow], t: Translator) -> str:
    times = Counter(column for line in changed for column in line.columns)
    return ", ".join(
        f"{t(COLUMNS[column])} ({t.number(count)})"
        for column, count in times.most_common()
    )


def _listed(names: tuple[str, ...], t: Translator) -> str:
    shown = ", ".join(on_one_line(name) for name in names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    if more <= 0:
        return shown
    return t("{names} and {count} more", names=shown, count=more)


def _attention(data: PreviewScreen, t: Translator) -> list[Block]:
    groups = remarks.groups(data.preview.report.remarks, t)
    shown = [block for group in groups for block in remarks.blocks(group, t)]
    if all(group.fits for group in groups):
        return shown
    return [*shown, send_list(t)]


def send_list(t: Translator) -> Block:
    """The way to every line, when a screen shows only some."""
    return paragraph(
        t(
            "The rows that ask for attention, as an Excel file in a message that only "
            "you see:"
        ),
        accessory=button(SEND_LIST, t("Send me the list")),
    )


def _good_to_know(data: PreviewScreen, t: Translator) -> list[Block]:
    known = t(
        "Whoever is not in the list stays, and an empty cell erases nothing. This "
        "preview can be used for half an hour."
    )
    if not data.is_left:
        return [small_print(known)]
    return [
        small_print(known),
        small_print(leftover.sentence(Leftover(data.file_name), t)),
    ]
