"""The command `sleutelbos`: reads what was typed, and leaves the work to others."""

import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final

import typer

from domain import clock
from domain.actor import AccountType
from domain.errors import DatabaseBusyError
from sleutelbos import (
    answers,
    appointing,
    audit_commands,
    check,
    complaints,
    demo,
    export_commands,
    import_command,
    key_commands,
    manifest,
    opening,
    person_commands,
    serve,
    settings,
    typing_errors,
)
from sleutelbos.appointing import Appointment
from sleutelbos.demo.company import Size
from sleutelbos.import_report import report_lines
from sleutelbos.parts import Part
from sleutelbos.wording import CommandError

FAILED: Final = 2
SOME_REFUSED: Final = 3
_DEBUG: Final = "--debug"

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Employee logins handed out from Slack.",
)
administrator = typer.Typer(help="Who administers logins in Slack.")
audit = typer.Typer(help="The audit log: who did what.")
key = typer.Typer(help="The secret key.")
app.add_typer(administrator, name="administrator")
app.add_typer(audit, name="audit")
person = typer.Typer(help="What is kept of one person (GDPR).")
export = typer.Typer(help="After an export or mailing went astray.")
app.add_typer(key, name="key")
app.add_typer(person, name="person")
app.add_typer(export, name="export")


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry of the command; ends the process with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run([part for part in given if part != _DEBUG])
    except Exception as error:
        if _DEBUG in given:
            raise
        _say(_line(error))
        code = FAILED
    sys.exit(code)


def _run(given: list[str]) -> int:
    result = app(given, prog_name="sleutelbos", standalone_mode=False)
    return result if isinstance(result, int) else 0


def _say(line: str) -> None:
    typer.echo(f"sleutelbos: {line}", err=True)


def _line(error: Exception) -> str:
    language = settings.language_of_complaints()
    if isinstance(error, CommandError):
        return error.say(language)
    if isinstance(error, DatabaseBusyError):
        return complaints.DATABASE_BUSY.say(language)
    if isinstance(error, typer.TyperException):
        problem = typing_errors.say(error.format_message(), language)
        return complaints.USAGE.say(language, problem=problem, command=_command(error))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return complaints.UNEXPECTED.say(language, error=type(error).__name__, place=place)


def _command(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "sleutelbos"


@app.callback(invoke_without_command=True)
def sleutelbos(
    context: typer.Context,
    *,
    _debug: Annotated[
        bool, typer.Option(_DEBUG, help="Show the whole stack of an error.")
    ] = False,
    show_version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.")
    ] = False,
) -> None:
    """Say what there is when nothing is asked."""
    if show_version:
        typer.echo(f"sleutelbos {version('sleutelbos')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("demo")
def run_demo(
    folder: Annotated[
        Path | None, typer.Argument(help="Where --keep keeps it.", show_default=False)
    ] = None,
    *,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the database, or go on with it.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65_532, help="The first of four ports.")
    ] = 8080,
    size: Annotated[Size | None, typer.Option(help="How large the company is.")] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")
    ] = True,
    story: Annotated[
        bool, typer.Option("--story", help="Only play the main job, here.")
    ] = False,
    story_folder: Annotated[
        Path, typer.Option("--folder", help="Where --story leaves the workbook.")
    ] = Path("sleutelbos-demo"),
) -> None:
    """Try it on a sample company with a Slack in the browser. Needs nothing else."""
    if story:
        demo.tell_story(port, size, story_folder)
        return
    raise typer.Exit(
        demo.start(port, size, demo.kept_in(folder, keep), browser=browser)
    )


@app.command("serve")
def run_parts(
    *,
    only: Annotated[
        list[Part] | None, typer.Option(help="One part; may be repeated.")
    ] = None,
) -> None:
    """Run portal, bot and worker until stopped."""
    serve.serve(settings.load(), only or ())


@app.command("check")
def check_installation() -> None:
    """Say in words what is missing or wrong. Exit 1 if anything is."""
    if not check.check(clock.utc_now):
        raise typer.Exit(1)


@app.command()
def migrate() -> None:
    """Bring the database up to date. On SQLite serve does it by itself."""
    given = settings.load()
    opening.migrate(given)
    typer.echo(answers.UP_TO_DATE.say(given.language))


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A staff list.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would do.")
    ] = False,
) -> None:
    """Take record cards from a staff list. Exit 3 when some rows were refused."""
    given, now = settings.load(), clock.utc_now()
    report = import_command.take_list(given, file, is_dry_run=dry_run, now=now)
    for line in report_lines(report, given.language, is_dry_run=dry_run):
        typer.echo(line)
    if report.refused:
        raise typer.Exit(SOME_REFUSED)


@app.command("manifest")
def print_manifest(
    *,
    url: Annotated[
        str | None,
        typer.Option(help="Public address (https://...) for HTTP, not Socket Mode."),
    ] = None,
) -> None:
    """Print the Slack app's manifest. It is pasted where an app is made."""
    typer.echo(manifest.text() if url is None else manifest.for_http(url), nl=False)


@administrator.command("add")
def add_administrator(
    slack_user_id: Annotated[
        str,
        typer.Argument(metavar="SLACK_USER_ID", help="'Copy member ID' in Slack."),
    ],
    *,
    account_type: Annotated[AccountType, typer.Option("--type", help="As what.")],
    branch: Annotated[
        list[str] | None, typer.Option(help="A branch by name; may be repeated.")
    ] = None,
    email: Annotated[str | None, typer.Option(help="For codes by e-mail.")] = None,
    team: Annotated[
        str | None, typer.Option(help="Workspace id; else that of the bot token.")
    ] = None,
) -> None:
    """Appoint somebody, or give them another type and other branches."""
    wanted = Appointment(slack_user_id, account_type, branch or (), email, team)
    typer.echo(appointing.appoint(settings.load(), wanted, now=clock.utc_now()))


@administrator.command("list")
def list_administrators() -> None:
    """Name everybody who administers, with type and branches."""
    for line in appointing.list_lines(settings.load()):
        typer.echo(line)


@administrator.command("dismiss")
def dismiss_administrator(
    slack_user_id: Annotated[
        str,
        typer.Argument(metavar="SLACK_USER_ID", help="As 'administrator list' says."),
    ],
    *,
    team: Annotated[
        str | None, typer.Option(help="Workspace id; needed only for one of several.")
    ] = None,
) -> None:
    """Take somebody's role away. The last manager stays."""
    now = clock.utc_now()
    typer.echo(appointing.dismiss(settings.load(), slack_user_id, team, now=now))


@audit.command("verify")
def verify_audit() -> None:
    """Name what is not as it was sealed. Exit 1 if anything is not."""
    if not audit_commands.verify(settings.load()):
        raise typer.Exit(1)


@audit.command("export")
def export_audit(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A new file.")],
) -> None:
    """Write the whole log to a workbook. Names are looked up."""
    audit_commands.export(settings.load(), file, now=clock.utc_now())


@key.command("lost")
def go_on_without_key(
    *,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Let go of it, and begin anew.")
    ] = False,
) -> None:
    """Say what a lost secret key takes with it. Nothing is done without --confirm."""
    key_commands.lost(settings.load(), clock.utc_now, confirm=confirm)


@person.command("export")
def export_person(
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="The employee number.")
    ],
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE.json", help="A new file.", show_default=False),
    ] = None,
) -> None:
    """Write all that is kept of somebody to a file. Secrets are not given out."""
    given, now = settings.load(), clock.utc_now()
    person_commands.export(given, number, file, now=now)


@person.command("erase")
def erase_person(
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="The employee number.")
    ],
    *,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Erase; there is no way back.")
    ] = False,
    even_employed: Annotated[
        bool, typer.Option("--even-employed", help="Also who has not left.")
    ] = False,
) -> None:
    """Say what erasing somebody takes. Nothing is done without --confirm."""
    person_commands.erase(
        settings.load(),
        number,
        confirm=confirm,
        even_employed=even_employed,
        now=clock.utc_now(),
    )


@export.command("list")
def list_exports() -> None:
    """Name each export and mailing, the newest first."""
    export_commands.list_runs(settings.load(), now=clock.utc_now())


@export.command("expire")
def expire_export(
    number: Annotated[int, typer.Argument(metavar="ID", help="As 'export list' says.")],
    *,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Make it invalid.")
    ] = False,
) -> None:
    """Say who was in it; with --confirm make its passwords and links invalid."""
    given, now = settings.load(), clock.utc_now()
    export_commands.expire(given, number, confirm=confirm, now=now)
