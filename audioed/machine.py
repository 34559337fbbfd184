"""What this machine gives a build."""

import ctypes
import os
from contextlib import suppress


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def give_back() -> None:
    """Return free memory to the system: glibc keeps it in pieces that the next large array does not fit into."""
    with suppress(AttributeError, OSError, TypeError):  # another C library looks after itself
        ctypes.CDLL(None).malloc_trim(0)
