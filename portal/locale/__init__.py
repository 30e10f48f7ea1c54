"""Wording in Dutch and English: English stands in the code, Dutch in nl.po."""

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal

from babel.support import NullTranslations
from flask import Flask
from flask_babel import (
    Babel,
    Domain,
    format_date,
    format_datetime,
    get_locale,
    ngettext,
)
from markupsafe import Markup

from domain.message_catalogs import read_translations

Language = Literal["nl", "en"]
LANGUAGES: Final[dict[Language, str]] = {"nl": "Nederlands", "en": "English"}
CATALOG: Final = Path(__file__).parent / "nl.po"
TIME_ZONE: Final = "Europe/Amsterdam"
_SOURCE_LANGUAGE: Final = "en"
_REGIONS: Final[dict[Language, str]] = {"nl": "nl_NL", "en": "en_GB"}
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE


def msgid(message: str) -> str:
    """Mark a message that is translated later, where it is shown."""
    return message


@cache
def translations(language: str) -> NullTranslations:
    """The catalog of this language."""
    if language == _SOURCE_LANGUAGE:
        return NullTranslations()
    return read_translations(CATALOG, language)


class _CatalogDomain(Domain):
    """Flask-Babel's translations, compiled from the catalog in the tree."""

    def get_translations(self) -> NullTranslations:
        return translations(get_locale().language)


class _Wording(Babel):
    domain_instance = _CatalogDomain()


def install(app: Flask, choose: Callable[[], Language]) -> None:
    """Let the app word each page in the language that `choose` gives."""
    _Wording().init_app(
        app,
        default_locale=_REGIONS["en"],
        default_timezone=TIME_ZONE,
        locale_selector=lambda: _REGIONS[choose()],
    )
    app.jinja_env.globals["_"] = _in_template


def _in_template(message: str, **values: object) -> Markup:
    language = get_locale().language
    if values:
        return _markup(language, message) % values
    return _whole_markup(language, message)


@cache
def _markup(language: str, message: str) -> Markup:
    return Markup(translations(language).ugettext(message))  # noqa: S704 (our words)


@cache
def _whole_markup(language: str, message: str) -> Markup:
    # Jinja takes every message for a format, so that "%%" is a percent sign.
    return _markup(language, message) % {}


def instant(at: datetime) -> str:
    """Day and time as the clock on the wall in the Netherlands shows them."""
    return str(format_datetime(at, "d MMMM yyyy HH:mm"))


def day(on: date) -> str:
    """A day, its month in words."""
    return str(format_date(on, "d MMMM yyyy"))


def rounded_up(duration: timedelta) -> timedelta:
    """Whole seconds, at least one; a wait must not end too early."""
    return timedelta(seconds=max(1, math.ceil(duration.total_seconds())))


def waiting_time(duration: timedelta) -> str:
    """How long to wait, in the largest unit that fits, rounded up."""
    seconds = int(rounded_up(duration).total_seconds())
    if seconds < _MINUTE:
        return str(ngettext("%(num)d second", "%(num)d seconds", seconds))
    if seconds < 2 * _HOUR:
        minutes = math.ceil(seconds / _MINUTE)
        return str(ngettext("%(num)d minute", "%(num)d minutes", minutes))
    hours = math.ceil(seconds / _HOUR)
    return str(ngettext("%(num)d hour", "%(num)d hours", hours))
