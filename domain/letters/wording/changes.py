"""Letters that tell of a change to one's login, so that a theft is noticed."""

from collections.abc import Mapping

from domain.letters.queueing import QueuedLetter
from domain.letters.translator import Translator
from domain.letters.wording.words import Button, Letterhead, Words


def password_changed(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That there is another password."""
    return Words(
        subject=t("Your password for {company} was changed", company=head.company),
        before=(
            t(
                "A new password was chosen for your login, at {time}.",
                time=_when(letter, t),
            ),
            t("Was that you? Then you need not do anything."),
            _not_you_choose_another(head, t),
        ),
    )


def factor_set(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That signing in takes another code than before."""
    if "by" in letter.values:
        return _app_lost(letter, t)
    changes: Mapping[str, tuple[str, str]] = {
        "app": (
            t("You now sign in with a code from your app"),
            t(
                "Since {time}, signing in takes your password and a code from your "
                "authenticator app.",
                time=_when(letter, t),
            ),
        ),
        "mail": (
            t("You now sign in with a code by e-mail"),
            t(
                "Since {time}, signing in takes your password and a code that comes by "
                "e-mail.",
                time=_when(letter, t),
            ),
        ),
        "recovery_codes": (
            t("You have new recovery codes"),
            t(
                "At {time} new recovery codes were made for your login. The old ones "
                "no longer work.",
                time=_when(letter, t),
            ),
        ),
    }
    subject, what_happened = changes[letter.values["factor"].reveal()]
    return Words(
        subject=subject,
        before=(
            what_happened,
            t("Was that you? Then you need not do anything."),
            _not_you_choose_another(head, t),
        ),
    )


def _app_lost(letter: QueuedLetter, t: Translator) -> Words:
    """That the key is lost without which the app's codes can't be checked."""
    return Words(
        subject=t("You now sign in with a code by e-mail"),
        before=(
            t(
                "Since {time}, the code from your authenticator app and your recovery "
                "codes no longer work, because of a fault on our side. Signing in "
                "takes your password and a code that comes by e-mail.",
                time=_when(letter, t),
            ),
            t(
                "You can remove the old entry from the app, and set up the app again "
                "once you have signed in, under Security."
            ),
        ),
    )


def factor_removed(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That signing in takes no code any more."""
    time = _when(letter, t)
    by = letter.values.get("by")
    if by is not None and by.reveal() == "administrator":
        before = (
            t(
                "At {time} an administrator removed the second step from your login: "
                "the code from your app and the recovery codes no longer work.",
                time=time,
            ),
            t(
                "Did you ask for that, because of a lost phone for instance? Then you "
                "can set up the app again once you have signed in, under Security."
            ),
            t(
                "Did you not ask for that? Then tell the administrator of your branch "
                "at once."
            ),
        )
    else:
        before = (
            t(
                "At {time} the second step was removed from your login: signing in no "
                "longer takes a code of your own choice.",
                time=time,
            ),
            t("Was that you? Then you need not do anything."),
            _not_you_choose_another(head, t),
        )
    return Words(subject=t("The second step of signing in was removed"), before=before)


def slack_linked(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That a Slack account may ask for passwords now."""
    if "by" in letter.values:
        return _linked_by_hand(letter, t)
    return Words(
        subject=t("Your Slack account is linked to your login"),
        before=(
            t(
                "At {time} a password was chosen with a link that was asked for in "
                "Slack. That Slack account is now linked to your login: from it you "
                "can ask for a new password in a direct message.",
                time=_when(letter, t),
            ),
            t("Was that you? Then you need not do anything."),
            t(
                "Was it not you? Then tell the administrator of your branch, who can "
                "undo the link, and choose another password on {page}.",
                page=head.portal_url,
            ),
        ),
    )


def _linked_by_hand(letter: QueuedLetter, t: Translator) -> Words:
    return Words(
        subject=t("Your Slack account is linked to your login"),
        before=(
            t(
                "At {time} an administrator linked your Slack account to your login: "
                "from it you can ask for a new password in a direct message. The link "
                "to it comes by e-mail, to this address.",
                time=_when(letter, t),
            ),
            t(
                "Do you not use Slack, or do you not know of this? Then tell the "
                "administrator of your branch."
            ),
        ),
    )


def signed_out(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That every other session has ended."""
    return Words(
        subject=t("You are signed out everywhere"),
        before=(
            t(
                "At {time} your login was signed out on every phone and computer but "
                "the one where that was asked.",
                time=_when(letter, t),
            ),
            t("Was that you? Then you need not do anything."),
            _not_you_choose_another(head, t),
        ),
    )


def address_added(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That this address is the user name from now on."""
    return Words(
        subject=t("Your e-mail address at {company} was changed", company=head.company),
        before=(
            t(
                "Since {time}, this is your e-mail address at {company}, and with it "
                "your user name.",
                time=_when(letter, t),
                company=head.company,
            ),
            t(
                "Your password stays as it is. You are signed out everywhere, and "
                "links and codes of before no longer work: sign in anew on {page}.",
                page=head.portal_url,
            ),
            t("Is this not right? Then tell the administrator of your branch."),
        ),
    )


def address_replaced(letter: QueuedLetter, head: Letterhead, t: Translator) -> Words:
    """That this address is not the user name any more, and whom that does not suit."""
    return Words(
        subject=t("Your e-mail address at {company} was changed", company=head.company),
        before=(
            t(
                "Since {time}, we have another e-mail address of you at {company}: "
                "{address}. With this one you can no longer sign in.",
                time=_when(letter, t),
                company=head.company,
                address=letter.values["new_address"].reveal(),
            ),
            t("Did you ask for that? Then you need not do anything."),
        ),
        button=Button(
            t("This is not right"), head.dispute_link(letter.values["token"])
        ),
        after=(
            t(
                "The administrators of your branch are warned by it, and look into it. "
                "The button works for seven days."
            ),
        ),
    )


def _not_you_choose_another(head: Letterhead, t: Translator) -> str:
    return t(
        "Was it not you? Choose another password at once: go to {page} and press "
        "Forgotten password. And tell the administrator of your branch.",
        page=head.portal_url,
    )


def _when(letter: QueuedLetter, t: Translator) -> str:
    return t.instant(letter.queued_at)
