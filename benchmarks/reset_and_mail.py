"""Reset and mail: from press to the last letter taken, beside the hashes alone.

Floor: the same number of argon2id hashes on all cores with nothing else. The mail
server is 5 ms away for each command, over four connections. Limited by the hash; what
the run adds (ledger, applying, sealing, writing out, handing in, settling) has to
hide behind it. A run with links hashes nothing, so it has no goal.
"""

import logging
import statistics
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import select

from benchmarks.company import Company, furnish
from benchmarks.figure import Figure, apart, peak_growth_mib, seconds_of
from benchmarks.mail_sink import sink
from benchmarks.reset_and_export import CORES, HASHER_MIB, hash_alone, tools_for
from bot.office import Office
from domain.clock import utc_now
from domain.letters import composing, email_templates
from domain.letters.email_templates import Wording
from domain.letters.mail_server import MailServer, Sender
from domain.letters.model import BuiltIn, EmailTemplate, EmailTemplateId
from domain.letters.wording.words import Letterhead
from domain.runs import ledger
from domain.runs.mailing import mail_once, prepare_once
from domain.runs.model import Run, RunId
from domain.runs.planning import ResetChoice
from domain.runs.reporting import report
from domain.runs.telling import tell_once
from domain.runs.tools import RunTools
from sleutelbos.mail import Mail
from sleutelbos.work_loop import WorkLoop

DELAY = 0.005
GOAL = 1.30
_MEMORY_GOAL_MIB = 32.0
_COMPANY = "De Gouden Lepel"
_PAGE = "https://inloggen.example.nl"


def run(quick: bool) -> list[Figure]:
    """With passwords and with links; 1,000 logins each."""
    size, repeats = (200, 1) if quick else (1_000, 3)
    return [
        _figure(size, repeats, BuiltIn.PASSWORD, GOAL),
        _figure(size, repeats, BuiltIn.LINK, None),
    ]


def _figure(size: int, repeats: int, template: BuiltIn, goal: float | None) -> Figure:
    floors, jobs, growth = [apart(hash_alone, size)], [], []
    for _ in range(repeats):
        seconds, mib = apart(_reset_and_mail, size, template)
        jobs.append(seconds)
        growth.append(mib)
        floors.append(apart(hash_alone, size))
    hashes = template is BuiltIn.PASSWORD
    return Figure(
        job=f"reset and mail of {size:,} logins, a {template.value} each",
        floor=f"{size:,} argon2id hashes on {CORES} cores",
        floor_seconds=statistics.median(floors),
        seconds=statistics.median(jobs),
        goal=goal,
        memory_mib=max(growth),
        memory_goal_mib=_MEMORY_GOAL_MIB + (HASHER_MIB * CORES if hashes else 0),
        limited_by="the hash" if hashes else "the mail server's answers and commits",
    )


def _reset_and_mail(size: int, built_in: BuiltIn) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder, sink(DELAY) as port:
        company = furnish(Path(folder))
        company.add_cards(company.branch_ids[0], range(1, size + 1))
        company.add_logins(range(1, size + 1))
        template_id = _bare_copy(company, built_in)
        stopping = threading.Event()
        tools = tools_for(company, {}, stopping)
        seconds = 0.0

        def work() -> None:
            nonlocal seconds
            seconds = seconds_of(lambda: _press_and_wait(company, template_id, size))

        with _working(company, tools, port, stopping):
            mib = peak_growth_mib(work)
        tools.hashing.close()
        company.database.close()
    return seconds, mib


def _bare_copy(company: Company, built_in: BuiltIn) -> EmailTemplateId:
    """The built-in template without its attachment: what is measured is the run."""
    with company.database.transaction() as session:
        query = select(EmailTemplate.id).where(EmailTemplate.built_in == built_in)
        original = EmailTemplateId(session.scalars(query).one())
        said = email_templates.get(session, original, actor=company.actor).wording
        copy = Wording(
            f"{said.name} 2",
            said.subject_nl,
            said.body_nl,
            said.subject_en,
            said.body_en,
        )
        return email_templates.add(
            session, copy, branch_id=None, actor=company.actor, now=utc_now()
        )


def _press_and_wait(company: Company, template_id: EmailTemplateId, size: int) -> None:
    with company.database.transaction() as session:
        run_id = ledger.start_mailing(
            session,
            company.branch_ids[0],
            ResetChoice(),
            template_id=template_id,
            again=False,
            expected_count=size,
            channel_id="C1",
            actor=company.actor,
            now=utc_now(),
        )
    while not _has_ended(company, run_id):
        threading.Event().wait(0.05)
    with company.database.reading() as session:
        if report(session, run_id).sent != size:
            raise RuntimeError("letters were not sent")


def _has_ended(company: Company, run_id: RunId) -> bool:
    with company.database.reading() as session:
        return session.get_one(Run, run_id).ended_at is not None


@contextmanager
def _working(
    company: Company, tools: RunTools, port: int, stopping: threading.Event
) -> Iterator[None]:
    """The loops of a worker that a mailing needs; nobody reads a line per letter."""
    quiet = structlog.make_filtering_bound_logger(logging.WARNING)
    structlog.configure(wrapper_class=quiet)
    office = Office(company.database, utc_now, tools.keyring, _COMPANY, "nl")
    mail = Mail(
        MailServer.from_url(f"smtp://127.0.0.1:{port}"),
        composing.Office(
            Sender.from_text("Personeelszaken <hr@example.nl>"),
            Letterhead(_COMPANY, _PAGE),
            "nl",
        ),
    )
    deliveries = mail.deliveries(office, stopping)
    works: list[Callable[[], bool]] = [each.deliver_due for each in deliveries]
    works += [partial(each, tools) for each in (prepare_once, tell_once)]
    loops = [WorkLoop("bench", work) for work in works]
    loops.append(WorkLoop("mailings", partial(mail_once, tools), rest=0.2))

    def wake() -> None:
        for loop in loops:
            loop.wake()

    company.database.when_queued(wake)
    for loop in loops:
        loop.start()
    yield
    stopping.set()
    for loop in loops:
        loop.stop()
    for loop in loops:
        loop.join()
    for delivery in deliveries:
        delivery.close()
