"""Templates of e-mails: the list, the editor, the preview and the history."""

from datetime import timedelta

from bot.branches.choosing import BranchChoice
from bot.given_files.file_entry import ChosenFile
from bot.templates import (
    built_in,
    editor,
    history,
    preview,
    template_list,
    version_text,
)
from bot.templates.built_in import BuiltInTemplate
from bot.templates.editor import Editor, Origin
from bot.templates.entries import Typed
from bot.templates.history import History, Version
from bot.templates.preview import Preview, Tested
from bot.templates.template_list import TemplateList
from bot.templates.version_text import VersionText
from domain.actor import BranchId
from domain.letters import built_in_templates
from domain.letters.email_templates import Template, TemplateLine
from domain.letters.model import (
    Attached,
    BuiltIn,
    EmailTemplateId,
    TemplateVersionId,
)
from domain.letters.template_wording import HandsOver, Wording
from domain.logins.model import LoginId
from domain.logins.template_preview import PreviewedLetter, PreviewedWords
from tests.bot.screens.others import NOW

TEMPLATE = EmailTemplateId(3)
UTRECHT = BranchId(2)


def line(at, name, *, branch=None, built_in=None, hands_over=HandsOver.LINK):
    return TemplateLine(
        template_id=EmailTemplateId(at),
        version_id=TemplateVersionId(at),
        name=name[:75],
        branch_id=UTRECHT if branch else None,
        branch_name=branch,
        built_in=built_in,
        hands_over=hands_over,
        changed_at=NOW,
    )


def built_in_lines(t):
    return [
        line(
            at,
            built_in_templates.wording_of(each, t.language).name,
            built_in=each,
            hands_over=HandsOver(each.value),
        )
        for at, each in enumerate(BuiltIn, start=1)
    ]


def some(t, text):
    own = [line(3, text), line(4, text, branch=text, hands_over=HandsOver.PASSWORD)]
    news = t("Saved: {name}.", name=text[:60])
    return template_list.build(TemplateList(built_in_lines(t) + own, news=news), t)


def many(page):
    def build(t, text):
        own = [line(at, f"{at} {text}", branch=f"{at} {text}") for at in range(3, 40)]
        return template_list.build(TemplateList(built_in_lines(t) + own, page), t)

    return build


def words(text, *, way_in="link"):
    body = f"Hallo {{{{ voornaam }}}},\n\n{text}\n\n{{{{ {way_in} }}}}"
    return Wording(
        name=text[:75],
        subject_nl=f"Uw login: {text}"[:150],
        body_nl=body[:3000],
        attached=Attached.FILE,
        attachment_id=7,
    )


def typed(said, **more):
    return Typed(
        name=said.name,
        subject_nl=said.subject_nl,
        body_nl=said.body_nl,
        subject_en=said.subject_en,
        body_en=said.body_en,
        attached=said.attached,
        **more,
    )


def new(t, text):
    return editor.build(Editor(Origin(), Typed()), t)


def copied(t, text):
    branch = BranchChoice(UTRECHT, text)
    stands = typed(words(text), branch_id=UTRECHT, file=ChosenFile("F1", text))
    return editor.build(Editor(Origin(is_copy=True, page=1), stands, branch), t)


def opened(problem=False, way_in="link"):
    def build(t, text):
        data = Editor(
            origin=Origin(TEMPLATE, 4, UTRECHT, kept=7),
            typed=typed(words(text, way_in=way_in), branch_id=UTRECHT),
            branch=BranchChoice(UTRECHT, text),
            kept_name=f"{text}.pdf",
            problem=f"Niet opgeslagen, want {text} heeft deze template gewijzigd."
            if problem
            else "",
            sends_password=way_in == "wachtwoord",
        )
        return editor.build(data, t)

    return build


def came_along(which):
    def build(t, text):
        wording = built_in_templates.wording_of(which, t.language)
        version = TemplateVersionId(1)
        template = Template(version, EmailTemplateId(1), 1, wording, which)
        return built_in.build(BuiltInTemplate(template), t)

    return build


def looked_at(hands_over=HandsOver.LINK, **more):
    def build(t, text):
        said = PreviewedWords(text[:200], f"Hallo {text},\n\n{text * 20}\n\nGroet")
        letter = PreviewedLetter(text, {"nl": said})
        data = Preview(letter, hands_over, Attached.FILE, f"{text}.pdf", **more)
        return preview.build(data, t)

    return build


TESTED = Tested(TEMPLATE, 4, LoginId(9))


def versions(t, text):
    older = [
        Version(number, NOW - timedelta(days=9 - number), text, ("body_nl", "attached"))
        for number in range(9, 1, -1)
    ]
    first = Version(1, NOW - timedelta(days=8), "", ("name", "subject_nl", "body_nl"))
    data = History(TEMPLATE, text, [*older, first], is_newest=False, has_older=True)
    return history.build(data, t)


def version(is_file_gone):
    def build(t, text):
        data = VersionText(TEMPLATE, 2, words(text), f"{text}.pdf", is_file_gone)
        return version_text.build(data, t)

    return build


SCREENS = {
    "templates": some,
    "templates-many": many(0),
    "templates-many-last": many(99),
    "template-new": new,
    "template-copy": copied,
    "template": opened(),
    "template-password": opened(way_in="wachtwoord"),
    "template-changed": opened(problem=True),
    "template-built-in-link": came_along(BuiltIn.LINK),
    "template-built-in-password": came_along(BuiltIn.PASSWORD),
    "template-preview": looked_at(tested=TESTED),
    "template-preview-unsaved": looked_at(HandsOver.PASSWORD),
    "template-preview-tested": looked_at(
        tested=TESTED, news="Er is een test onderweg naar h•••@example.nl."
    ),
    "template-preview-no-test": looked_at(
        tested=TESTED, problem="Van u is geen e-mailadres bekend."
    ),
    "template-history": versions,
    "template-version": version(is_file_gone=False),
    "template-version-file-gone": version(is_file_gone=True),
}
