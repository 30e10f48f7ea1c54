"""`python -m sandbox.mailbox`: a mail catcher of its own."""

import sys

from sandbox.mailbox.command import main

sys.exit(main())
