"""Has the memory of each hash given back at once."""

import ctypes
from contextlib import suppress
from typing import Final

# mallopt(3); a hash takes 19 MiB, nothing else of ours so much at once.
_M_MMAP_THRESHOLD: Final = -3
_LARGE: Final = 4 * 1024 * 1024
_M_ARENA_MAX: Final = -8
# Python runs one thread at a time; more arenas than these only keep memory apart.
_ARENAS: Final = 2


def give_back_large_blocks() -> None:
    """Let glibc map large blocks apart, and unmap them when they are freed.

    By itself it soon takes them for ordinary ones and keeps them for reuse, one in
    each of its arenas: with as many threads as wait for a hash, hundreds of MiB.
    Other C libraries do not do so and know no such setting.
    """
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
        mallopt(_M_ARENA_MAX, _ARENAS)
