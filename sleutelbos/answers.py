"""What the command line says when something is done."""

from typing import Final

from sleutelbos.wording import Wording

UP_TO_DATE: Final = Wording(
    nl="De database is bijgewerkt.", en="The database is up to date."
)
APPOINTED: Final = Wording(
    nl="{user} is nu {type}{branches}.", en="{user} is a {type} now{branches}."
)
OF_BRANCHES: Final = Wording(nl="van {names}", en="of {names}")
EXPORTED: Final = Wording(
    nl="Geschreven naar {path}; aantal regels: {count}.",
    en="Written to {path}; number of events: {count}.",
)
SEALED: Final = Wording(
    nl="Verzegeld tot en met {day}; regels daarna, nog zonder zegel: {count}.",
    en="Sealed up to and including {day}; later events, without a seal yet: {count}.",
)
NOTHING_SEALED: Final = Wording(
    nl="Nog niets verzegeld ('serve' verzegelt 's nachts hele dagen); regels: {count}.",
    en="Nothing is sealed yet ('serve' seals whole days at night); events: {count}.",
)
HEAD: Final = Wording(nl="Laatste zegel: {head}", en="Newest seal: {head}")
INTACT: Final = Wording(
    nl="Het logboek is zoals het verzegeld werd.", en="The log is as it was sealed."
)
