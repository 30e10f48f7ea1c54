"""Menus, the choice of a branch, the branch screen."""

from dataclasses import replace

from bot.branches import choosing, menu, screen
from bot.branches.acts import ACTS
from bot.branches.choosing import BranchChoice, Choosing
from bot.branches.place import Place
from bot.branches.screen import BranchScreen
from bot.commands import Route
from domain.actor import AccountType, Actor, ActorKind, BranchId, Surface
from domain.logins.listing import BranchCounts, LoginLine
from domain.logins.model import LoginId, LoginState, PasswordKind
from domain.logins.paging import Page, PageKey
from domain.record_cards.model import RecordCardId

MANAGER = Actor(
    ActorKind.ADMINISTRATOR, Surface.SLACK, account_type=AccountType.MANAGER
)
HERE = Place(BranchId(2), PageKey(RecordCardId(30)), backwards=False)


def line(name, number, state, sign_in_count=0):
    return LoginLine(
        login_id=LoginId(number),
        name=name,
        number=f"{number:05}",
        user_name=f"j{number}@example.nl",
        state=state,
        sign_in_count=sign_in_count,
        password_kind=PasswordKind.NONE,
        initial_password_expires_at=None,
    )


def choice(t, text):
    branches = [BranchChoice(BranchId(1), text), BranchChoice(BranchId(2), "Utrecht")]
    return choosing.build(Choosing(branches, has_more=True), t)


def no_choice(t, _text):
    return choosing.build(Choosing([], has_more=False, searched=True), t)


def no_branches(t, _text):
    return choosing.build(Choosing([], has_more=False), t)


def branch(t, text):
    lines = [line(text, index, state) for index, state in enumerate(LoginState, 1)]
    lines += [line(text, index, LoginState.ACTIVE, index) for index in range(6, 11)]
    page = Page(tuple(lines), PageKey(RecordCardId(1)), PageKey(RecordCardId(10)))
    counts = BranchCounts(12345, 3, 40, 5, 6, 12000, 1, 4)
    return screen.build(BranchScreen(HERE, text, counts, page, ACTS), t)


def branch_after_saving(t, text):
    nobody, counts = Page((), None, None), BranchCounts(1, 0, 0, 0, 1, 1, 0, 0)
    news = t("Saved. {name}: {state}.", name=text[:80], state=t("active"))
    return screen.build(BranchScreen(HERE, "Utrecht", counts, nobody, (), news), t)


def branch_of_locked(t, text):
    lines = (line(text, 1, LoginState.LOCKED, 3),)
    counts, here = BranchCounts(9, 0, 0, 0, 1, 8, 1, 0), replace(HERE, only_locked=True)
    page = Page(lines, None, None)
    return screen.build(BranchScreen(here, "Utrecht", counts, page, ACTS), t)


def branch_without_locked(t, _text):
    nobody, counts = Page((), None, None), BranchCounts(9, 0, 0, 0, 1, 8, 0, 0)
    here = Place(BranchId(2), only_locked=True)
    return screen.build(BranchScreen(here, "Utrecht", counts, nobody, ACTS), t)


def choice_of_locked(t, text):
    branches = [BranchChoice(BranchId(1), text), BranchChoice(BranchId(2), "Utrecht")]
    return choosing.build(Choosing(branches, has_more=False, only_locked=True), t)


def empty_branch(t, text):
    counts = BranchCounts(0, 0, 0, 0, 0, 0, 0, 0)
    here = Place(BranchId(2))
    nobody = Page((), None, None)
    return screen.build(BranchScreen(here, text, counts, nobody, ()), t)


SCREENS = {
    "menu-management": lambda t, _: menu.build(Route.MANAGEMENT, MANAGER, t),
    "menu-staff": lambda t, _: menu.build(Route.STAFF, MANAGER, t),
    "choosing": choice,
    "choosing-nothing-found": no_choice,
    "choosing-no-branches": no_branches,
    "branch": branch,
    "branch-empty": empty_branch,
    "branch-saved": branch_after_saving,
    "branch-only-locked": branch_of_locked,
    "branch-none-locked": branch_without_locked,
    "choosing-only-locked": choice_of_locked,
}
