"""What was entered in *Vestiging instellingen*, beside what was shown before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot import payload
from bot.failures import EntriesRefusedError
from bot.locale import Translator
from domain.actor import BranchId
from domain.branch_settings import NAMES, Settings

# The id of an entry is the name of its setting.
FACTOR: Final = "second_factor_required"
ATTEMPTS: Final = "wrong_attempts_allowed"
DAYS: Final = "initial_password_days"
CHANNEL: Final = "admin_channel_id"
SECOND: Final = "second_administrator_above"
DIGEST: Final = "weekly_digest"
_LONGEST_NUMBER: Final = 9


@dataclass(frozen=True)
class Entered:
    """What a form says: `shown` before, and `changes` of it.

    `told_met` says that it was on the screen whom the second factor meets.
    """

    branch_id: BranchId
    shown: Settings
    changes: Settings
    offers_channel: bool
    told_met: bool

    @property
    def turns_factor_on(self) -> bool:
        """Whether the second factor was not required and is to be."""
        return bool(self.changes.get(FACTOR))


def parse(body: payload.Body, t: Translator) -> Entered:
    """What was submitted. Raises NotFoundError, EntriesRefusedError for no numbers."""

    def refuse(setting: str) -> int:
        raise EntriesRefusedError({setting: t("Type a whole number.")})

    return _parse(body, refuse)


def parse_choices(body: payload.Body) -> Entered:
    """What was chosen so far; numbers that are still being typed are left out.

    Raises NotFoundError.
    """
    return _parse(body, lambda setting: _shown(body)[setting])


def _parse(body: payload.Body, otherwise: Callable[[str], int | None]) -> Entered:
    ids, shown = payload.remembered(body), _shown(body)
    offers_channel = not ids.get("hidden")
    entered = _read(payload.values(body), otherwise)
    if not offers_channel and entered[CHANNEL] is None:
        entered[CHANNEL] = shown[CHANNEL]
    changes: Any = {
        name: entered[name] for name in NAMES if entered[name] != shown[name]
    }
    before: Any = shown
    return Entered(
        branch_id=BranchId(payload.whole_number(ids.get("branch"))),
        shown=before,
        changes=changes,
        offers_channel=offers_channel,
        told_met=bool(ids.get("met")),
    )


def _shown(body: payload.Body) -> dict[str, Any]:
    channel_id = payload.remembered(body).get("channel")
    settings = _read(_shown_entries(body), lambda _: None)
    return settings | {CHANNEL: str(channel_id) if channel_id else None}


def _shown_entries(body: payload.Body) -> dict[str, dict[str, Any]]:
    """The entries as the form was built: what Slack sends back with every view."""
    shown: dict[str, dict[str, Any]] = {}
    for block in payload.view(body).get("blocks", []):
        element = payload.mapping(block.get("element"))
        if element:
            start = {
                "value": element.get("initial_value"),
                "selected_options": element.get("initial_options"),
                "selected_conversation": element.get("initial_conversation"),
            }
            shown[str(block.get("block_id"))] = {"entered": start}
    return shown


def _read(
    values: Mapping[str, Mapping[str, Any]], otherwise: Callable[[str], int | None]
) -> dict[str, Any]:
    entries = {
        name: payload.mapping(
            next(iter(payload.mapping(values.get(name)).values()), None)
        )
        for name in NAMES
    }
    return {
        "name": str(entries["name"].get("value") or ""),
        CHANNEL: entries[CHANNEL].get("selected_conversation"),
        **{
            name: bool(entries[name].get("selected_options"))
            for name in (FACTOR, DIGEST)
        },
        **{
            name: _number_in(name, entries[name].get("value"), otherwise)
            for name in (ATTEMPTS, DAYS, SECOND)
        },
    }


def _number_in(
    setting: str, typed: object, otherwise: Callable[[str], int | None]
) -> int | None:
    text = str(typed or "").strip()
    if not text and setting == SECOND:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_NUMBER:
        return otherwise(setting)
    return int(text)
