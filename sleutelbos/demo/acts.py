"""What administrators did before today, by the same services as today.

Each acts at the moment that the demo's clock says, and with their own rights.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.identity import profile_from
from bot.office import Office
from domain import administrators, branch_settings, branches, slack_users
from domain.actor import OPERATOR, AccountType, Actor, BranchId
from domain.appointments import appointing
from domain.branch_settings import Settings
from domain.exports import handover
from domain.importing import staff_lists
from domain.logins import provisioning, resets
from domain.logins.model import Login, LoginId
from domain.record_cards.employment import office_day
from domain.record_cards.model import RecordCard
from domain.runs.ledger import start_reset
from domain.runs.planning import ResetChoice, plan_reset
from domain.slack_users import SlackIdentity
from sandbox.slack import Workspace
from sleutelbos.demo import staff_list
from sleutelbos.demo.company import Person
from sleutelbos.demo.unattended import Unattended


@dataclass(frozen=True)
class Acts:
    """Everything they did; `who` is a name in the demo's Slack."""

    office: Office
    slack: Workspace
    unattended: Unattended

    def appoint_first(self, who: str) -> None:
        """What `sleutelbos administrator add --email` does."""
        identity, kind = self._identity(who), AccountType.MANAGER
        address, now = self.slack.user(who).email, self.office.clock()
        with self.office.database.transaction() as session:
            appointing.appoint(
                session, identity, kind, email=address, actor=OPERATOR, now=now
            )

    def appoint(self, who: str, whom: str, kind: AccountType, branch: str) -> None:
        """Have somebody administer a branch, as *Gebruikersbeheer* does."""
        identity, user = self._identity(whom), self.slack.user(whom)
        told = user.as_api(
            with_email=False, with_locale=True, viewer_team=identity.team_id
        )
        profile = profile_from({"user": told}, identity.team_id)
        with self.office.database.transaction() as session:
            actor, branch_id = self._actor_in(session, who, branch)
            now = self.office.clock()
            slack_users.remember(session, identity, profile, now=now)
            appointing.appoint(
                session, identity, kind, [branch_id], user.email, actor=actor, now=now
            )

    def import_list(self, who: str, people: Iterable[Person]) -> None:
        """Take the good rows of a staff list."""
        now = self.office.clock()
        listed = staff_list.as_read(people, office_day(now))
        with self.office.database.transaction() as session:
            actor = self._actor(session, who)
            keyring = self.office.keyring
            staff_lists.apply(session, listed, keyring=keyring, actor=actor, now=now)

    def open_branch(self, who: str, branch: str) -> None:
        """Add a branch that has no cards yet."""
        with self.office.database.transaction() as session:
            actor = self._actor(session, who)
            branches.ensure(session, [branch], actor=actor, now=self.office.clock())

    def set_up(self, who: str, branch: str, settings: Settings) -> None:
        """*Vestiging instellingen*."""
        with self.office.database.transaction() as session:
            actor, branch_id = self._actor_in(session, who, branch)
            now = self.office.clock()
            branch_settings.save_settings(
                session, branch_id, settings, actor=actor, now=now
            )

    def create_logins(self, who: str, branch: str) -> None:
        """*Maak werknemerslogins aan*."""
        create = provisioning.create_logins
        with self.office.database.transaction() as session:
            actor, branch_id = self._actor_in(session, who, branch)
            while create(session, branch_id, actor=actor, now=self.office.clock()):
                continue

    def activate_logins(self, who: str, branch: str) -> None:
        """*Maak werknemerslogins actief*."""
        activate = provisioning.activate_logins
        with self.office.database.transaction() as session:
            actor, branch_id = self._actor_in(session, who, branch)
            while activate(session, branch_id, actor=actor, now=self.office.clock()):
                continue

    def switch_off(self, who: str, numbers: Sequence[str]) -> None:
        """Untick *Actief*."""
        with self.office.database.transaction() as session:
            actor = self._actor(session, who)
            for login_id in logins(session, numbers):
                provisioning.set_active(
                    session,
                    login_id,
                    active=False,
                    expected_version=session.get_one(
                        Login, login_id
                    ).credential_version,
                    actor=actor,
                    now=self.office.clock(),
                )

    def give_in_person(self, who: str, numbers: Sequence[str]) -> None:
        """*Toon nieuw wachtwoord*, and tell it to whom it is for."""
        transaction, now = self.office.database.transaction, self.office.clock()
        with self.office.database.reading() as session:
            actor = self._actor(session, who)
            login_ids = logins(session, numbers)
        for login_id in login_ids:
            prepared = resets.prepare_shown_password(
                transaction,
                login_id,
                keyring=self.office.keyring,
                actor=actor,
                now=now,
            )
            resets.apply_shown_password(transaction, prepared, actor=actor, now=now)

    def export(self, who: str, branch: str, channel_id: str) -> None:
        """*Reset wachtwoorden en exporteer data*, and open the workbook."""
        choice = ResetChoice()
        with self.office.database.transaction() as session:
            actor, branch_id = self._actor_in(session, who, branch)
            now = self.office.clock()
            plan = plan_reset(session, branch_id, choice, actor=actor, now=now)
            run_id = start_reset(
                session,
                branch_id,
                choice,
                expected_count=plan.count,
                channel_id=channel_id,
                actor=actor,
                now=now,
            )
        self.unattended.finish_runs()
        keyring = self.office.keyring
        with self.office.database.transaction() as session:
            handover.show_opening_password(
                session, run_id, keyring=keyring, actor=actor, now=self.office.clock()
            )

    def _identity(self, who: str) -> SlackIdentity:
        return SlackIdentity(self.slack.team_id, self.slack.user(who).id)

    def _actor(self, session: Session, who: str) -> Actor:
        actor = administrators.find_actor(session, self._identity(who))
        if actor is None:
            raise LookupError(f"{who} administers nothing")
        return actor

    def _actor_in(
        self, session: Session, who: str, branch: str
    ) -> tuple[Actor, BranchId]:
        actor = self._actor(session, who)
        found = branches.search(session, branch, actor=actor, limit=1)
        return actor, BranchId(found[0].id)


def logins(session: Session, numbers: Sequence[str]) -> list[LoginId]:
    """The logins of these cards, as far as they have one."""
    rows = session.scalars(
        select(Login.id)
        .join(RecordCard, RecordCard.id == Login.record_card_id)
        .where(RecordCard.number_key.in_(numbers))
        .order_by(Login.id)
    )
    return [LoginId(login_id) for login_id in rows]
