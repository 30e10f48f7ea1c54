"""What stands under the ready letters in the admin channel."""

from bot import mentions
from bot.locale import Translator
from bot.resets.run_message import RunMessage
from bot.text import on_one_line


def words(data: RunMessage, t: Translator) -> str:
    """What the file is, who can open it, until when it is there."""
    what = t.marked(
        "Letters for the employees of {branch} with their new initial passwords, a "
        "page for each, to print.",
        branch=on_one_line(data.report.branch_name, limit=100),
    )
    opening = t.marked(
        "The file is encrypted with the same password as the workbook. {who} gets to "
        "see it with the button *Show opening password* of this task's message.",
        who=mentions.person(data.started_by),
    )
    end = t.marked("It is deleted here after 24 hours.")
    return f"{what}\n{opening}\n{end}"
