"""The command `sleutelbos`, also as `python -m sleutelbos`."""

import sys
from typing import Final

# What Ctrl-C gives a shell.
_INTERRUPTED: Final = 130


def main() -> None:
    """Load the command and run it."""
    try:
        # It takes a second to load, in which somebody may have changed their mind.
        from sleutelbos import cli  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    cli.main()


if __name__ == "__main__":
    main()
