"""A browser window without a browser: streams, deeds and files over plain HTTP."""

import json
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from typing import Any, Self
from urllib.parse import quote

SECONDS = 30


class Stream:
    """Server-Sent Events of one address, read one by one."""

    def __init__(self, netloc: str, path: str) -> None:
        self.connection = HTTPConnection(netloc, timeout=SECONDS)
        self.connection.request("GET", path)
        self.response = self.connection.getresponse()
        assert self.response.status == 200

    def next(self) -> tuple[str, Any]:
        """The next event: its name and its data. Raises EOFError at the end."""
        fields = {}
        while line := self.response.readline().decode():
            if line == "\n" and "event" in fields:
                return fields["event"], json.loads(fields["data"])
            name, _, value = line.rstrip("\n").partition(": ")
            fields[name] = value
        raise EOFError

    def until(self, holds: Callable[[Any], Any]) -> Any:
        """The first data for which this holds."""
        while True:
            _, data = self.next()
            if holds(data):
                return data

    def close(self) -> None:
        self.response.close()
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Window:
    """The page as one person, and what she does on it."""

    def __init__(self, url: str, name: str) -> None:
        self.netloc = url.removeprefix("http://")
        self.name = name

    def live(self) -> Stream:
        return Stream(self.netloc, f"/client/{self.name}/live")

    def shows(self, holds: Callable[[Any], Any] = lambda _: True) -> Any:
        """What the page shows, once this holds."""
        with self.live() as stream:
            return stream.until(holds)

    def ask(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection(self.netloc, timeout=SECONDS)) as connection:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return response, response.read()

    def do(self, deed: str, **more: Any) -> dict[str, Any]:
        """Do what is possible."""
        status, answer = self.tries(deed, **more)
        assert status == 200, answer
        assert answer["ok"]
        return answer

    def problem(self, deed: str, **more: Any) -> str:
        """Try what is impossible; gives why."""
        status, answer = self.tries(deed, **more)
        assert status == 409, answer
        return answer["problem"]

    def tries(self, deed: Any, **more: Any) -> tuple[int, dict[str, Any]]:
        said = json.dumps({"deed": deed, **more})
        response, body = self.ask(
            "POST",
            f"/client/{quote(self.name)}/deeds",
            said,
            Content_Type="application/json",
        )
        return response.status, json.loads(body)

    def puts(self, content: bytes, filename: str = "a.txt", **place: str) -> Any:
        """Upload a file into a file input; gives status and answer."""
        parts = [
            f'--sep\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in place.items()
        ]
        parts.append(
            '--sep\r\nContent-Disposition: form-data; name="file"; '
            f'filename="{filename}"\r\nContent-Type: text/plain\r\n\r\n'
        )
        body = "".join(parts).encode() + content + b"\r\n--sep--\r\n"
        response, answer = self.ask(
            "POST",
            f"/client/{self.name}/files",
            body,
            Content_Type="multipart/form-data; boundary=sep",
        )
        return response.status, json.loads(answer)


def conversation(shown: Any, name: str) -> Any:
    """One conversation of a snapshot; "" is the one with the app."""
    return next(each for each in shown["conversations"] if each["name"] == name)


def texts(shown: Any, name: str) -> list[str]:
    """The messages of a conversation."""
    return [each["text"] for each in conversation(shown, name)["messages"]]
