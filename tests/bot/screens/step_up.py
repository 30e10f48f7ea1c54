"""The windows that ask for codes, built from data that stands still."""

from datetime import UTC, datetime, timedelta

from bot import notice
from bot.step_up import app_key, blocked, code_modal, own_codes, wording
from bot.step_up.code_modal import Asking
from domain.secret import Secret
from domain.sign_in.step_up_mail import Mailed, MailedKind
from domain.sign_in.step_up_ways import OwnCodes, ShownApp
from domain.step_ups import CodeWay

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=10)
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
URI = f"otpauth://totp/Sleutelbos:Bram?secret={SEED}&issuer=Sleutelbos"
MAIL, APP = CodeWay.MAIL, CodeWay.APP


def asked(way, mailed=None, **given):
    return lambda t, text: code_modal.build(
        Asking(way, f"{text[:1]}•••@example.nl", mailed, NOW, **given), t
    )


def sent(kind, until=UNTIL, wait=None):
    return Mailed(kind, "b•••@example.nl", until, wait)


def own(way, *, address=True, **given):
    values = {"is_required": False, "is_blocked": False, "is_setting_up_app": False}
    return lambda t, text: own_codes.build(
        OwnCodes(
            way,
            address=f"{text[:1]}•••@example.nl" if address else None,
            **(values | given),
        ),
        t,
    )


SCREENS = {
    "code-by-mail": asked(MAIL),
    "code-from-app": asked(APP),
    "code-sent-again": asked(MAIL, sent(MailedKind.SENT)),
    "code-too-many-letters": asked(
        MAIL, sent(MailedKind.TOO_MANY, wait=timedelta(minutes=7))
    ),
    "code-for-an-address": asked(MAIL, sets_up=True),
    "code-confirmed": lambda t, _: notice.build(
        code_modal.title(t), [wording.confirmed(UNTIL, t)], t
    ),
    "own-codes-none": own(None),
    "own-codes-no-address": own(None, address=False),
    "own-codes-mail": own(MAIL),
    "own-codes-mail-required": own(MAIL, is_required=True),
    "own-codes-mail-unknown": own(MAIL, address=False, is_required=True),
    "own-codes-app": own(APP),
    "own-codes-setting-up": own(None, is_setting_up_app=True),
    "own-codes-blocked": own(APP, is_blocked=True),
    "app-key": lambda t, _: app_key.build(ShownApp(Secret(SEED), Secret(URI)), t),
}
MESSAGES = {"codes-blocked": lambda t, _: blocked.build(2, "U1", t)}
