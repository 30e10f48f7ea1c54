"""The dry run of *Maak werknemerslogins aan*."""

from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import confirming, payload
from bot.blocks import button, paragraph, small_print
from bot.branches import acts
from bot.branches import place as places
from bot.branches.place import Place
from bot.confirming import DryRunFrame
from bot.locale import Translator
from domain.logins.provisioning import CreationPlan, LeftOutReason

CALLBACK_ID: Final = "logins.create"
SHOW_LEFT_OUT: Final = "logins.left_out_of_creation"
SAME_ADDRESS: Final = (LeftOutReason.ADDRESS_SHARED, LeftOutReason.ADDRESS_IN_USE)


@dataclass(frozen=True)
class CreationDryRun:
    """What creating would do in a branch.

    `count_changed` says that the number is another than the one agreed to.
    """

    place: Place
    branch_name: str
    plan: CreationPlan
    count_changed: bool = False


@dataclass(frozen=True)
class CreationWish:
    """What is submitted: where, and the number that was shown."""

    place: Place
    expected_count: int


def build(data: CreationDryRun, t: Translator) -> View:
    """How many, who is left out and why, and the number to type for many."""
    title, submit, count = t("Create logins"), t("Create"), data.plan.count
    return confirming.dry_run(
        DryRunFrame(title, data.branch_name, count, submit, data.count_changed),
        [paragraph(_what_happens(count, t)), *_left_out(data.plan, t)],
        t,
        callback_id=CALLBACK_ID,
        ids=data.place.remembered(count=count),
    )


def parse(body: payload.Body) -> CreationWish:
    """What the screen said. Raises NotFoundError for another view."""
    count = payload.whole_number(payload.remembered(body).get("count"))
    return CreationWish(places.read(body), count)


def done(count: int, t: Translator) -> list[str]:
    """What to say when it is done."""
    created = t.plural(
        "One employee login was created.",
        "{count} employee logins were created.",
        count,
    )
    following = t.plural(
        "It is inactive until you press {button}, beside {label}.",
        "They are inactive until you press {button}, beside {label}.",
        count,
        button=t(acts.ACTIVATE.button),
        label=t(acts.ACTIVATE.label),
    )
    return [created, following]


def why(reason: LeftOutReason, count: int, t: Translator) -> str:
    """How many are left out for this reason, in a sentence."""
    if reason is LeftOutReason.NO_ADDRESS:
        return t.plural(
            "One person has no e-mail address.",
            "{count} people have no e-mail address.",
            count,
        )
    if reason is LeftOutReason.EMPLOYMENT_ENDED:
        return t.plural(
            "One person is no longer employed.",
            "{count} people are no longer employed.",
            count,
        )
    if reason is LeftOutReason.ADDRESS_SHARED:
        return t.plural(
            "One record card shares its e-mail address with another card.",
            "{count} record cards share their e-mail address with another card.",
            count,
        )
    return t.plural(
        "One record card has an e-mail address that another login uses.",
        "{count} record cards have an e-mail address that another login uses.",
        count,
    )


def two_ways_out(t: Translator) -> str:
    """What to do about two cards with one address (tip 6 of the manual)."""
    return t(
        "Two ways out: give each record card an e-mail address of its own, or bring "
        "the two together with Move employee data."
    )


def _what_happens(count: int, t: Translator) -> str:
    if count == 0:
        return t("Nothing to create: everybody who can have a login has one.")
    return t.plural(
        "One employee login will be created, inactive.",
        "{count} employee logins will be created, inactive.",
        count,
    )


def _left_out(plan: CreationPlan, t: Translator) -> list[Block]:
    found = [(reason, plan.left_out.get(reason, 0)) for reason in LeftOutReason]
    blocks: list[Block] = []
    for reason, count in found:
        if count:
            show = button(SHOW_LEFT_OUT, t("Show list"), value=reason.value)
            blocks.append(paragraph(why(reason, count, t), accessory=show))
    if any(count for reason, count in found if reason in SAME_ADDRESS):
        blocks.append(small_print(two_ways_out(t)))
    return blocks
