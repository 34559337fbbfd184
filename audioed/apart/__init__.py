"""
A process of its own in which strangers' documents are read: what breaks, hangs or swells there costs one document.

It guards against faults, not against malice: the process may do whatever its
user may. What it answers is plain JSON of the type that the function promises,
never a pickle, and no longer than the limits allow.
"""

import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from types import TracebackType
from typing import IO, Any, Self, TypeVar, TypeVarTuple, cast

from audioed.apart import child, wire
from audioed.apart.wire import Limits, Lost
from audioed.errors import AudioedError, ExtractionError
from audioed.model import Seconds

__all__ = ["Limits", "Worker"]

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")
STARTING: Seconds = 120.0
"""For a new process to be ready, which takes a third of a second on a quiet machine."""
LOOK: Seconds = 0.1
"""Between two looks at the memory of the process."""
log = logging.getLogger(__name__)


class Worker:
    """
    Calls functions in a process that may die without harm, one call at a time.

    The process is started at the first call, or by `start`, and serves until
    one fails in it; the next call has a fresh one. It ends with this one, even
    when this one is killed.
    """

    def __init__(self, limits: Limits | None = None, preload: Sequence[str] = ()) -> None:
        self.limits = limits or Limits()
        self._preload = tuple(preload)
        self._process: _Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start the process without waiting for it: its imports take a third of a second, beside a download none."""
        if self._process is not None and not self._process.alive:
            self.close()
        if self._process is None:
            self._process = _Process(self.limits, self._preload)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def call(self, name: str, function: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """
        What this function of a module gives for these arguments, as JSON can hold its annotated type.

        An AudioedError that it raises is raised here. Whatever else becomes of
        it is an ExtractionError that tells of the document of this name.
        AudioedError where no process can be started.
        """
        self.start()
        process = cast("_Process", self._process)
        try:
            kind, last, content = process.ask(wire.request(function, arguments))
            if last:
                self.close()
            return cast("Result", wire.result(function, kind, content, self.limits))
        except Lost as lost:
            self.close()
            log.debug("%s: %s", name, lost)
            raise ExtractionError(f"{name} could not be read: {lost}.", name=name) from None
        except AudioedError:
            raise
        except BaseException:  # Ctrl-C too: its answer would be taken for that of the next document
            self.close()
            raise


class _Process:
    """One process of `child`, run by path so that it takes its modules from where ours come from."""

    def __init__(self, limits: Limits, preload: Sequence[str]) -> None:
        self._limits = limits
        self._base = 0
        self._answers: queue.SimpleQueue[tuple[bytes, bool, bytes] | None] = queue.SimpleQueue()
        command = [sys.executable, "-P", str(Path(child.__file__).absolute())]
        window = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would show one for each process
        try:
            self._process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, creationflags=window)
        except OSError as error:
            raise _unstarted(error.strerror or str(error)) from error
        self._in, self._out = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        self._reader = threading.Thread(target=self._listen, name="apart", daemon=True)
        self._reader.start()
        self._ready = False
        self._send(wire.greeting(sys.path, preload, limits))

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes) -> tuple[bytes, bool, bytes]:
        """The answer to a request; Lost where there is none in time."""
        if not self._ready:
            self._wait_until_ready()
        self._send(request)
        return self._answer(self._limits.seconds)

    def end(self) -> None:
        """Kill it and wait for its end."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._in, self._out):
            with suppress(OSError):  # a request that nobody will read
                pipe.close()

    def _wait_until_ready(self) -> None:
        try:
            self._answer(STARTING)
        except Lost as error:
            code = self._process.poll()
            raise _unstarted("no answer" if code is None else f"exit code {code}") from error
        self._ready = True
        self._base = _resident(self._process.pid)

    def _send(self, frame: bytes) -> None:
        with suppress(OSError):  # it has ended: `_answer` tells how
            self._in.write(wire.LENGTH.pack(len(frame)) + frame)
            self._in.flush()

    def _answer(self, seconds: Seconds) -> tuple[bytes, bool, bytes]:
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            if left <= 0:
                raise Lost(wire.failure(wire.LATE, b"", self._limits))
            try:  # in short waits, because Ctrl-C does not end a long one on Windows
                answer = self._answers.get(timeout=min(left, LOOK))
            except queue.Empty:
                if self._ready and _resident(self._process.pid) > self._base + self._limits.bytes:
                    raise Lost(wire.failure(wire.HUNGRY, b"", self._limits)) from None
                continue
            if answer is None:
                raise Lost(wire.failure(wire.CRASHED, str(self._process.wait()).encode(), self._limits))
            return answer

    def _listen(self) -> None:
        """Frames from the process; None when there are no more. A thread, because a pipe knows no time limit."""
        while len(header := self._out.read(wire.HEADER.size)) == wire.HEADER.size:
            kind, last, length = wire.HEADER.unpack(header)
            if length > self._limits.answer:
                self._process.kill()
                self._answers.put((wire.LARGE, True, b""))
                return
            content = self._out.read(length)
            if len(content) < length:
                break
            self._answers.put((kind, last, content))
        self._answers.put(None)


def _unstarted(why: str) -> AudioedError:
    return AudioedError(f"the process that reads documents does not start ({why}); close other programs and try again.")


def _resident(process: int) -> int:
    """Bytes of memory that a process has; 0 once it has ended."""
    if sys.platform.startswith("linux"):
        try:
            return int(Path(f"/proc/{process}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0
    import psutil

    try:
        memory: Any = psutil.Process(process).memory_info()
    except psutil.Error:
        return 0
    return int(memory.rss)
