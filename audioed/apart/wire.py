"""What goes between the two processes: functions and arguments by pickle to ours, answers as JSON back from it."""

import json
import pickle
import signal
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_type_hints

from audioed import errors
from audioed.errors import AudioedError
from audioed.model import Seconds

READY, DONE, REFUSED, FAILED = b"R", b"D", b"A", b"F"
"""It can begin; a result; an AudioedError; any other exception."""
HUNGRY, LARGE, LATE, CRASHED = b"M", b"B", b"T", b"C"
"""More memory, a longer answer, more time than is allowed; the process is gone. The last two only this side knows."""
HEADER = struct.Struct("<c?I")
"""Kind; whether the process shall not be used again; length."""
LENGTH = struct.Struct("<I")
MOST_TOLD = 160
"""Characters told of an exception."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost."""

    seconds: Seconds = 60.0
    """The slowest that give an article take five on a busy machine; at sixty somebody else's article waits."""
    bytes: int = 1_000_000_000
    """Of memory, beyond what the process takes before; articles of a few hundred pages need a tenth."""
    answer: int = 64_000_000
    """Bytes of JSON; three times the largest page that is read."""


class Lost(Exception):
    """A document that did not survive: why, and what can be done, as the second half of a sentence."""


def greeting(path: Sequence[str], preload: Sequence[str], limits: Limits) -> bytes:
    """What a new process is told first, before it can find any module of ours."""
    return json.dumps({"path": [str(each) for each in path], "preload": preload, **asdict(limits)}).encode()


def request(function: Callable[..., Any], arguments: Sequence[Any]) -> bytes:
    """A call, as the other side's `pickle.loads` takes it; the function goes by its name."""
    return pickle.dumps((function, tuple(arguments)), protocol=5)


def encoded(function: Callable[..., Any], result: object) -> bytes:
    """The result of a function as JSON of its annotated type."""
    plain: bytes = _adapter(function).dump_json(result, warnings="error")
    return plain


def result(function: Callable[..., Any], kind: bytes, content: bytes, limits: Limits) -> object:
    """What the other side answered; the AudioedError that was raised there; Lost for all else."""
    from pydantic import ValidationError

    if kind == REFUSED:
        raise error(content)
    if kind != DONE:
        raise Lost(failure(kind, content, limits))
    try:
        return _adapter(function).validate_json(content)
    except ValidationError:
        raise Lost("what was found in it makes no sense; save it again in another format") from None


def refusal(error: AudioedError) -> bytes:
    """An AudioedError as JSON: the name of its class among ours, its sentence and its subject."""
    kind = next(each.__name__ for each in type(error).__mro__ if each.__module__ == errors.__name__)
    subject = {name: value for name, value in vars(error).items() if isinstance(value, str | int | float | None)}
    paths = {name: str(value) for name, value in vars(error).items() if isinstance(value, Path)}
    return json.dumps({"kind": kind, "sentence": str(error), "subject": subject, "paths": paths}).encode()


def error(content: bytes) -> AudioedError:
    """The error that `refusal` told of; Lost for anything else."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        told = json.loads(content)
        kind = vars(errors)[told["kind"]]
        if issubclass(kind, AudioedError):
            made: AudioedError = kind.__new__(kind, str(told["sentence"]))
            vars(made).update(told["subject"])
            vars(made).update({name: Path(path) for name, path in told["paths"].items()})
            return made
    raise Lost("what was said of it makes no sense; save it again in another format")


def told(error: BaseException) -> bytes:
    """An exception in a line that a terminal may show, whatever its text is or does."""
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 - a stranger's text may be what breaks it
        text = ""
    shown = "".join(each if each.isprintable() else " " for each in text[: 4 * MOST_TOLD])
    name = type(error).__name__
    return f"{name}: {' '.join(shown.split())[:MOST_TOLD]}".rstrip(": ").encode("utf-8", "replace")


def failure(kind: bytes, content: bytes, limits: Limits) -> str:
    """Why a document could not be read and what can be done, as the second half of a sentence."""
    if kind == LATE:
        return f"it took longer than {limits.seconds:g} seconds; split it, or save it again in another format"
    if kind == HUNGRY:
        return f"it needs more than {_size(limits.bytes)} of memory; split it, or save it again in another format"
    if kind == LARGE:
        return f"its text is longer than {_size(limits.answer)}; split it into parts"
    if kind == CRASHED:
        return f"the program that reads it {_end(int(content))}; save it again in another format"
    what = content.decode("utf-8", "replace")
    return f"it is damaged in a way that was not foreseen ({what}); save it again with the program that made it"


def _end(code: int) -> str:
    if code < 0:
        with suppress(ValueError):
            return f"crashed ({signal.Signals(-code).name})"
    return f"ended with code {code}"


def _size(count: int) -> str:
    return f"{count / 1e9:g} GB" if count >= 1e9 else f"{count / 1e6:g} MB"  # noqa: PLR2004 - a gigabyte


def _adapter(function: Callable[..., Any]) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(get_type_hints(function)["return"])
