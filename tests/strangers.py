"""What strangers' documents do to the process that reads them; called there by the tests."""

import ctypes
import os
import re
import signal
import sys
import time
from pathlib import Path

from audioed.errors import AudioedError, ConfigError, FetchError, StoreError
from audioed.model import Article, Block


def article(title: str) -> Article:
    return Article(title=title, blocks=(Block(kind="paragraph", text="Ein Satz — mit „Zeichen“ und 😀.", linked=0.1),))


def echo(text: str) -> str:
    return text


def process(_: str) -> int:
    return os.getpid()


def raises(name: str) -> str:
    raise {"KeyError": KeyError("rootfile"), "escape": ValueError("\x1b[31mred\x07\n\ud800 " + "long " * 1000)}[name]


class Wordless(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


class Unpicklable(Exception):
    def __init__(self) -> None:
        super().__init__()
        self.held = (each for each in ())


def wordless(_: str) -> str:
    raise Wordless


def unpicklable(_: str) -> str:
    raise Unpicklable


def refuses(kind: str) -> str:
    raise {
        "fetch": FetchError("x.html answered 404 Not Found; check the address.", name="x.html", status=404),
        "store": StoreError("x: no such file; check the name.", path=Path("a/x")),
        "config": ConfigError("audioed.toml: remove is not a selector; correct it.", key="remove"),
        "plain": AudioedError("Something else; try again.\udcff"),
    }[kind]


def hangs(_: str) -> str:
    while True:
        time.sleep(0.01)


def hangs_inside_a_library(_: str) -> str:
    return str(re.match(r"(a+)+b", "a" * 60))


def swells(step: int) -> str:
    return str(len([bytes([n % 256]) * step for n in range(10_000)]))


def takes(size: int) -> int:
    return len(b"x" * size)


def lingers(size: int) -> str:
    taken = b"x" * size
    time.sleep(5)
    return f"half a document of {len(taken)}"


KEPT: list[bytes] = []


def keeps(size: int) -> int:
    KEPT.append(b"x" * size)
    return os.getpid()


def exits(_: str) -> str:
    sys.exit("a page of text")


def ends(code: int) -> str:
    os._exit(code)


def interrupted(_: str) -> str:
    raise KeyboardInterrupt


def killed(number: int) -> str:
    os.kill(os.getpid(), number)
    time.sleep(10)
    return ""


def crashes(_: str) -> str:
    ctypes.string_at(0)
    return ""


def recurses(n: int) -> int:
    return recurses(n + 1)


def recurses_inside_a_library(_: str) -> str:
    sys.setrecursionlimit(10**8)
    return str(recurses(0))


def huge(size: int) -> str:
    return "x" * size


def surrogate(_: str) -> str:
    return "\ud800"


def wrong(_: str) -> Article:
    return "no article"  # type: ignore[return-value]


def nan(_: str) -> Article:
    return Article(title="x", blocks=(Block(kind="paragraph", text="x", linked=float("nan")),))


def prints(text: str) -> str:
    print(text)  # noqa: T201 - what libraries do
    os.write(1, b"R\x00\x00\x00\x00")
    sys.stdout.flush()
    return f"{sys.stdin.read()}{os.read(0, 10)!r}"


def closes(_: str) -> str:
    os.closerange(0, 64)
    return ""


def ignores_everything(_: str) -> str:
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    return hangs("")
