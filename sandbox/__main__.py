"""`python -m sandbox`: a Slack workspace in the browser for any Bolt app."""

import sys

try:
    from sandbox.command import main
except ModuleNotFoundError as missing:
    sys.exit(f"the sandbox needs {missing.name}: install the extra called sandbox")

sys.exit(main())
