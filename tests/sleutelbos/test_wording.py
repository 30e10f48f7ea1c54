import string

import pytest

from bot.audit_log import words as log_words
from domain.actor import ActorKind, Surface
from domain.audit import AuditAct
from domain.audit_seals import BreakKind
from domain.exports.channel import ChannelProblem
from sleutelbos import answers, audit_words, complaints, findings
from sleutelbos.wording import CommandError, Wording

# A channel that is not set, and a person who is not in it, are found elsewhere.
NOT_OF_A_CHANNEL = {ChannelProblem.UNSET, ChannelProblem.PERSON_NOT_MEMBER}


def _wordings():
    for module in (answers, audit_words, complaints, findings):
        for name, value in vars(module).items():
            if isinstance(value, Wording):
                yield pytest.param(value, id=name)


def _places(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("wording", list(_wordings()))
def test_both_languages_name_the_same_values(wording):
    assert wording.nl
    assert _places(wording.nl) == _places(wording.en)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (log_words.ACTS, AuditAct),
        (log_words.ACTORS, ActorKind),
        (log_words.SURFACES, Surface),
        (audit_words.BREAKS, BreakKind),
        (findings.CHANNELS, set(ChannelProblem) - NOT_OF_A_CHANNEL),
    ],
)
def test_every_code_of_the_log_has_words(words, codes):
    assert set(words) == set(codes)


def test_a_value_with_a_line_break_leaves_one_line():
    error = CommandError(complaints.BRANCH_UNKNOWN, value="Utr\necht\r", known="A")
    assert error.say("en") == "No branch is called 'Utr echt '; there are: A."
