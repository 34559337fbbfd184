"""How the pages look: our templates, and those that a show has in their place."""

import hashlib
import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from audioed import templates
from audioed.errors import ConfigError
from audioed.files import explained

if TYPE_CHECKING:
    from jinja2 import Environment

OWN = "templates"
"""Folder beside audioed.toml whose files take the place of ours of the same name."""
SERVED = frozenset({".css", ".js", ".svg", ".png", ".jpg", ".webp", ".ico", ".woff2"})
"""Endings of the files in it that pages may load; others are nobody's business."""
OURS = Path(__file__).parent / "templates"
ASSETS = Path(__file__).parent / "assets"
LOOK = Path(templates.__file__).parent
"""Where the look is that all of audioed's pages share."""
COMMENT, REMARK, AIR = (
    re.compile(r"/\*.*?\*/", re.DOTALL),
    re.compile(r"(?:^|(?<=\s))// .*$", re.MULTILINE),
    re.compile(r" ?([{};]) ?"),
)
"""Comments of CSS and JavaScript, and spaces that say nothing; our files have none of these within a text."""
ORIGINAL = "audioed"
"""`{% extends "audioed/episode.html" %}` in a show's own template means ours."""


@dataclass(frozen=True)
class Theme:
    """The templates and assets of a show; those in the folder of its own go first."""

    own: Path | None = None
    """The folder of the show's own; None for a show without settings, whose folder may be anybody's."""

    @property
    def _folders(self) -> tuple[Path, ...]:
        """Those of the show's own, where there are any."""
        return (self.own,) if self.own else ()

    @cached_property
    def assets(self) -> Mapping[str, bytes]:
        """What pages load, by file name."""
        own = {path.name: _read(path) for folder in self._folders for path in _files(folder) if path.suffix in SERVED}
        return dict(sorted({**_ours(), **own}.items()))

    @cached_property
    def digest(self) -> str:
        """The same for the same templates; what pages load may change without them."""
        told = [(path.name, _read(path)) for folder in (OURS, *self._folders) for path in _templates(folder)]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """The templates of the show's own, by name."""
        return tuple(path.name for folder in self._folders for path in _templates(folder))

    def page(self, name: str, **values: object) -> str:
        """The page of this template; ConfigError, naming file and line, where the show's own cannot make it."""
        from jinja2 import TemplateError

        try:
            return _environment(self.own if self.changed else None).get_template(f"{name}.html").render(values)
        except (TemplateError, TypeError, ArithmeticError, LookupError, AttributeError, ValueError) as error:
            if (told := self._told(error)) is None:
                raise
            raise told from error

    def compiled(self) -> None:
        """Have ours ready, which takes a tenth of a second; those of the show's own are read where they are wanted."""
        for path in () if self.changed else _templates(OURS):
            _environment(None).get_template(path.name)

    def _told(self, error: Exception) -> ConfigError | None:
        """What is wrong with a template of the show's own, and where; None where no such template had a part in it."""
        from jinja2 import TemplateNotFound, TemplateSyntaxError

        if isinstance(error, TemplateSyntaxError):
            places = [(error.filename or "", error.lineno)]
        else:
            places = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
        own = [(Path(file), at) for file, at in places if self.own and Path(file).is_relative_to(self.own)]
        if not own:
            return self._lacking(error)
        path, at = own[-1]
        why = f"there is no template {error}" if isinstance(error, TemplateNotFound) else str(error).rstrip(".")
        return ConfigError(
            f"{path}, line {at}: {why}; correct it, or remove the file to have audioed's own page.",
            path=path,
            key=path.name,
        )

    def _lacking(self, error: Exception) -> ConfigError | None:
        """What the show's own templates leave out that ours ask for; None where the mistake is ours."""
        from jinja2 import UndefinedError

        if not self.changed or not isinstance(error, UndefinedError):
            return None
        names = ", ".join(self.changed)
        return ConfigError(f"{self.own}: {names}: {error}; keep what audioed's own has.", path=self.own, key=names)


@cache
def _environment(own: Path | None) -> "Environment":
    """Templates are compiled once for all shows without their own, and again where their files change."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

    from audioed.characters import line
    from audioed.site.timing import runs
    from audioed.timecode import clock, iso_duration, number

    ours = FileSystemLoader(OURS)
    made = Environment(
        loader=ChoiceLoader([*([FileSystemLoader(own)] if own else []), PrefixLoader({ORIGINAL: ours}), ours]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"clock": clock, "iso_duration": iso_duration, "line": line, "number": number, "runs": runs}
    made.bytecode_cache = None if own else templates.compiled(OURS, made)
    return made


def _templates(folder: Path) -> Iterator[Path]:
    return (path for path in _files(folder) if path.suffix == ".html")


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder that are not hidden, by name; none where there is no such folder."""
    if folder.is_dir():
        with explained(folder):
            yield from sorted(path for path in folder.iterdir() if path.is_file() and path.name[0] not in "._~")


@cache
def _ours() -> Mapping[str, bytes]:
    """What pages load of audioed's own, made lean once and not for every show that is published."""
    return {path.name: _lean(path) for folder in (LOOK, ASSETS) for path in _files(folder) if path.suffix in SERVED}


def _lean(path: Path) -> bytes:
    """A style or script of ours without what is for readers alone: comments and the space around lines."""
    text = _read(path).decode()
    if path.suffix == ".js":
        text = REMARK.sub("", COMMENT.sub("", text))
    elif path.suffix == ".css":
        text = AIR.sub(r"\1", COMMENT.sub("", text))
    else:
        return _read(path)
    return "".join(f"{line}\n" for line in map(str.strip, text.splitlines()) if line).encode()


def _read(path: Path) -> bytes:
    with explained(path):
        return path.read_bytes()
