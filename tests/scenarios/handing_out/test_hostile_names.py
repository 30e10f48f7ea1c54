"""Names like markup and formulas, on their way from card to workbook."""

import pytest

from domain.branches import Branch
from tests.scenarios.handing_out.people import (
    CHANNEL,
    asks_opening_password,
    opens_dry_run,
)

NAMES = (
    "<!channel> & <https://evil.example|klik>",
    '=HYPERLINK("https://evil.example";"klik")',
    "*vet* _schuin_ `code` ~weg~ :skull:",
    "\u202eNALP\u202c עברית العربية 👩‍👩‍👧‍👦",
    "{who} %(name)s",
    "x" * 100,
)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_shown_and_written_as_it_is(
    company, admin_channel, worker, canaries, name
):
    with company.office.database.transaction() as session:
        session.get_one(Branch, company.branch).name = name
    worker.starts()
    card = {"first_name": name, "last_name": name, "city": name, "number": "00104"}
    company.cards.add_login(card=card)
    company.cards.add_login(card=card | {"number": "00105"}, sign_in_count=1)
    hanna = company.hanna
    opens_dry_run(hanna)
    hanna.sees("Eén medewerker krijgt een nieuw eerste wachtwoord.")
    hanna.presses("Toon lijst")
    hanna.sees("· 00105")
    hanna.goes_back()
    hanna.submits()
    hanna.sees("De taak is gestart")
    hanna.closes()
    hanna.sees("Klaar: één medewerker", in_channel=CHANNEL)
    hanna.sees("voor een mailmerge in Word", in_channel=CHANNEL)
    password = asks_opening_password(hanna)
    (file,) = company.slack.files.all.values()
    (row,) = canaries.read_workbook(hanna, file.name, password)
    assert (row["Voornaam"], row["Achternaam"], row["Plaats"]) == (name, name, name)
    assert row["Vestiging"] == name
    assert all(
        entity not in call.arguments.get("text", "")
        for call in company.slack.calls()
        for entity in ("<!channel", "<https://")
    )
