"""What aiosmtpd asks of us at each step: whom to accept, what to do with a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiosmtpd.smtp import Envelope, Session

from sandbox.mailbox.conversations import END_OF_DATA

if TYPE_CHECKING:
    from sandbox.mailbox.smtp_connection import SmtpConnection

OK = "250 OK"


class Receiving:
    """Hooks of aiosmtpd; they run in the server's thread."""

    async def handle_EHLO(  # noqa: N802
        self,
        connection: SmtpConnection,
        session: Session,
        _envelope: Envelope,
        host_name: str,
        answers: list[str],
    ) -> list[str]:
        """Offer AUTH only where somebody can log in."""
        session.host_name = host_name
        if connection.server.settings.login:
            return answers
        return [each for each in answers if not each.startswith("250-AUTH")]

    async def handle_RCPT(  # noqa: N802
        self,
        connection: SmtpConnection,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Accept everybody who is not refused."""
        fault = connection.faults.due("RCPT", address)
        if fault:
            return fault.answer
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(  # noqa: N802
        self, connection: SmtpConnection, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the letter, unless a fault has it otherwise."""
        connection.conversation.hear(END_OF_DATA)
        fault = connection.faults.due("LETTER")
        if fault and fault.answer:
            await connection.faults.pass_holds("LETTER")
            return fault.answer
        if fault is None or fault.keeps:
            connection.server.keep(envelope, connection.conversation)
        await connection.faults.pass_holds("LETTER")
        if fault:
            await connection.drop()
        return OK

    async def handle_exception(self, error: Exception) -> str:
        """Only what a client says makes aiosmtpd trip, such as a mad address."""
        return f"500 5.5.2 Can't be read ({type(error).__name__})"
