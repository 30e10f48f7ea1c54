"""The App Home, the first manager, and modals that only say something."""

from bot import notice
from bot.administrators import first_manager
from bot.home import home_view
from bot.home.home_view import Home
from domain.actor import AccountType


def home_of_no_company(t, _text):
    return home_view.build(
        Home("Sleutelbos", None, (), 0, needs_first_manager=False), t
    )


def home(account_type, branch_names=(), more=0, needs_first_manager=False):
    def build(t, text):
        names = tuple(text[:60] if name is None else name for name in branch_names)
        data = Home(text[:60], account_type, names, more, needs_first_manager)
        return home_view.build(data, t)

    return build


SCREENS = {
    "home-manager": home(AccountType.MANAGER),
    "home-branch-manager": home(AccountType.BRANCH_MANAGER, ("Utrecht", None), 12),
    "home-user": home(AccountType.USER, ("Utrecht",)),
    "home-member": home(None),
    "home-no-company": home_of_no_company,
    "home-nobody-manages": home(None, needs_first_manager=True),
    "home-refusal": lambda _, text: home_view.refusal(text[:300]),
    "first-manager": lambda t, _: first_manager.build(t),
    "notice": lambda t, text: notice.build(t("Sleutelbos"), [text[:300]], t),
    "wait": lambda t, _: notice.wait(t("Employee logins"), t),
}
