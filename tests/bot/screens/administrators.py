"""Administrators: the list, the form, and the messages that tell of a role."""

from dataclasses import replace
from functools import partial

from bot import mentions
from bot.administrators import form, list_screen, notice_message
from bot.administrators.form import Form
from bot.administrators.list_screen import AdministratorList
from bot.administrators.notice_message import RoleNotice
from domain.actor import AccountType, ActorKind, AdministratorId, BranchId
from domain.appointments.listing import AdministratorLine
from domain.appointments.notices import Change
from domain.appointments.slack_standing import Standing
from domain.slack_users import SlackIdentity

MANAGER, BRANCH_MANAGER, USER = AccountType
LINE = AdministratorLine(
    AdministratorId(4),
    SlackIdentity("T1", "U1"),
    None,
    MANAGER,
    (),
    "hanna@example.nl",
    gives_codes=False,
    must_give_codes=False,
    is_blocked=False,
    mark="mark",
)


def branches(text, count=1):
    return tuple((BranchId(2 + at), text[:100]) for at in range(count))


def line(text, kind, count=1, **flags):
    given = {"name": text, "account_type": kind, "branches": branches(text, count)}
    return replace(LINE, **given | flags)


def some(t, text):
    lines = [
        LINE,
        line(text, BRANCH_MANAGER, 12, gives_codes=True, must_give_codes=True),
        line(text, USER, gives_codes=True, is_blocked=True),
    ]
    data = AdministratorList(lines, codes_for_all=False, news=t("Saved."))
    return list_screen.build(data, t)


def many(page):
    def build(t, text):
        lines = [line(text, USER)] * 40
        data = AdministratorList(lines, codes_for_all=True, page=page)
        return list_screen.build(data, t)

    return build


def of_branch_manager(t, text):
    return list_screen.build(AdministratorList([line(text, USER)], None), t)


def nobody(t, _text):
    return list_screen.build(AdministratorList([], None), t)


def new(types):
    def build(t, _text):
        is_manager = MANAGER in types
        return form.build(Form(None, types, is_manager, codes_for_all=False), t)

    return build


def of_user(t, text):
    data = Form(
        line(text, USER, 2), (USER,), may_require_codes=False, codes_for_all=False
    )
    return form.build(data, t)


def blocked(t, text):
    shown = line(
        text, BRANCH_MANAGER, 2, must_give_codes=True, is_blocked=True, has_app=True
    )
    data = Form(shown, tuple(AccountType), may_require_codes=True, codes_for_all=True)
    return form.build(data, t)


def manager_without_address(t, _text):
    shown = replace(LINE, email=None)
    data = Form(shown, tuple(AccountType), may_require_codes=True, codes_for_all=False)
    return form.build(data, t)


def of_many_branches(t, text):
    data = Form(
        line(text, USER, 104), (USER,), may_require_codes=False, codes_for_all=False
    )
    return form.build(data, t)


SCREENS = {
    "administrator-of-many-branches": of_many_branches,
    "administrators": some,
    "administrators-first-page": many(0),
    "administrators-last-page": many(2),
    "administrators-of-branch-manager": of_branch_manager,
    "administrators-nobody": nobody,
    "administrator-new": new(tuple(AccountType)),
    "administrator-new-user": new((USER,)),
    "administrator-user": of_user,
    "administrator-blocked": blocked,
    "administrator-without-address": manager_without_address,
}


def told(change, kind=USER, count=1, lost=0, *, to_person, **given):
    def build(t, text):
        values = {
            "fields": ("branches",),
            "reason": None,
            "by": mentions.person("U1"),
            "by_kind": ActorKind.ADMINISTRATOR,
        } | given
        data = RoleNotice(
            change,
            mentions.person("U1"),
            to_person,
            kind,
            [text[:100]] * count,
            [text[:100]] * lost,
            **values,
        )
        return notice_message.build(data, t)

    return build


to_person = partial(told, to_person=True)
to_channel = partial(told, to_person=False)
BY_SLACK = {"by": None, "by_kind": ActorKind.SCHEDULE, "reason": Standing.GUEST}
BY_OPERATOR = {"by": None, "by_kind": ActorKind.OPERATOR}
MESSAGES = {
    "role-appointed": to_person(Change.APPOINTED),
    "role-appointed-manager": to_person(Change.APPOINTED, MANAGER, 0, **BY_OPERATOR),
    "role-changed": to_person(Change.CHANGED, BRANCH_MANAGER, 12, 1),
    "role-address": to_person(Change.CHANGED, fields=("email",)),
    "role-codes-required": to_person(Change.CHANGED, fields=("codes_required",)),
    "role-codes-optional": to_person(Change.CHANGED, fields=("codes_optional",)),
    "role-dismissed": to_person(Change.DISMISSED, None, 0, 1),
    "role-dismissed-guest": to_person(Change.DISMISSED, None, 0, 1, **BY_SLACK),
    "role-channel-appointed": to_channel(Change.APPOINTED),
    "role-channel-first": to_channel(
        Change.APPOINTED, MANAGER, 0, by=None, by_kind=ActorKind.NEWCOMER
    ),
    "role-channel-changed": to_channel(Change.CHANGED, BRANCH_MANAGER, 2, 1),
    "role-channel-lost": to_channel(Change.CHANGED, USER, 0, 1),
    "role-channel-address": to_channel(Change.CHANGED, fields=("email",)),
    "role-channel-codes-required": to_channel(
        Change.CHANGED, fields=("codes_required",)
    ),
    "role-channel-codes-optional": to_channel(
        Change.CHANGED, fields=("codes_optional",)
    ),
    "role-channel-dismissed": to_channel(Change.DISMISSED, None, 0, 1, **BY_SLACK),
}
