"""The guard before Bolt: what is not Slack's gets one answer and is never parsed."""

import io
import json
import logging
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot import http_payload
from bot.http_mode import LARGEST, PATH, REFUSAL, Remark
from bot.slack_signature import sign
from domain.secret import Secret
from domain.slack_deliveries import SlackDelivery
from tests.bot.over_http import Remarks, Slack, call, http_mode

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CANARY = "kanarie-7f3a"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def rate_limits():
    """More payloads than anybody sends."""
    return False


@pytest.fixture
def remarks():
    return Remarks()


@pytest.fixture
def slack_by_hand(slack, office, remarks):
    slack.signing_secret = SECRET
    for error in ("user_not_found", "not_found", "invalid_arguments"):
        slack.tolerates(error)
    mode = http_mode(slack, office, remarks)
    mode.connect()
    yield Slack(mode, SECRET, office.clock)
    mode.close()


def a_command(**more):
    return urlencode({"command": "/personeel", "text": CANARY} | more).encode()


# A body that Slack could send; the other one nobody can read.
GOOD = json.dumps({"type": "event_callback", "text": CANARY}).encode()


def _without(*names):
    def take(request, _):
        for name in names:
            request.pop(name, None)

    return take


def _with(**headers):
    def put(request, _):
        request.update(headers)

    return put


def _timestamp(change):
    """Signed rightly, for a timestamp that is not as it should be."""

    def put(request, now):
        body = request["wsgi.input"].getvalue()
        timestamp = change(now)
        request["HTTP_X_SLACK_REQUEST_TIMESTAMP"] = timestamp
        request["HTTP_X_SLACK_SIGNATURE"] = sign(Secret(SECRET), timestamp, body)

    return put


def _signature(change):
    def put(request, _):
        right = request["HTTP_X_SLACK_SIGNATURE"]
        request["HTTP_X_SLACK_SIGNATURE"] = change(right)

    return put


def _body(change):
    def put(request, _):
        request["wsgi.input"] = io.BytesIO(change(request["wsgi.input"].getvalue()))

    return put


def _by_another_secret(request, now):
    body, timestamp = request["wsgi.input"].getvalue(), str(int(now.timestamp()))
    request["HTTP_X_SLACK_SIGNATURE"] = sign(Secret("0" * 32), timestamp, body)


def _as_version_one(request, _):
    right = request["HTTP_X_SLACK_SIGNATURE"]
    request["HTTP_X_SLACK_SIGNATURE"] = right.replace("v0=", "v1=")


UNSIGNED = {
    "no headers": _without("HTTP_X_SLACK_SIGNATURE", "HTTP_X_SLACK_REQUEST_TIMESTAMP"),
    "no signature": _without("HTTP_X_SLACK_SIGNATURE"),
    "no timestamp": _without("HTTP_X_SLACK_REQUEST_TIMESTAMP"),
    "get": _with(REQUEST_METHOD="GET"),
    "head": _with(REQUEST_METHOD="HEAD"),
    "put": _with(REQUEST_METHOD="PUT"),
    "options": _with(REQUEST_METHOD="OPTIONS"),
    "lower case post": _with(REQUEST_METHOD="post"),
    "empty signature": _signature(lambda right: ""),
    "version only": _signature(lambda right: "v0="),
    "no version": _signature(lambda right: right.removeprefix("v0=")),
    "other version": _as_version_one,
    "upper case": _signature(str.upper),
    "upper case hex": _signature(lambda right: "v0=" + right[3:].upper()),
    "cut short": _signature(lambda right: right[:-1]),
    "one too long": _signature(lambda right: right + "0"),
    "one digit changed": _signature(
        lambda right: right[:-1] + ("0" if right[-1] != "0" else "1")
    ),
    "blank before": _signature(lambda right: " " + right),
    "blank after": _signature(lambda right: right + " "),
    "twice": _signature(lambda right: f"{right}, {right}"),
    "not ascii": _signature(lambda right: right[:-1] + "é"),
    "only zeros": _signature(lambda right: "v0=" + "0" * 64),
    "null byte": _signature(lambda right: right + "\0"),
    "very long": _signature(lambda right: right * 500),
    "another secret": _by_another_secret,
    "one byte more": _body(lambda body: body + b" "),
    "one byte less": _body(lambda body: body[:-1]),
    "one bit changed": _body(lambda body: body[:-1] + bytes([body[-1] ^ 1])),
    "no body": _body(lambda body: b""),
    "too large": _body(lambda body: body + b" " * LARGEST),
    "six minutes old": _timestamp(lambda now: str(int(now.timestamp()) - 301)),
    "from the future": _timestamp(lambda now: str(int(now.timestamp()) + 302)),
    "empty time": _timestamp(lambda now: ""),
    "negative time": _timestamp(lambda now: f"-{int(now.timestamp())}"),
    "plus before time": _timestamp(lambda now: f"+{int(now.timestamp())}"),
    "blank in time": _timestamp(lambda now: f" {int(now.timestamp())}"),
    "time with a point": _timestamp(lambda now: f"{int(now.timestamp())}.0"),
    "time as power": _timestamp(lambda now: "1e9"),
    "not a number": _timestamp(lambda now: "nan"),
    "other digits": _timestamp(
        lambda now: "".join(chr(0x660 + int(d)) for d in str(int(now.timestamp())))
    ),
    "underscored": _timestamp(lambda now: f"{int(now.timestamp()):_}"),
    "endless time": _timestamp(lambda now: "9" * 5000),
}


def test_there_are_forty_shapes_at_least():
    assert len(UNSIGNED) >= 40


@pytest.mark.parametrize("shape", UNSIGNED)
@pytest.mark.parametrize("body", [GOOD, b"\xff{["], ids=["good", "junk"])
def test_what_slack_did_not_sign_gets_one_answer_and_is_not_parsed(
    slack_by_hand, remarks, caplog, now, shape, body
):
    request = slack_by_hand.signed(body)
    UNSIGNED[shape](request, now)
    with capture_logs() as logged, caplog.at_level(logging.DEBUG):
        answer = call(slack_by_hand.mode, request)
    assert answer == (
        "401 Unauthorized",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(REFUSAL))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
        REFUSAL,
    )
    assert Remark.UNREADABLE not in remarks.counts
    assert sum(remarks.counts.values()) == 1
    assert CANARY not in caplog.text + str(logged)


UNREADABLE = {
    "no json": (b"{", "application/json"),
    "a list": (b"[]", "application/json"),
    "a number": (b"1", "application/json"),
    "not utf-8": (b'{"type": "\xff"}', "application/json"),
    "a lone surrogate": (b'{"type": "\\ud800"}', "application/json"),
    "33 deep": (b'{"a":' * 33 + b"1" + b"}" * 33, "application/json"),
    "33 lists deep": (b'{"a":' + b"[" * 33 + b"]" * 33 + b"}", "application/json"),
    "100,000 deep": (b"[" * 100_000, "application/json"),
    "a number without end": (b'{"a": ' + b"9" * 10_000 + b"}", "application/json"),
    "plain text": (GOOD, "text/plain"),
    "no type": (GOOD, ""),
    "a file": (b"--x\r\n", "multipart/form-data; boundary=x"),
    "an empty form": (b"", FORM),
    "a form with a name twice": (b"command=/a&command=/b", FORM),
    "a form of 200 fields": (b"&".join(b"f%d=1" % n for n in range(200)), FORM),
    "a payload that is none": (b"payload=1", FORM),
    "a payload too deep": (
        urlencode({"payload": '{"a":' * 40 + "1" + "}" * 40}).encode(),
        FORM,
    ),
    "a form that is no utf-8": (b"command=%ff", FORM),
}


@pytest.mark.parametrize("shape", UNREADABLE)
def test_what_is_signed_and_unreadable_gets_the_same_answer(
    slack_by_hand, remarks, shape
):
    body, content_type = UNREADABLE[shape]
    assert slack_by_hand.post(body, CONTENT_TYPE=content_type) == (401, REFUSAL)
    assert remarks.counts == {Remark.UNREADABLE: 1}


def test_32_levels_are_read():
    body = b'{"a":' * 32 + b"1" + b"}" * 32
    assert http_payload.parse("application/json", body)
    with pytest.raises(http_payload.UnreadableError):
        http_payload.parse("application/json", b'{"a":' + body + b"}")


def test_the_challenge_is_given_back(slack_by_hand):
    challenge = {"type": "url_verification", "challenge": "3eZbrw1aBm2rZgRN"}
    answer = slack_by_hand.post(json.dumps(challenge).encode())
    assert answer == (200, b"3eZbrw1aBm2rZgRN")


def test_a_signature_is_good_for_five_minutes_either_way(slack_by_hand, clock):
    request = slack_by_hand.signed(GOOD)
    clock.forward(timedelta(minutes=5))
    assert call(slack_by_hand.mode, request)[0] == "200 OK"


def test_the_same_bytes_again_are_answered_and_left(slack_by_hand, remarks, slack):
    body = a_command(
        team_id=slack.team_id, user_id="U1", trigger_id="1.2", response_url=""
    )
    answers = {slack_by_hand.post(body, CONTENT_TYPE=FORM) for _ in range(3)}
    assert answers == {(200, b"")}
    assert remarks.counts[Remark.REPEATED] == 2


def test_the_same_letters_typed_again_are_looked_up_again(
    slack_by_hand, remarks, slack
):
    typed = {
        "type": "block_suggestion",
        "action_id": "nobodys.business",
        "value": "utr",
        "user": {"id": "U1", "team_id": slack.team_id},
    }
    for _ in range(2):
        assert slack_by_hand.post_form(payload=json.dumps(typed))[0] == 200
    assert remarks.counts == {Remark.UNHEARD: 2}


def test_a_retry_of_slack_has_another_signature_and_no_other_effect(
    slack_by_hand, remarks, clock
):
    event = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "x"}}
    body = json.dumps(event).encode()
    assert slack_by_hand.post(body) == (200, b"")
    assert remarks.counts == {Remark.UNHEARD: 1}
    clock.forward(timedelta(minutes=1))
    retry = {"HTTP_X_SLACK_RETRY_NUM": "1", "HTTP_X_SLACK_RETRY_REASON": "http_timeout"}
    assert slack_by_hand.post(body, **retry) == (200, b"")
    assert remarks.counts == {Remark.UNHEARD: 1, Remark.REPEATED: 1}


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "something_new"},
        {"type": "event_callback", "event": {"type": "reaction_added"}},
        {"type": "block_actions", "actions": []},
        {"type": "view_submission", "view": None},
        {"type": None},
        {},
    ],
)
def test_what_nobody_listens_for_is_acknowledged_and_counted(
    slack_by_hand, remarks, payload
):
    assert slack_by_hand.post(json.dumps(payload).encode()) == (200, b"")
    assert remarks.counts == {Remark.UNHEARD: 1}


def test_a_database_that_is_away_has_slack_come_again(slack_by_hand, office, remarks):
    with office.database.engine.begin() as connection:
        SlackDelivery.__table__.drop(connection)
    status, body = slack_by_hand.post(GOOD)
    assert (status, body) == (503, b"")
    assert remarks.counts == {Remark.DATABASE: 1}


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
TYPES = st.sampled_from(
    ["event_callback", "block_actions", "view_submission", "block_suggestion", "?"]
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.dictionaries(st.text(max_size=8), JUNK, max_size=4).map(
        lambda body: json.dumps(body).encode()
    ),
    st.fixed_dictionaries(
        {"type": TYPES},
        optional=dict.fromkeys(
            ("event", "view", "actions", "user", "team", "event_id"), JUNK
        ),
    ).map(lambda body: json.dumps(body).encode()),
    st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4).map(
        lambda form: urlencode(form, errors="replace").encode()
    ),
    JUNK.map(lambda part: urlencode({"payload": json.dumps(part)}).encode()),
)
CONTENT_TYPES = st.sampled_from(["application/json", FORM, "text/plain", ""])


@settings(
    max_examples=10_000,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(body=BODIES, content_type=CONTENT_TYPES, is_signed=st.integers(0, 4))
def test_nothing_that_arrives_breaks_it(slack_by_hand, body, content_type, is_signed):
    # One in five is not signed.
    more = {} if is_signed else {"HTTP_X_SLACK_SIGNATURE": "v0=" + "0" * 64}
    status, answer = slack_by_hand.post(body, CONTENT_TYPE=content_type, **more)
    assert status in (200, 401)
    assert is_signed or (status, answer) == (401, REFUSAL)


def test_the_address_is_that_of_the_manifest():
    assert PATH == "/slack/events"
