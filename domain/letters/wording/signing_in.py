"""Letters to somebody who wants to sign in: a code, a link, or who can help."""

from domain.letters.queueing import QueuedLetter
from domain.letters.translator import Translator
from domain.letters.wording.words import Button, Letterhead, Words


def code(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """The code that finishes signing in."""
    until = t.clock_time(letter.good_until, seen_at=letter.queued_at)
    return Words(
        subject=t("Your code to sign in at {company}", company=head.company),
        before=(
            t(
                "With this code you finish signing in. It works once, until {time}.",
                time=until,
            ),
        ),
        code=letter.values["code"],
        after=(
            t(
                "Type it on the page where you were signing in, and give it to nobody, "
                "not to a colleague either."
            ),
            t(
                "Are you not signing in? Then somebody knows your password. Choose "
                "another: go to {page} and press Forgotten password.",
                page=head.portal_url,
            ),
        ),
    )


def recovery_link(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """The link to choosing a password."""
    until = t.clock_time(letter.good_until, seen_at=letter.queued_at)
    asked = t("A new password was asked for your login. Choose one here:")
    asked_in_slack = t(
        "A new password was asked for your login, in Slack. Choose one here:"
    )
    return Words(
        subject=t("Choose a new password for {company}", company=head.company),
        before=(asked_in_slack if _is_asked_in_slack(letter) else asked,),
        button=Button(t("Choose a password"), head.link(letter.values["token"])),
        after=(
            t("The link works once, until {time}.", time=until),
            t(
                "Did you not ask for this? Then you need not do anything: your "
                "password stays as it is."
            ),
        ),
    )


def recovery_locked(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """Why a new password does not help, and who does."""
    asked = t(
        "A new password was asked for your login. That does not help now: your "
        "login is locked, because a wrong password was typed too often."
    )
    asked_in_slack = t(
        "A new password was asked for your login, in Slack. That does not help now: "
        "your login is locked, because a wrong password was typed too often."
    )
    return Words(
        subject=t("Your login at {company} is locked", company=head.company),
        before=(
            asked_in_slack if _is_asked_in_slack(letter) else asked,
            t(
                "Ask the administrator of your branch to activate it again. Then sign "
                "in with your own password, or ask for a new one."
            ),
            t("Was it not you who asked? Then tell the administrator that too."),
        ),
    )


def recovery_inactive(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """The same, for a login that is not active."""
    asked = t(
        "A new password was asked for your login. That does not help now: your "
        "login is not active, so nobody can sign in with it."
    )
    asked_in_slack = t(
        "A new password was asked for your login, in Slack. That does not help now: "
        "your login is not active, so nobody can sign in with it."
    )
    return Words(
        subject=t("Your login at {company} is not active", company=head.company),
        before=(
            asked_in_slack if _is_asked_in_slack(letter) else asked,
            t("Do you need it? Ask the administrator of your branch to activate it."),
            t("Was it not you who asked? Then you need not do anything."),
        ),
    )


def locked_out(_letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That too many wrong passwords were typed."""
    return Words(
        subject=t("Your login at {company} is locked", company=head.company),
        before=(
            t(
                "A wrong password was typed too often for your login. To be safe it is "
                "locked: nobody can sign in with it now, and neither can you."
            ),
            t(
                "Ask the administrator of your branch to activate it again. The "
                "administrators have been told already."
            ),
            t(
                "Was it not you who typed those passwords? Then say so: somebody may "
                "be trying to get in with your name."
            ),
        ),
    )


def wrong_codes(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That somebody who has the password keeps typing wrong codes."""
    return Words(
        subject=t(
            "Wrong codes were typed for your login at {company}", company=head.company
        ),
        before=(
            t(
                "Somebody typed your password, and after it wrong codes, again and "
                "again, until {time}. Nobody got in with them.",
                time=t.instant(letter.queued_at),
            ),
            t(
                "Was it you? Then you need not do anything. Does your app keep showing "
                "wrong codes? Set the clock of your phone to automatic, or use one of "
                "your recovery codes."
            ),
            t(
                "Was it not you? Then somebody knows your password. Choose another at "
                "once: go to {page} and press Forgotten password. And tell the "
                "administrator of your branch.",
                page=head.portal_url,
            ),
        ),
    )


def _is_asked_in_slack(letter: QueuedLetter) -> bool:
    return "asked_in" in letter.values
