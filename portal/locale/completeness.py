"""Whether every message has its Dutch: `python -m portal.locale.completeness`.

With `--update` new messages are added to the catalog, to be translated there,
and those that no code uses any more are dropped.
"""

import sys
from pathlib import Path
from typing import Final

from domain.message_catalogs import CheckedCatalog, percented

CHECKED: Final = CheckedCatalog(
    folder=Path(__file__).parent.parent,
    path=Path(__file__).parent / "nl.po",
    keywords={
        "_": None,
        "gettext": None,
        "lazy_gettext": None,
        "msgid": None,
        "ngettext": (1, 2),
    },
    methods=(("**.py", "python"), ("templates/**.html", "jinja2")),
    placeholders=percented,
)

if __name__ == "__main__":
    sys.exit(CHECKED.main(sys.argv[1:]))
