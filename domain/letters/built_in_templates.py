"""The two templates that are there from the start, in Dutch and English."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from domain.letters.model import Attached, BuiltIn
from domain.letters.template_wording import Wording
from domain.letters.translator import Language

_NAMES: Final[Mapping[BuiltIn, Mapping[Language, str]]] = {
    BuiltIn.LINK: {
        "nl": "Uitnodiging met een link",
        "en": "Invitation with a link",
    },
    BuiltIn.PASSWORD: {
        "nl": "Uitnodiging met een wachtwoord",
        "en": "Invitation with a password",
    },
}
_BODIES: Final = Path(__file__).parent / "built_in"
_SUBJECTS: Final[Mapping[Language, str]] = {
    "nl": "Uw werknemerslogin bij {{ vestiging }}",
    "en": "Your employee login at {{ branch }}",
}


@cache
def wording_of(built_in: BuiltIn, language: Language) -> Wording:
    """What a built-in template says; its name in this language."""
    return Wording(
        name=_NAMES[built_in][language],
        subject_nl=_SUBJECTS["nl"],
        body_nl=_body(built_in, "nl"),
        subject_en=_SUBJECTS["en"],
        body_en=_body(built_in, "en"),
        attached=Attached.GUIDE,
    )


def names() -> frozenset[str]:
    """The names of the built-in templates in all languages."""
    return frozenset(name for each in _NAMES.values() for name in each.values())


def _body(built_in: BuiltIn, language: Language) -> str:
    path = _BODIES / f"{built_in.value}.{language}.txt"
    return path.read_text(encoding="utf-8").rstrip()
