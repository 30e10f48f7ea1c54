"""Limits of text, options and confirm dialogs.

docs.slack.dev/reference/block-kit/composition-objects; option values as in
node-slack-sdk, which is the stricter of Slack's two sources.
"""

from typing import Any

from sandbox.slack.limits.shapes import (
    Check,
    Problem,
    Problems,
    boolean,
    by_type,
    list_of,
    one_of,
    shape,
    string,
)

WEB_ADDRESS = r"^https?://[^\s/]+"
BUTTON_ADDRESS = r"^(https?://[^\s/]+|mailto:\S+@\S+|slack://\S+)"


def plain_text(most: int) -> Check:
    """A plain_text object."""
    fields = shape({"text": string(most)}, {"emoji": boolean})
    return by_type({"plain_text": fields})


def text(most: int) -> Check:
    """A plain_text or mrkdwn object."""
    plain = shape({"text": string(most)}, {"emoji": boolean})
    marked = shape({"text": string(most)}, {"verbatim": boolean})
    return by_type({"plain_text": plain, "mrkdwn": marked})


def option(words: Check, *, link: bool = False) -> Check:
    """One option: text and description 75, value 75."""
    extra = {"url": string(3000, form=WEB_ADDRESS)} if link else {}
    described = {"description": words} | extra
    return shape({"text": words, "value": string(75)}, described)


PLAIN_OPTION = option(plain_text(75))
TEXT_OPTION = option(text(75))
LINK_OPTION = option(plain_text(75), link=True)
OPTIONS = list_of(PLAIN_OPTION, 100)
GROUPS = list_of(shape({"label": plain_text(75), "options": OPTIONS}), 100)

CONFIRM = shape(
    {
        "title": plain_text(100),
        "text": text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)


def offered(value: dict[str, Any]) -> list[Any]:
    """The options of an element or answer, groups flattened."""
    groups = value.get("option_groups")
    if isinstance(groups, list):
        lists = [
            group.get("options", []) for group in groups if isinstance(group, dict)
        ]
        return [each for options in lists for each in options]
    options = value.get("options")
    return options if isinstance(options, list) else []


def chosen_are_offered(value: dict[str, Any], at: str) -> Problems:
    """What is chosen at the start must be one of the options, word for word."""
    initial = value.get("initial_options", [])
    chosen = [*initial] if isinstance(initial, list) else []
    chosen += [value["initial_option"]] if "initial_option" in value else []
    for each in chosen:
        if each not in offered(value):
            yield Problem(at, "initial option must be one of the options")


def either_options_or_groups(value: dict[str, Any], at: str) -> Problems:
    """One of the two, not both."""
    if ("options" in value) == ("option_groups" in value):
        yield Problem(at, "must have one of options and option_groups")
