"""A branch before a mailing, one worker that carries it out, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from domain.letters import email_templates
from domain.letters.email_templates import Wording
from domain.letters.model import (
    BuiltIn,
    EmailTemplate,
    EmailTemplateId,
    TemplateVersionId,
)
from domain.runs.ledger import start_mailing
from domain.runs.mailing import mail_once, prepare_once
from domain.runs.model import RunId
from domain.runs.planning import MailingPlan, ResetChoice, plan_mailing
from domain.runs.reporting import RunReport, report
from domain.runs.telling import tell_once
from domain.runs.tools import RunTools, Step
from tests.domain.runs.postman import Postman
from tests.domain.runs.steps import Killed


@dataclass
class MailWorker:
    """One worker process of the test; it may be killed at a step."""

    tools: RunTools
    clock: Callable
    postman: Postman

    def works_for(self, duration: timedelta, every: timedelta) -> None:
        """For so long on the clock, a round every so often."""
        end = self.clock() + duration
        while self.clock() < end:
            self.goes_round()
            self.clock.forward(every)

    def works(self, rounds: int = 100) -> None:
        """Until every mailing ended and its message says so."""
        for _ in range(rounds):
            self.goes_round()
            if all(each.result_shown for each in self.postman.mailings()):
                return
            self.clock.forward(timedelta(seconds=6))
        raise AssertionError("the mailing never ended")

    def goes_round(self) -> None:
        """A turn of each loop of the worker, and of the letters'."""
        tell_once(self.tools)
        prepare_once(self.tools)
        while mail_once(self.tools):
            pass
        self.postman.delivers()
        mail_once(self.tools)
        while tell_once(self.tools):
            pass

    def is_killed_at(self, step: Step, times: int = 1) -> bool:
        """Work until this step is reached for the n-th time; says whether it was."""
        left = times

        def reached(here: Step) -> None:
            nonlocal left
            left -= here is step
            if left == 0:
                raise Killed

        killed = replace(self, tools=replace(self.tools, reached=reached))
        try:
            killed.works(rounds=30)
        except Killed:
            return True
        return False


def template_of(office, built_in: BuiltIn) -> EmailTemplateId:
    with office.database.reading() as session:
        query = select(EmailTemplate.id).where(EmailTemplate.built_in == built_in)
        return EmailTemplateId(session.scalars(query).one())


def plan(office, choice=None, again=False, actor=None, now=None) -> MailingPlan:
    with office.database.reading() as session:
        return plan_mailing(
            session,
            office.utrecht,
            choice or ResetChoice(),
            again=again,
            actor=actor or office.bram,
            now=now or office.now,
        )


def start(office, template=BuiltIn.LINK, choice=None, actor=None, now=None, **more):
    """Start a mailing the way a press does: dry run first, then its number."""
    choice, again = choice or ResetChoice(), more.pop("again", False)
    if isinstance(template, BuiltIn):
        template = template_of(office, template)
    found = plan(office, choice, again, actor, now)
    with office.database.transaction() as session:
        return start_mailing(
            session,
            more.pop("branch_id", office.utrecht),
            choice,
            template_id=template,
            again=again,
            expected_count=more.pop("expected_count", found.count),
            channel_id="C1",
            actor=actor or office.bram,
            now=now or office.now,
            **more,
        )


def add_template(office, hands_over="{{ link }}", branch_id=None) -> EmailTemplateId:
    """A template of the managers' own."""
    with office.database.transaction() as session:
        return email_templates.add(
            session,
            _wording(f"Beste {{{{ voornaam }}}},\n\n{hands_over}"),
            branch_id=branch_id,
            actor=office.hanna,
            now=office.now,
        )


def change_template(office, template_id, now) -> TemplateVersionId:
    """A second version of it."""
    with office.database.transaction() as session:
        email_templates.change(
            session,
            template_id,
            _wording("Dag {{ voornaam }},\n\n{{ link }}"),
            expected_number=1,
            actor=office.hanna,
            now=now,
        )
        return email_templates.get(session, template_id, actor=office.hanna).version_id


def _wording(body: str) -> Wording:
    return Wording("Welkom", "Uw toegang", body, "", "")


def report_of(office, run_id: RunId) -> RunReport:
    with office.database.reading() as session:
        return report(session, run_id)
