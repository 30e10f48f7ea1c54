"""What to do next is named by what stands on the screen: a button, and beside what."""

from functools import partial

import pytest

from bot.branches import acts
from bot.locale import LANGUAGES, translator
from bot.logins import activating, creating


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("done", "following"),
    [
        (creating.done, acts.ACTIVATE),
        (partial(activating.done, mails=True), acts.RESET_AND_MAIL_NEW),
        (partial(activating.done, mails=False), acts.RESET_AND_EXPORT),
    ],
)
def test_what_was_done_names_the_button_of_the_next_act(done, following, language):
    t = translator(language)
    said = " ".join(done(3, t))
    assert t(following.button) in said
    assert t(following.label) in said
