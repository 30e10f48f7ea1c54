"""The select with which one chooses an e-mail template to send."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.models.blocks import Option, StaticSelectElement

from bot.blocks import plain
from bot.locale import Translator
from bot.text import on_one_line
from domain.letters.email_templates import TemplateLine

# Slack's limit for the options of a select.
_OFFERED: Final = 100


def select(
    action_id: str,
    offered: Sequence[TemplateLine],
    chosen: TemplateLine,
    t: Translator,
) -> StaticSelectElement:
    """What may be sent, as many as Slack shows, with the chosen one among them."""
    shown = list(offered[:_OFFERED])
    if chosen not in shown:
        shown[-1] = chosen
    options = {
        line.template_id: Option(
            value=str(line.template_id), text=plain(on_one_line(line.name, limit=75))
        )
        for line in shown
    }
    return StaticSelectElement(
        action_id=action_id,
        placeholder=plain(t("Choose a template")),
        options=list(options.values()),
        initial_option=options[chosen.template_id],
    )
