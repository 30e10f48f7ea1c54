"""Importing: choosing a file, its preview, and the result."""

from bot.branches.choosing import BranchChoice
from bot.importing import choosing_file, preview, result
from bot.importing.choosing_file import Choosing
from bot.importing.preview import PreviewScreen
from bot.importing.result import ImportResult
from domain.actor import BranchId
from domain.importing.headings import Column
from domain.importing.model import UploadId
from domain.importing.report import (
    ChangedAddress,
    ChangedRow,
    ListedRow,
    Problem,
    RefusedRow,
    Report,
    Warned,
)
from domain.importing.uploads import Imported, Preview
from domain.record_cards.fields import Reason

UPLOAD = UploadId("upload")
EMPTY = Report("Personeel", 1, (), (), (), (), (), (), (), ())


def asking(data):
    return lambda t, _: choosing_file.build(data, t)


def asking_again(t, text):
    problem = f"{text} is geen Excel-werkmap"
    return choosing_file.build(Choosing(is_bound=False, problem=problem, left=text), t)


def refused(row, text, *reasons):
    problems = [Problem(Column.LAST_NAME, text, reason) for reason in reasons]
    return RefusedRow(row, text[:40], tuple(problems))


def report(text, *, lines):
    """A report with this many lines of each kind."""
    number = text[:40]
    warned = Problem(Column.EMAIL, text, Reason.ADDRESS_UNUSABLE)
    reasons = list(Reason)
    return Report(
        sheet=text,
        heading_row=2,
        unknown_columns=(text, "BSN"),
        new=tuple(ListedRow(row, f"{row:05}") for row in range(2, 12_002)),
        changed=tuple(
            ChangedRow(row, number, (Column.CITY, Column.EMAIL)) for row in (3, 4)
        ),
        unchanged=(ListedRow(5, number),),
        refused=tuple(
            refused(row, text, reasons[row % len(reasons)]) for row in range(lines)
        ),
        warnings=tuple(Warned(row, number, warned) for row in range(lines)),
        address_changes=tuple(
            ChangedAddress(row, number, f"{text}@example.nl", f"nieuw{text}@example.nl")
            for row in range(lines)
        ),
        new_branches=tuple(f"{at}{text}" for at in range(lines)),
    )


def previewed(lines, **more):
    def build(t, text):
        found = Preview(report(text, lines=lines), "fingerprint")
        return preview.build(PreviewScreen(UPLOAD, text, found, **more), t)

    return build


def previewed_empty(**rows):
    def build(t, text):
        found = Preview(Report(**vars(EMPTY) | rows), "fingerprint")
        return preview.build(PreviewScreen(UPLOAD, text, found), t)

    return build


def imported(branch_count, **more):
    def build(t, text):
        choices = [BranchChoice(BranchId(at), text) for at in range(branch_count)]
        counts = {"changed": 2, "unchanged": 1, "address_changes": 1} | more
        done = Imported(
            new=12_000 * bool(branch_count),
            refused=counts.pop("refused", 0),
            warnings=counts.pop("warnings", 0),
            branch_count=branch_count,
            branch_ids=tuple(choice.branch_id for choice in choices),
            **counts,
        )
        data = ImportResult(UPLOAD, text, done, choices, choices[:2], is_left=True)
        return result.build(data, t)

    return build


SCREENS = {
    "import": asking(Choosing(is_bound=False)),
    "import-bound": asking(Choosing(is_bound=True)),
    "import-unreadable": asking_again,
    "import-preview": previewed(1, is_left=True),
    "import-preview-many": previewed(40),
    "import-preview-changed": previewed(2, problem="De stamkaarten zijn gewijzigd."),
    "import-preview-unchanged": previewed_empty(unchanged=(ListedRow(2, "00104"),)),
    "import-preview-nothing": previewed_empty(),
    "import-done": imported(1),
    "import-done-with-rest": imported(10, refused=3, warnings=1),
    "import-done-no-new": imported(0),
}
