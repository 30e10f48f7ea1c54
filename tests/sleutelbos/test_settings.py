import pytest

from domain.secret import Secret
from sleutelbos import settings
from sleutelbos.settings import SettingsError

KEY = "kJ8-vW2_qZ5xN1rT7yB4mC0dF6gH9pLs"


def test_everything_has_a_default_but_the_tokens(machine):
    given = settings.load()
    assert given.slack_bot_token is given.slack_app_token is given.secret_key is None
    assert given.slack_api_url == "https://slack.com/api/"
    assert given.sqlite_path == machine / "sleutelbos.db"
    assert given.portal_url == "http://127.0.0.1:8080"
    assert (given.company, given.language) == ("Sleutelbos", "nl")
    assert given.admin_channel is None


def test_settings_are_read_from_a_file_too(machine):
    machine.joinpath(".env").write_text(
        "SLACK_BOT_TOKEN='xoxb-1-a'\nSLEUTELBOS_LANGUAGE=EN\nSOMETHING_ELSE=1\n"
    )
    given = settings.load()
    assert given.slack_bot_token == Secret("xoxb-1-a")
    assert given.language == "en"


def test_the_environment_goes_before_the_file(machine, set_up):
    machine.joinpath(".env").write_text("SLEUTELBOS_COMPANY=Uit het bestand\n")
    set_up(SLEUTELBOS_COMPANY="Uit de omgeving")
    assert settings.load().company == "Uit de omgeving"


def test_an_empty_value_is_no_value(set_up):
    set_up(SLACK_BOT_TOKEN="", SLEUTELBOS_ADMIN_CHANNEL="", SLEUTELBOS_LANGUAGE="")
    given = settings.load()
    assert (given.slack_bot_token, given.admin_channel) == (None, None)
    assert given.language == "nl"


def test_addresses_get_one_form(set_up):
    set_up(
        SLACK_API_URL="http://127.0.0.1:9000/api",
        SLEUTELBOS_PORTAL_URL="https://inloggen.voorbeeld.nl/",
    )
    given = settings.load()
    assert given.slack_api_url == "http://127.0.0.1:9000/api/"
    assert given.portal_url == "https://inloggen.voorbeeld.nl"


@pytest.mark.parametrize(
    ("text", "listen"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("10.0.0.7:80", ("10.0.0.7", 80)),
        ("[::1]:0", ("::1", 0)),
        ("localhost:65535", ("localhost", 65_535)),
    ],
)
def test_an_address_to_listen_at_has_a_port(set_up, text, listen):
    set_up(SLEUTELBOS_LISTEN=text)
    assert settings.load().listen == listen


def test_mail_goes_to_a_server_in_somebodys_name(set_up):
    set_up(
        SLEUTELBOS_SMTP_URL="smtp+starttls://hr:p%40ss@mail.voorbeeld.nl",
        SLEUTELBOS_MAIL_FROM="Personeelszaken <hr@voorbeeld.nl>",
    )
    given = settings.load()
    assert (given.smtp_url.host, given.smtp_url.port) == ("mail.voorbeeld.nl", 587)
    assert given.smtp_url.login == ("hr", Secret("p@ss"))
    assert given.mail_from.name == "Personeelszaken"


def test_socket_mode_goes_before_http(set_up):
    secret = "8f742231b10e8888abcd99yyyzzz85a5"
    set_up(SLACK_SIGNING_SECRET=secret)
    assert settings.load().is_http_mode
    assert secret not in repr(settings.load())
    set_up(SLACK_APP_TOKEN="xapp-1-a")
    assert not settings.load().is_http_mode


def test_postgresql_has_no_file(set_up):
    set_up(SLEUTELBOS_DATABASE_URL="postgresql+psycopg://u:geheim@db/office")
    assert settings.load().sqlite_path is None


def test_no_secret_is_printed_with_the_settings(set_up):
    set_up(
        SLACK_BOT_TOKEN="xoxb-geheim",
        SLACK_APP_TOKEN="xapp-geheim",
        SLEUTELBOS_SECRET_KEY=KEY,
        SLEUTELBOS_DATABASE_URL="postgresql+psycopg://u:geheim@db/office",
        SLEUTELBOS_SMTP_URL="smtps://hr:geheim@mail.voorbeeld.nl",
    )
    printed = repr(settings.load())
    assert "geheim" not in printed
    assert KEY not in printed


def test_settings_do_not_change_after_the_start(machine):
    given = settings.load()
    with pytest.raises(ValueError, match="frozen"):
        given.company = "Iets anders"


BAD = {
    "SLACK_BOT_TOKEN": ["xapp-1-a", "xoxp-1-a", "xoxb-a b", "xoxb-a\nb", "xoxb-"],
    "SLACK_APP_TOKEN": ["xoxb-1-a", "geen"],
    "SLACK_API_URL": ["http://slack.example/api/", "slack.com", "https://u:p@s.nl/"],
    "SLEUTELBOS_DATABASE_URL": [
        "mysql://h/d",
        "postgres://h/d",
        "postgresql://h/d",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///a.db?mode=ro",
        "office.db",
        "postgresql+psycopg://h:poort/d",
    ],
    "SLEUTELBOS_SECRET_KEY": ["changeme", "x" * 40, f"{KEY},kort", f"{KEY},"],
    "SLEUTELBOS_PORTAL_URL": ["voorbeeld.nl", "ftp://voorbeeld.nl", "https://", "/x"],
    "SLACK_SIGNING_SECRET": ["kort", "xapp-1-A0123456789-abcdef", "a" * 101, "a b" * 9],
    "SLEUTELBOS_LISTEN": [
        "8080",
        "127.0.0.1",
        ":8080",
        "127.0.0.1:65536",
        "::1:8080",
        "http://127.0.0.1:8080",
        "127.0.0.1:http",
        "a b:80",
    ],
    "SLEUTELBOS_TRUSTED_PROXIES": ["-1", "10", "1.0", "true", "één", "٣"],
    "SLEUTELBOS_SMTP_URL": [
        "mail.voorbeeld.nl",
        "http://mail.voorbeeld.nl",
        "smtp://",
        "smtp://hr:wachtwoord@mail.voorbeeld.nl",
        "smtps://hr@mail.voorbeeld.nl",
        "smtps://mail.voorbeeld.nl:0",
    ],
    "SLEUTELBOS_MAIL_FROM": [
        "hr",
        "a@b.nl, c@d.nl",
        "HR <a@b.nl> <c@d.nl>",
        "søn@b.nl",
    ],
    "SLEUTELBOS_ADMIN_CHANNEL": ["#beheer", "beheer", "D012345", "c012345"],
    "SLEUTELBOS_COMPANY": ["  ", "x" * 61, "twee\nregels"],
    "SLEUTELBOS_LANGUAGE": ["de", "nederlands"],
}


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, values in BAD.items() for value in values],
)
def test_a_bad_value_is_refused_by_the_name_of_its_variable(set_up, name, value):
    set_up(**{name: value})
    with pytest.raises(SettingsError) as caught:
        settings.load()
    for language in ("nl", "en"):
        line = caught.value.say(language)
        assert name in line
        assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-het-token-zelf"),
        ("SLEUTELBOS_SECRET_KEY", "de-sleutel-zelf"),
        ("SLEUTELBOS_DATABASE_URL", "mysql://u:het-wachtwoord@h/d"),
        ("SLEUTELBOS_SMTP_URL", "smtp://u:het-wachtwoord@mail.voorbeeld.nl"),
    ],
)
def test_a_refused_secret_is_not_repeated(set_up, name, value):
    set_up(**{name: value})
    with pytest.raises(SettingsError) as caught:
        settings.load()
    assert "zelf" not in caught.value.say("nl")
    assert "het-wachtwoord" not in repr(caught.value.all)


def test_every_bad_value_is_found_at_once(set_up):
    set_up(SLEUTELBOS_LANGUAGE="de", SLEUTELBOS_ADMIN_CHANNEL="#beheer")
    with pytest.raises(SettingsError) as caught:
        settings.load()
    named = {problem.fields["name"] for problem in caught.value.all}
    assert named == {"SLEUTELBOS_LANGUAGE", "SLEUTELBOS_ADMIN_CHANNEL"}


def test_a_file_that_is_no_text_is_named(machine):
    machine.joinpath(".env").write_bytes(b"SLEUTELBOS_COMPANY=\xff\xfe\n")
    with pytest.raises(SettingsError) as caught:
        settings.load()
    assert caught.value.say("en").startswith(".env can't be read")


@pytest.mark.parametrize(("value", "language"), [("en", "en"), ("de", "nl")])
def test_complaints_are_in_dutch_unless_english_is_set(set_up, value, language):
    set_up(SLEUTELBOS_LANGUAGE=value)
    assert settings.language_of_complaints() == language
