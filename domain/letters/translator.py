"""The words of letters in one language: English stands in the code, Dutch in nl.po."""

from datetime import datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from domain.message_catalogs import read_translations

Language = Literal["nl", "en"]
TIME_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_REGIONS: Final[dict[Language, str]] = {"nl": "nl_NL", "en": "en_GB"}
_CLOCK_TIMES: Final[dict[Language, str]] = {"nl": "HH:mm 'uur'", "en": "HH:mm"}
_INSTANTS: Final[dict[Language, str]] = {
    "nl": "d MMMM 'om' HH:mm 'uur'",
    "en": "HH:mm 'on' d MMMM",
}
CATALOG: Final = Path(__file__).parent / "nl.po"


class Translator:
    """Words and times in one language."""

    def __init__(self, language: Language, catalog: NullTranslations) -> None:
        self.language = language
        self._catalog = catalog

    def __call__(self, message: str, /, **values: str) -> str:
        """The message with its values, as plain text."""
        return self._catalog.gettext(message).format(**values)

    def clock_time(self, at: datetime, *, seen_at: datetime) -> str:
        """What the clock in the Netherlands shows; with the day if it is another."""
        if _local(at).date() != _local(seen_at).date():
            return self.instant(at)
        return self._written(at, _CLOCK_TIMES[self.language])

    def instant(self, at: datetime) -> str:
        """Day and time, as the clock in the Netherlands shows them."""
        return self._written(at, _INSTANTS[self.language])

    def _written(self, at: datetime, form: str) -> str:
        return format_datetime(_local(at), form, locale=_REGIONS[self.language])


def _local(at: datetime) -> datetime:
    return at.astimezone(TIME_ZONE)


@cache
def translator(language: Language) -> Translator:
    """The words in this language."""
    if language == "en":
        return Translator(language, NullTranslations())
    return Translator(language, read_translations(CATALOG, language))
