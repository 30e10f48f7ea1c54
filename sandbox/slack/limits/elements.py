"""Limits of every block element, and which blocks may hold which.

docs.slack.dev/reference/block-kit/block-elements.
"""

from typing import Any

from sandbox.slack.limits.composition import (
    BUTTON_ADDRESS,
    CONFIRM,
    GROUPS,
    LINK_OPTION,
    OPTIONS,
    PLAIN_OPTION,
    TEXT_OPTION,
    WEB_ADDRESS,
    chosen_are_offered,
    either_options_or_groups,
    plain_text,
)
from sandbox.slack.limits.shapes import (
    Check,
    Problem,
    Problems,
    anything,
    boolean,
    both,
    by_type,
    integer,
    list_of,
    one_of,
    shape,
    string,
)

ACTION_ID = {"action_id": string(255)}
HINTED = {"placeholder": plain_text(150), "focus_on_load": boolean}
ASKED = {"confirm": CONFIRM}
SELECT = ACTION_ID | HINTED | ASKED
SEVERAL = {"max_selected_items": integer(1, 100)}
ID = string(255)
DATE = string(10, form=r"^\d{4}-\d{2}-\d{2}$")
TIME = string(5, form=r"^([01]\d|2[0-3]):[0-5]\d$")
STYLE = {"style": one_of("primary", "danger")}
DISPATCH = {
    "dispatch_action_config": shape(
        {
            "trigger_actions_on": list_of(
                one_of("on_enter_pressed", "on_character_entered"), 2
            )
        }
    )
}
FILTER = {
    "filter": shape(
        {},
        {
            "include": list_of(one_of("im", "mpim", "private", "public"), 4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
    )
}
LISTED = both(chosen_are_offered, either_options_or_groups)
START = {"initial_option": PLAIN_OPTION}
STARTS = {"initial_options": list_of(PLAIN_OPTION, 100)}


def lengths_fit(value: dict[str, Any], at: str) -> Problems:
    """A text that starts out longer than allowed could never be submitted."""
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > most:
        yield Problem(at, "min_length must not exceed max_length")
    if len(str(value.get("initial_value", ""))) > most:
        yield Problem(f"{at}/initial_value", f"must be less than {most + 1} characters")


def _picture(value: Any, at: str) -> Problems:
    yield from shape(
        {"alt_text": string(2000)},
        {"image_url": string(3000, form=WEB_ADDRESS), "slack_file": anything},
    )(value, at)
    if ("image_url" in value) == ("slack_file" in value):
        yield Problem(at, "must have one of image_url and slack_file")


def _boxes(start: dict[str, Check]) -> Check:
    options = {"options": list_of(TEXT_OPTION, 10)}
    extra = ACTION_ID | ASKED | {"focus_on_load": boolean} | start
    return both(shape(options, extra), chosen_are_offered)


def _select(**own: Check) -> Check:
    return shape({}, SELECT | own)


def _typed(**own: Check) -> Check:
    return shape({}, ACTION_ID | HINTED | DISPATCH | own)


LISTS = {"options": OPTIONS, "option_groups": GROUPS}
QUERY = {"min_query_length": integer(0, 100)}
ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"text": plain_text(75)},
        {
            "url": string(3000, form=BUTTON_ADDRESS),
            "value": string(2000),
            "accessibility_label": string(75),
        }
        | ACTION_ID
        | STYLE
        | ASKED,
    ),
    "image": _picture,
    "overflow": both(
        shape({"options": list_of(LINK_OPTION, 5)}, ACTION_ID | ASKED),
        chosen_are_offered,
    ),
    "checkboxes": _boxes({"initial_options": list_of(TEXT_OPTION, 10)}),
    "radio_buttons": _boxes({"initial_option": TEXT_OPTION}),
    "static_select": both(_select(**LISTS, **START), LISTED),
    "multi_static_select": both(_select(**LISTS, **STARTS, **SEVERAL), LISTED),
    "external_select": _select(**QUERY, **START),
    "multi_external_select": _select(**QUERY, **STARTS, **SEVERAL),
    "users_select": _select(initial_user=ID),
    "multi_users_select": _select(initial_users=list_of(ID, 100), **SEVERAL),
    "channels_select": _select(initial_channel=ID, response_url_enabled=boolean),
    "multi_channels_select": _select(initial_channels=list_of(ID, 100), **SEVERAL),
    "conversations_select": _select(
        initial_conversation=ID,
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        **FILTER,
    ),
    "multi_conversations_select": _select(
        initial_conversations=list_of(ID, 100),
        default_to_current_conversation=boolean,
        **SEVERAL,
        **FILTER,
    ),
    "datepicker": _select(initial_date=DATE),
    "timepicker": _select(initial_time=TIME, timezone=string(100)),
    "datetimepicker": shape(
        {},
        ACTION_ID
        | ASKED
        | {
            "initial_date_time": integer(10**9, 10**10 - 1),
            "focus_on_load": boolean,
        },
    ),
    "plain_text_input": both(
        _typed(
            initial_value=string(3000, 0),
            multiline=boolean,
            min_length=integer(0, 3000),
            max_length=integer(1, 3000),
        ),
        lengths_fit,
    ),
    "email_text_input": _typed(initial_value=string(3000)),
    "url_text_input": _typed(initial_value=string(3000)),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        ACTION_ID
        | HINTED
        | DISPATCH
        | {
            name: string(100, form=r"^-?\d+(\.\d+)?$")
            for name in ("initial_value", "min_value", "max_value")
        },
    ),
    "rich_text_input": _typed(initial_value=anything),
    "file_input": shape(
        {},
        ACTION_ID
        | {"filetypes": list_of(string(20), 100), "max_files": integer(1, 10)},
    ),
}
TYPED = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
)
PRESSED = ("button", "image", "overflow")
INPUTS = [name for name in ELEMENTS if name not in PRESSED]
ACTIONS = [name for name in ELEMENTS if name not in ("image", "file_input", *TYPED)]
ACCESSORIES = [*ACTIONS, "image"]


def elements(names: list[str]) -> Check:
    """One element of these types."""
    return by_type({name: ELEMENTS[name] for name in names})
