"""The versions of a template: *Geschiedenis*."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import payload
from bot.blocks import button, buttons, modal, paragraph
from bot.locale import Translator
from bot.templates import wording
from bot.text import on_one_line
from domain.letters.model import EmailTemplateId

CALLBACK_ID: Final = "templates.history"
SHOW_VERSION: Final = "templates.show_version"
OLDER: Final = "templates.older_versions"
NEWEST: Final = "templates.newest_versions"
PAGE: Final = 15


@dataclass(frozen=True)
class Version:
    """A version; `by` is its maker's name in Slack, "" when it is not known.

    `fields` are those that are other than before.
    """

    number: int
    made_at: datetime
    by: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """A page of versions, the newest first."""

    template_id: EmailTemplateId
    name: str
    versions: Sequence[Version]
    is_newest: bool
    has_older: bool


def build(data: History, t: Translator) -> View:
    """Who changed what and when, a page at a time."""
    return modal(
        t("History"),
        [
            paragraph(on_one_line(data.name, 100)),
            *[_version(version, t) for version in data.versions],
            *_paging(data, t),
        ],
        close=t("Back"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(template=data.template_id),
    )


def template_of(body: payload.Body) -> EmailTemplateId:
    """The template whose versions a view shows. Raises NotFoundError."""
    return EmailTemplateId(
        payload.whole_number(payload.remembered(body).get("template"))
    )


def number_of(body: payload.Body) -> int | None:
    """The version that a button names, None when it names none."""
    value = payload.action_value(body)
    return payload.whole_number(value) if value else None


def _version(version: Version, t: Translator) -> Block:
    number = t("Version {number}", number=version.number)
    who = on_one_line(version.by) if version.by else t("An administrator")
    when = t.instant(version.made_at)
    what = t("Changed: {fields}", fields=wording.fields(version.fields, t))
    if version.number == 1:
        what = t("Made")
    return paragraph(
        f"{number} · {when} · {who}\n{what}",
        accessory=button(
            SHOW_VERSION, t("Read"), value=str(version.number), label=number
        ),
    )


def _paging(data: History, t: Translator) -> list[Block]:
    turns = []
    if not data.is_newest:
        turns.append(button(NEWEST, t("Newest")))
    if data.has_older:
        turns.append(button(OLDER, t("Older"), value=str(data.versions[-1].number)))
    return [buttons(turns, "pages")] if turns else []
