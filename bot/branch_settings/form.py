"""The form of *Vestiging instellingen*, shown and read back."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
)
from slack_sdk.models.views import View

from bot import mentions, payload
from bot.blocks import header, marked_paragraph, modal, paragraph, plain
from bot.branch_settings import channel_words, labels
from bot.branch_settings.entered import (
    ATTEMPTS,
    CHANNEL,
    DAYS,
    DIGEST,
    FACTOR,
    SECOND,
)
from bot.locale import Translator
from bot.text import on_one_line
from domain.actor import BranchId
from domain.branch_settings import NAMES, Settings
from domain.branches import NAME_LENGTH
from domain.exports.channel import ChannelProblem
from domain.logins.second_factors import Met

CALLBACK_ID: Final = "branch_settings.save"
# What is in an entry is told at once where the form has something to say to it.
TICK_SECOND_FACTOR: Final = "branch_settings.tick_second_factor"
CHOOSE_CHANNEL: Final = "branch_settings.choose_channel"
_ENTERED: Final = "branch_settings.entered"
_TICKED: Final = "yes"


@dataclass(frozen=True)
class ChannelNews:
    """What the chosen channel is like; None where nothing is wrong with it."""

    problem: ChannelProblem | None


@dataclass(frozen=True)
class SettingsForm:
    """The settings as they are, and what is to be said of what was entered since.

    `offers_channel` is False for a channel of which this person can't be shown the
    name. `met` is whom the second factor meets that was just turned on; `changed`
    is what somebody else set meanwhile.
    """

    branch_id: BranchId
    settings: Settings
    has_default_channel: bool
    offers_channel: bool = True
    met: Met | None = None
    channel: ChannelNews | None = None
    changed: frozenset[str] = frozenset()


def build(data: SettingsForm, t: Translator) -> View:
    """All settings of one branch in one form."""
    settings = data.settings
    return modal(
        t("Branch settings"),
        [
            header(on_one_line(settings["name"], limit=100)),
            *_changed_meanwhile(data, t),
            _name(settings["name"], t),
            _tick(FACTOR, settings[FACTOR], t, action_id=TICK_SECOND_FACTOR),
            *_met(data.met, t),
            _number(ATTEMPTS, settings[ATTEMPTS], t, hint=_attempts_hint(t)),
            _number(DAYS, settings[DAYS], t, hint=t("From 1 to 30 days.")),
            _channel(data, t),
            *_channel_news(data, t),
            _number(
                SECOND,
                settings[SECOND],
                t,
                hint=t(
                    "A reset of more people waits for the consent of another "
                    "administrator. 0: always. Empty: never."
                ),
                optional=True,
            ),
            _tick(DIGEST, settings[DIGEST], t),
        ],
        submit=t("Save"),
        close=t("Cancel"),
        callback_id=CALLBACK_ID,
        ids=payload.to_remember(
            branch=data.branch_id,
            channel=settings[CHANNEL],
            hidden=None if data.offers_channel else 1,
            met=1 if data.met else None,
        ),
    )


def _changed_meanwhile(data: SettingsForm, t: Translator) -> list[Block]:
    if not data.changed:
        return []
    named = ", ".join(
        labels.with_value(name, data.settings, t)
        for name in NAMES
        if name in data.changed
    )
    text = t(
        "Somebody else changed this meanwhile: {named}. Look once more and save again.",
        named=named,
    )
    return [paragraph(text)]


def _name(name: str, t: Translator) -> Block:
    field = PlainTextInputElement(
        action_id=_ENTERED, initial_value=name, max_length=NAME_LENGTH
    )
    hint = t(
        "An import knows a branch by its name: write it in your staff list as it "
        "stands here."
    )
    return _entry("name", field, t, hint=hint)


def _tick(
    setting: str, ticked: bool, t: Translator, *, action_id: str = _ENTERED
) -> Block:
    option = Option(value=_TICKED, text=plain(labels.sentence(setting, t)))
    boxes = CheckboxesElement(
        action_id=action_id,
        options=[option],
        initial_options=[option] if ticked else None,
    )
    is_told = action_id != _ENTERED
    return _entry(setting, boxes, t, optional=True, is_told=is_told)


def _met(met: Met | None, t: Translator) -> list[Block]:
    if met is None:
        return []
    newly = t.plural(
        "*Once you save, one employee is asked for a code at the next sign-in*, by "
        "e-mail or from an app.",
        "*Once you save, {count} employees are asked for a code at their next "
        "sign-in*, by e-mail or from an app.",
        met.newly,
    )
    if not met.already:
        return [marked_paragraph(newly)]
    already = t.plural(
        "One does that by own choice already.",
        "{count} do that by own choice already.",
        met.already,
    )
    return [marked_paragraph(f"{newly} {already}")]


def _number(
    setting: str,
    number: int | None,
    t: Translator,
    *,
    hint: str,
    optional: bool = False,
) -> Block:
    field = NumberInputElement(
        action_id=_ENTERED,
        is_decimal_allowed=False,
        initial_value=None if number is None else str(number),
    )
    return _entry(setting, field, t, hint=hint, optional=optional)


def _attempts_hint(t: Translator) -> str:
    return t("From 3 to 20. The attempt with this number locks the login.")


def _channel(data: SettingsForm, t: Translator) -> Block:
    select = ConversationSelectElement(
        action_id=CHOOSE_CHANNEL,
        placeholder=plain(t("Choose a private channel")),
        initial_conversation=data.settings[CHANNEL] if data.offers_channel else None,
        filter=ConversationFilter(
            include=["private"], exclude_external_shared_channels=True
        ),
    )
    hint = (
        t("Exports, alerts and progress go there. Empty: the company's channel.")
        if data.has_default_channel
        else t(
            "Exports, alerts and progress go there. Empty: nothing can be exported, "
            "and managers get alerts as direct messages."
        )
    )
    return _entry(CHANNEL, select, t, hint=hint, optional=True, is_told=True)


def _channel_news(data: SettingsForm, t: Translator) -> list[Block]:
    channel_id = data.settings[CHANNEL]
    if data.channel is not None:
        return [paragraph(channel_words.found(data.channel.problem, t))]
    if data.offers_channel or channel_id is None:
        return []
    hidden = t.marked(
        "It is {channel} now, where you or Sleutelbos are not. Without a choice it "
        "stays so.",
        channel=_named(channel_id),
    )
    return [marked_paragraph(hidden)]


def _named(channel_id: str) -> object:
    """By its name; what was set by mistake and is no id, as it was set."""
    try:
        return mentions.channel(channel_id)
    except ValueError:
        return on_one_line(channel_id)


def _entry(
    setting: str,
    element: InputInteractiveElement,
    t: Translator,
    *,
    hint: str | None = None,
    optional: bool = False,
    is_told: bool = False,
) -> Block:
    return InputBlock(
        block_id=setting,
        label=plain(labels.of(setting, t)),
        element=element,
        hint=plain(hint) if hint else None,
        optional=optional,
        dispatch_action=True if is_told else None,
    )
