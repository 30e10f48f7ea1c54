"""Letters from the outbox to a mail server that is 5 ms away, and to one beside us.

Floor: smtplib's sendmail in loops, over as many kept connections (four), of a letter
with the same number of bytes that is written already. Limited by the four answers
that each letter waits for; ours also claims, opens, writes out and settles each one
in the database. Without the delay that work is all there is, so it has no goal.
"""

import smtplib
import tempfile
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import delete, func, select

from benchmarks.company import Company, furnish
from benchmarks.figure import Figure, apart, median_seconds, peak_growth_mib
from benchmarks.mail_sink import sink
from bot.office import Office as BotOffice
from domain.clock import utc_now
from domain.letters.composing import Office, compose
from domain.letters.kinds import LetterKind
from domain.letters.mail_server import MailServer, Sender
from domain.letters.queueing import KIND, Recipient, open_letter, queue_letter
from domain.letters.wording.words import Letterhead
from domain.outbox import OutboxMessage
from domain.secret import Keyring, Secret
from sleutelbos.letter_delivery import LetterDelivery
from sleutelbos.mail import CONNECTIONS, Mail

DELAY = 0.005
# At least 0.8 of the letters that the floor sends in the same time.
GOAL = 1 / 0.8
_MEMORY_GOAL_MIB = 30.0
_KEYRING = Keyring.from_setting(Secret("a key for benchmarks of 32 characters or more"))
_OFFICE = Office(
    Sender.from_text("Personeelszaken <hr@example.nl>"),
    Letterhead("De Gouden Lepel", "https://inloggen.example.nl"),
    "nl",
)


def run(quick: bool) -> list[Figure]:
    """1,000 letters each way, and the memory that 10,000 take."""
    size = 200 if quick else 1_000
    many = 1_000 if quick else 10_000
    growth = apart(_memory_of, many)
    return [
        _sending(size, DELAY, GOAL, growth),
        _sending(size, 0.0, None, None),
    ]


def _sending(
    size: int, delay: float, goal: float | None, growth: float | None
) -> Figure:
    with tempfile.TemporaryDirectory() as folder, sink(delay) as port:
        company = furnish(Path(folder))
        _queue(company, 1)
        with company.database.reading() as session:
            row = session.scalars(select(OutboxMessage).filter_by(kind=KIND)).one()
        content = compose(open_letter(row, keyring=_KEYRING), _OFFICE).content
        deliveries = _deliveries(company, port)

        def refill() -> None:
            with company.database.transaction() as session:
                session.execute(delete(OutboxMessage))
            _queue(company, size)

        floor = median_seconds(lambda: _bare_loops(port, content, size))
        ours = median_seconds(lambda: _deliver(deliveries), before=refill)
        with company.database.reading() as session:
            sent = session.scalar(
                select(func.count()).where(OutboxMessage.delivered.is_(True))
            )
        assert sent == size
        _close(deliveries)
        company.database.close()
    away = f"{delay * 1000:.0f} ms an answer" if delay else "no delay"
    return Figure(
        job=f"send {size:,} letters, {away}",
        floor="smtplib in four loops, the same bytes",
        floor_seconds=floor,
        seconds=ours,
        goal=goal,
        memory_mib=growth,
        memory_goal_mib=_MEMORY_GOAL_MIB if growth is not None else None,
        limited_by="the mail server's answers" if delay else "writing out and commits",
    )


def _memory_of(count: int) -> float:
    """How far the peak grows by so many letters, after the first hundred."""
    with tempfile.TemporaryDirectory() as folder, sink(0.0) as port:
        company = furnish(Path(folder))
        _queue(company, 100)
        deliveries = _deliveries(company, port)
        _deliver(deliveries)
        _queue(company, count)
        growth = peak_growth_mib(lambda: _deliver(deliveries))
        _close(deliveries)
        company.database.close()
    return growth


def _bare_loops(port: int, content: bytes, size: int) -> None:
    _side_by_side(
        [partial(_bare_loop, port, content, size // CONNECTIONS)] * CONNECTIONS
    )


def _bare_loop(port: int, content: bytes, size: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as smtp:
        for _ in range(size):
            smtp.sendmail("hr@example.nl", ["sanne@example.nl"], content)


def _deliver(deliveries: Sequence[LetterDelivery]) -> None:
    _side_by_side([delivery.deliver_due for delivery in deliveries])


def _side_by_side(loops: Sequence[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=loop) for loop in loops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _close(deliveries: Sequence[LetterDelivery]) -> None:
    for delivery in deliveries:
        delivery.close()


def _queue(company: Company, size: int) -> None:
    to = Recipient("sanne@example.nl", "Sanne", "nl", 1)
    with company.database.transaction() as session:
        for _ in range(size):
            queue_letter(
                session, LetterKind.LOCKED_OUT, to, keyring=_KEYRING, now=utc_now()
            )


def _deliveries(company: Company, port: int) -> tuple[LetterDelivery, ...]:
    mail = Mail(MailServer.from_url(f"smtp://127.0.0.1:{port}"), _OFFICE)
    office = BotOffice(company.database, utc_now, _KEYRING, "De Gouden Lepel", "nl")
    return mail.deliveries(office, threading.Event())
