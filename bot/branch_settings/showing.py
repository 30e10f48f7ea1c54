"""Shows the settings of a branch, and what is to be said while they are entered."""

from slack_sdk.models.views import View

from bot.branch_settings import channel_check, form
from bot.branch_settings.entered import Entered
from bot.branch_settings.form import ChannelNews, SettingsForm
from bot.interaction import Interaction
from bot.resets.admin_channel import ChannelUnseenError
from domain import branch_settings, branches
from domain.actor import BranchId
from domain.branch_settings import Settings
from domain.logins.second_factors import Met, met_by_requiring
from domain.permissions import Act, require


def opened(interaction: Interaction, branch_id: BranchId) -> View:
    """The form with the settings as they are."""
    require(interaction.actor, Act.SET_UP_BRANCHES, branch_id)
    with interaction.reading() as session:
        branch = branches.get(session, branch_id, actor=interaction.actor)
        settings = branch_settings.of(branch)
    return form.build(
        SettingsForm(
            branch_id,
            settings,
            has_default_channel=bool(interaction.office.default_admin_channel),
            offers_channel=_may_see(interaction, settings["admin_channel_id"]),
        ),
        interaction.t,
    )


def again(
    interaction: Interaction,
    entered: Entered,
    channel: ChannelNews | None,
    settings: Settings | None = None,
    changed: frozenset[str] = frozenset(),
) -> View:
    """The same form with what is to be said of what was entered since.

    `channel` is what the chosen one is like, `settings` are those of now, when they
    are others than were shown. What was entered stays: Slack keeps it by the ids of
    the entries.
    """
    return form.build(
        SettingsForm(
            entered.branch_id,
            settings or entered.shown,
            has_default_channel=bool(interaction.office.default_admin_channel),
            offers_channel=entered.offers_channel,
            met=_met(interaction, entered),
            channel=channel,
            changed=changed,
        ),
        interaction.t,
    )


def channel_news(interaction: Interaction, entered: Entered) -> ChannelNews | None:
    """What the chosen channel is like, asked of Slack now; None where none was.

    Raises ChannelUnseenError.
    """
    channel_id = entered.changes.get("admin_channel_id")
    if channel_id is None:
        return None
    return ChannelNews(channel_check.problem_of(interaction, channel_id))


def _may_see(interaction: Interaction, channel_id: str | None) -> bool:
    """Whether Slack can show this person the name of the channel that is set."""
    if channel_id is None:
        return True
    try:
        return channel_check.look(interaction, channel_id).person_is_member
    except ChannelUnseenError:
        return False


def _met(interaction: Interaction, entered: Entered) -> Met | None:
    if not entered.turns_factor_on:
        return None
    with interaction.reading() as session:
        return met_by_requiring(
            session, entered.branch_id, actor=interaction.actor, now=interaction.now
        )
