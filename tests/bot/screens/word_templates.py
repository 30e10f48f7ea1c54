"""The list of Word templates, the upload, and every reason to refuse a file."""

from datetime import UTC, datetime

from bot import notice
from bot.word_templates import problems, template_list, upload_form
from bot.word_templates.template_list import WordTemplateList
from bot.word_templates.upload_form import Uploading
from domain.exports.word_problems import WordProblem, WordTemplateRefusedError
from domain.exports.word_templates import WordTemplateLine

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def listed(count, news=""):
    def build(t, text):
        lines = [
            WordTemplateLine(
                number, text[:75], number % 2 or None, text if number % 2 else None, NOW
            )
            for number in sorted(range(1, count + 1), key=lambda each: each % 2)
        ]
        return template_list.build(WordTemplateList(lines, news and text[:500]), t)

    return build


def refused(problem, found=(), nearest=""):
    def build(t, text):
        error = WordTemplateRefusedError(problem, found and [text], nearest)
        said = problems.worded(error, text[:200], t)
        return upload_form.build(Uploading(said), t)

    return build


NAMING = {
    WordProblem.POINTS_OUTSIDE,
    WordProblem.OTHER_FIELD,
    WordProblem.FIELD_IN_FIELD,
    WordProblem.FIELD_CHANGES_VALUE,
}
SCREENS = {
    "word-templates": listed(2),
    "word-templates-none": listed(0),
    "word-templates-many": listed(150, news="added"),
    "word-template-upload": lambda t, _: upload_form.build(Uploading(), t),
    "word-template-left": lambda t, text: upload_form.build(
        Uploading("", text[:200]), t
    ),
    "word-template-waiting": lambda t, _: notice.wait(t("Word templates"), t),
    "word-template-unknown-field": refused(
        WordProblem.UNKNOWN_FIELD, ["x"], "Gebruikersnaam"
    ),
    **{
        f"word-template-{problem.value.replace('_', '-')}": refused(
            problem, ["x"] if problem in NAMING else ()
        )
        for problem in WordProblem
        if problem is not WordProblem.UNKNOWN_FIELD
    },
}
