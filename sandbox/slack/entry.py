"""What Slack's client lets people enter and submit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import STATE, Block, Element

if TYPE_CHECKING:
    from sandbox.slack.views import View

ADDRESS = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
LINK = re.compile(r"^https?://\S+$")
NUMBER = re.compile(r"^-?\d+([.,]\d+)?$")
DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
TEXT_LENGTH = 3000
FORMS = {"datepicker": DATE, "timepicker": TIME}


def refusals_of_value(element: Element, value: Any) -> str:
    """Why this can't be typed or chosen here; "" when it can."""
    kind = element["type"]
    if not _is_of_shape(kind, value):
        return f"a {kind} can't hold {value!r}"
    if kind == "plain_text_input" and value is not None:
        return _text(element, value)
    if kind in FORMS and value is not None and not FORMS[kind].match(value):
        return f"{value!r} can't be picked"
    most = element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > most:
        return f"no more than {most} can be chosen"
    if isinstance(value, list) and any(value.count(each) > 1 for each in value):
        return "nothing can be chosen twice"
    return ""


def _is_of_shape(kind: str, value: Any) -> bool:
    """Whether state.values has values like this for this kind of element."""
    if isinstance(STATE[kind][2], list):
        return isinstance(value, list)
    if kind == "radio_buttons":
        return isinstance(value, dict)  # once picked, never unpicked
    if kind == "datetimepicker":
        return value is None or type(value) is int
    if kind == "rich_text_input" or STATE[kind][0] == "selected_option":
        return value is None or isinstance(value, dict)
    return value is None or isinstance(value, str)


def _text(element: Element, value: str) -> str:
    most = element.get("max_length", TEXT_LENGTH)
    if len(value) > most:
        return f"no more than {most} characters can be typed"
    if "\n" in value and not element.get("multiline"):
        return "this field is one line"
    return ""


def refusals_of_submission(view: View) -> list[tuple[Block, str]]:
    """What the client shows under which input block instead of sending them."""
    refusals = []
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        held = view.values[(block["block_id"], element["action_id"])]
        value = held[STATE[element["type"]][0]]
        wrong = _missing(block, value) or _malformed(element, value)
        if wrong:
            refusals.append((block, wrong))
    return refusals


def _missing(block: dict[str, Any], value: Any) -> str:
    empty = value in (None, "", []) or (isinstance(value, str) and not value.strip())
    return "this field is required" if empty and not block.get("optional") else ""


def _malformed(element: Element, value: Any) -> str:
    if not value:
        return ""
    kind = element["type"]
    if kind == "plain_text_input" and len(value) < element.get("min_length", 0):
        return f"at least {element['min_length']} characters"
    if kind == "email_text_input" and not ADDRESS.match(value):
        return "not an e-mail address"
    if kind == "url_text_input" and not LINK.match(value):
        return "not an address on the web"
    return _no_number(element, value) if kind == "number_input" else ""


def _no_number(element: Element, value: str) -> str:
    if not NUMBER.match(value):
        return "not a number"
    number = float(value.replace(",", "."))
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "not a whole number"
    if "min_value" in element and number < float(element["min_value"]):
        return f"at least {element['min_value']}"
    if "max_value" in element and number > float(element["max_value"]):
        return f"at most {element['max_value']}"
    return ""
