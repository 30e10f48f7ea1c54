"""Whether every message has its Dutch: `python -m domain.letters.completeness`.

With `--update` new messages are added to the catalog, to be translated there,
and those that no code uses any more are dropped.
"""

import sys
from typing import Final

from domain.letters.translator import CATALOG
from domain.message_catalogs import CheckedCatalog

LETTERS: Final = CheckedCatalog(
    folder=CATALOG.parent, path=CATALOG, keywords={"t": None}
)

if __name__ == "__main__":
    sys.exit(LETTERS.main(sys.argv[1:]))
