"""Hanna goes by every screen with ids in it, in a branch that is not Bram's."""

from collections.abc import Iterator
from contextlib import contextmanager

from domain.logins.model import LoginState
from tests.bot.in_slack import eventually
from tests.domain.importing import workbooks
from tests.domain.importing.workbooks import BRANCH, LAST_NAME, NUMBER

CHANNEL = "beheer-amsterdam"
EXPORT = "Reset wachtwoorden en exporteer data"
MAIL = "Reset wachtwoorden en stuur email"
_LOADING = "Een ogenblik geduld."


class Tour:
    """One round; whatever it changes is Amsterdam's."""

    def __init__(self, company, tmp_path) -> None:
        self.company, self.hanna, self.tmp_path = company, company.hanna, tmp_path
        cards, there = company.cards, {"branch_id": company.cards.amsterdam}
        cards.add_card(**there, last_name="Foreign Eén")
        cards.add_login(card=there | {"last_name": "Foreign Twee"}, sign_in_count=3)
        cards.add_login(LoginState.NEW, card=there | {"last_name": "Foreign Drie"})
        cards.add_login(card=there | {"last_name": "Foreign Vier"})
        cards.add_card(**there, last_name="Foreign Vijf", email=None)

    def goes_round(self) -> None:
        """Every screen; what changes the branch comes last."""
        self.opens_logins()
        self.changes_a_card()
        self.moves_data()
        self.sets_up_the_branch()
        self.appoints()
        self.looks_through_the_log()
        self.imports()
        self.reads_templates()
        self.looks_at_dry_runs()
        self.hands_out()

    # -- how she goes --------------------------------------------------------------

    @contextmanager
    def _another_screen(self) -> Iterator[None]:
        """What is done within brings another screen, and that is done loading."""
        before = self._seen()
        yield
        eventually(lambda: self._seen() not in (before, None))

    def _seen(self) -> tuple[str, str] | None:
        view = self.hanna.client.top_view()
        if view is None or view.submitting or _LOADING in str(view.content):
            return None
        return view.id, str(view.content)

    def presses(self, label, **how) -> None:
        """Press it, and wait for the screen that follows."""
        with self._another_screen():
            self.hanna.presses(label, **how)

    def submits(self) -> None:
        """Submit, and wait for the screen that follows."""
        with self._another_screen():
            self.hanna.submits()

    def types(self, command) -> None:
        """Type a command, and wait for its screen."""
        with self._another_screen():
            self.hanna.types(command, channel="algemeen")

    # -- where she goes ------------------------------------------------------------

    def opens_branch(self) -> None:
        """The branch screen of Amsterdam."""
        self.types("/personeel logins amsterdam")

    def opens_logins(self) -> None:
        """Search, one login, and everything on its screen."""
        hanna = self.hanna
        self.opens_branch()
        with self._another_screen():
            label = "Jan Foreign Eén · 00001"
            hanna.chooses("Zoek op naam of nummer", label, typing="Eén")
        hanna.closes()
        for label in (
            "Tijdlijn",
            "Toon nieuw wachtwoord",
            "Opslaan en wachtwoord versturen",
        ):
            self._opens_login("Vier")
            self.presses(label, confirming=label != "Tijdlijn")
            hanna.closes()
        self._opens_login("Drie")
        hanna.ticks("Actief")
        self.submits()
        hanna.closes()

    def _opens_login(self, who) -> None:
        self.opens_branch()
        self.presses("Openen", near=f"Foreign {who}")

    def changes_a_card(self) -> None:
        """By the search, the form, its Slack account, its login."""
        hanna = self.hanna
        self.types("/personeel")
        self.presses("Stamkaarten")
        with self._another_screen():
            label = "Jan Foreign Vier · 00004"
            hanna.chooses("Zoek een stamkaart", label, typing="Vier")
        hanna.fills("Plaats", "Amsterdam")
        self.submits()
        with self._another_screen():
            hanna.chooses("Koppel een Slack-account", "mo", confirming=True)
        self.presses("Ontkoppel Slack", confirming=True)
        self.presses("Werknemerslogin openen")
        hanna.closes()

    def moves_data(self) -> None:
        """Two cards of one person, moved and back."""
        there = {"branch_id": self.company.cards.amsterdam, "phone": "06 12345678"}
        cards, hanna = self.company.cards, self.hanna
        cards.add_login(card=there | {"last_name": "Foreign Acht"})
        cards.add_card(**there | {"last_name": "Foreign Acht", "email": None})
        self.types("/personeel")
        self.presses("Medewerker gegevens verplaatsen")
        self.presses("Stamkaarten van Jan Foreign Acht vergelijken")
        self.submits()
        self.presses("Ongedaan maken")
        self.submits()
        hanna.closes()

    def sets_up_the_branch(self) -> None:
        """*Vestiging instellingen*, which only managers have."""
        self.types("/beheer")
        self.presses("Openen", near="Vestiging instellingen")
        self.presses("Openen", near="Amsterdam")
        self.hanna.fills("Toegestane foute pogingen", "9")
        self.submits()
        self.hanna.closes()

    def looks_through_the_log(self) -> None:
        """The events of Amsterdam, and those of one employee, taken along."""
        hanna = self.hanna
        self.types("/beheer")
        self.presses("Logboek")
        with self._another_screen():
            hanna.chooses("Vestiging", "Amsterdam", typing="ams")
        with self._another_screen():
            hanna.chooses("Medewerker", "Jan Foreign Twee · 00002", typing="twee")
        with self._another_screen():
            hanna.chooses("Wat", "Logins aangemaakt, actief gemaakt en gesloten")
        self.presses("Filters wissen")
        hanna.closes()

    def appoints(self) -> None:
        """A user of Amsterdam, changed and dismissed."""
        hanna = self.hanna
        self.types("/beheer")
        self.presses("Gebruikersbeheer")
        self.presses("Nieuwe beheerder")
        hanna.chooses("Wie", "mo")
        hanna.ticks("gebruiker")
        hanna.chooses("Vestigingen", "Amsterdam", typing="ams")
        hanna.fills("E-mailadres voor codes", "mo@example.nl")
        self.submits()
        hanna.closes()
        self.types("/beheer")
        self.presses("Gebruikersbeheer")
        self.presses("Openen: mo")
        hanna.fills("E-mailadres voor codes", "m@example.nl")
        self.submits()
        hanna.closes()

    def imports(self) -> None:
        """A list that is checked, and taken over."""
        path = self.tmp_path / "lijst.xlsx"
        somebody = {NUMBER: "900", LAST_NAME: "Foreign Zes", BRANCH: "Amsterdam"}
        path.write_bytes(workbooks.staff_list(somebody))
        self.types("/personeel")
        self.presses("Importeren")
        self.hanna.attaches(path, "Personeelslijst")
        self.submits()
        self.submits()
        self.hanna.closes()

    def reads_templates(self) -> None:
        """The words of letters, which only managers write."""
        self.types("/beheer")
        self.presses("Emailtemplates")
        self.presses("Openen", near="Uitnodiging met een link")
        self.presses("Kopiëren")
        self.submits()
        self.hanna.closes()

    def looks_at_dry_runs(self) -> None:
        """Each branch-wide act up to its dry run."""
        for act in (
            "Maak werknemerslogins aan",
            "Maak werknemerslogins actief",
            EXPORT,
            MAIL,
        ):
            self.opens_branch()
            self.presses(act)
            if act in (EXPORT, MAIL):
                self._looks_closer()
            self.hanna.closes()

    def _looks_closer(self) -> None:
        with self._another_screen():
            self.hanna.ticks("Alleen wie nog nooit inlogde (aantal logins = 0)")
        with self._another_screen():
            self.hanna.ticks("De hele vestiging")

    def hands_out(self) -> None:
        """A new login, an export, its opening password, a mailing."""
        self._does("Maak werknemerslogins aan")
        self._does("Maak werknemerslogins actief")
        self._does(EXPORT)
        self._reads("Toon openingswachtwoord")
        self.presses("Toon openingswachtwoord", in_channel=CHANNEL)
        self.hanna.closes()
        self._does(MAIL)
        self._reads("hebben een e-mail gekregen")

    def _does(self, act) -> None:
        self.opens_branch()
        self.presses(act)
        self.submits()
        self.hanna.closes()

    def _reads(self, words) -> None:
        eventually(lambda: words in self.hanna.reads_channel(CHANNEL))
