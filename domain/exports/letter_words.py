"""What the built-in ready letters say, in Dutch and in English.

`{Naam}` and its like are merge fields, named as in the workbook; **two asterisks**
make bold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.exports.model import ReadyLetters


@dataclass(frozen=True)
class LetterWords:
    """One letter, from top to bottom; `language` is Word's name of it."""

    language: str
    file_name: str
    confidential: str
    subject: str
    greeting: str
    opening: str
    lines: tuple[tuple[str, str], ...]
    scan: str
    begin: str
    steps: tuple[str, ...]
    ask: str
    share: str
    end: str


_DUTCH: Final = LetterWords(
    language="nl-NL",
    file_name="Brief werknemerslogin.docx",
    confidential="Vertrouwelijk",
    subject="Uw werknemerslogin voor {Vestiging}",
    greeting="Beste {Naam},",
    opening=(
        "Met uw werknemerslogin kunt u inloggen op de inlogpagina. Hieronder staan uw "
        "gebruikersnaam en een eerste wachtwoord. Kies daarmee uw eigen wachtwoord."
    ),
    lines=(
        ("Inlogpagina", "Inlogpagina"),
        ("Gebruikersnaam", "Gebruikersnaam"),
        ("Eerste wachtwoord", "Wachtwoord"),
        ("Geldig tot", "Geldig_tot"),
    ),
    scan="Scan deze code met uw telefoon om de inlogpagina te openen.",
    begin="Zo begint u",
    steps=(
        "Open de inlogpagina: scan de code hierboven, of typ het adres in uw browser.",
        "Typ uw gebruikersnaam en het eerste wachtwoord. De streepjes mag u weglaten.",
        "Kies meteen daarna een eigen wachtwoord; het eerste werkt dan niet meer.",
    ),
    ask=(
        "**Lukt het niet, of is het na {Geldig_tot}?** Vraag uw leidinggevende of de "
        "afdeling personeelszaken om een nieuw wachtwoord."
    ),
    share=(
        "**Geef uw wachtwoord aan niemand**, ook niet aan een collega of uw "
        "leidinggevende. Niemand van ons vraagt u er ooit om. Vernietig deze brief "
        "zodra u een eigen wachtwoord hebt."
    ),
    end="Met vriendelijke groet,",
)
_ENGLISH: Final = LetterWords(
    language="en-GB",
    file_name="Letter employee login.docx",
    confidential="Confidential",
    subject="Your employee login for {Vestiging}",
    greeting="Dear {Naam},",
    opening=(
        "With your employee login you can sign in on the sign-in page. Below are your "
        "user name and an initial password. Use it to choose a password of your own."
    ),
    lines=(
        ("Sign-in page", "Inlogpagina"),
        ("User name", "Gebruikersnaam"),
        ("Initial password", "Wachtwoord"),
        ("Valid until", "Geldig_tot"),
    ),
    scan="Scan this code with your phone to open the sign-in page.",
    begin="How to begin",
    steps=(
        "Open the sign-in page: scan the code, or type the address into your browser.",
        "Type your user name and the initial password. You may leave out the hyphens.",
        "Right after that, choose a password of your own; the initial one ends then.",
    ),
    ask=(
        "**Does it not work, or is it after {Geldig_tot}?** Ask your manager or the HR "
        "department for a new password."
    ),
    share=(
        "**Give your password to nobody**, not even to a colleague or your manager. "
        "None of us will ever ask you for it. Destroy this letter once you have a "
        "password of your own."
    ),
    end="Kind regards,",
)
WORDS: Final[Mapping[ReadyLetters, LetterWords]] = MappingProxyType(
    {ReadyLetters.BUILT_IN_NL: _DUTCH, ReadyLetters.BUILT_IN_EN: _ENGLISH}
)
