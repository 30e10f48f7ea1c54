"""A shown password travels once, to the screen; logs hold nobody and nothing."""

import json
import logging
import re

from domain.logins.model import LoginState
from tests.bot.in_slack import eventually

SHOWN = re.compile(r"[a-z][a-z2-9]{3}(?:-[a-z2-9]{4}){3}")


def test_a_shown_password_is_in_one_call_and_in_no_payload_log_or_message(
    company, caplog, capfd
):
    caplog.set_level(logging.DEBUG)
    card = {"first_name": "Piet", "last_name": "Kanarie", "number": "00104"}
    login_id = company.cards.add_login(LoginState.ACTIVE, card=card)
    bram, slack = company.bram, company.slack
    slack.tolerates("fatal_error")
    bram.types("/personeel logins utrecht")
    bram.presses("Openen", near="Kanarie")
    bram.sees("Gebruikersnaam")
    slack.next_call("views.update").answers("fatal_error")
    bram.presses("Tijdlijn")
    bram.sees("Er ging iets mis")
    bram.goes_back()
    bram.presses("Toon nieuw wachtwoord", confirming=True)
    password = SHOWN.search(bram.sees("Wordt alleen nu getoond").text).group()
    eventually(lambda: company.cards.login(login_id).password_hash)
    bram.goes_back()
    bram.presses("Tijdlijn")
    bram.sees("Bram".casefold())
    calls = [call for call in slack.calls() if password in json.dumps(call.arguments)]
    assert [call.method for call in calls] == ["views.update"]
    assert all(password not in json.dumps(sent.payload) for sent in slack.deliveries())
    assert all(password not in str(message) for message in slack.messages("algemeen"))
    logged = caplog.text + "".join(capfd.readouterr())
    assert "slack.unexpected" in logged
    token, app_token = slack.bot_token, slack.app_token
    for canary in (password, "Kanarie", "j00104", token, app_token):
        assert canary not in logged
