"""What stands on the command line, as nouns, and what goes back out; how every command ends."""

import functools
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

from audioed.cli import completion
from audioed.sources import told
from audioed.terminal import complain, escaped, tell_json, tell_text

if TYPE_CHECKING:
    from audioed.config import Config, Extraction
    from audioed.errors import ExtractionError
    from audioed.inputs import Given
    from audioed.model import Article, Page
    from audioed.nouns import Noun
    from audioed.place import Listener
    from audioed.show import Show

BUILT, EXPLAINED, SKIPPED, INTERRUPTED = 0, 1, 3, 130
"""Exit codes: done, an explained error, done without some sources, Ctrl-C (128 + SIGINT); see `usage` for 2."""

STDIN = "standard input"
P = ParamSpec("P")
R = TypeVar("R")

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", help="The show's settings or its folder; ./audioed.toml, where it exists, by default."),
]
Output = Annotated[
    Path | None, typer.Option("--output", help="Folder of shows and episodes; output, beside the settings, by default.")
]
Cache = Annotated[
    Path | None, typer.Option("--cache", help="Folder of the cache; AUDIOED_CACHE, or the user's own, by default.")
]
BaseUrl = Annotated[str | None, typer.Option("--base-url", help="Where the output folder will be reachable.")]
Voices = Annotated[
    list[str] | None,
    typer.Option(
        "--voice", metavar="ROLE=NAME", help="Who speaks a role; may be repeated.", autocompletion=completion.roles
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output, and nothing else.")]
To = Annotated[Path | None, typer.Option("--to", help="Write to this file instead of standard output.")]
Day = Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="Day of the edition; today by default.")]
Night = Annotated[
    str | None,
    typer.Option("--day", metavar="YYYY-MM-DD", help="Day of the night; by default today, as `day_begins` has it."),
]
Articles = Annotated[list[str], typer.Argument(metavar="ARTICLE", help=f"{told('{1}')} file, URL, or - for stdin.")]


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """The command, ending with one sentence and the right exit code where something is wrong."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from audioed.errors import AudioedError

        try:
            try:
                return command(*args, **kwargs)
            finally:
                sys.stdout.flush()  # a full disk or a closed pipe is told now, or Python would at its own end
        except AudioedError as error:
            from audioed.store import discreet

            fail(discreet(str(error)), EXPLAINED)
        except KeyboardInterrupt:
            fail("stopped; what was spoken so far is kept for the next run.", INTERRUPTED)
        except BrokenPipeError:  # whoever read our output has enough
            raise typer.Exit(EXPLAINED) from None
        except OSError as error:
            fail(f"{error.filename or 'the system'}: {error.strerror or error}; check it and start again.", EXPLAINED)

    return wrapped


def show_of(
    config: Path | None,
    output: Path | None = None,
    cache: Path | None = None,
    base_url: str | None = None,
    voice: Sequence[str] | None = None,
    listener: "Listener | None" = None,
) -> "Show":
    """The show that a command works for, checked before anything is done; the options go before its settings."""
    from audioed.opening import opened
    from audioed.place import QUIET

    return opened(
        *located(config),
        output=output,
        cache=cache,
        base_url=base_url,
        voices=dict(role_of(each) for each in voice or ()),
        listener=listener or QUIET,
    )


def settings_of(config: Path | None) -> "tuple[Config, Path]":
    """The settings of the show, and its folder."""
    from audioed.config import load

    settings, home = located(config)
    return load(settings, home), home


def located(config: Path | None) -> tuple[Path | None, Path]:
    """The settings file of the show, if it has one, and its folder; a file that is named has to be there."""
    from audioed.opening import settings_at

    return (config, config.parent) if config and not config.is_dir() else settings_at(config or Path())


def role_of(option: str) -> tuple[str, str]:
    """A role and the voice that `--voice` gives it."""
    from audioed.kinds import ROLES
    from audioed.opening import no_role

    role, equals, name = option.partition("=")
    if not (role and equals and name):
        raise typer.BadParameter(f"{option!r} is not ROLE=NAME, such as narrator=heart", param_hint="--voice")
    if role not in ROLES:
        raise typer.BadParameter(no_role(role), param_hint="--voice")
    return role, name


def day_of(text: str | None) -> date | None:
    """The day that is named; None where none is."""
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):  # `fromisoformat` also takes 20260131 and 2026-W05-6
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"{text!r} is not a day, such as 2026-01-31", param_hint="--day")


def title_of(text: str | None) -> str | None:
    """The title that is given; None where none is."""
    from audioed.characters import is_title

    if text is not None and not is_title(text):
        raise typer.BadParameter(f"{text!r} is not a title; use words, on one line", param_hint="--title")
    return text and text.strip()


def given(names: Sequence[str], config: "Extraction") -> "list[Given]":
    """The articles that a command line names; for `-` what comes on standard input, or why that is none."""
    if list(names).count("-") > 1:
        raise typer.BadParameter("standard input can be read only once; name - once", param_hint="-")
    if "" in names:
        raise typer.BadParameter("an empty source name was given; name a file or an address", param_hint="ARTICLE")
    return [_typed(config) if name == "-" else name for name in names]


def _typed(config: "Extraction") -> "Page | ExtractionError":
    from audioed.errors import ExtractionError
    from audioed.extraction.fetch import read_text

    try:
        return read_text(sys.stdin.buffer.read(config.max_bytes + 1), STDIN, config)  # one more tells that it is more
    except ExtractionError as error:
        return error


def is_script(articles: Sequence[str], *, fresh: bool, **options: str | None) -> bool:
    """Whether a script is to be rendered, not articles; a usage error for what cannot go with one."""
    if not any(name.lower().endswith(".json") for name in articles):
        return False
    if len(articles) > 1:
        raise typer.BadParameter(
            "an edited script is rendered by itself; render articles in a separate run", param_hint="ARTICLE"
        )
    if fresh:
        raise typer.BadParameter("a script already holds your edits; leave this out", param_hint="--fresh")
    for name, value in options.items():
        if value is not None:
            told = f"a script has its own {name}; change it there, in `edition`"
            raise typer.BadParameter(told, param_hint=f"--{name}")
    return True


def articles_of(name: str) -> "list[Article]":
    """The articles in a JSON file, or in what comes on standard input."""
    from audioed.errors import StoreError
    from audioed.model import Article
    from audioed.nouns import parse

    path = Path(STDIN if name == "-" else name)
    try:
        whole: Any = json.loads(content_of(name))
    except ValueError as error:
        raise StoreError(f"{path}: is not JSON ({error}); make it with `audioed extract`.", path=path) from error
    parts = whole if isinstance(whole, list) else [whole]
    return [parse(Article, json.dumps(part).encode(), path) for part in parts]


def noun_of(kind: "type[Noun]", name: str) -> "Noun":
    """The noun in a JSON file, or in what comes on standard input."""
    from audioed.nouns import parse

    return parse(kind, content_of(name), Path(STDIN if name == "-" else name))


def content_of(name: str) -> bytes:
    """What a file holds, or standard input for `-`."""
    from audioed.files import read

    return sys.stdin.buffer.read() if name == "-" else read(Path(name))


def put(data: bytes, to: Path | None) -> None:
    """Write to this file, or to standard output."""
    if to:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)
    else:
        tell_text(data.decode())


def put_json(value: object, to: Path | None = None) -> None:
    """Write a noun, or what JSON can hold, as JSON that a person can read, to this file or to standard output."""
    from audioed.nouns import dump

    data = (
        dump(value) if is_dataclass(value) else f"{escaped(json.dumps(value, ensure_ascii=False, indent=1))}\n".encode()
    )
    if to:
        put(data, to)
    else:
        tell_json(data.decode())


def fail(sentence: str, code: int) -> NoReturn:
    """End with this sentence and exit code."""
    complain(f"audioed: {sentence}", "error", exit_code=code)
    raise typer.Exit(code)
