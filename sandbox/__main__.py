"""`python -m sandbox`: a Slack workspace in the browser for any Bolt app."""

import sys

from sandbox.command import main

sys.exit(main())
