"""Which pictures there are, and the page that shows them."""

from tests.pictures.words import WORDS

# In the order of docs/screens.md.
SCREENS = {
    "channel": "A branch's admin channel, with the staff list in it",
    "menu": "`/personeel`, `/staff`: the menu",
    "import-file": "*Importeren*, *Import*: the staff list",
    "import-preview": "... what would become of each row",
    "import-result": "... what was done, and the next step",
    "branch": "*Werknemerslogins*, *Employee logins*: the branch screen",
    "create": "*Maak werknemerslogins aan*, *Create employee logins*: the dry run",
    "left-out": "... who is left out, and why",
    "create-done": "... and what was done",
    "activate": "*Maak werknemerslogins actief*, *Activate employee logins*",
    "activate-done": "... and what was done",
    "export": "*Reset wachtwoorden en exporteer data*, *Reset passwords and export "
    "data*",
    "export-started": "... the task has started",
    "export-again": "... for the whole branch, after an earlier one",
    "task": "The task's message in the admin channel, with workbook and letters",
    "opening-password": "What opens the workbook, for who asked for it only",
    "mailing": "*Reset wachtwoorden en stuur email voor aantal logins = 0*, *Reset "
    "passwords and send email for number of logins = 0*",
    "mailing-done": "... the task's message",
    "access-letter": "... and what an employee gets",
    "management": "`/beheer`, `/manage`: the menu of managers",
    "templates": "*Emailtemplates*, *Email templates*",
    "template": "... a built-in one",
    "template-refused": "... one of one's own, with a slip",
    "template-preview": "... as a colleague would get it",
    "word-templates": "*Word-sjablonen*, *Word templates*: for letters on paper",
    "selecting": "*Vestiging selecteren*, *Select branch*",
    "branch-at-work": "A branch that has worked with it for weeks",
    "login": "*Werknemerslogin*, *Employee login*: one login",
    "timeline": "*Tijdlijn*, *Timeline*: what happened to it",
    "new-password": "*Toon nieuw wachtwoord*, *Show new password*: for handing over",
    "home": "The App Home of a manager: how far each branch is, and its next step",
    "card": "*Stamkaart*, *Record card*",
    "address-letter": "... what the old address reads when another takes its place",
    "pairs": "*Medewerker gegevens verplaatsen*, *Move employee data*",
    "move": "... side by side",
    "moved": "... what moved, and how to undo it",
    "administrators": "*Gebruikersbeheer*, *Administrators*",
    "appoint": "... somebody new",
    "settings": "*Vestiging instellingen*, *Branch settings*",
    "log": "*Logboek*, *Audit log*",
    "home-employee": "The App Home of an employee",
    "refused": "What a guest gets to see",
    "sign-in": "The sign-in page of employees",
    "choose-password": "... the first time: choose a password of one's own",
    "my-data": "*Mijn gegevens*, *My data*",
    "security": "*Beveiliging*, *Security*",
    "app": "... an authenticator app",
    "sign-in-refused": "A wrong password, an unknown name or a locked login",
    "lockout": "The alert when a login was locked",
    "lockout-ended": "... once somebody has decided",
    "forgotten": "*Wachtwoord vergeten*, *Forgotten password*",
    "help": "A direct message to Sleutelbos: *wachtwoord vergeten*, *forgot password*",
    "help-number": "... of somebody whom Sleutelbos does not know in Slack yet",
    "help-sent": "... the same answer to every number",
    "letter": "The letter with the link, in the sandbox's mailbox",
    "recovery": "... where the link leads",
    "inspector": "The sandbox's inspector",
}
_INTRODUCTION = (
    "Every screen there is, in Dutch and in English, as it stands in the demo. "
    "`make pictures` takes them anew."
)


def screens_page() -> str:
    """docs/screens.md, with a picture of each screen in both languages."""
    lines = [
        "# The screens",
        "",
        _INTRODUCTION,
    ]
    for name, title in SCREENS.items():
        shown = (
            f'<img src="pictures/{language}/{name}.png" width="48%" '
            f'alt="{_plain(title)} ({language})">'
            for language in WORDS
        )
        lines += ["", f"## {title}", "", *shown]
    return "\n".join([*lines, ""])


def _plain(title: str) -> str:
    return title.replace("*", "").replace("`", "").removeprefix("... ")
