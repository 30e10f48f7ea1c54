from datetime import UTC, datetime

import pytest

from domain.exports.columns import HEADINGS, workbook_name

NIGHT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


def test_the_headings_are_the_merge_fields_of_the_mail_merge():
    assert HEADINGS == (
        "Personeelsnummer",
        "Voornaam",
        "Tussenvoegsel",
        "Achternaam",
        "Naam",
        "Adres",
        "Postcode",
        "Plaats",
        "Vestiging",
        "Gebruikersnaam",
        "Wachtwoord",
        "Geldig_tot",
        "Inlogpagina",
    )


def test_a_row_says_everything_as_text_in_the_order_of_the_headings(row):
    assert dict(zip(HEADINGS, row().cells(), strict=True)) == {
        "Personeelsnummer": "00104",
        "Voornaam": "Hanna",
        "Tussenvoegsel": "van der",
        "Achternaam": "Meer",
        "Naam": "Hanna van der Meer",
        "Adres": "Oudegracht 12",
        "Postcode": "3511 AB",
        "Plaats": "Utrecht",
        "Vestiging": "Utrecht Centrum",
        "Gebruikersnaam": "hanna@example.nl",
        "Wachtwoord": "kq7m-3xwe-9hrd-p2ta",
        "Geldig_tot": "27-11-2026 10:30",
        "Inlogpagina": "https://inloggen.example.nl/",
    }


def test_what_a_card_does_not_say_is_an_empty_cell(row):
    bare = row(first_name=None, prefix=None, street=None, postal_code=None, city=None)
    assert bare.cells()[1:4] == ("", "", "Meer")
    assert bare.cells()[5:8] == ("", "", "")


def test_the_last_moment_is_told_in_dutch_summer_time_in_summer(row):
    summer = row(valid_until=datetime(2026, 7, 1, 9, 30, tzinfo=UTC))
    assert "01-07-2026 11:30" in summer.cells()


def test_a_printed_row_does_not_show_its_password(row):
    assert "kq7m" not in repr(row())


@pytest.mark.parametrize(
    ("branch", "part"),
    [
        ("Utrecht Centrum", "utrecht-centrum"),
        ("Café 't Hoekje", "cafe-t-hoekje"),
        ("../../etc/passwd", "etc-passwd"),
        ("Straße & Ærø", "strasse-r"),
        ("本店", "vestiging"),
        ("\u202egnisitseV=", "gnisitsev"),
        ("x" * 99 + " " + "y" * 50, "x" * 99),
    ],
)
def test_the_file_is_named_after_branch_and_dutch_date_in_plain_letters(branch, part):
    assert workbook_name(branch, NIGHT) == f"werknemerslogins-{part}-2026-11-21.xlsx"
