"""Fields as they are written into a page."""

from html.parser import HTMLParser

import pytest
from wtforms.widgets import html_params

from portal.sign_in import SignInForm

TYPED = ('" autofocus onfocus="alert(1)', "a&b", "<b>'", "&quot;", "é\u202e", "")
MORE = {"aria_describedby": "a b", "aria_invalid": False, "spellcheck": "false"}


class Attributes(HTMLParser):
    """What a browser reads in the one tag it is given."""

    def __init__(self, tag):
        super().__init__()
        self.found = []
        self.feed(str(tag))

    def handle_starttag(self, tag, attrs):
        self.found += attrs


@pytest.mark.parametrize("typed", TYPED)
def test_a_field_is_written_as_wtforms_writes_it(counter, typed):
    with counter.app.test_request_context(
        "/", method="POST", data={"user_name": typed}
    ):
        field = SignInForm().user_name
        ours = str(field(**MORE))
    theirs = html_params(
        id="user_name",
        name="user_name",
        type="text",
        required=True,
        value=typed,
        **MORE,
    )
    assert ours == f"<input {theirs}>"


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_is_one_value_and_nothing_else(counter, typed):
    with counter.app.test_request_context(
        "/", method="POST", data={"user_name": typed}
    ):
        found = Attributes(SignInForm().user_name()).found
    assert ("value", typed) in found
    assert {name for name, _ in found} == {"id", "name", "required", "type", "value"}
