"""Takes the submitted settings: refused under their entries, or saved in one act."""

from datetime import timedelta
from functools import partial
from typing import Any, Final

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import notice
from bot.branch_settings import channel_check, channel_words, form, labels, showing
from bot.branch_settings.entered import Entered, parse
from bot.branch_settings.form import ChannelNews
from bot.failures import EntriesRefusedError, worded
from bot.interaction import Interaction
from bot.listening import Submitted
from bot.locale import Translator
from bot.text import on_one_line
from domain import branch_settings, branches
from domain.branch_settings import SettingsChangedError
from domain.permissions import Act, require

# What is left of Slack's three seconds when the channel was looked at.
_PATIENCE_AFTER_A_LOOK: Final = timedelta(seconds=0.75)


def save(interaction: Interaction) -> Submitted:
    """Save what was changed on the form, unless something has to be said first."""
    entered = parse(interaction.body, interaction.t)
    require(interaction.actor, Act.SET_UP_BRANCHES, entered.branch_id)
    _require_allowed(interaction, entered)
    if entered.turns_factor_on and not entered.told_met:
        # Saved before the number was on the screen; it is agreed to once it is.
        return Submitted(showing.again(interaction, entered, _looked_at(entered)))
    try:
        interaction.once(partial(_save, interaction, entered))
    except SettingsChangedError as error:
        return Submitted(_changed_meanwhile(interaction, entered, error))
    return Submitted(_saved(interaction, entered))


def _require_allowed(interaction: Interaction, entered: Entered) -> None:
    """Refuse all that can't be, each under its entry. Raises EntriesRefusedError."""
    t = interaction.t
    texts = {
        setting: worded(error, t, form.CALLBACK_ID)
        for setting, error in branch_settings.refusals(entered.changes).items()
    }
    if entered.turns_factor_on and not interaction.office.mails:
        texts["second_factor_required"] = t(
            "E-mail is not set up yet, so nobody would get a code. Ask who set up "
            "Sleutelbos for you (IT) for it."
        )
    channel_id = entered.changes.get("admin_channel_id")
    if channel_id is not None:
        interaction.patience = _PATIENCE_AFTER_A_LOOK
        problem = channel_check.problem_of(interaction, channel_id, before_ack=True)
        if problem is not None:
            texts["admin_channel_id"] = channel_words.refusal(problem, t)
    if texts:
        raise EntriesRefusedError(texts)


def _save(interaction: Interaction, entered: Entered, session: Session) -> None:
    branch_settings.save_settings(
        session,
        entered.branch_id,
        entered.changes,
        shown=entered.shown,
        actor=interaction.actor,
        now=interaction.now,
    )


def _changed_meanwhile(
    interaction: Interaction, entered: Entered, error: SettingsChangedError
) -> View:
    # The rest stays as it was shown: what nobody touched is not written, and Slack
    # keeps what an entry held before, whatever it is built with.
    with interaction.reading() as session:
        branch = branches.get(session, entered.branch_id, actor=interaction.actor)
        now = branch_settings.of(branch)
    shown: Any = {
        name: (now if name in error.settings else entered.shown)[name]  # type: ignore[literal-required]
        for name in branch_settings.NAMES
    }
    channel = _looked_at(entered)
    return showing.again(interaction, entered, channel, shown, error.settings)


def _looked_at(entered: Entered) -> ChannelNews | None:
    """A channel that is not refused by now will do."""
    return ChannelNews(None) if entered.changes.get("admin_channel_id") else None


def _saved(interaction: Interaction, entered: Entered) -> View:
    t = interaction.t
    with interaction.reading() as session:
        branch = branches.get(session, entered.branch_id, actor=interaction.actor)
    name = on_one_line(branch.name, limit=100)
    return notice.build(t("Branch settings"), _told(name, entered, t), t)


def _told(name: str, entered: Entered, t: Translator) -> list[str]:
    if not entered.changes:
        return [t("Nothing was changed; everything stays as it was.")]
    changed = ", ".join(labels.of(setting, t) for setting in entered.changes)
    return [
        t("The settings of {branch} are saved.", branch=name),
        t("Changed: {settings}.", settings=changed),
    ]
