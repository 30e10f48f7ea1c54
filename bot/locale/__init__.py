"""Wording in Dutch and English: English stands in the code, Dutch in nl.po."""

from datetime import date, datetime
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from bot.text import escaped

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
SOURCE_LANGUAGE: Final[Language] = "en"
TIME_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_REGIONS: Final[dict[Language, str]] = {"nl": "nl_NL", "en": "en_GB"}


def msgid(message: str) -> str:
    """Mark a message that is translated later, where it is shown."""
    return message


class Translator:
    """Words, numbers and dates in one language.

    Numbers among the values are written as that language writes them.
    """

    def __init__(self, language: Language, catalog: NullTranslations) -> None:
        self.language = language
        self._catalog = catalog
        self._region = _REGIONS[language]

    def __call__(self, message: str, /, **values: object) -> str:
        """The message with its values, for plain text."""
        return self._filled(self._catalog.gettext(message), values)

    def plural(
        self, singular: str, plural: str, count: int, /, **values: object
    ) -> str:
        """The form that fits `count`, which the message may name."""
        message = self._catalog.ngettext(singular, plural, count)
        return self._filled(message, {"count": count} | values)

    def marked(self, message: str, /, **values: object) -> str:
        """The message for mrkdwn: its own markup stays, that of its values dies."""
        safe = {
            name: escaped(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
        return self._filled(self._catalog.gettext(message), safe)

    def number(self, number: int) -> str:
        """A number with its thousands apart."""
        return format_decimal(number, locale=self._region)

    def instant(self, at: datetime) -> str:
        """Day and time as the clock on the wall in the Netherlands shows them."""
        local = at.astimezone(TIME_ZONE)
        return format_datetime(local, "d MMMM yyyy HH:mm", locale=self._region)

    def time(self, at: datetime) -> str:
        """The time alone, of a moment that is near: `10:45`."""
        return format_datetime(at.astimezone(TIME_ZONE), "HH:mm", locale=self._region)

    def day(self, on: date) -> str:
        """A day, its month in words."""
        return format_date(on, "d MMMM yyyy", locale=self._region)

    def _filled(self, message: str, values: dict[str, object]) -> str:
        written = {
            name: self.number(value) if type(value) is int else value
            for name, value in values.items()
        }
        return message.format(**written)


@cache
def translator(language: Language) -> Translator:
    """Wording in this language."""
    if language == SOURCE_LANGUAGE:
        return Translator(language, NullTranslations())
    compiled = BytesIO()
    with files(__name__).joinpath(f"{language}.po").open("rb") as catalog:
        write_mo(compiled, read_po(catalog, locale=language))
    compiled.seek(0)
    return Translator(language, Translations(compiled))
