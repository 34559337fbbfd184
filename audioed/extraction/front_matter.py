"""What stands above a Markdown text, between two lines of "---" or "+++": who wrote it, when, how it is to be read."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from audioed.errors import ExtractionError
from audioed.model import Page

CHANGES = ("updated", "lastmod", "modified", "last_modified_at", "date_modified")
"""What Jekyll, Hugo and others call the day of the last change."""
TOML = re.compile(r"\+\+\+[ \t]*\n(.{0,20000}?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
PANDOC = re.compile(r"% ?(\S.*)\n(?:% ?(.*)\n)?(?:% ?(.*)\n)?(?=\s*\n)")
"""Title, authors and day, a line each (Pandoc's manual, pandoc_title_block)."""
OUTLINE = re.compile(r"(?:[a-z][a-z-]{1,20}:: .*\n)+")
"""Properties of a page in an outliner such as Logseq."""
MOST, DEEPEST = 20_000, 20
"""Values that are read, and how deep they may lie in each other; honest front matter has twenty, two deep."""


def parted(page: Page) -> tuple[Mapping[str, Any], str]:
    """What is said there, and the rest of the text; ExtractionError where it is broken. Nothing in it is ever run."""
    import frontmatter
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    class Handler(YAMLHandler):
        def load(self, fm: str, **_settings: object) -> Any:
            _refuse_endless(fm)
            return yaml.load(fm, Loader=_loader())  # noqa: S506 - a loader that makes nothing but texts

    text = page.text.replace("\r\n", "\n")
    if (found := TOML.match(text)) is not None:
        return _of_toml(found[1], page.url), text[found.end() :]
    if (found := PANDOC.match(text)) is not None:
        return {"title": found[1], "author": found[2] or "", "date": found[3] or ""}, text[found.end() :]
    if (found := OUTLINE.match(text)) is not None:
        pairs = (line.split("::", 1) for line in found[0].splitlines())
        return {key: re.sub(r"[\[\]#]", "", value).strip() for key, value in pairs}, text[found.end() :]
    if not text.startswith("---"):
        return {}, text
    try:
        matter, rest = frontmatter.parse(text, handler=Handler())
    except (yaml.YAMLError, ValueError) as error:  # ValueError: characters that libyaml does not take
        raise ExtractionError(
            f"{page.url} has broken front matter ({_first_line(error)}); correct the lines between the two ---.",
            name=page.url,
        ) from error
    return (matter, rest) if matter else ({}, text)


def _of_toml(front: str, name: str) -> Mapping[str, Any]:
    """The same in TOML, as Hugo and Zola write it; days as texts."""
    try:
        matter = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise ExtractionError(
            f"{name} has broken front matter ({error}); correct the lines between the two +++.", name=name
        ) from error
    return {key: str(value) if isinstance(value, date) else value for key, value in matter.items()}


def word(matter: Mapping[str, Any], *keys: str) -> str:
    """The first of these that is said, on one line; empty where none is, or where it is no text."""
    texts = (" ".join(each.split()) for each in map(matter.get, keys) if isinstance(each, str))
    return next(filter(None, texts), "")


def listed(matter: Mapping[str, Any], *keys: str) -> list[str]:
    """The texts that the first of these is, one or a list; empty where none is said."""
    stated: Any = next((matter[key] for key in keys if matter.get(key)), ())
    return [each for each in (stated if isinstance(stated, list) else [stated]) if isinstance(each, str)]


def _refuse_endless(front: str) -> None:
    """
    YAMLError for what a short text may unfold into a long one, or is too deep or too long.

    Of an alias, which repeats what stands elsewhere, an author has no need;
    twenty of them in each other are a million million texts.
    """
    import yaml

    depth = 0
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    event: Any
    for count, event in enumerate(yaml.parse(front, Loader=loader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = (
            "an alias is not read here, write its text again"
            if isinstance(event, yaml.AliasEvent)
            else "it is nested too deeply"
            if depth > DEEPEST
            else "it is too long"
            if count > MOST
            else ""
        )
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def _loader() -> type[Any]:
    """
    A YAML loader for which everything that is written is a text, and only `null` and nothing at all are nothing.

    YAML 1.1 takes "No" for a lie, "007" for seven and "1:59" for a number of
    base 60; in a title or a name each is what it is. Tags, which ask for other
    kinds of values, are passed over.
    """
    import re

    import yaml

    base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    loader: Any = type("WordsOnly", (base,), {})
    nothing = "tag:yaml.org,2002:null"
    loader.add_implicit_resolver(nothing, re.compile("(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
    loader.add_constructor(nothing, lambda _loader, _node: None)
    return loader  # type: ignore[no-any-return]


def _first_line(error: Exception) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if problem:
        return f"{problem} in line {mark.line + 1}" if mark else str(problem)
    return str(error).splitlines()[0] if str(error) else "it is no YAML"
