"""What reaches a terminal or a pipe: readable in its encoding, and never a command to the terminal."""

import codecs
import io
import json
import logging
import os
import re
import sys
import unicodedata
from collections.abc import Callable

COMMANDS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""
What may not be shown as it is, in a line of text.

The controls of ECMA-48 (C0 without the tab, DEL, C1), what ends a line, the
orders that turn the direction of text (Unicode UAX 9, 2), halves of characters.
"""
COMMANDS_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""The same in a JSON text, where C0 stands escaped already, or between the values."""
BYTES = range(0xDC80, 0xDD00)
"""How Python holds the bytes of a file name that are no text (PEP 383)."""
NEAREST = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛‹›′", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict(zip("•·×øØłŁđĐı⁄", "*-xoOlLdDi/", strict=True))
    | dict(zip("→€£ßæÆœŒ", ("->", "EUR", "GBP", "ss", "ae", "AE", "oe", "OE"), strict=True))
)
"""What is read for it where the encoding lacks it and Unicode knows no simpler form."""
READABLE = "audioed.readable"


def prepare() -> None:
    """Let the standard streams take any text: what their encoding lacks is replaced by what is nearest to it."""
    codecs.register_error(READABLE, _readable)
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif name != "stdin" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=READABLE)


def finish() -> None:
    """Send what is still held back; whoever has closed our output has enough of it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python complains of it at its own end


def shown(text: str) -> str:
    r"""The text on one line, with nothing in it that a terminal obeys: an escape is shown as `\x1b`."""
    return COMMANDS.sub(_code, text)


def tell(text: str = "", *, label: str = "", colour: str = "") -> None:
    """Print a line, with a label before it, coloured where a terminal shows it."""
    if colour and sys.stdout.isatty():
        import typer

        label = typer.style(shown(label), fg=colour)
    else:
        label = shown(label)
    print(label + shown(text))


def complain(text: str, level: str = "info", **more: object) -> None:
    """Print a line on standard error; where that is a log for programs, with its level and what `more` there is."""
    if not LOG.moment:
        print(shown(text), file=sys.stderr)
        return
    message = text.removeprefix("audioed: ").removeprefix("skipped: ")
    told = {"time": LOG.moment(), "level": level, "message": message, **more}
    print(escaped(json.dumps(told, ensure_ascii=False)), file=sys.stderr, flush=True)


class Log:
    """Whether standard error is a log for programs, a JSON object a line, and what tells the time for it."""

    moment: Callable[[], str] | None = None
    """As RFC 3339 writes it."""


LOG = Log()


def tell_text(text: str) -> None:
    """Print the text of a file, in UTF-8 as a file would have it; on a terminal line by line, as `tell` does."""
    if sys.stdout.isatty():
        for line in text.splitlines():
            tell(line)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def tell_json(text: str) -> None:
    """Print a JSON text that stays the same JSON in every encoding (RFC 8259, 7): what it lacks is escaped."""
    in_utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    lacking = COMMANDS_IN_JSON if in_utf8 else re.compile(r"[^\x00-\x7e]")
    print(escaped(text, lacking).rstrip("\n"))


def escaped(text: str, lacking: re.Pattern[str] = COMMANDS_IN_JSON) -> str:
    """The same JSON, its commands to a terminal and halves of characters written as escapes."""
    return lacking.sub(lambda match: json.dumps(match[0])[1:-1] if match[0] != "\x7f" else r"\u007f", text)


class Lines(logging.Formatter):
    """Log messages as lines that a terminal can be shown."""

    def format(self, record: logging.LogRecord) -> str:
        """The message, line by line; as JSON where standard error is a log for programs."""
        if LOG.moment:
            told = {"time": LOG.moment(), "level": record.levelname.lower(), "message": record.getMessage()}
            return escaped(json.dumps(told, ensure_ascii=False))
        return "\n".join(map(shown, super().format(record).split("\n")))


def _code(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in BYTES:
        code -= BYTES.start - 0x80
    return {0x0A: r"\n", 0x0D: r"\r"}.get(code) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")  # noqa: PLR2004


def _readable(error: UnicodeError) -> tuple[str, int]:
    """A handler for `codecs.register_error`: the nearest that the encoding has, else the number of the character."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_nearest(each, error.encoding) for each in lacking), error.end


def _nearest(character: str, encoding: str) -> str:
    simple = "".join(each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each))
    for candidate in (character.translate(NEAREST), simple.translate(NEAREST)):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return character.encode("ascii", "backslashreplace").decode()
