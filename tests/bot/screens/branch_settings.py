"""*Vestiging instellingen*."""

from bot.branch_settings import form, listeners
from bot.branch_settings.form import ChannelNews, SettingsForm
from bot.branches import choosing
from bot.branches.choosing import BranchChoice, Choosing
from domain.actor import BranchId
from domain.exports.channel import ChannelProblem
from domain.logins.second_factors import Met

SETTINGS = {
    "name": "Utrecht",
    "second_factor_required": False,
    "wrong_attempts_allowed": 10,
    "initial_password_days": 7,
    "admin_channel_id": None,
    "second_administrator_above": None,
    "weekly_digest": False,
}
EVERYTHING = {
    "name": "Utrecht",
    "second_factor_required": True,
    "wrong_attempts_allowed": 5,
    "initial_password_days": 14,
    "admin_channel_id": "C1",
    "second_administrator_above": 25,
    "weekly_digest": True,
}


def settings(values=SETTINGS, *, has_default=True, **said):
    def build(t, text):
        named = values | {"name": text[:100]}
        data = SettingsForm(BranchId(2), named, has_default, **said)
        return form.build(data, t)

    return build


def channel(problem):
    return settings(EVERYTHING, channel=ChannelNews(problem))


def choice(t, text):
    branches = [BranchChoice(BranchId(1), text), BranchChoice(BranchId(2), "Utrecht")]
    ids = {"search_id": listeners.SEARCH, "open_id": listeners.OPEN}
    return choosing.build(Choosing(branches, has_more=True, **ids), t)


SCREENS = {
    "settings-choosing": choice,
    "settings": settings(),
    "settings-everything": settings(EVERYTHING),
    "settings-no-default": settings(has_default=False),
    "settings-hidden-channel": settings(EVERYTHING, offers_channel=False),
    "settings-met": settings(met=Met(1234, 56)),
    "settings-met-one": settings(met=Met(1, 0)),
    "settings-changed": settings(
        EVERYTHING, changed=frozenset({"weekly_digest", "wrong_attempts_allowed"})
    ),
    "settings-channel-well": channel(None),
    "settings-channel-not-found": channel(ChannelProblem.NOT_FOUND),
    "settings-channel-person": channel(ChannelProblem.PERSON_NOT_MEMBER),
}
