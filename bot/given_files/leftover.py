"""The notice that somebody has to delete a file from Slack by hand."""

from dataclasses import dataclass

from bot.blocks import paragraph
from bot.locale import Translator
from bot.message import Message
from bot.text import escaped, on_one_line


@dataclass(frozen=True)
class Leftover:
    """A file that Slack does not let the app delete; whether it tells of people."""

    file_name: str
    has_people: bool = True


def build(data: Leftover, t: Translator) -> Message:
    """What to do, as a message."""
    text = sentence(data, t)
    return Message([paragraph(text)], escaped(text))


def sentence(data: Leftover, t: Translator) -> str:
    """What to do, and where in Slack, whose own words are English."""
    file = on_one_line(data.file_name)
    if not data.has_people:
        return t(
            "Slack keeps {file}, because it does not let Sleutelbos delete it. If you "
            "do not need it there: open Files in Slack, and in the menu (⋮) of the "
            "file choose Delete file.",
            file=file,
        )
    return t(
        "Please delete {file} from Slack yourself, since it holds people's data and "
        "Slack does not let Sleutelbos do it: open Files in Slack, and in the menu "
        "(⋮) of the file choose Delete file.",
        file=file,
    )
