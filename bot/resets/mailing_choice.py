"""What HR chooses in the dry run of a mailing, shown and read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    Option,
)

from bot import payload
from bot.blocks import button, buttons, paragraph, plain, small_print
from bot.locale import Translator
from bot.resets import whom
from bot.templates import choosing
from domain.errors import NotFoundError
from domain.letters.email_templates import TemplateLine
from domain.runs.planning import ResetChoice, ResetScope
from domain.runs.reminder_days import AFTER_DAYS

CHOOSE_TEMPLATE: Final = "resets.choose_template"
AGAIN_BLOCK: Final = "again"
TICK_AGAIN: Final = "resets.tick_again"
REMIND_BLOCK: Final = "remind"
TICK_REMIND: Final = "resets.tick_remind"
SHOW_EXAMPLE: Final = "resets.show_example"
_AGAIN: Final = "again"


@dataclass(frozen=True)
class MailChoice:
    """Whom the e-mails are for, which template, and after how many days reminders.

    `again` takes along who got an e-mail in the last day; `only_new` is the act
    that asks nothing about whom.
    """

    reset: ResetChoice
    only_new: bool = False
    again: bool = False
    template_id: int | None = None
    remind_after: frozenset[int] = frozenset()

    def remembered(self) -> dict[str, int | str | None]:
        """For `private_metadata`."""
        return {
            **whom.remembered(self.reset),
            "only_new": 1 if self.only_new else None,
            "again": 1 if self.again else None,
            "template": self.template_id,
            "remind": " ".join(map(str, sorted(self.remind_after))) or None,
        }


def first(*, only_new: bool) -> MailChoice:
    """What is chosen when a dry run opens."""
    scope = ResetScope.NEVER_SIGNED_IN if only_new else ResetScope.WHOLE_BRANCH
    return MailChoice(ResetChoice(scope), only_new=only_new)


def choice_of(ids: Mapping[str, Any]) -> MailChoice:
    """The choice that a view carries. Raises NotFoundError for what is none."""
    template = ids.get("template")
    return MailChoice(
        reset=whom.choice_of(ids),
        only_new=bool(ids.get("only_new")),
        again=bool(ids.get("again")),
        template_id=None if template is None else payload.whole_number(template),
        remind_after=_days(str(ids.get("remind") or "").split()),
    )


def chosen(body: payload.Body) -> MailChoice:
    """What is chosen now, or else what the screen was built with."""
    shown = choice_of(payload.remembered(body))
    again = whom.ticked_in(body, AGAIN_BLOCK, TICK_AGAIN)
    remind = whom.ticked_in(body, REMIND_BLOCK, TICK_REMIND)
    entries = payload.values(body).get(template_block(shown.template_id), {})
    select = entries.get(CHOOSE_TEMPLATE, {})
    template = payload.mapping(select.get("selected_option")).get("value")
    return replace(
        shown,
        reset=whom.chosen(body),
        again=shown.again if again is None else _AGAIN in again,
        template_id=(
            shown.template_id if template is None else payload.whole_number(template)
        ),
        remind_after=shown.remind_after if remind is None else _days(sorted(remind)),
    )


def _days(written: Sequence[str]) -> frozenset[int]:
    """Days after which reminders may be sent. Raises NotFoundError for others."""
    days = frozenset(map(payload.whole_number, written))
    if not days <= frozenset(AFTER_DAYS):
        raise NotFoundError(kind="view")
    return days


def again_tick(*, ticked: bool, t: Translator) -> Block:
    """Whether who got an e-mail in the last day gets another."""
    words = t("Also who got an e-mail in the last 24 hours")
    option = Option(value=_AGAIN, text=plain(words))
    boxes = CheckboxesElement(
        action_id=TICK_AGAIN,
        options=[option],
        initial_options=[option] if ticked else None,
    )
    return buttons([boxes], AGAIN_BLOCK)


def templates(
    offered: Sequence[TemplateLine], chosen: TemplateLine, t: Translator
) -> list[Block]:
    """Which template, and an example of what it makes."""
    select = choosing.select(CHOOSE_TEMPLATE, offered, chosen, t)
    example = button(SHOW_EXAMPLE, t("Preview"))
    return [
        paragraph(t("With which template?")),
        buttons([select, example], template_block(chosen.template_id)),
    ]


def template_block(template_id: int | None) -> str:
    """Another one for another template: Slack would keep one that was deleted."""
    return f"template_{template_id}"


def reminders(after: frozenset[int], t: Translator) -> list[Block]:
    """After how many days who has not signed in yet is written to again."""
    options = {
        days: Option(value=str(days), text=plain(t("After {days} days", days=days)))
        for days in AFTER_DAYS
    }
    ticked = [options[days] for days in AFTER_DAYS if days in after]
    boxes = CheckboxesElement(
        action_id=TICK_REMIND,
        options=list(options.values()),
        initial_options=ticked or None,
    )
    return [
        paragraph(t("Send a reminder to who has not signed in by then?")),
        buttons([boxes], REMIND_BLOCK),
        small_print(
            t(
                "A reminder is a new e-mail with the same template; what the e-mail "
                "before it gave stops working. Whoever signed in gets none, and "
                "neither does who was handed a password otherwise that still works."
            )
        ),
    ]
