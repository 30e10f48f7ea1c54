"""`python -m benchmarks [--quick] [NAME ...]`: measure, print a table, keep JSON."""

import argparse
import importlib
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.figure import Figure, apart, dump

NAMES = (
    "import_list",
    "create_and_activate",
    "branch_screen",
    "board",
    "slash_command",
    "portal_pages",
    "letters",
    "ready_letters",
    "reset_and_export",
    "reset_and_mail",
    "sign_in",
    "sign_in_timing",
)
RESULTS = Path(__file__).parent / "results.json"


def table_of(figures: list[Figure]) -> Table:
    """One line a figure: the ratio is what counts, seconds are for orientation."""
    table = Table(title="Sleutelbos, as ratios to a floor in the same run")
    for heading in ("job", "floor", "floor s", "s", "ratio", "goal", "MiB", "goal MiB"):
        table.add_column(heading, justify="left" if "o" in heading[1:2] else "right")
    for figure in figures:
        met = figure.goal is None or figure.ratio <= figure.goal
        table.add_row(
            figure.job,
            figure.floor,
            f"{figure.floor_seconds:.3f}",
            f"{figure.seconds:.3f}",
            f"[{'green' if met else 'red'}]{figure.ratio:.2f}[/]",
            f"{figure.goal:.2f}" if figure.goal else "-",
            f"{figure.memory_mib:.0f}" if figure.memory_mib is not None else "-",
            f"{figure.memory_goal_mib:.0f}" if figure.memory_goal_mib else "-",
        )
    return table


def main() -> None:
    """Run the named benchmarks, or all, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*NAMES, []])
    parser.add_argument("--quick", action="store_true", help="small sizes")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for name in arguments.names or NAMES:
        module = importlib.import_module(f"benchmarks.{name}")
        figures += apart(module.run, arguments.quick)
    Console(width=160).print(table_of(figures))
    RESULTS.write_text(dump(figures))


if __name__ == "__main__":
    main()
