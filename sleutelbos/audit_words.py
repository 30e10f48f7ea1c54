"""What `sleutelbos audit verify` says of a day that is not as it was sealed."""

from typing import Final

from domain.audit_seals import BreakKind
from sleutelbos.wording import Wording

BREAKS: Final = {
    BreakKind.CHANGED: Wording(
        nl="{day}: regel {event} is gewijzigd", en="{day}: event {event} was changed"
    ),
    BreakKind.REMOVED: Wording(
        nl="{day}: regel {event} is verwijderd", en="{day}: event {event} was removed"
    ),
    BreakKind.ADDED: Wording(
        nl="{day}: regel {event} is later toegevoegd",
        en="{day}: event {event} was added later",
    ),
    BreakKind.SEAL_CHANGED: Wording(
        nl="{day}: het zegel zelf, of dat ervoor, is gewijzigd of verwijderd",
        en="{day}: the seal itself, or the one before it, was changed or removed",
    ),
    BreakKind.FORGOTTEN_UNSAID: Wording(
        nl="{day}: de regels zijn weg, en niet door de bewaartermijn",
        en="{day}: the events are gone, and not because they were old",
    ),
    BreakKind.SEAL_NOT_OURS: Wording(
        nl="{day}: het laatste zegel is niet met onze geheime sleutel gemaakt",
        en="{day}: the newest seal was not made with our secret key",
    ),
}
