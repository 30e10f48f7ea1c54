"""Sentences that the command line says, in Dutch and in English."""

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Wording:
    """One sentence in both languages, with named places for values."""

    nl: str
    en: str

    def say(self, language: Language, **fields: object) -> str:
        """The sentence in this language, on one line whatever the values hold."""
        sentence = self.en if language == "en" else self.nl
        return " ".join(sentence.format(**fields).split())


class CommandError(Exception):
    """The command can't go on; its one line tells the operator what to do."""

    def __init__(self, wording: Wording, **fields: object) -> None:
        super().__init__(wording.say("en", **fields))
        self.wording = wording
        self.fields = fields

    def say(self, language: Language) -> str:
        """The line for standard error."""
        return self.wording.say(language, **self.fields)
