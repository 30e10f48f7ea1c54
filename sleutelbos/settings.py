"""The settings, from the environment and `.env`, checked and frozen at start."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from domain.letters.mail_server import MailServer, MailSettingError, Sender
from domain.secret import KEY_BYTES, Secret
from sleutelbos import complaints
from sleutelbos.periods import ATTEMPTS, LEAVERS, LETTERS, LOG, RUNS, Period
from sleutelbos.wording import LANGUAGES, CommandError, Language, Wording

ENV_FILE: Final = ".env"
THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_CHANNEL_ID: Final = re.compile(r"[CG][A-Z0-9]{2,20}")
_SIGNING_SECRET: Final = re.compile(r"[A-Za-z0-9]{20,100}")
_LISTEN: Final = re.compile(
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):(?P<port>\d{1,5})"
)
_HIGHEST_PORT: Final = 65_535
_COMPANY_LENGTH: Final = 60
# Fewer different characters than this is a typed row of keys, no random text.
_FEWEST_DIFFERENT: Final = 10


class _UnsuitableError(ValueError):
    """A value that can't be used; carries the sentence that says why."""

    def __init__(self, wording: Wording, **fields: object) -> None:
        super().__init__(wording.en)
        self.wording = wording
        self.fields = fields


def _token(prefix: str, wording: Wording) -> Callable[[str], Secret]:
    def read(text: str) -> Secret:
        if not re.fullmatch(rf"{prefix}[A-Za-z0-9-]+", text.strip()):
            raise _UnsuitableError(wording)
        return Secret(text.strip())

    return read


def _signing_secret(text: str) -> Secret:
    if not _SIGNING_SECRET.fullmatch(text.strip()):
        raise _UnsuitableError(complaints.NOT_A_SIGNING_SECRET)
    return Secret(text.strip())


def _secret_key(text: str) -> Secret:
    for part in text.split(","):
        if len(part.strip()) < KEY_BYTES or len(set(part)) < _FEWEST_DIFFERENT:
            raise _UnsuitableError(complaints.SECRET_KEY_WEAK)
    return Secret(text)


def _database_url(text: str) -> URL:
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError) as error:
        raise _UnsuitableError(complaints.DATABASE_URL_UNREADABLE) from error
    if url.drivername == "postgresql+psycopg":
        return url
    if url.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise _UnsuitableError(complaints.DATABASE_URL_UNREADABLE)
    # A database in memory would be another one for every connection.
    if not url.database or ":memory:" in url.database or url.query:
        raise _UnsuitableError(complaints.DATABASE_URL_NEEDS_FILE)
    return url


def _public_url(text: str) -> str:
    parts = _split(text, complaints.PORTAL_URL_UNREADABLE)
    if parts.query or parts.fragment:
        raise _UnsuitableError(complaints.PORTAL_URL_UNREADABLE)
    return text.strip().rstrip("/")


def _api_url(text: str) -> str:
    parts = _split(text, complaints.API_URL_UNREADABLE)
    # Tokens travel to this address.
    if parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
        raise _UnsuitableError(complaints.API_URL_UNREADABLE)
    return text.strip().rstrip("/") + "/"


def _split(text: str, wording: Wording) -> Any:
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise _UnsuitableError(wording) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise _UnsuitableError(wording)
    if parts.username or parts.password or re.search(r"\s", text.strip()):
        raise _UnsuitableError(wording)
    return parts


def _smtp_url(text: str) -> MailServer:
    try:
        return MailServer.from_url(text)
    except MailSettingError as error:
        raise _UnsuitableError(complaints.MAIL[error.problem]) from error


def _mail_from(text: str) -> Sender:
    try:
        return Sender.from_text(text)
    except MailSettingError as error:
        raise _UnsuitableError(complaints.MAIL[error.problem]) from error


def _channel_id(text: str) -> str:
    if not _CHANNEL_ID.fullmatch(text.strip()):
        raise _UnsuitableError(complaints.CHANNEL_NOT_AN_ID)
    return text.strip()


def _company(text: str) -> str:
    name = text.strip()
    if not name or len(name) > _COMPANY_LENGTH or not name.isprintable():
        raise _UnsuitableError(complaints.COMPANY_UNUSABLE)
    return name


def _language(text: str) -> Language:
    for language in LANGUAGES:
        if text.strip().lower() == language:
            return language
    raise _UnsuitableError(complaints.LANGUAGE_UNKNOWN)


class Listen(NamedTuple):
    """Where the HTTP server takes connections; port 0 is a free one."""

    host: str
    port: int


def _listen(text: str) -> Listen:
    match = _LISTEN.fullmatch(text.strip())
    if match is None or int(match["port"]) > _HIGHEST_PORT:
        raise _UnsuitableError(complaints.LISTEN_UNREADABLE)
    return Listen(match["host"].strip("[]"), int(match["port"]))


def _proxies(text: str) -> int:
    if not re.fullmatch(r"[0-9]", text.strip()):
        raise _UnsuitableError(complaints.PROXIES_UNREADABLE)
    return int(text.strip())


def _days(period: Period) -> Any:
    """The field of a period of retention."""

    def read(text: str) -> int:
        days = int(text) if re.fullmatch(r"[0-9]{1,5}", text.strip()) else -1
        if not period.least <= days <= period.most:
            raise _UnsuitableError(
                complaints.DAYS_UNUSABLE, least=period.least, most=period.most
            )
        return days

    return BeforeValidator(read)


class Settings(BaseSettings):
    """Everything that is set from outside, by the names of the environment."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
        enable_decoding=False,
        validate_default=False,
    )

    slack_bot_token: Annotated[
        Secret | None, BeforeValidator(_token("xoxb-", complaints.NOT_A_BOT_TOKEN))
    ] = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: Annotated[
        Secret | None, BeforeValidator(_token("xapp-", complaints.NOT_AN_APP_TOKEN))
    ] = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: Annotated[Secret | None, BeforeValidator(_signing_secret)] = (
        Field(default=None, validation_alias="SLACK_SIGNING_SECRET")
    )
    slack_api_url: Annotated[str, BeforeValidator(_api_url)] = Field(
        default="https://slack.com/api/", validation_alias="SLACK_API_URL"
    )
    database_url: Annotated[URL, BeforeValidator(_database_url)] = Field(
        default=make_url("sqlite:///sleutelbos.db"),
        validation_alias="SLEUTELBOS_DATABASE_URL",
    )
    secret_key: Annotated[Secret | None, BeforeValidator(_secret_key)] = Field(
        default=None, validation_alias="SLEUTELBOS_SECRET_KEY"
    )
    portal_url: Annotated[str, BeforeValidator(_public_url)] = Field(
        default="http://127.0.0.1:8080", validation_alias="SLEUTELBOS_PORTAL_URL"
    )
    listen: Annotated[Listen, BeforeValidator(_listen)] = Field(
        default=Listen("127.0.0.1", 8080), validation_alias="SLEUTELBOS_LISTEN"
    )
    trusted_proxies: Annotated[int, BeforeValidator(_proxies)] = Field(
        default=0, validation_alias="SLEUTELBOS_TRUSTED_PROXIES"
    )
    smtp_url: Annotated[MailServer | None, BeforeValidator(_smtp_url)] = Field(
        default=None, validation_alias="SLEUTELBOS_SMTP_URL"
    )
    mail_from: Annotated[Sender | None, BeforeValidator(_mail_from)] = Field(
        default=None, validation_alias="SLEUTELBOS_MAIL_FROM"
    )
    admin_channel: Annotated[str | None, BeforeValidator(_channel_id)] = Field(
        default=None, validation_alias="SLEUTELBOS_ADMIN_CHANNEL"
    )
    company: Annotated[str, BeforeValidator(_company)] = Field(
        default="Sleutelbos", validation_alias="SLEUTELBOS_COMPANY"
    )
    language: Annotated[Language, BeforeValidator(_language)] = Field(
        default="nl", validation_alias="SLEUTELBOS_LANGUAGE"
    )

    keep_attempts: Annotated[int, _days(ATTEMPTS)] = Field(
        default=ATTEMPTS.days, validation_alias=ATTEMPTS.variable
    )
    keep_log: Annotated[int, _days(LOG)] = Field(
        default=LOG.days, validation_alias=LOG.variable
    )
    keep_runs: Annotated[int, _days(RUNS)] = Field(
        default=RUNS.days, validation_alias=RUNS.variable
    )
    keep_letters: Annotated[int, _days(LETTERS)] = Field(
        default=LETTERS.days, validation_alias=LETTERS.variable
    )
    keep_leavers: Annotated[int, _days(LEAVERS)] = Field(
        default=LEAVERS.days, validation_alias=LEAVERS.variable
    )

    @property
    def names_company(self) -> bool:
        """Whether somebody set the company's name."""
        return "company" in self.model_fields_set

    @property
    def is_http_mode(self) -> bool:
        """Whether Slack calls the bot over HTTP; an app token goes before."""
        return self.slack_app_token is None and self.slack_signing_secret is not None

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        if self.database_url.get_backend_name() != "sqlite":
            return None
        return Path(str(self.database_url.database)).absolute()


class SettingsError(CommandError):
    """At least one setting can't be used; `all` holds every complaint."""

    def __init__(self, found: list[CommandError]) -> None:
        super().__init__(found[0].wording, **found[0].fields)
        self.all = found


def load() -> Settings:
    """Read the settings.

    Raises SettingsError, which names the first variable that can't be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError([_complaint(detail) for detail in error.errors()]) from None
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError([CommandError(complaints.ENV_FILE_UNREADABLE)]) from error


def _complaint(detail: Any) -> CommandError:
    unsuitable: _UnsuitableError = detail["ctx"]["error"]
    name = str(detail["loc"][0])
    return CommandError(unsuitable.wording, name=name, **unsuitable.fields)


class _LanguageOnly(BaseSettings):
    """The language alone, for the sentence that says what is wrong elsewhere."""

    model_config = SettingsConfigDict(env_file=ENV_FILE, extra="ignore")

    language: str = Field(default="nl", validation_alias="SLEUTELBOS_LANGUAGE")


def language_of_complaints() -> Language:
    """The company's language, or Dutch while the settings can't be read."""
    try:
        return _language(_LanguageOnly().language)
    except (ValueError, OSError):
        return "nl"
