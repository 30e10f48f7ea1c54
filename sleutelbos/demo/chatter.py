"""What people wrote to each other in the past weeks, and the list that waits."""

from dataclasses import dataclass
from typing import Final

from sandbox.slack import Workspace
from sleutelbos.demo import cast
from sleutelbos.demo.cast import BRAM, HANNA, URSULA
from sleutelbos.demo.chronicle import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Calendar,
    Chronicle,
    at,
)
from sleutelbos.demo.staff import FIRST_BRANCH, NEW_BRANCH
from sleutelbos.wording import Language, Wording

STAFF_LIST: Final = Wording(
    nl="personeelslijst-utrecht.xlsx", en="staff-list-utrecht.xlsx"
)


_BEGINS: Final = Wording(
    nl="Goedemorgen. Vanaf deze maand kunt u uw personeelsdossier online bekijken. "
    "Amsterdam begint, daarna volgen Rotterdam en Utrecht. Hoe u inlogt, staat in de "
    "brief die u van uw vestiging krijgt.",
    en="Good morning. From this month on you can see your personnel file online. "
    "Amsterdam begins, Rotterdam and Utrecht follow. How to sign in is in the letter "
    "that you get from your branch.",
)
_PRINTED: Final = Wording(
    nl="De brieven voor Amsterdam zijn geprint. Ik deel ze vanavond uit.",
    en="The letters for Amsterdam are printed. I hand them out tonight.",
)
_GOES_TOMORROW: Final = Wording(
    nl="Dank je. Het bestand wordt morgen vanzelf uit dit kanaal verwijderd.",
    en="Thank you. The file goes from this channel by itself tomorrow.",
)
_MO_IS_IN: Final = Wording(
    nl="Ik ben ingelogd, het werkt. Mijn contract staat er ook in.",
    en="I am in, it works. My contract is there too.",
)
_JAN_IS_IN: Final = Wording(
    nl="In Rotterdam lukt het ook. Bedankt voor de uitleg.",
    en="It works in Rotterdam too. Thanks for the explanation.",
)
_MONTHLY: Final = Wording(
    nl="De lijst van deze maand is ingelezen. Ursula, er is één nieuw e-mailadres "
    "bij. Wil je daar een login voor aanmaken?",
    en="This month's list is in. Ursula, there is one new e-mail address. Will you "
    "create a login for it?",
)
_CREATED: Final = Wording(
    nl="Aangemaakt. Ik maak de login actief zodra ik haar gesproken heb.",
    en="Created. I will activate the login once I have spoken to her.",
)
_AWAY: Final = Wording(
    nl="De inlogpagina is vanavond van 22:00 tot 22:30 niet bereikbaar.",
    en="The sign-in page is away tonight from 22:00 until 22:30.",
)
_YOUR_TURN: Final = Wording(
    nl="Bram, Utrecht is nu aan de beurt. Zet je de personeelslijst hier neer?",
    en="Bram, Utrecht is next. Will you put the staff list here?",
)
_AMSTERDAM: Final = cast.ADMIN_CHANNEL_OF[FIRST_BRANCH]
_UTRECHT: Final = cast.ADMIN_CHANNEL_OF[NEW_BRANCH]
_LINES: Final = (
    (5, MONDAY, "10:05", cast.GENERAL, HANNA, _BEGINS),
    (5, TUESDAY, "11:40", _AMSTERDAM, URSULA, _PRINTED),
    (5, TUESDAY, "11:52", _AMSTERDAM, HANNA, _GOES_TOMORROW),
    (5, THURSDAY, "16:20", cast.GENERAL, "mo", _MO_IS_IN),
    (4, FRIDAY, "09:10", cast.GENERAL, "jan", _JAN_IS_IN),
    (3, MONDAY, "09:25", _AMSTERDAM, HANNA, _MONTHLY),
    (3, MONDAY, "09:43", _AMSTERDAM, URSULA, _CREATED),
    (1, WEDNESDAY, "08:15", cast.GENERAL, HANNA, _AWAY),
    (1, THURSDAY, "11:10", _UTRECHT, HANNA, _YOUR_TURN),
)
_LIST_IS_THERE: Final = Wording(
    nl="Hanna, hier is de personeelslijst van Utrecht. Alle vaste krachten en "
    "oproepkrachten staan erop.",
    en="Hanna, here is the staff list of Utrecht. Everybody on a permanent or an "
    "on-call contract is on it.",
)


@dataclass(frozen=True)
class Chatter:
    """Plans what is written; it is written when the chronicle is played."""

    chronicle: Chronicle
    calendar: Calendar
    slack: Workspace
    language: Language

    def plan(self, staff_list: bytes) -> None:
        """Every line, and at last the staff list of the new branch."""
        for weeks_ago, weekday, clock, channel, who, text in _LINES:
            moment = at(self.calendar.day(weeks_ago, weekday), clock)
            self.chronicle.plan(moment, self._write, who, channel, text)
        day = self.calendar.last_working_day()
        self.chronicle.plan(at(day, "16:25"), self._read_everything)
        self.chronicle.plan(at(day, "16:30"), self._share_list, staff_list)

    def _write(self, who: str, channel: Wording, text: Wording) -> None:
        words, place = text.say(self.language), channel.say(self.language)
        self.slack.person(who).writes(words, channel=place)

    def _read_everything(self) -> None:
        """Nobody is behind, so that what comes next stands out."""
        for person in self.slack.people.values():
            for channel in person.client.conversations():
                for message in person.client.messages(channel):
                    person.client.looks(message)

    def _share_list(self, staff_list: bytes) -> None:
        self.slack.share_file(
            BRAM,
            _UTRECHT.say(self.language),
            STAFF_LIST.say(self.language),
            staff_list,
            _LIST_IS_THERE.say(self.language),
        )
