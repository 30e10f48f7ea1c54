"""What may be filled in, what it means, and how a text is laid out."""

from collections.abc import Mapping
from typing import Final

from slack_sdk.models.blocks import Block

from bot.blocks import marked_paragraph
from bot.locale import Translator, msgid
from domain.letters.placeholders import Placeholder

MEANINGS: Final[Mapping[Placeholder, str]] = {
    Placeholder.FIRST_NAME: msgid("first name"),
    Placeholder.NAME: msgid("whole name"),
    Placeholder.BRANCH: msgid("branch"),
    Placeholder.USER_NAME: msgid("user name: what the employee signs in with"),
    Placeholder.LINK: msgid("one-time link with which the employee chooses a password"),
    Placeholder.PASSWORD: msgid("initial password, made for this one employee"),
    Placeholder.VALID_UNTIL: msgid("day and time until which link or password works"),
    Placeholder.SIGN_IN_PAGE: msgid("address of the sign-in page"),
}


def written(placeholder: Placeholder, t: Translator) -> str:
    """The placeholder as one types it, by its name in this language."""
    is_dutch = t.language == "nl"
    name = placeholder.value if is_dutch else placeholder.name.lower()
    return f"{{{{ {name} }}}}"


def _elsewhere(t: Translator) -> str:
    """A placeholder by its name in the other language."""
    first_name = Placeholder.FIRST_NAME
    name = first_name.name.lower() if t.language == "nl" else first_name.value
    return f"{{{{ {name} }}}}"


def blocks(t: Translator) -> list[Block]:
    """The placeholders with their meanings, and the few marks of a text."""
    lines = [
        f"`{written(placeholder, t)}`  {t.marked(meaning)}"
        for placeholder, meaning in MEANINGS.items()
    ]
    filled_in = t.marked("In subject and text this is filled in for each employee:")
    return [
        marked_paragraph("\n".join([f"*{filled_in}*", *lines])),
        marked_paragraph(
            t.marked(
                "The text has `{link}` or `{password}`, one of the two; the subject "
                "has neither. In a paragraph of its own the link becomes a button. An "
                "empty line begins a new paragraph, `**bold**` stands out, lines "
                "that begin with `-` make a list, and `[words](https://...)` is a "
                "link. Names such as `{other}` work too. You may leave one of the two "
                "languages empty.",
                link=written(Placeholder.LINK, t),
                password=written(Placeholder.PASSWORD, t),
                other=_elsewhere(t),
            )
        ),
    ]
