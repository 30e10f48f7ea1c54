"""What the app receives is the same whether a test or a browser does it."""

import copy

import pytest

from tests.sandbox.page.blocks import gallery
from tests.sandbox.page.blocks.acts import (
    choosing,
    filling,
    from_menu,
    picking_noon,
    pressing,
    ticking,
    unticking,
)

# What is new every time: ids, times, tickets.
FRESH = {
    "action_ts",
    "hash",
    "message_ts",
    "response_url",
    "root_view_id",
    "trigger_id",
    "ts",
    "view_id",
}
ON_A_MESSAGE = [
    pressing("Gewoon"),
    pressing("Aanmaken"),
    pressing("Verwijderen", confirming=True),
    pressing("Bel de vestiging"),
    from_menu("Wijzig"),
    choosing("Kies static_select", "Zeist"),
    choosing("Kies grouped", "Ede"),
    choosing("Kies external_select", "Uden", typing="Ud"),
    choosing("Kies users_select", "hanna", shown="Hanna de Vries"),
    choosing("Kies conversations_select", "beheer", shown="#beheer"),
    choosing("Kies channels_select", "algemeen", shown="#algemeen"),
    choosing("Kies multi_static_select", "Zeist", "Utrecht"),
    choosing("Kies multi_external_select", "Uden", typing="Ud"),
    choosing("Kies multi_users_select", "hanna", shown="Hanna de Vries"),
    choosing("Kies multi_conversations_select", "beheer", shown="#beheer"),
    choosing("Kies multi_channels_select", "algemeen", shown="#algemeen"),
    ticking("Actief"),
    unticking("Geblokkeerd"),
    ticking("Hele vestiging", role="radio"),
    filling("Kies datepicker", "2026-12-24"),
    filling("Kies timepicker", "23:15"),
]
IN_A_FORM = [
    filling("Naam", "Jan van der Berg :key:"),
    filling("Opmerking", "eerste regel\ntweede <regel>"),
    filling("E-mailadres", "jan@example.nl"),
    filling("Website", "https://example.nl/?a=1&b=2"),
    filling("Aantal", "26"),
    choosing("Vestiging", "Zeist"),
    choosing("Zoek iemand", "Uden", typing="Ud"),
    choosing("Collega", "hanna", shown="Hanna de Vries"),
    choosing("Kanaal", "beheer", shown="#beheer"),
    choosing("Openbaar kanaal", "algemeen", shown="#algemeen"),
    choosing("Vestigingen", "Ede", "Zeist"),
    choosing("Gevonden mensen", "Uden", typing="Ud"),
    choosing("Collega's", "hanna", shown="Hanna de Vries"),
    choosing("Kanalen", "beheer", shown="#beheer"),
    choosing("Openbare kanalen", "algemeen", shown="#algemeen"),
    ticking("Geblokkeerd"),
    ticking("Hele vestiging", role="radio"),
    filling("Datum", "2026-12-24"),
    filling("Tijd", "23:15"),
    picking_noon("Moment", "moment"),
]
FIELD_OF = {"Geblokkeerd": "Toestand", "Hele vestiging": "Wie"}


@pytest.fixture(autouse=True)
def algemeen(slack, hanna):
    return slack.add_channel("algemeen", ["hanna"])


def comparable(body):
    """A payload without what is new every time."""
    kept = copy.deepcopy(body)
    if "view" in kept:
        del kept["view"]["id"]
    return _without(kept, FRESH)


def _without(node, names):
    if isinstance(node, list):
        return [_without(each, names) for each in node]
    if isinstance(node, dict):
        return {
            key: _without(each, names) for key, each in node.items() if key not in names
        }
    return node


@pytest.mark.parametrize("act", ON_A_MESSAGE, ids=str)
def test_an_element_of_a_message_tells_the_app_the_same(
    act, shows, listener, hanna, opens
):
    shows(*gallery.element_blocks())
    act.driven(hanna)
    driven = _all_of(listener, act)
    shows(*gallery.element_blocks())
    act.by_hand(opens().locator("#message-list > li").last)
    by_hand = _all_of(listener, act)
    assert by_hand == driven


def _all_of(listener, act):
    """Everything that this act makes the app hear."""
    times = 2 if act.name.startswith("back") else 1
    times = 2 if act.name.endswith("Zeist, Utrecht") else times
    return [comparable(listener.next()) for _ in range(times)]


@pytest.mark.parametrize("act", IN_A_FORM, ids=str)
def test_a_field_of_a_form_submits_the_same(act, shows, listener, hanna, opens):
    words = act.name.partition(": ")
    label = FIELD_OF.get(words[2], words[0])
    form = gallery.form(label)
    shows(view=form)
    act.driven(hanna)
    hanna.submits()
    driven = comparable(listener.next())
    assert _values(driven) != [None]
    shows(view=form)
    dialog = opens().get_by_role("dialog", name="Proef")
    act.by_hand(dialog)
    dialog.get_by_role("button", name="Opslaan").click()
    assert comparable(listener.next()) == driven


def _values(body):
    """What the fields of a submitted form hold."""
    states = body["view"]["state"]["values"].values()
    return [
        value
        for state in states
        for held in state.values()
        for key, value in held.items()
        if key != "type"
    ]
