"""Words for types of account, for branches, and for why Slack's word ends a role."""

from collections.abc import Sequence
from typing import Final

from bot.locale import Translator, msgid
from bot.text import on_one_line
from domain.actor import AccountType
from domain.appointments.slack_standing import Standing

TYPES: Final = {
    AccountType.MANAGER: msgid("manager"),
    AccountType.BRANCH_MANAGER: msgid("branch manager"),
    AccountType.USER: msgid("user"),
}
EXPLAINED: Final = {
    AccountType.MANAGER: msgid("Every branch, and everything that can be set."),
    AccountType.BRANCH_MANAGER: msgid(
        "The branches chosen below, and who is a user of them."
    ),
    AccountType.USER: msgid("The employee logins of the branches chosen below."),
}
REASONS: Final = {
    Standing.DEACTIVATED: msgid("the account in Slack was deactivated"),
    Standing.BOT: msgid("the account in Slack is a bot"),
    Standing.OUTSIDER: msgid("the account in Slack belongs to another workspace"),
    Standing.GUEST: msgid("the account in Slack is a guest's"),
}
_NAMED: Final = 10


def branches(names: Sequence[str], t: Translator) -> str:
    """The names, the first ten of many."""
    shown = ", ".join(on_one_line(name, 50) for name in names[:_NAMED])
    more = len(names) - _NAMED
    if more > 0:
        return t("{names} and {count} more", names=shown, count=more)
    return shown
