"""Every kind of secret, made by people at a whole `serve`, and where each turns up."""

import re
import secrets
from datetime import timedelta

import pyotp
import pytest

from domain import branch_settings
from domain.administrators import Administrator
from domain.clock import utc_now
from sandbox.mailbox import Mailbox
from sandbox.slack import Workspace
from tests import ports
from tests.domain.exports import reading
from tests.faults.canaries import (
    KEY_SHOWN,
    LETTER,
    MO,
    SHOWN,
    TYPED,
    Browser,
    Made,
    Run,
)
from tests.faults.conftest import MANIFEST
from tests.faults.scene import CHANNEL
from tests.scenarios.handing_out import people
from tests.scenarios.lockouts.people import AND_RESET
from tests.scenarios.step_up.people import KEY
from tests.sleutelbos.processes import Serving

# The app has used up the code of now: the next one is taken already.
APP_STEP = timedelta(seconds=30)
CODE = r"^ +(\d{6})$"
SEED_GROUP = re.compile(r"<span>([A-Z2-7]{1,4})</span>")
BRAM = "bram.beheert@example.nl"
# Something known stands in each of these, so it is looked through.
PLACES = {"dump", "recorded", "answered", "delivery", "message", "letter", "log"}
KNOWN = re.compile(rb"00104|http\.request|mo\.mulder")
RECOVERY_CODE = re.compile(r"<li>([a-z2-9-]{8,})</li>")


@pytest.fixture
def slack():
    workspace = Workspace.from_manifest(
        MANIFEST, rate_limits=False, ack_seconds=15, patience=60
    )
    with workspace.serve() as served:
        # Bram closes a shown password before the screen below it is renewed.
        served.tolerates("not_found", method="views.update")
        served.tolerates("hash_conflict", method="views.publish")
        yield served
        assert served.unexpected_faults() == []


@pytest.fixture
def run(stage, slack, database, tmp_path):
    made = Made()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLEUTELBOS_SECRET_KEY": secrets.token_hex(32),
    }
    smtp, database_password = secrets.token_hex(8) + "/+ geheim", secrets.token_hex(16)
    for name, value in settings.items():
        made.note(name, value)
    made.note("SMTP password", smtp)
    made.note("database password", database_password)
    scene = stage(database)
    _furnish(scene)
    place = _free_place()
    url = database.url
    if not database.is_sqlite:
        # The server lets everybody in, and takes a password all the same.
        url = url.set(password=database_password)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with Mailbox(login=("hr", smtp), patience=60).serve() as mailbox:
        env = settings | {
            "SLACK_API_URL": slack.api_url,
            "SLEUTELBOS_DATABASE_URL": url.render_as_string(hide_password=False),
            "SLEUTELBOS_LISTEN": place,
            "SLEUTELBOS_PORTAL_URL": f"http://{place}",
            "SLEUTELBOS_SMTP_URL": mailbox.smtp_url,
            "SLEUTELBOS_MAIL_FROM": "hr@example.nl",
            "TMPDIR": str(temporary),
        }
        process = Serving(tmp_path, (), env)
        try:
            process.logs("slack.connected")
            slack.wait_for_app()
            yield Run(scene, mailbox, made, f"http://{place}", process, temporary)
        finally:
            process.is_gone()


def _free_place():
    return f"127.0.0.1:{ports.free_port()}"


def _furnish(scene):
    cards, now = scene.cards, utc_now()
    with scene.database.transaction() as session:
        branch_settings.save_settings(
            session,
            cards.utrecht,
            {"wrong_attempts_allowed": 3},
            actor=cards.hanna,
            now=now,
        )
    for first, last, number in (("Mo", "Mulder", "00104"), ("Piet", "Pap", "00105")):
        card = {"first_name": first, "last_name": last, "number": number}
        cards.add_login(card=card | {"email": f"{first}.{last}@example.nl".lower()})


def hands_out(run, bram):
    """The workbook; gives what stands in it for Mo."""
    bram.types("/personeel logins utrecht")
    bram.presses("Exporteren")
    bram.sees("2 medewerkers krijgen een nieuw eerste wachtwoord.")
    bram.submits()
    bram.sees("De taak is gestart")
    bram.closes()
    people.sees_result(bram, "Klaar: 2 medewerkers")
    opening = people.asks_opening_password(bram)
    run.made.note("opening password", opening.reveal(), SHOWN)
    (file,) = run.scene.slack.files.all.values()
    lines = reading.with_openpyxl(reading.decrypt(bram.downloads(file.name), opening))
    column = lines[0].index("Wachtwoord")
    for line in lines[1:]:
        run.made.note("workbook", line[column])
    return next(line[column] for line in lines if MO in line)


def shows_one(run, bram):
    """*Toon nieuw wachtwoord*, and a first sign-in with it."""
    bram.types("/personeel logins utrecht")
    bram.presses("Openen", near="Pap")
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    password = run.shown(bram, "Wordt alleen nu getoond")
    browser = Browser(run.url, run.made)
    assert "new" in browser.signs_in("piet.pap@example.nl", password)


def first_sign_in(run, browser, initial):
    """A wrong password, the one from the workbook, and one of her own."""
    browser.signs_in(MO, "drie rode gieters", "wrong password")
    browser.signs_in(MO, initial)
    browser.chooses("/wachtwoord-kiezen", "zeven paarse lampen zoemen")


def by_mail_code(run, browser):
    """Codes by e-mail, a wrong one and a right one."""
    browser.opens("/beveiliging/code-per-mail")
    browser.sends("/beveiliging/code-per-mail")
    browser.sends("/uitloggen")
    browser.signs_in(MO, "zeven paarse lampen zoemen")
    code = run.mailed("mail code", CODE)
    browser.gives("wrong code", f"{(int(code) + 500_000) % 10**6:06}")
    assert "Uitloggen" in browser.gives("mail code", code)


def by_app(run, browser):
    """An authenticator app, signing in with it, and with a code on paper."""
    browser.opens("/beveiliging/app")
    groups = SEED_GROUP.findall(browser.sends("/beveiliging/app"))
    app = pyotp.TOTP(run.made.note("seed", "".join(groups)))
    run.made.note("seed as shown", " ".join(groups))
    code = run.made.note("app code", app.at(utc_now()))
    papers = RECOVERY_CODE.findall(browser.sends("/beveiliging/app/code", code=code))
    assert len(papers) == 10
    for paper in papers:
        run.made.note("recovery code", paper)
    for given in (app.at(utc_now() + APP_STEP), papers[0]):
        browser.sends("/uitloggen")
        browser.signs_in(MO, "zeven paarse lampen zoemen")
        assert "Uitloggen" in browser.gives("app code", given)
    browser.sends("/uitloggen")
    return papers[1]


def uses_link(run, browser, password):
    """The link in the letter."""
    token = run.mailed("link", rf"{run.url}/herstel/([\w-]+)")
    browser.opens(f"/herstel/{token}")
    browser.chooses("/herstel", password)


def forgets(run, browser, mo):
    """On the page, and in a direct message."""
    browser.opens("/wachtwoord-vergeten")
    browser.sends("/wachtwoord-vergeten", user_name=MO)
    uses_link(run, browser, "acht gele kannen fluiten")
    mo.sends_dm("wachtwoord vergeten")
    mo.presses("Nieuw wachtwoord")
    mo.fills("Personeelsnummer", "00104")
    mo.submits()
    mo.sees("Als dit personeelsnummer bekend is")
    mo.closes()
    uses_link(run, browser, "negen grijze tenten dansen")


def locks_herself_out(run, bram, paper):
    """Three wrong passwords, and *Activeer en reset wachtwoord*."""
    browser = Browser(run.url, run.made)
    for wrong in ("vier blauwe emmers", "vijf witte ladders", "zes bruine potten"):
        browser.signs_in(MO, wrong, "wrong password")
    bram.sees("Werknemerslogin geblokkeerd: Mo Mulder", in_channel=CHANNEL)
    bram.presses(AND_RESET, in_channel=CHANNEL, confirming=True)
    browser.signs_in(MO, run.shown(bram, "Nieuw wachtwoord van Mo Mulder:"))
    browser.gives("recovery code", paper)
    browser.chooses("/wachtwoord-kiezen", "tien groene fluiten")


def gives_codes(run, bram):
    """Bram's own codes: from an app, then by mail, each a wrong and a right one."""
    database, actor = run.scene.database, run.scene.bram
    with database.transaction() as session:
        administrator = session.get_one(Administrator, actor.administrator_id)
        administrator.email = BRAM
    bram.opens_home()
    bram.presses("Mijn codes")
    bram.presses("Codes uit een app")
    bram.sees("otpauth://totp/")
    [key] = set(KEY.findall(bram.screen()))
    run.made.note("administrator's seed", key, KEY_SHOWN)
    app = pyotp.TOTP(key.replace(" ", ""))
    bram.goes_back()
    bram.sees("Kent uw app de sleutel?")
    types_code(run, bram, app.at(utc_now()))
    bram.sees("Vanaf nu komen uw codes uit uw app.")
    bram.presses("Codes per e-mail")
    bram.sees("Typ de zes cijfers die uw authenticator-app nu toont.")
    types_code(run, bram, app.at(utc_now() + APP_STEP))
    bram.sees("Bevestigd tot")
    bram.goes_back()
    bram.presses("Codes per e-mail")
    code = run.mailed("administrator's code", CODE, BRAM, LETTER + TYPED)
    types_code(run, bram, f"{(int(code) + 500_000) % 10**6:06}")
    bram.sees("Deze code klopt niet.")
    types_code(run, bram, code)
    bram.sees("Vanaf nu komen uw codes per e-mail.")
    bram.closes()


def types_code(run, bram, code):
    """It comes in once; of a mailed one that is known already."""
    run.made.note("administrator's typed code", code, TYPED)
    bram.fills("Code", code)
    bram.submits()


def test_no_secret_is_anywhere_but_where_a_person_reads_it(run):
    bram = run.scene.slack.person("bram")
    mo = run.scene.slack.add_person("mo", "Mo Mulder", email="mo@example.nl")
    browser = Browser(run.url, run.made)
    initial = hands_out(run, bram)
    shows_one(run, bram)
    first_sign_in(run, browser, initial)
    by_mail_code(run, browser)
    paper = by_app(run, browser)
    forgets(run, browser, mo)
    locks_herself_out(run, bram, paper)
    gives_codes(run, bram)
    run.scene.slack.wait_for_acks()
    assert not run.was_in_temporary_folder()
    documents = [*run.documents(), *run.ends()]
    assert {place for place, text in documents if KNOWN.search(text)} >= PLACES
    assert [*run.made.misplaced(documents)] == []
