"""What the columns of the workbook are called and what a row says in each."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from domain.logins.model import LoginId
from domain.record_cards.employment import OFFICE_ZONE, office_day
from domain.secret import Secret

PASSWORD_HEADING: Final = "Wachtwoord"  # noqa: S105 (a heading)
# Word takes the headings as merge fields; the widths are in characters.
COLUMN_WIDTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "Personeelsnummer": 18,
        "Voornaam": 16,
        "Tussenvoegsel": 16,
        "Achternaam": 22,
        "Naam": 30,
        "Adres": 28,
        "Postcode": 11,
        "Plaats": 18,
        "Vestiging": 24,
        "Gebruikersnaam": 34,
        PASSWORD_HEADING: 23,
        "Geldig_tot": 18,
        "Inlogpagina": 34,
    }
)
HEADINGS: Final = tuple(COLUMN_WIDTHS)

_NAMELESS: Final = "vestiging"
_BRANCH_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One login as the workbook shows it; `login_id` is for reports, not for print."""

    login_id: LoginId
    number: str
    first_name: str | None
    prefix: str | None
    last_name: str
    full_name: str
    street: str | None
    postal_code: str | None
    city: str | None
    branch: str
    user_name: str
    password: Secret
    valid_until: datetime
    sign_in_page: str

    def cells(self) -> tuple[str, ...]:
        """The text of each column, in the order of HEADINGS; here the password is read.

        The instant is shown as a Dutch letter writes it, in Dutch time.
        """
        return (
            self.number,
            self.first_name or "",
            self.prefix or "",
            self.last_name,
            self.full_name,
            self.street or "",
            self.postal_code or "",
            self.city or "",
            self.branch,
            self.user_name,
            self.password.reveal(),
            f"{self.valid_until.astimezone(OFFICE_ZONE):%d-%m-%Y %H:%M}",
            self.sign_in_page,
        )


def workbook_name(branch_name: str, at: datetime) -> str:
    """`werknemerslogins-<branch>-<date>.xlsx`, in letters that any system can store."""
    return f"werknemerslogins-{_storable(branch_name)}-{office_day(at)}.xlsx"


def letters_name(branch_name: str, at: datetime) -> str:
    """`brieven-<branch>-<date>.docx`, likewise."""
    return f"brieven-{_storable(branch_name)}-{office_day(at)}.docx"


def _storable(branch_name: str) -> str:
    plain = unicodedata.normalize("NFKD", branch_name.casefold())
    kept = plain.encode("ascii", "ignore").decode()
    branch = re.sub(r"[^a-z0-9]+", "-", kept)[:_BRANCH_LENGTH].strip("-")
    return branch or _NAMELESS
