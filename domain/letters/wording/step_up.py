"""Letters to administrators about the codes that they give in Slack."""

from collections.abc import Mapping

from domain.letters.queueing import QueuedLetter
from domain.letters.translator import Translator
from domain.letters.wording.words import Letterhead, Words


def code(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """The code that is asked before passwords are shown, sent or exported."""
    until = t.clock_time(letter.good_until, seen_at=letter.queued_at)
    return Words(
        subject=t("Your code for Sleutelbos at {company}", company=head.company),
        before=(
            t(
                "With this code you confirm in Slack that it is you. It works once, "
                "until {time}.",
                time=until,
            ),
        ),
        code=letter.values["code"],
        after=(
            t(
                "Type it in the window in Slack that asks for it, and give it to "
                "nobody, not to a colleague either."
            ),
            t(
                "Is it not you who does something in Sleutelbos now? Then somebody "
                "uses your account in Slack. Tell a manager at once, and sign out of "
                "Slack on all your devices."
            ),
        ),
    )


def way_set(letter: QueuedLetter, _head: Letterhead, t: Translator) -> Words:
    """That codes come another way than before, or not at all any more."""
    time = t.instant(letter.queued_at)
    ways: Mapping[str, tuple[str, str]] = {
        "mail": (
            t("Your codes for Sleutelbos come by e-mail"),
            t("Since {time}, your codes for Sleutelbos come by e-mail.", time=time),
        ),
        "app": (
            t("Your codes for Sleutelbos come from an app"),
            t(
                "Since {time}, your codes for Sleutelbos come from the authenticator "
                "app that was set up then.",
                time=time,
            ),
        ),
        "off": (
            t("Sleutelbos asks you no codes any more"),
            t("Since {time}, Sleutelbos asks you no codes any more.", time=time),
        ),
    }
    subject, what_happened = ways[letter.values["way"].reveal()]
    if "by" in letter.values:
        return Words(subject=subject, before=(_app_lost(time, t), *_again(t)))
    return Words(
        subject=subject,
        before=(
            what_happened,
            t("Was that you? Then you need not do anything."),
            t(
                "Was it not you? Then somebody uses your account in Slack. Tell a "
                "manager at once, and sign out of Slack on all your devices."
            ),
        ),
    )


def _app_lost(time: str, t: Translator) -> str:
    return t(
        "Since {time}, the codes from your authenticator app no longer work for "
        "Sleutelbos, because of a fault on our side. Your codes come by e-mail.",
        time=time,
    )


def _again(t: Translator) -> tuple[str, ...]:
    return (
        t(
            "You can remove the old entry from the app, and set up the app again: in "
            "Slack, on the home page of Sleutelbos, under My codes."
        ),
    )
