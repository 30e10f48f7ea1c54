"""Help for employees: the modal for the number, the answers in direct messages."""

from datetime import UTC, datetime

from bot import notice
from bot.help import asking_number, reply, wording
from bot.help.asking_number import AskingNumber
from bot.help.reply import Reply

AGAIN_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def said(words, **offered):
    return lambda t, text: reply.build(Reply(words(t, text), **offered), t)


SCREENS = {
    "asking-number": lambda t, _: asking_number.build(AskingNumber(), t),
    "asking-number-proposed": lambda t, text: asking_number.build(
        AskingNumber(text[:40]), t
    ),
    "asked": lambda t, _: notice.build(t("New password"), wording.asked(t), t),
}
MESSAGES = {
    "help-what-i-do": said(lambda t, _: wording.what_i_do(t)),
    "help-on-its-way": said(
        lambda t, text: wording.on_its_way(f"{text}@example.nl", t),
        has_new_password=False,
        has_other_number=True,
    ),
    "help-later": said(lambda t, _: wording.later(AGAIN_AT, t), has_other_number=True),
    "help-no-login": said(lambda t, _: wording.no_login(t), has_other_number=True),
    "help-number-wanted": said(lambda t, _: wording.number_wanted(t)),
    "help-password-seen": said(lambda t, _: wording.password_seen(t)),
}
