"""A mail server that takes every letter and forgets it.

`python -m benchmarks.mail_sink PORT DELAY`: it answers each command so many seconds
later, as one on the other side of a network does.
"""

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.ports import free_port


async def _speak(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float
) -> None:
    async def say(answer: bytes) -> None:
        await asyncio.sleep(delay)
        writer.write(answer + b"\r\n")

    await say(b"220 sink")
    while line := await reader.readline():
        match line[:4].upper():
            case b"EHLO":
                await say(b"250-sink\r\n250-8BITMIME\r\n250 SIZE 10000000")
            case b"DATA":
                await say(b"354 go on")
                await reader.readuntil(b"\r\n.\r\n")
                await say(b"250 taken")
            case b"QUIT":
                await say(b"221 bye")
                break
            case _:
                await say(b"250 ok")
    writer.close()


async def _serve(port: int, delay: float) -> None:
    server = await asyncio.start_server(
        lambda reader, writer: _speak(reader, writer, delay), "127.0.0.1", port
    )
    await server.serve_forever()


@contextmanager
def sink(delay: float) -> Iterator[int]:
    """Such a server in a process of its own; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.mail_sink", str(port), str(delay)]
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except ConnectionRefusedError:
                threading.Event().wait(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
