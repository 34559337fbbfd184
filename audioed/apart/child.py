"""
The process in which a stranger's document is read.

It is run by path. What it is asked comes as length and content on stdin: first
where modules are found and what is allowed, then functions and arguments. It
answers with frames of kind, length and bytes, as `wire` names them.
"""

import gc
import json
import os
import queue
import signal
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import IO, Any

LENGTH = struct.Struct("<I")
GRACE = 10.0
"""Seconds beyond the limit after which it ends by itself: whoever asked is gone and something never pauses."""
TWICE = 2
"""Times the allowed memory at which the system gives none, for what is faster than the parent, which looks after it
and ends the process: libraries that get no memory often go on with half a document."""
SHARE = 4
"""A document that left this part of the allowed memory behind is the last one of its process."""


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):  # what libraries print must not get between the frames, nor may they read them
        os.dup2(nothing, stream)
    allowed = json.loads(_frame(requests) or os._exit(0))
    sys.path[:] = allowed["path"]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each thread reserves memory
    from audioed.apart import wire

    for module in allowed["preload"]:
        import_module(module)
    base = _data()
    _limit(base + TWICE * allowed["bytes"])
    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, asked), daemon=True).start()
    _put(answers, wire.READY, b"", last=False)
    while True:
        request = asked.get()
        _alarm(allowed["seconds"] + GRACE)
        kind, content = _answer(request, allowed["answer"])
        _alarm(0.0)
        del request
        _put(answers, kind, content, last=_grown(base, allowed["bytes"] // SHARE))
        del content


def _answer(request: bytes, most: int) -> tuple[bytes, bytes]:
    import pickle

    from audioed.apart import wire
    from audioed.errors import AudioedError

    try:
        function: Callable[..., Any]
        function, arguments = pickle.loads(request)  # noqa: S301 - our own parent wrote it
        content = wire.encoded(function, function(*arguments))
    except AudioedError as error:
        kind, content = wire.REFUSED, wire.refusal(error)
    except MemoryError:
        return wire.HUNGRY, b""
    except BaseException as error:  # noqa: BLE001 - whatever it is costs this document alone
        return wire.FAILED, wire.told(error)
    else:
        kind = wire.DONE
    return (kind, content) if len(content) <= most else (wire.LARGE, b"")


def _listen(requests: IO[bytes], asked: "queue.SimpleQueue[bytes]") -> None:
    """Requests from stdin; the process ends with the one that asks, even while it reads a document."""
    while request := _frame(requests):
        asked.put(request)
    os._exit(0)


def _frame(source: IO[bytes]) -> bytes:
    """The next frame; empty when there are no more."""
    if len(header := source.read(LENGTH.size)) < LENGTH.size:
        return b""
    (length,) = LENGTH.unpack(header)
    content = source.read(length)
    return content if len(content) == length else b""


def _put(answers: IO[bytes], kind: bytes, content: bytes, *, last: bool) -> None:
    from audioed.apart import wire

    try:
        answers.write(wire.HEADER.pack(kind, last, len(content)) + content)
        answers.flush()
    except OSError:  # nobody listens any more
        os._exit(0)


def _alarm(seconds: float) -> None:
    """Have the system end this process then, also where a library never lets Python run; 0 takes it back."""
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _grown(base: int, most: int) -> bool:
    """Whether so much memory stays taken that the next document should have a fresh process."""
    if _data() - base > most:
        gc.collect()
    return _data() - base > most


def _data() -> int:
    """Bytes of memory that the system counts against RLIMIT_DATA; 0 where it does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib is not imported
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _limit(most: int) -> None:
    """
    Limit the memory of this process, and keep a crash from writing an image of it.

    RLIMIT_DATA, not RLIMIT_AS: libraries reserve gigabytes of addresses that they never use.
    """
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        with suppress(OSError, ValueError):  # ValueError: whoever started us allows less
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main()
