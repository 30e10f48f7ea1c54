"""While many wait for a hash, pages and health find a thread."""

import http.client
import json
import threading

import pytest

from sleutelbos.http.server import HttpServer
from sleutelbos.http.site import Site
from sleutelbos.http.waiting_room import WaitingRoom
from sleutelbos.settings import Listen
from tests.sleutelbos.http.conftest import HOST


class Hashing:
    """A form that waits until it may end."""

    def __init__(self):
        self.inside = 0
        self.changed = threading.Condition()
        self.may_end = threading.Event()

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            with self.changed:
                self.inside += 1
                self.changed.notify_all()
            assert self.may_end.wait(30)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ja"]

    def are_inside(self, number):
        with self.changed:
            assert self.changed.wait_for(lambda: self.inside == number, 30)


@pytest.fixture
def hashing():
    return Hashing()


@pytest.fixture
def room(hashing):
    return WaitingRoom(hashing, places=3)


@pytest.fixture
def site(room, site):
    return Site(site.portal_url, 0, site.operation, room)


@pytest.fixture
def server(site):
    server = HttpServer(site.application(), Listen("127.0.0.1", 0), threads=5)
    server.start()
    yield server
    server.stop()


def test_who_finds_no_place_is_told_when_to_come_back(server, hashing, room, ask):
    statuses = []

    def post():
        connection = http.client.HTTPConnection(*server.address, timeout=30)
        connection.request("POST", "/", b"x=1", {"Host": HOST})
        answer = connection.getresponse()
        statuses.append(answer.status)
        answer.read()
        connection.close()

    posting = [threading.Thread(target=post) for _ in range(3)]
    for thread in posting:
        thread.start()
    hashing.are_inside(3)
    refused = ask(method="POST", body=b"x=1")
    assert (refused.status, refused.headers["Retry-After"]) == (503, "3")
    assert b"druk" in refused.body
    assert b"busy" in refused.body
    assert room.refused == 1
    assert ask("/").status == 200
    assert json.loads(ask("/healthz").body)["status"] == "ok"
    hashing.may_end.set()
    for thread in posting:
        thread.join(30)
    assert statuses == [200] * 3
    assert ask(method="POST", body=b"x=1").status == 200


def test_a_form_that_fails_gives_its_place_back():
    def fails(environ, start_response):
        raise ZeroDivisionError

    room = WaitingRoom(fails, places=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            room({"REQUEST_METHOD": "POST"}, lambda *_: None)
    assert room.refused == 0
