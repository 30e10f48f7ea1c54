"""Takes a submitted editor: saved at once, or once its PDF is read."""

from functools import partial

from sqlalchemy.orm import Session

from bot.interaction import Interaction
from bot.listening import Submitted
from bot.templates import attaching, editor, meanwhile, problems
from bot.templates.opening import refresh_list
from bot.templates.writing import claim, news, wording_of, write
from domain.letters.email_templates import TemplateChangedError
from domain.letters.template_wording import Wording, WordingRefusedError
from domain.permissions import Act, require


def save(interaction: Interaction) -> Submitted:
    """Save it before the ack, so that refusals stand under their entries."""
    require(interaction.actor, Act.EDIT_TEMPLATES)
    wanted = editor.parse(interaction.body)
    attaching.require_clear_choice(wanted, interaction.t)
    try:
        if wanted.typed.file is not None:
            return attaching.begin(interaction, wanted, wanted.typed.file)
        saved = wording_of(wanted.typed, wanted.origin.kept)
        interaction.once(partial(_save, interaction, wanted, saved))
    except WordingRefusedError as error:
        raise problems.under_entries(
            error, wanted.origin.prefix, interaction.t
        ) from error
    except TemplateChangedError:
        return Submitted(meanwhile.editor_again(interaction, wanted))
    said = news(interaction, saved)
    return Submitted(then=partial(refresh_list, interaction, wanted.origin.page, said))


def _save(
    interaction: Interaction,
    wanted: editor.Submitted,
    saved: Wording,
    session: Session,
) -> None:
    if claim(session, interaction, "saved"):
        write(session, interaction, wanted, saved)
