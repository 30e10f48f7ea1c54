"""The demo's worker, which works when it is told to."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.app import web_client
from bot.office import Office
from domain.letters.model import BuiltIn
from domain.runs.model import RowState, RunPhase
from domain.secret import Secret
from sandbox.mailbox import Mailbox
from sandbox.slack import Workspace
from sleutelbos.demo.unattended import Unattended
from sleutelbos.settings import Settings
from tests.domain.office import furnish
from tests.domain.runs.mailing import report_of, start

MANIFEST = Path(__file__).parents[3] / "manifest.yml"


@pytest.mark.parametrize("template", list(BuiltIn))
def test_a_mailing_is_carried_out_to_its_last_letter(
    database, clock, keyring, now, template
):
    office = furnish(database, now)
    for _ in range(3):
        office.add_login()
    with (
        Mailbox().serve() as mailbox,
        Workspace.from_manifest(MANIFEST, rate_limits=False).serve() as slack,
    ):
        slack.tolerates("channel_not_found")
        facing = Settings(
            SLEUTELBOS_PORTAL_URL="https://inloggen.example.nl",
            SLEUTELBOS_SMTP_URL=mailbox.smtp_url,
            SLEUTELBOS_MAIL_FROM="HR <hr@example.nl>",
        )
        bot = Office(database, clock, keyring, company="De Gouden Lepel", language="nl")
        client = web_client(Secret(slack.bot_token), slack.api_url)
        with closing(Unattended(bot, client, facing)) as unattended:
            run_id = start(office, template)
            unattended.finish_runs()
        assert len(mailbox.letters) == 3
        told = report_of(office, run_id)
        assert (told.phase, told.by_state) == (RunPhase.DONE, {RowState.SENT: 3})
        assert len(mailbox.letters) == 3
