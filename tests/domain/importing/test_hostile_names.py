import unicodedata
from itertools import product

from domain.importing.headings import Column
from domain.record_cards.fields import Reason
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, LAST_NAME, NUMBER

NAMES = [
    '=HYPERLINK("http://x.example";"klik")', "=cmd|' /C calc'!A0", "+31 Piet", "-1+1",
    "@SUM(A1)", "<!channel>", "<@U1> *vet* `code`", "&lt;b&gt;", "</t></is></c>",
    "<script>alert(1)</script>", "{{ wachtwoord }}", "${7*7}", "%s%n",
    "'; DROP TABLE--",
    "\\", "O'Neill–Ångström 🍕", "👩\u200d🍳👩🏽\u200d🚒", "علي بن محمد", "שלום",
    "山田太郎",
    "Jose\u0301", "Z\u0351\u036b\u0343a\u0363l\u0368go", "NULL", "None", "true", "1e5",
    "00104", "2026-11-20", "_x0041_", "C:\\", "../../etc/passwd", "X" * 100,
]  # fmt: skip


def test_hostile_names_are_stored_as_they_are(desk):
    people = [
        {NUMBER: f"n{at}", LAST_NAME: name, BRANCH: f"V {name}"[:100]}
        for at, name in enumerate(NAMES)
    ]
    # openpyxl would make a formula of a text that begins with =.
    rows = "".join(
        workbooks.text_row(row, *(_escaped(str(value)) for value in person.values()))
        for row, person in enumerate(people, 2)
    )
    headings = workbooks.text_row(1, NUMBER, LAST_NAME, BRANCH)
    file = workbooks.package(workbooks.sheet_xml(headings + rows))
    report = desk.imports(file)
    assert report.refused == ()
    for at, name in enumerate(NAMES):
        expected = unicodedata.normalize("NFC", name)
        assert desk.card(f"n{at}").last_name == expected
        assert desk.branch_of(f"n{at}") == f"V {expected}"[:100]


def _escaped(text):
    """As Excel writes it: `_x0041_` would be read as a letter."""
    text = text.replace("_x0041_", "_x005F_x0041_")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_what_is_too_long_for_its_field_is_refused_by_column(desk):
    limits = {
        NUMBER: (40, Column.NUMBER), "Voornaam": (100, Column.FIRST_NAME),
        "Tussenvoegsel": (100, Column.PREFIX), LAST_NAME: (100, Column.LAST_NAME),
        BRANCH: (100, Column.BRANCH), "Functie": (100, Column.JOB_TITLE),
        "Dienstverband": (100, Column.CONTRACT), "Telefoon": (100, Column.PHONE),
        "Adres": (200, Column.STREET), "Postcode": (20, Column.POSTAL_CODE),
        "Plaats": (100, Column.CITY),
    }  # fmt: skip
    people = []
    for (heading, (limit, _column)), more in product(limits.items(), (0, 1)):
        person = {NUMBER: f"{len(people)}", LAST_NAME: "Wit", BRANCH: "Utrecht"}
        filled = f"{len(people)}-".ljust(limit + more, "x")
        people.append(person | {heading: filled})
    report = desk.imports(workbooks.staff_list(*people))
    assert len(report.new) == len(limits)
    refused = [line.problems for line in report.refused]
    assert [(p.column, p.reason) for (p,) in refused] == [
        (column, Reason.TOO_LONG) for _limit, column in limits.values()
    ]
