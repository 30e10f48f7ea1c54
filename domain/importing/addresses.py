"""Which logins may take the addresses that a list gives them; pure."""

from collections import Counter
from collections.abc import Mapping

from domain.record_cards.fields import Reason
from domain.record_cards.model import RecordCardId


def find_conflicts(
    wanted: Mapping[RecordCardId, str], holders: Mapping[str, RecordCardId]
) -> dict[RecordCardId, Reason]:
    """The cards that can't have the address they want, and why.

    `wanted` is the new address of each card with a login, `holders` says whose
    user name an address is now. An address that its holder leaves in the same
    list is free, so two people may swap; who waits for somebody that stays,
    stays too.
    """
    times = Counter(wanted.values())
    conflicts = {
        card: Reason.ADDRESS_SHARED for card, key in wanted.items() if times[key] > 1
    }
    waiting: dict[RecordCardId, list[RecordCardId]] = {}
    for card, key in wanted.items():
        holder = holders.get(key, card)
        if holder != card:
            waiting.setdefault(holder, []).append(card)
    staying = [card for card in waiting if card not in wanted or card in conflicts]
    while staying:
        for card in waiting.get(staying.pop(), ()):
            if card not in conflicts:
                conflicts[card] = Reason.ADDRESS_IN_USE
                staying.append(card)
    return conflicts
