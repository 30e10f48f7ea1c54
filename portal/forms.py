"""The fields that more than one form has, and what may be typed into them."""

from typing import Any, Final

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from markupsafe import escape
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import PasswordInput, TextInput

from domain.logins.passwords import canonical_form
from domain.secret import Secret

# 256 characters of four bytes each; what is longer is nobody's password.
PASSWORD_BYTES: Final = 1024
_USER_NAME_LENGTH: Final = 320
_CODE_LENGTH: Final = 64


def _attributes(**given: Any) -> str:
    """What WTForms' own `html_params` writes, in an eighth of its time."""
    written = []
    for name, value in sorted(given.items()):
        if value is True:
            written.append(_attribute_name(name))
        elif value is not False:
            written.append(f'{_attribute_name(name)}="{escape(value)}"')
    return " ".join(written)


def _attribute_name(name: str) -> str:
    return name.replace("_", "-") if name.startswith(("aria_", "data_")) else name


class _Text(TextInput):
    html_params = staticmethod(_attributes)


class _Password(PasswordInput):
    html_params = staticmethod(_attributes)


def _at_most(size: int, message: Any) -> Any:
    def check(_form: FlaskForm, field: Any) -> None:
        if len((field.data or "").encode(errors="replace")) > size:
            raise ValidationError(message)

    return check


def user_name_field() -> Any:
    """The e-mail address with which somebody signs in."""
    return StringField(
        lazy_gettext("User name"),
        [
            InputRequired(lazy_gettext("Type your user name.")),
            _at_most(
                _USER_NAME_LENGTH, lazy_gettext("A user name is not as long as this.")
            ),
        ],
        widget=_Text(),
    )


def password_field(label: Any) -> Any:
    """A password, never shown again once it was sent."""
    return PasswordField(
        label,
        [
            InputRequired(lazy_gettext("Type a password.")),
            _at_most(
                PASSWORD_BYTES,
                lazy_gettext("A password has at most 256 characters."),
            ),
        ],
        widget=_Password(),
    )


def code_field(label: Any) -> Any:
    """A code from a letter, an app or a piece of paper."""
    return StringField(
        label,
        [
            InputRequired(lazy_gettext("Type the code.")),
            _at_most(_CODE_LENGTH, lazy_gettext("A code is not as long as this.")),
        ],
        widget=_Text(),
    )


class NewPasswordForm(FlaskForm):
    """A new password, twice because nobody sees what is typed."""

    new = password_field(lazy_gettext("New password"))
    again = password_field(lazy_gettext("The same password once more"))

    def validate_again(self, field: Any) -> None:
        """Both must be the same; the first one says so when they are not."""
        # A blank that a keyboard adds is no part of a password in either field.
        first, second = (
            canonical_form(Secret(typed or "")) for typed in (self.new.data, field.data)
        )
        if first != second:
            raise ValidationError(
                lazy_gettext("This is not the same as the first one. Type both again.")
            )

    @property
    def new_password(self) -> Secret:
        """What was chosen."""
        return Secret(self.new.data)
