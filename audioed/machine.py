"""What this machine gives a build."""

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def program(name: str) -> str | None:
    """Where a program of this name lies on PATH; never in the working folder, where Windows looks before anywhere."""
    endings = os.environ.get("PATHEXT", ".EXE").split(os.pathsep) if sys.platform == "win32" else [""]
    files = (Path(folder, name + ending) for folder in os.get_exec_path() for ending in endings)
    return next((str(file) for file in files if file.is_absolute() and shutil.which(file)), None)


@cache
def version(package: str) -> str:
    """Of an installed package; looked up once, for Python reads its whole description each time."""
    from importlib import metadata

    return metadata.version(package)


ARENAS = -8
"""M_ARENA_MAX of malloc.h (mallopt(3))."""


def share_memory() -> None:
    """Have threads take memory from the same two places: what one of them freed serves the others, 20 MB of 310."""
    with suppress(AttributeError, OSError, TypeError):  # another C library looks after itself
        ctypes.CDLL(None).mallopt(ARENAS, 2)


def give_back() -> None:
    """Return free memory to the system: glibc keeps it in pieces that the next large array does not fit into."""
    with suppress(AttributeError, OSError, TypeError):  # another C library looks after itself
        ctypes.CDLL(None).malloc_trim(0)
