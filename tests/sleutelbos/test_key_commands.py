"""A secret key that is gone for good, on a real file and with a real `serve`."""

from pathlib import Path

import pytest

from domain import audit_seals, branches
from domain.actor import OPERATOR
from domain.logins.model import SecondFactor
from domain.sign_in import recovery
from sandbox.slack import Workspace
from sleutelbos import opening, settings
from tests.conftest import SetClock
from tests.domain.office import furnish
from tests.domain.sign_in.codes.second_steps import VISIT, SecondSteps
from tests.domain.step_up.giving import Codes
from tests.sleutelbos.processes import Serving

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
KEY = "kJ8-vW2_qZ5xN1rT7yB4mC0dF6gH9pLs"
OTHER_KEY = "tT3-bN8_wE6xQ1uI9oP4aS7dF2gH5jKl"


@pytest.fixture
def key_path(machine):
    return machine / "sleutelbos.db.key"


def seal_a_day(now):
    """A database with a sealed day, and the key that sealed it."""
    given = settings.load()
    with opening.opened(given) as database:
        keyring = opening.keyring(given, database)
        with database.transaction() as session:
            first = now.replace(day=1)
            branches.ensure(session, ["Utrecht"], actor=OPERATOR, now=first)
            assert audit_seals.seal_next_day(session, keyring, now=now)


def test_before_anything_is_lost_there_is_nothing_to_let_go_of(
    sleutelbos, machine, key_path, now
):
    seal_a_day(now)
    key = key_path.read_text()
    for options in ([], ["--confirm"]):
        ended = sleutelbos("key", "lost", *options)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.count("\n") == 1
        assert "er is niets verloren" in ended.out
    assert key_path.read_text() == key


def test_what_a_lost_key_takes_with_it_is_said_before_anything_is_done(
    sleutelbos, key_path, now
):
    seal_a_day(now)
    key_path.unlink()
    ended = sleutelbos("key", "lost")
    assert (ended.code, ended.err) == (0, "")
    assert "de zegels van het logboek tot en met 2026-11-01" in ended.out
    assert "herhaal met --confirm" in ended.out
    assert not key_path.exists()
    assert sleutelbos("audit", "verify").code == 2


def test_a_log_whose_key_is_lost_is_verified_by_a_new_one_that_says_so(
    sleutelbos, key_path, now
):
    seal_a_day(now)
    key_path.unlink()
    refused = sleutelbos("audit", "verify")
    assert refused.code == 2
    assert "sleutelbos key lost" in refused.err
    ended = sleutelbos("key", "lost", "--confirm")
    assert (ended.code, ended.err) == (0, "")
    assert "'sleutelbos serve' kan weer starten" in ended.out
    assert key_path.stat().st_mode & 0o777 == 0o600
    verified = sleutelbos("audit", "verify")
    assert verified.code == 0
    assert "Het logboek is zoals het verzegeld werd." in verified.out
    assert "De sleutel van de zegels tot en met 2026-11-01 is verloren" in verified.out


def test_another_key_that_is_set_takes_the_place_of_the_lost_one(
    sleutelbos, set_up, postgresql_url, now
):
    set_up(SLEUTELBOS_DATABASE_URL=postgresql_url, SLEUTELBOS_SECRET_KEY=KEY)
    seal_a_day(now)
    set_up(SLEUTELBOS_SECRET_KEY=OTHER_KEY)
    assert sleutelbos("audit", "verify").code == 2
    assert sleutelbos("key", "lost", "--confirm").code == 0
    assert sleutelbos("audit", "verify").code == 0
    set_up(SLEUTELBOS_SECRET_KEY=KEY)
    assert sleutelbos("audit", "verify").code == 2


def with_an_app(now):
    """Somebody with an app and paper, a letter that waits, and a request for a link."""
    given = settings.load()
    with opening.opened(given) as database:
        keyring = opening.keyring(given, database)
        steps = SecondSteps(furnish(database, now), keyring, SetClock(now))
        login_id = steps.employee(SecondFactor.APP)
        steps.paper_codes(login_id)
        steps.at_the_step(steps.employee(SecondFactor.MAIL))
        recovery.request_link(steps.tools, "jan@example.nl", visit=VISIT, now=now)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "nl",
            [
                "- medewerkers van wie de authenticator-app en de herstelcodes niet",
                "- e-mails die nog verstuurd moesten worden",
                "- verzoeken om een link voor een nieuw wachtwoord",
            ],
        ),
        (
            "en",
            [
                "- employees whose authenticator app and recovery codes no longer",
                "- e-mails that were still to be sent",
                "- requests for a link to a new password",
            ],
        ),
    ],
)
def test_apps_letters_and_requests_are_counted_before_they_are_let_go_of(
    sleutelbos, set_up, key_path, now, language, lines
):
    set_up(SLEUTELBOS_LANGUAGE=language)
    with_an_app(now)
    key_path.unlink()
    for options in ([], ["--confirm"]):
        ended = sleutelbos("key", "lost", *options)
        assert (ended.code, ended.err) == (0, "")
        for said, line in zip(ended.out.splitlines()[:3], lines, strict=True):
            assert said.startswith(line)
            assert said.endswith(": 1")
    assert sleutelbos("key", "lost").out.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "- beheerders van wie de authenticator-app voor Sleutelbos niet meer"),
        ("en", "- administrators whose authenticator app for Sleutelbos no longer"),
    ],
)
def test_apps_of_administrators_are_counted_before_they_are_let_go_of(
    sleutelbos, set_up, key_path, now, language, line
):
    set_up(SLEUTELBOS_LANGUAGE=language)
    given = settings.load()
    with opening.opened(given) as database:
        keyring = opening.keyring(given, database)
        Codes(furnish(database, now), keyring, SetClock(now)).has_app()
    key_path.unlink()
    for options in ([], ["--confirm"]):
        [said, *_] = sleutelbos("key", "lost", *options).out.splitlines()
        assert (said.startswith(line), said.endswith(": 1")) == (True, True)
    assert sleutelbos("key", "lost").out.count("\n") == 1


def test_an_app_whose_key_is_missing_keeps_everything_from_starting(
    sleutelbos, key_path, now
):
    with_an_app(now)
    key_path.rename(key_path.with_suffix(".away"))
    refused = sleutelbos("audit", "verify")
    assert (refused.code, "sleutelbos key lost" in refused.err) == (2, True)
    assert "ontbreekt terwijl" in sleutelbos("check").out
    key_path.with_suffix(".away").rename(key_path)
    assert sleutelbos("audit", "verify").code == 0


def test_where_there_is_no_database_no_key_is_made(sleutelbos, key_path):
    ended = sleutelbos("key", "lost", "--confirm")
    assert ended.code == 2
    assert "Er is nog geen database" in ended.err
    assert not key_path.exists()


def test_a_file_that_holds_no_key_is_not_overwritten(sleutelbos, key_path, now):
    seal_a_day(now)
    key_path.write_text("kort\n")
    ended = sleutelbos("key", "lost", "--confirm")
    assert ended.code == 2
    assert "verplaats het" in ended.err
    assert key_path.read_text() == "kort\n"


def test_serve_that_refused_for_a_lost_key_starts_again(
    sleutelbos, machine, key_path, now
):
    seal_a_day(now)
    key_path.unlink()
    workspace = Workspace.from_manifest(MANIFEST, rate_limits=False)
    with workspace.serve() as slack:
        env = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}
        worker = ("--only", "worker")
        refused = Serving(machine, worker, env)
        code, errors = refused.ends()
        assert (code, "sleutelbos key lost" in errors) == (2, True)
        assert errors.count("\n") == 1
        assert sleutelbos("key", "lost", "--confirm").code == 0
        started = Serving(machine, worker, env)
        started.logs("serve.started")
        busy = sleutelbos("key", "lost")
        assert (busy.code, "werkt al op" in busy.err) == (2, True)
        started.is_told_to_stop()
        assert started.ends() == (0, "")
        for process in (refused, started):
            process.is_gone()
