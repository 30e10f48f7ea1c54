"""The branch-wide acts that the branch screen offers, in order."""

from dataclasses import dataclass
from typing import Final

from bot.locale import msgid
from domain.permissions import Act


@dataclass(frozen=True)
class BranchAct:
    """One act: its literal label, what it does, its short button, who may."""

    action_id: str
    label: str
    sentence: str
    button: str
    permission: Act


CREATE: Final = BranchAct(
    "logins.plan_creation",
    msgid("Create employee logins"),
    msgid(
        "One inactive login for everybody who is employed, has an e-mail address "
        "and has none yet."
    ),
    msgid("Create"),
    Act.CREATE_LOGINS,
)
ACTIVATE: Final = BranchAct(
    "logins.plan_activation",
    msgid("Activate employee logins"),
    msgid(
        "Every login that was never active becomes active; hand out the passwords next."
    ),
    msgid("Activate"),
    Act.ACTIVATE_LOGINS,
)
RESET_AND_EXPORT: Final = BranchAct(
    "resets.plan_export",
    msgid("Reset passwords and export data"),
    msgid(
        "New initial passwords, and an encrypted workbook in the admin channel, for a "
        "mail merge."
    ),
    msgid("Export"),
    Act.EXPORT_PASSWORDS,
)
RESET_AND_MAIL: Final = BranchAct(
    "resets.plan_mailing",
    msgid("Reset passwords and send email"),
    msgid(
        "Everybody of the branch gets an e-mail with a way in of their own; old "
        "passwords stop working."
    ),
    msgid("Mail"),
    Act.MAIL_PASSWORDS,
)
RESET_AND_MAIL_NEW: Final = BranchAct(
    "resets.plan_mailing_new",
    msgid("Reset passwords and send email for number of logins = 0"),
    msgid("The same e-mail, only for people who never signed in."),
    msgid("Mail"),
    Act.MAIL_PASSWORDS,
)
ACTS: Final[tuple[BranchAct, ...]] = (
    CREATE,
    ACTIVATE,
    RESET_AND_EXPORT,
    RESET_AND_MAIL,
    RESET_AND_MAIL_NEW,
)


def handing_out(*, mails: bool) -> BranchAct:
    """How those who never signed in get their first password: by e-mail where it is."""
    return RESET_AND_MAIL_NEW if mails else RESET_AND_EXPORT
