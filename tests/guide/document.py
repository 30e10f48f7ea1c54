"""The guide as an HTML document: its text, and the words of the pages it speaks of."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.locale import Language, translator
from bot.locale.completeness import CATALOG
from portal.locale import translations
from portal.locale.completeness import CHECKED
from portal.static_files import FOLDER

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
PICTURES: Final = (
    "sign-in",
    "choose-password",
    "code",
    "second-step",
    "forgotten",
    "refused",
)
WORDING: Final = Path(__file__).parent / "wording"
_ENVIRONMENT: Final = Environment(
    autoescape=True,
    loader=FileSystemLoader(WORDING),
    undefined=StrictUndefined,
    trim_blocks=True,
)


class UnknownLabelError(LookupError):
    """The guide speaks of something that is not to be seen any more."""


def document(language: Language, pictures: Mapping[str, str]) -> str:
    """The guide in this language; `pictures` says where each picture is."""
    return _ENVIRONMENT.get_template(f"{language}.html").render(
        language=language,
        pictures=pictures,
        label=partial(label, language),
        slack_label=partial(slack_label, language),
        key=Markup((FOLDER / "key.svg").read_text(encoding="utf-8")),  # noqa: S704
        stylesheet=Markup((WORDING / "guide.css").read_text(encoding="utf-8")),  # noqa: S704
    )


def label(language: Language, message: str) -> Markup:
    """What a button, field or heading of the pages says.

    Raises UnknownLabelError when the pages no longer say so.
    """
    if message not in CHECKED.read():
        raise UnknownLabelError(message)
    return _bold(translations(language).gettext(message))


def slack_label(language: Language, message: str) -> Markup:
    """What a button in Slack says; raises UnknownLabelError."""
    if message not in CATALOG.read():
        raise UnknownLabelError(message)
    return _bold(translator(language)(message))


def _bold(text: str) -> Markup:
    return Markup("<b>{}</b>").format(text)
