"""The App Home, the first manager, and modals that only say something."""

from datetime import UTC, datetime

from bot import notice
from bot.administrators import first_manager
from bot.home import home_view, own_login
from bot.home.board import Board
from bot.home.home_view import Home
from bot.home.own_login import OwnLogin
from domain.actor import AccountType, BranchId
from domain.logins.board import BranchState, NextStep
from domain.logins.model import LoginState

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


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


def home_of_employee(state, signed_in_at=None, first_until=None, *, expired=False):
    def build(t, text):
        own = OwnLogin(f"{text}@example.nl", state, signed_in_at, first_until, expired)
        return home_view.build(
            Home("De Lepel", None, (), 0, needs_first_manager=False, own=own), t
        )

    return build


def home_without_login(t, _text):
    own = own_login.NO_LOGIN
    return home_view.build(
        Home("De Lepel", None, (), 0, needs_first_manager=False, own=own), t
    )


def branch_state(name, step, **counts):
    nobody = {
        "cards": 0,
        "without_email": 0,
        "without_login": 0,
        "inactive": 0,
        "never_signed_in": 0,
        "active": 0,
        "locked": 0,
    }
    return BranchState(BranchId(2), name, next_step=step, **(nobody | counts))


def home_with_board(steps, *, mails=True):
    def build(t, text):
        branches = [
            branch_state(
                text, step, cards=12345, without_login=40, active=1200, locked=3
            )
            for step in steps
        ]
        branches.append(branch_state("Zeist", NextStep.READY))
        data = Home(
            "De Lepel",
            AccountType.MANAGER,
            (),
            0,
            needs_first_manager=False,
            board=Board(branches, mails=mails),
        )
        return home_view.build(data, t)

    return build


SCREENS = {
    "home-board": home_with_board(NextStep),
    "home-board-no-mail": home_with_board([NextStep.HAND_OUT], mails=False),
    "home-board-many": home_with_board([NextStep.CREATE] * 99),
    "home-own-active": home_of_employee(LoginState.ACTIVE, NOW),
    "home-own-initial": home_of_employee(LoginState.ACTIVE, None, NOW),
    "home-own-expired": home_of_employee(LoginState.ACTIVE, NOW, NOW, expired=True),
    "home-own-new": home_of_employee(LoginState.NEW),
    "home-own-locked": home_of_employee(LoginState.LOCKED, NOW),
    "home-own-no-login": home_without_login,
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
