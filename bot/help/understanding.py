"""Whether a message asks for help with signing in, in Dutch or English, typos and all.

Pure. Who is not understood gets a line that says what the bot can do, with a button:
a doubt costs one press. Left alone is what is about something else, or is over.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from enum import Enum, auto
from typing import Final

from bot.locale import Language


class _Idea(Enum):
    """What a word is about."""

    PASSWORD = auto()
    RESET = auto()
    SIGNING_IN = auto()
    LOCKED = auto()
    FORGOTTEN = auto()
    TROUBLE = auto()
    NOT = auto()
    WISH = auto()
    SOLVED = auto()
    THANKS = auto()
    IN_ADVANCE = auto()
    ELSEWHERE = auto()
    DEVICE = auto()
    MYSELF = auto()
    FILLING = auto()


_WORDS: Final = {
    _Idea.PASSWORD: "wachtwoord wachtwoorden wachtwoordje paswoord passwoord ww "
    "password passwords passwort passcode passphrase pw pwd wachtwoordreset",
    _Idea.RESET: "reset resetten gereset resetting resetlink",
    _Idea.SIGNING_IN: "inloggen inlog inlogt ingelogd inloggegevens inlogcode "
    "inlogscherm inlogpagina aanmelden aanloggen login logins logon logging signin "
    "account accounts gebruikersnaam username credentials toegang access portaal "
    "portal link linkje",
    _Idea.LOCKED: "geblokkeerd blokkade gelocked locked lockout blocked vergrendeld "
    "buitengesloten uitgesloten deactivated gedeactiveerd disabled unlock unblock "
    "deblokkeren deblokkeer reactivate",
    _Idea.FORGOTTEN: "vergeten vergat forgot forgotten kwijt kwijtgeraakt lost",
    _Idea.TROUBLE: "probleem problemen problem problems trouble issue fout fouten "
    "foutmelding error mislukt failed fails failing onjuist verkeerd verkeerde wrong "
    "incorrect invalid ongeldig verlopen expired kapot broken refused geweigerd stuck",
    _Idea.NOT: "niet nie geen nooit nergens not cannot cant dont doesnt didnt wont "
    "isnt couldnt no never unable",
    _Idea.WISH: "graag aub alsjeblieft alstublieft svp please pls plz need nodig wil "
    "want aanvragen request change wijzigen veranderen nieuw nieuwe new another ander "
    "hulp help helpen herstel herstellen recover recovery activeren",
    _Idea.SOLVED: "gelukt opgelost solved fixed worked werkt works working lukt lukte "
    "gevonden found know weet remember remembered",
    _Idea.THANKS: "dank bedankt dankje dankjewel dankuwel thanks thank thx merci",
    _Idea.IN_ADVANCE: "alvast advance",
    _Idea.ELSEWHERE: "wifi wlan router modem printer printen kassa pinapparaat kluis "
    "safe deur door gebouw building alarm netflix facebook instagram whatsapp gmail "
    "lunch rooster schedule bank pinpas fiets bike",
    _Idea.DEVICE: "telefoon phone iphone laptop computer pc tablet",
    _Idea.MYSELF: "ik i im ive me my mijn mn wij we",
    _Idea.FILLING: "ben het hem m t it oeps oops hoi hallo hi hey sorry have heb is am "
    "weer again alles nog the de",
}
_IDEA_OF: Final = {
    word: idea for idea, words in _WORDS.items() for word in words.split()
}
# Ordinary words that are near one of ours, and are not meant by it.
_OTHER_WORDS: Final = (
    "preset resten besloten gesloten opgesloten clocked knocked stocked rocked"
)
_NEAR: Final = 0.84
_COMPARED_FROM: Final = 5
_COMPARED: Final = [word for word in _IDEA_OF if len(word) >= _COMPARED_FROM]
_LONGEST: Final = 20
_CHARACTERS_READ: Final = 1000
_WORDS_READ: Final = 60
_SIGNING_IN: Final = re.compile(
    r"\b(?:log|logt|logde|logged|logging|sign|signed|signing|meld)"
    r"(?: \w+){0,4}? (?:in|aan|on)\b"
    r"|\b(?:kom|komt|kan|get|geraak|raak)(?: \w+){0,3}? (?:in|binnen)"
    r"(?: (?:meer|anymore|again|weer|now|nu|help))*$"
)
_NEVER_MIND: Final = re.compile(
    r"\b(?:laat maar|never ?mind|nvm|forget it|vergeet het|hoeft niet|niet meer nodig"
    r"|no longer need(?:ed)?)\b"
)
_IN_GENERAL: Final = re.compile(
    r"\b(?:hoe lang|hoeveel tekens|how long|how many|eisen|rules|requirements)\b"
)
_MARKUP: Final = re.compile(r"<[^<>]*>|:[a-z0-9_+-]+:")
_APOSTROPHES: Final = re.compile(r"['’‘`´]")
_BETWEEN_WORDS: Final = re.compile(r"[^a-z0-9]+")
_TROUBLES: Final = {_Idea.NOT, _Idea.TROUBLE, _Idea.FORGOTTEN, _Idea.LOCKED}
_WANTS: Final = {_Idea.WISH, _Idea.RESET}
_ONLY_FORGOTTEN: Final = {_Idea.FORGOTTEN, _Idea.MYSELF, _Idea.FILLING}


# Words of one of the two languages alone, of those that people write to the app.
_WORDS_OF: Final[dict[Language, str]] = {
    "nl": "wachtwoord wachtwoorden paswoord vergeten vergat kwijt ik mijn mn mij wij u "
    "uw je de het een en van voor met niet nie geen nooit kan kunt weet wil graag aub "
    "alsjeblieft alstublieft svp inloggen inlogt ingelogd aanmelden geblokkeerd nieuw "
    "nieuwe hulp helpen hallo hoi goedemorgen goedemiddag dank bedankt dankje meer nog "
    "werkt lukt doet fout verkeerd verkeerde maar ook hoe waarom moet nodig",
    "en": "password passwords passcode forgot forgotten lost locked blocked i im ive "
    "my you your the a an and for with to not cannot cant dont doesnt didnt wont isnt "
    "couldnt unable never no can could do does know remember want need please pls "
    "thanks thank hello morning afternoon new another wrong expired unlock anymore "
    "again works working how why what it",
}
_OF_LANGUAGE: Final = {
    language: frozenset(words.split()) for language, words in _WORDS_OF.items()
}


def language_of(message: str) -> Language | None:
    """In which of our languages this is, by its words; None when they do not tell."""
    words = set(_words(message))
    counts = {each: len(words & known) for each, known in _OF_LANGUAGE.items()}
    if counts["nl"] == counts["en"]:
        return None
    return "nl" if counts["nl"] > counts["en"] else "en"


def asks_for_help(message: str) -> bool:
    """Whether this direct message asks for a new password or for a way in.

    `message` is as Slack sends it; its markup, entities and emoji are left out.
    """
    words = _words(message)
    text = " ".join(words)
    ideas = [_idea(word) for word in words]
    if _NEVER_MIND.search(text) or _IN_GENERAL.search(text):
        return False
    if _Idea.ELSEWHERE in ideas or _is_over(ideas, message):
        return False
    return _wants_help(ideas, signing_in=bool(_SIGNING_IN.search(text)))


def _wants_help(ideas: Sequence[_Idea | None], *, signing_in: bool) -> bool:
    found = set(ideas)
    if _Idea.PASSWORD in found:
        return True
    if signing_in or _Idea.SIGNING_IN in found:
        return bool(found & (_TROUBLES | _WANTS)) or len(ideas) <= 2
    if _Idea.LOCKED in found:
        return _Idea.MYSELF in found or len(ideas) <= 2
    if _Idea.RESET in found:
        return _Idea.DEVICE not in found
    return _Idea.FORGOTTEN in found and found <= _ONLY_FORGOTTEN


def _is_over(ideas: Sequence[_Idea | None], message: str) -> bool:
    """Whether somebody tells that it works, or thanks for what is done."""
    found = set(ideas)
    if found & _TROUBLES or "?" in message or _Idea.IN_ADVANCE in found:
        return False
    if _Idea.SOLVED in found or _Idea.THANKS in ideas[:2]:
        return True
    return _Idea.THANKS in found and not found & _WANTS


def _words(message: str) -> list[str]:
    text = html.unescape(_MARKUP.sub(" ", message[:_CHARACTERS_READ].casefold()))
    apart = unicodedata.normalize("NFKD", text)
    letters = "".join(each for each in apart if not unicodedata.combining(each))
    plain = _APOSTROPHES.sub("", letters)
    return _BETWEEN_WORDS.sub(" ", plain).split()[:_WORDS_READ]


def _idea(word: str) -> _Idea | None:
    known = _IDEA_OF.get(word)
    if known or word in _OTHER_WORDS.split():
        return known
    if not _COMPARED_FROM <= len(word) <= _LONGEST:
        return None
    near = get_close_matches(word, _COMPARED, n=1, cutoff=_NEAR)
    return _IDEA_OF[near[0]] if near else None
