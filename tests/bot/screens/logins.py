"""Dry runs, left-out lists, one login, a shown password, a timeline."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot import notice
from bot.branches import acts
from bot.left_out import screen as left_out
from bot.left_out.screen import LeftOut, LeftOutOf, LeftOutPerson, Listing
from bot.logins import (
    activating,
    creating,
    login_screen,
    no_login,
    sending,
    shown_password,
    timeline,
)
from bot.logins.activating import ActivationDryRun
from bot.logins.creating import CreationDryRun
from bot.logins.login_screen import LoginScreen
from bot.logins.no_login import NoLogin
from bot.logins.sending import LastLetter, Sending
from bot.logins.shown_password import ShownPassword
from bot.logins.timeline import Timeline
from domain.actor import ActorKind, BranchId, Surface
from domain.audit import AuditAct
from domain.letters.email_templates import HandsOver, TemplateLine
from domain.letters.model import EmailTemplateId, LetterOutcome, TemplateVersionId
from domain.logins.access_by_mail import SentTo
from domain.logins.finding import PersonWithoutLogin
from domain.logins.listing import LoginDetails
from domain.logins.model import LoginId, LoginState, PasswordKind, SecondFactor
from domain.logins.paging import PageKey
from domain.logins.provisioning import CreationPlan, LeftOutReason
from domain.logins.timeline import TimelineEntry
from domain.record_cards.model import RecordCardId
from domain.secret import Secret
from domain.slack_users import SlackIdentity
from tests.bot.screens.branches import HERE

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HANNA = SlackIdentity("T1", "U1")


def creation(count, left_out_counts, **more):
    def build(t, text):
        plan = CreationPlan(count, left_out_counts)
        return creating.build(CreationDryRun(HERE, text, plan, **more), t)

    return build


def activation(count, groups, also=frozenset(), **more):
    def build(t, text):
        dry_run = ActivationDryRun(HERE, text, count, groups, also, **more)
        return activating.build(dry_run, t)

    return build


def left_out_page(t, text):
    people = [
        LeftOutPerson(text, f"{n:05}", f"{n + 1:05}", RecordCardId(n))
        for n in range(20)
    ]
    here = PageKey(RecordCardId(4))
    listing = Listing(LeftOutOf.CREATION, 2, "address_shared", after=here)
    why = creating.why(LeftOutReason.ADDRESS_SHARED, 45, t)
    further = PageKey(RecordCardId(24))
    data = LeftOut(listing, why, people, further, creating.two_ways_out(t))
    return left_out.build(data, t)


def nobody_left_out(t, _text):
    listing = Listing(LeftOutOf.ACTIVATION, 2, "locked")
    why = activating.why(LoginState.LOCKED, 0, t)
    return left_out.build(LeftOut(listing, why, [], None), t)


def one_login(
    state,
    kind,
    expires_at=None,
    last_sign_in_at=None,
    *,
    factor=SecondFactor.NONE,
    removed=None,
    slack_name=None,
    mail=None,
    sent=None,
):
    def build(t, text):
        login = LoginDetails(
            login_id=LoginId(7),
            name=text,
            number=text[:40],
            user_name=text[:254],
            state=state,
            sign_in_count=3 if last_sign_in_at else 0,
            password_kind=kind,
            initial_password_expires_at=expires_at,
            branch_id=BranchId(2),
            branch_name=text[:100],
            record_card_id=RecordCardId(8),
            last_sign_in_at=last_sign_in_at,
            credential_version=4,
            second_factor=factor,
            second_factor_required=removed is True,
        )
        is_asked = removed is not None
        news = login_screen.removed(login, t, did=removed) if is_asked else ""
        if sent is not None:
            news = sent(text, t)
        send = mail(text) if mail else None
        data = LoginScreen(login, HERE, NOW, news, slack_name, send)
        return login_screen.build(data, t)

    return build


def may_send(last=None):
    """Two templates to choose from, and how the last letter stands."""

    def make(text):
        lines = [
            TemplateLine(
                template_id=EmailTemplateId(number),
                version_id=TemplateVersionId(number),
                name=f"{number} {text}"[:75],
                branch_id=None,
                branch_name=None,
                built_in=None,
                hands_over=HandsOver.LINK,
                changed_at=NOW,
            )
            for number in (1, 2)
        ]
        return Sending(can_leave=True, templates=lines, last=last)

    return make


def letter(outcome, code=None):
    ended_at = None if outcome is LetterOutcome.QUEUED else NOW
    return LastLetter(outcome, NOW - timedelta(hours=2), ended_at, code)


def sent_to(hands_over):
    def said(text, t):
        to = SentTo(text[:254], hands_over, NOW + timedelta(days=7))
        return sending.sent(to, t)

    return said


def active_login(**more):
    return one_login(LoginState.ACTIVE, PasswordKind.NONE, **more)


def password(is_active):
    def build(t, text):
        data = ShownPassword(
            name=text,
            user_name=text[:254],
            password=Secret("kq7m-2v9x-hs4t-wb8c"),
            expires_at=NOW + timedelta(days=7),
            is_active=is_active,
        )
        return shown_password.build(data, t)

    return build


def entry(number, act, kind=ActorKind.ADMINISTRATOR, **details):
    administrator = HANNA if kind is ActorKind.ADMINISTRATOR else None
    return TimelineEntry(number, NOW, act, kind, administrator, Surface.SLACK, details)


def moved_here(act):
    moved = entry(2, act, fields=["email", "first_name", "birth_on"])
    return replace(moved, came_here=True)


def what_happened(t, text):
    entries = [
        *[entry(number, act) for number, act in enumerate(timeline.SENTENCES, 10)],
        entry(5, AuditAct.LOGIN_ACTIVATED, **{"from": "locked"}),
        entry(8, AuditAct.SECOND_FACTOR_SET, ActorKind.EMPLOYEE, factor="app"),
        entry(
            7, AuditAct.SECOND_FACTOR_SET, ActorKind.EMPLOYEE, factor="recovery_codes"
        ),
        entry(6, AuditAct.SIGN_IN_REFUSED, ActorKind.EMPLOYEE, why="codes"),
        entry(9, AuditAct.SECOND_FACTOR_REMOVED, ActorKind.OPERATOR, why="key_lost"),
        entry(4, AuditAct.LOGIN_CLOSED, ActorKind.SCHEDULE),
        entry(3, AuditAct.LOGIN_ADDRESS_CHANGED, ActorKind.OPERATOR),
        entry(2, AuditAct.CARD_CHANGED, fields=["last_name", "phone"]),
        moved_here(AuditAct.EMPLOYEE_DATA_MOVED),
        moved_here(AuditAct.MOVE_UNDONE),
        replace(entry(1, AuditAct.PASSWORD_RESET), run_id=12),
    ]
    data = Timeline(LoginId(7), entries, {HANNA: text}, has_older=True, is_newest=False)
    return timeline.build(data, t)


def nothing_happened(t, _text):
    return timeline.build(
        Timeline(LoginId(7), [], {}, has_older=False, is_newest=True), t
    )


def without_login(reason, other_number=None):
    def build(t, text):
        number = other_number and text[:40]
        person = PersonWithoutLogin(RecordCardId(7), text, text[:40], reason, number)
        return no_login.build(NoLogin(person), t)

    return build


def done(act, said, **more):
    return lambda t, _text: notice.build(t(act.button), said(3, t, **more), t)


# Closed cards are not among those that creating counts.
COUNTED = [reason for reason in LeftOutReason if reason != LeftOutReason.DATA_MOVED]
EVERY_REASON = {reason: number for number, reason in enumerate(COUNTED, 1)}
EVERY_GROUP = {
    LoginState.SWITCHED_OFF: 1,
    LoginState.EMPLOYMENT_ENDED: 2,
    LoginState.LOCKED: 1200,
}

SCREENS = {
    "creating": creation(25, EVERY_REASON),
    "creating-many": creation(12000, {LeftOutReason.NO_ADDRESS: 3}),
    "creating-nothing": creation(0, {}),
    "created": done(acts.CREATE, creating.done),
    "activated": done(acts.ACTIVATE, activating.done, mails=True),
    "activated-no-mail-server": done(acts.ACTIVATE, activating.done, mails=False),
    "creating-changed": creation(26, {}, count_changed=True),
    "activating": activation(1, EVERY_GROUP),
    "activating-many": activation(1201, EVERY_GROUP, frozenset({LoginState.LOCKED})),
    "activating-nothing": activation(0, {}),
    "activating-changed": activation(0, {}, count_changed=True),
    "left-out": left_out_page,
    "left-out-nobody": nobody_left_out,
    "no-login-yet": without_login(None),
    "no-login-no-address": without_login(LeftOutReason.NO_ADDRESS),
    "no-login-moved": without_login(LeftOutReason.DATA_MOVED, "00900"),
    "no-login-moved-elsewhere": without_login(LeftOutReason.DATA_MOVED),
    "no-login-ended": without_login(LeftOutReason.EMPLOYMENT_ENDED),
    "no-login-shared": without_login(LeftOutReason.ADDRESS_SHARED, "00105"),
    "no-login-in-use": without_login(LeftOutReason.ADDRESS_IN_USE, "00105"),
    "no-login-shared-elsewhere": without_login(LeftOutReason.ADDRESS_SHARED),
    "no-login-in-use-elsewhere": without_login(LeftOutReason.ADDRESS_IN_USE),
    "login-new": one_login(LoginState.NEW, PasswordKind.NONE),
    "login-active": one_login(
        LoginState.ACTIVE, PasswordKind.OWN, None, NOW - timedelta(days=1)
    ),
    "login-locked": one_login(
        LoginState.LOCKED, PasswordKind.INITIAL, NOW + timedelta(days=1)
    ),
    "login-with-app": one_login(
        LoginState.ACTIVE, PasswordKind.OWN, factor=SecondFactor.APP
    ),
    "login-with-mailed-code": one_login(
        LoginState.ACTIVE, PasswordKind.OWN, factor=SecondFactor.MAIL
    ),
    "login-linked": one_login(
        LoginState.ACTIVE, PasswordKind.OWN, slack_name="mo.mulder"
    ),
    "login-factor-removed": one_login(
        LoginState.ACTIVE, PasswordKind.OWN, removed=True
    ),
    "login-factor-removed-already": one_login(
        LoginState.ACTIVE, PasswordKind.OWN, removed=False
    ),
    "login-to-mail": active_login(mail=may_send()),
    "login-no-mail-server": active_login(mail=lambda _text: Sending(can_leave=False)),
    "login-link-mailed": active_login(
        mail=may_send(letter(LetterOutcome.QUEUED)), sent=sent_to(HandsOver.LINK)
    ),
    "login-password-mailed": active_login(
        mail=may_send(letter(LetterOutcome.SENT)), sent=sent_to(HandsOver.PASSWORD)
    ),
    "login-letter-waits": active_login(
        mail=may_send(letter(LetterOutcome.QUEUED, "connection_refused"))
    ),
    "login-letter-put-off": active_login(
        mail=may_send(letter(LetterOutcome.QUEUED, "recipient_deferred_452"))
    ),
    "login-letter-refused": active_login(
        mail=may_send(letter(LetterOutcome.FAILED, "recipient_refused_550"))
    ),
    "login-letter-given-up": active_login(
        mail=may_send(letter(LetterOutcome.FAILED, "letter_deferred_451"))
    ),
    "login-letter-overtaken": active_login(
        mail=may_send(letter(LetterOutcome.OVERTAKEN, "overtaken"))
    ),
    "login-tick-first": active_login(
        mail=may_send(), sent=lambda _text, t: sending.tick_first(t)
    ),
    "login-changed-meanwhile": active_login(
        mail=may_send(), sent=lambda _text, t: sending.changed_meanwhile(t)
    ),
    "login-expired": one_login(LoginState.SWITCHED_OFF, PasswordKind.INITIAL, NOW),
    "shown-password": password(is_active=True),
    "shown-password-inactive": password(is_active=False),
    "timeline": what_happened,
    "timeline-empty": nothing_happened,
}
