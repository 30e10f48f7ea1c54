"""Opens the browser, if somebody sits before one."""

import os
import sys
import threading
import webbrowser
from collections.abc import Mapping
from typing import Final

_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


def is_before_somebody(environment: Mapping[str, str]) -> bool:
    """Whether this is a terminal on a machine with a screen, and no CI."""
    has_screen = sys.platform in ("darwin", "win32") or any(
        environment.get(name) for name in _DISPLAYS
    )
    return has_screen and sys.stdout.isatty() and not environment.get("CI")


def show(address: str) -> None:
    """Open the address without waiting for the browser."""
    # Some browsers keep whoever starts them waiting until they are closed.
    threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()


def show_if_anybody_looks(address: str) -> None:
    """Open the address where that makes sense."""
    if is_before_somebody(os.environ):
        show(address)
