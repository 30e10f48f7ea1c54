"""*Reset wachtwoorden en stuur email*: the dry run, and the start of the run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from bot import confirming, notice
from bot.branches import place as places
from bot.branches.place import Place
from bot.interaction import Interaction
from bot.letters import leaving
from bot.listening import Submitted
from bot.resets import (
    answers,
    earlier_reset,
    mailing_choice,
    mailing_dry_run,
    mailing_way,
    whom,
)
from bot.resets.earlier_reset import HandedOutMeanwhileError, Warned
from bot.resets.mailing_choice import MailChoice
from bot.resets.mailing_dry_run import MailingDryRun, MailWish, Terms
from bot.resets.mailing_way import OtherTemplateError
from domain import branches
from domain.branches import Branch
from domain.errors import CountChangedError
from domain.letters import email_templates
from domain.letters.email_templates import HandsOver, TemplateLine
from domain.letters.model import EmailTemplateId
from domain.logins.model import LoginState
from domain.runs import ledger
from domain.runs.approving import awaits_approval, needs_approval
from domain.runs.ledger import RunUnderWayError
from domain.runs.planning import MailingPlan, ResetChoice, plan_mailing
from domain.runs.template_use import TemplateGoneError


@dataclass(frozen=True)
class _Changed:
    """What is not as it was shown any more."""

    count: bool = False
    template: bool = False
    handed_out: bool = False


def plan(interaction: Interaction, *, only_new: bool) -> None:
    """Show what a mailing would do, unless a task is open or no mail can go out."""
    here, title = places.read(interaction.body), mailing_dry_run.title(interaction.t)
    interaction.push(notice.wait(title, interaction.t))
    leaving.require_mail(interaction)
    choice = mailing_choice.first(only_new=only_new)
    try:
        _require_no_open_run(interaction, here)
        channel_id = mailing_way.usable_channel(interaction, _branch(interaction, here))
    except RunUnderWayError as error:
        interaction.show(_under_way(interaction, error))
        return
    interaction.show(_dry_run(interaction, here, choice, channel_id))


def count_again(interaction: Interaction) -> None:
    """Show what the mailing would do with what is chosen now."""
    wish = mailing_dry_run.parse(interaction.body)
    choice = mailing_choice.chosen(interaction.body)
    channel_id = _shown_channel(interaction, wish)
    view = _dry_run(interaction, wish.place, choice, channel_id)
    # Of two quick ticks the second shows both, whatever the first made of the view.
    interaction.replace(interaction.body["view"]["id"], view)


def start(interaction: Interaction) -> Submitted:
    """Start the run, if the number that was typed is right and nobody was first."""
    wish = mailing_dry_run.parse(interaction.body)
    chosen = mailing_choice.chosen(interaction.body)
    leaving.require_mail(interaction)
    channel_id = _shown_channel(interaction, wish)

    def shown_anew(changed: _Changed) -> Submitted:
        view = _dry_run(interaction, wish.place, chosen, channel_id, changed)
        return Submitted(view)

    if _agreed_to(wish.choice) != _agreed_to(chosen):
        # Chosen since the number was counted; it is agreed to once it is shown.
        return shown_anew(_differences(wish.choice, chosen))
    confirming.check(interaction.body, wish.expected_count)
    try:
        awaits = _start(interaction, replace(wish, choice=chosen), channel_id)
    except CountChangedError:
        return shown_anew(_Changed(count=True))
    except HandedOutMeanwhileError:
        return shown_anew(_Changed(handed_out=True))
    except (OtherTemplateError, TemplateGoneError):
        return shown_anew(_Changed(template=True))
    except RunUnderWayError as error:
        return Submitted(_under_way(interaction, error))
    interaction.office.wake_worker()
    title = mailing_dry_run.title(interaction.t)
    return Submitted(answers.started(title, channel_id, interaction.t, awaits=awaits))


def _agreed_to(choice: MailChoice) -> MailChoice:
    """All but the reminders: they change nothing of what the dry run says."""
    return replace(choice, remind_after=frozenset())


def _differences(shown: MailChoice, chosen: MailChoice) -> _Changed:
    is_template = shown.template_id != chosen.template_id
    of_people = (shown.reset, shown.again) != (chosen.reset, chosen.again)
    return _Changed(count=of_people, template=is_template)


def _start(interaction: Interaction, wish: MailWish, channel_id: str | None) -> bool:
    choice, branch_id = wish.choice, wish.place.branch_id
    with interaction.transaction() as session:
        run_id = ledger.start_mailing(
            session,
            branch_id,
            choice.reset,
            template_id=EmailTemplateId(choice.template_id or 0),
            again=choice.again,
            remind_after=choice.remind_after,
            expected_count=wish.expected_count,
            channel_id=channel_id or interaction.person.identity.user_id,
            actor=interaction.actor,
            now=interaction.now,
        )
        mailing_way.require_version(session, run_id, wish.version_id)
        _require_as_warned(session, interaction, wish)
        return awaits_approval(session, run_id)


def _require_as_warned(
    session: Session, interaction: Interaction, wish: MailWish
) -> None:
    """Under the branch's lock; raises HandedOutMeanwhileError."""
    branch_id, choice = wish.place.branch_id, wish.choice
    planned = plan_mailing(
        session,
        branch_id,
        choice.reset,
        again=choice.again,
        actor=interaction.actor,
        now=interaction.now,
    )
    earlier = earlier_reset.read(session, interaction, branch_id)
    wish.warned.require_no_more(Warned.of(earlier, planned.again))


def _shown_channel(interaction: Interaction, wish: MailWish) -> str | None:
    branch = _branch(interaction, wish.place)
    return mailing_way.shown_channel(interaction, branch, is_direct=wish.is_direct)


def _branch(interaction: Interaction, place: Place) -> Branch:
    with interaction.reading() as session:
        return branches.get(session, place.branch_id, actor=interaction.actor)


def _require_no_open_run(interaction: Interaction, place: Place) -> None:
    with interaction.reading() as session:
        ledger.require_no_open_run(session, place.branch_id, actor=interaction.actor)


def _under_way(interaction: Interaction, error: RunUnderWayError) -> View:
    title = mailing_dry_run.title(interaction.t)
    return answers.told_under_way(interaction, title, error)


def _dry_run(
    interaction: Interaction,
    place: Place,
    choice: MailChoice,
    channel_id: str | None,
    changed: _Changed | None = None,
) -> View:
    changed = changed or _Changed()
    with interaction.reading() as session:
        data = _read(session, interaction, place, choice, channel_id)
    is_other = choice.template_id not in (None, data.terms.template.template_id)
    data = replace(
        data,
        count_changed=changed.count,
        template_changed=changed.template or is_other,
        handed_out=changed.handed_out,
    )
    return mailing_dry_run.build(data, interaction.t)


def _read(
    session: Session,
    interaction: Interaction,
    place: Place,
    choice: MailChoice,
    channel_id: str | None,
) -> MailingDryRun:
    actor, branch_id = interaction.actor, place.branch_id
    branch = branches.get(session, branch_id, actor=actor)
    language = interaction.t.language
    offered = email_templates.choose_from(
        session, branch_id, language=language, actor=actor
    )
    template = _chosen_of(offered, choice.template_id)
    reset = choice.reset.by_mail(template.hands_over)

    def planned(reset: ResetChoice) -> MailingPlan:
        return plan_mailing(
            session,
            branch_id,
            reset,
            again=choice.again,
            actor=actor,
            now=interaction.now,
        )

    bare = planned(ResetChoice(choice.reset.scope))
    meant = planned(reset)
    return MailingDryRun(
        place=place,
        branch_name=branch.name,
        choice=replace(choice, reset=reset, template_id=template.template_id),
        plan=meant,
        needs_approval=needs_approval(branch, meant.count),
        groups=_groups(template, bare),
        templates=offered,
        terms=Terms(template, branch.initial_password_days, channel_id),
        earlier=earlier_reset.read(session, interaction, branch_id),
    )


def _groups(template: TemplateLine, bare: MailingPlan) -> Sequence[LoginState]:
    """Who may be taken along; a link would be dead once their login is activated."""
    if template.hands_over is HandsOver.LINK:
        return ()
    return whom.groups_in(bare.left_out)


def _chosen_of(
    offered: Sequence[TemplateLine], template_id: int | None
) -> TemplateLine:
    """The chosen template; the first one when it is gone, or none was chosen yet."""
    chosen = (line for line in offered if line.template_id == template_id)
    return next(chosen, offered[0])
