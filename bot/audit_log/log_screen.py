"""The screen *Logboek*: what to look for, and what was found, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    ExternalDataSelectElement,
    InteractiveElement,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot import payload
from bot.audit_log import groups, sentences, words
from bot.audit_log.groups import ActGroup, acts_of
from bot.blocks import button, buttons, line, modal, paragraph, plain, small_print
from bot.locale import Translator
from bot.text import on_one_line
from domain.actor import AdministratorId, BranchId
from domain.audit_entries import AuditEntry
from domain.audit_log import LogFilter
from domain.errors import NotFoundError
from domain.record_cards.model import RecordCardId

CALLBACK_ID: Final = "audit_log.screen"
BRANCH: Final = "audit_log.branch"
PERSON: Final = "audit_log.person"
ADMINISTRATOR: Final = "audit_log.administrator"
GROUP: Final = "audit_log.group"
SINCE: Final = "audit_log.since"
UNTIL: Final = "audit_log.until"
CLEAR: Final = "audit_log.clear"
OLDER: Final = "audit_log.older"
NEWEST: Final = "audit_log.newest"
EXPORT: Final = "audit_log.export"
CHOICES: Final = (BRANCH, PERSON, ADMINISTRATOR, GROUP, SINCE, UNTIL)
PAGE: Final = 20
_WHO_BLOCK: Final = "who"
_WHAT_BLOCK: Final = "what"


@dataclass(frozen=True)
class Named:
    """A chosen record and what it is called."""

    id: int
    name: str


@dataclass(frozen=True)
class Looked:
    """What somebody looks for; `wish` counts how often it was cleared.

    Slack keeps what is chosen in a block as long as the block keeps its id.
    """

    branch: Named | None = None
    person: Named | None = None
    administrator: Named | None = None
    group: ActGroup | None = None
    since: date | None = None
    until: date | None = None
    wish: int = 0

    @property
    def meant(self) -> LogFilter:
        """The events that are meant."""
        return LogFilter(
            branch_id=BranchId(self.branch.id) if self.branch else None,
            record_card_id=RecordCardId(self.person.id) if self.person else None,
            acts=acts_of(self.group) if self.group else frozenset(),
            administrator_id=(
                AdministratorId(self.administrator.id) if self.administrator else None
            ),
            since=self.since,
            until=self.until,
        )


@dataclass(frozen=True)
class LogScreen:
    """What is looked for, and a page of what was found."""

    looked: Looked
    entries: Sequence[AuditEntry]
    has_older: bool
    is_newest: bool


def build(data: LogScreen, t: Translator) -> View:
    """The choices above, the events below them."""
    found = [block for entry in data.entries for block in _entry(entry, t)]
    nothing = [paragraph(t("Nothing was found. Choose less, or a longer period."))]
    return modal(
        t(words.SHEET),
        [*_choices(data.looked, t), line(), *(found or nothing), *_below(data, t)],
        close=t("Close"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(wish=data.looked.wish),
    )


def options(found: Sequence[Named]) -> list[Option]:
    """What a box offers."""
    return [_option(each) for each in found]


def wish_of(body: payload.Body) -> int:
    """How often the choices were cleared."""
    return payload.whole_number(payload.remembered(body).get("wish") or 0)


def chosen_id(body: payload.Body, action_id: str) -> int | None:
    """The record that is chosen in a box, or None."""
    option = payload.mapping(_state(body, action_id).get("selected_option"))
    value = option.get("value")
    return None if value is None else payload.whole_number(value)


def chosen_group(body: payload.Body) -> ActGroup | None:
    """The chosen group of acts. Raises NotFoundError for none of ours."""
    option = payload.mapping(_state(body, GROUP).get("selected_option"))
    value = option.get("value")
    if value is None:
        return None
    try:
        return ActGroup(str(value))
    except ValueError as error:
        raise NotFoundError(kind="group") from error


def chosen_day(body: payload.Body, action_id: str) -> date | None:
    """The chosen day. Raises NotFoundError for what is no day."""
    value = _state(body, action_id).get("selected_date")
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise NotFoundError(kind="day") from error


def before(body: payload.Body) -> int:
    """The event before which the next page begins."""
    return payload.whole_number(payload.action_value(body))


def _state(body: payload.Body, action_id: str) -> Any:
    for entry in payload.values(body).values():
        if action_id in entry:
            return payload.mapping(entry[action_id])
    return {}


def _choices(looked: Looked, t: Translator) -> list[Block]:
    who: list[InteractiveElement] = [
        _box(BRANCH, t("Branch"), looked.branch, least=0),
        _box(PERSON, t("Employee"), looked.person, least=2),
        _box(ADMINISTRATOR, t("Administrator"), looked.administrator, least=0),
    ]
    what: list[InteractiveElement] = [
        _groups(looked.group, t),
        _day(SINCE, t("From"), looked.since),
        _day(UNTIL, t("Up to and including"), looked.until),
        button(CLEAR, t("Clear filters")),
    ]
    return [
        buttons(who, f"{_WHO_BLOCK}_{looked.wish}"),
        buttons(what, f"{_WHAT_BLOCK}_{looked.wish}"),
    ]


def _box(
    action_id: str, words_: str, chosen: Named | None, *, least: int
) -> ExternalDataSelectElement:
    return ExternalDataSelectElement(
        action_id=action_id,
        placeholder=plain(words_),
        initial_option=_option(chosen) if chosen else None,
        min_query_length=least,
    )


def _option(named: Named) -> Option:
    return Option(value=str(named.id), text=plain(on_one_line(named.name, 70)))


def _groups(chosen: ActGroup | None, t: Translator) -> StaticSelectElement:
    offered = {
        group: Option(value=group.value, text=plain(t(text)))
        for group, text in groups.WORDS.items()
    }
    return StaticSelectElement(
        action_id=GROUP,
        placeholder=plain(t("What")),
        options=list(offered.values()),
        initial_option=offered[chosen] if chosen else None,
    )


def _day(action_id: str, words_: str, chosen: date | None) -> DatePickerElement:
    return DatePickerElement(
        action_id=action_id,
        placeholder=plain(words_),
        initial_date=chosen.isoformat() if chosen else None,
    )


def _entry(entry: AuditEntry, t: Translator) -> list[Block]:
    when = t.instant(entry.at)
    who = on_one_line(sentences.actor(entry, t), 40)
    where = t(words.SURFACES[entry.surface])
    return [
        small_print(f"{when} · {who} · {where}"),
        paragraph(sentences.what(entry, t)),
    ]


def _below(data: LogScreen, t: Translator) -> list[Block]:
    turns: list[InteractiveElement] = []
    if not data.is_newest:
        turns.append(button(NEWEST, t("Newest")))
    if data.has_older:
        turns.append(button(OLDER, t("Older"), value=str(data.entries[-1].event_id)))
    if data.entries:
        turns.append(button(EXPORT, t("Export"), label=t("Export these events")))
    return [buttons(turns, "pages")] if turns else []
