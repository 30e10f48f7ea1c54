"""Whether every message has its Dutch: `python -m bot.locale.completeness`.

With `--update` new messages are added to the catalog, to be translated there,
and those that no code uses any more are dropped.
"""

import sys
from pathlib import Path
from typing import Final

from domain.message_catalogs import CheckedCatalog

CATALOG: Final = CheckedCatalog(
    folder=Path(__file__).parent.parent,
    path=Path(__file__).parent / "nl.po",
    keywords={"t": None, "plural": (1, 2), "marked": None, "msgid": None},
)

if __name__ == "__main__":
    sys.exit(CATALOG.main(sys.argv[1:]))
