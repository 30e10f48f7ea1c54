"""A machine on which nothing is set yet, and the command as one types it."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain import migrations
from domain.database import Database
from sleutelbos import cli


@dataclass
class Typed:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with none of our settings in the environment."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "SLEUTELBOS_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def set_up(machine, monkeypatch):
    """Set variables of the environment."""

    def set_variables(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_variables


@pytest.fixture
def sleutelbos(machine, capsys):
    """Type a command; gives what came of it."""

    def run(*arguments: str) -> Typed:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        printed = capsys.readouterr()
        return Typed(ended.value.code, printed.out, printed.err)

    return run


@pytest.fixture
def office_file(machine) -> Path:
    """An up-to-date database where the settings look for it."""
    path = machine / "sleutelbos.db"
    database = Database(f"sqlite:///{path}")
    migrations.bring_up_to_date(database)
    database.close()
    return path
