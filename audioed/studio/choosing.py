"""A piece of an article read after all, cut, or read as something else: kept as a choice of the show."""

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from audioed.config import CHOICES
from audioed.errors import ConfigError, StudioError
from audioed.explain import explained
from audioed.extraction.choices import chosen, named
from audioed.files import write
from audioed.model import Article, Stored
from audioed.studio.rewriting import Rewritten, rewritten
from audioed.toml import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from audioed.studio.desk import Desk

HEAD = "# How single pieces of articles are read; the studio writes this file, and so may you.\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing(Stored):
    """How a piece is to be read from now on."""

    edition: str
    article: int
    """Its place among the edition's articles, from 1."""
    text: str = ""
    """The piece, word for word as it is shown; or"""
    rule: str = ""
    """the name of a rule: all that it cuts."""
    reading: Literal["body", "heading", "headlines", "promo", "cut", ""]
    """Nothing lets go of the choice; it then counts when the article is read again."""
    scope: Literal["article", "site"] = "article"
    """Whether it is for this article, or for all of its site."""


def choose(desk: "Desk", asked: Choosing) -> Rewritten:
    """
    Decide how a piece of an article is read, now and whenever the article is read; choices.toml keeps it.

    StudioError for a piece that the article does not have.
    """
    with desk.editing(asked.edition) as edition:
        if not 1 <= asked.article <= len(edition.articles):
            raise StudioError(f"{edition.name}: has no article {asked.article}.", status=404)
        article = edition.articles[asked.article - 1]
        text, rule = " ".join(asked.text.split()), asked.rule.strip()
        _refuse_unknown(article, text, rule, desk)
        host = _site(article) if asked.scope == "site" else ""
        whose = {"site": host} if host else {"article": named(article)}
        row = {**whose, **({"text": text} if text else {"rule": rule}), "reading": asked.reading}
        path = desk.store.home / CHOICES
        before = path.read_bytes() if path.is_file() else None
        _write(row, path)
        try:
            return rewritten(desk, edition)
        except StudioError:
            if before is None:
                path.unlink(missing_ok=True)
            else:
                write(path, before)
            raise


def _refuse_unknown(article: Article, text: str, rule: str, desk: "Desk") -> None:
    if bool(text) == bool(rule):
        raise StudioError("Name either the `text` of a piece or a `rule`.")
    now = chosen(article, desk.show.config.extraction.choices)
    pieces = [*explained(article), *explained(now)]
    if text and not any(text == each.text or text in _blocks(now) for each in pieces):
        raise StudioError("The article has no such piece; load the edition again.", status=404)
    if rule and not any(rule == each.rule for each in pieces):
        raise StudioError("No piece of the article is cut by this rule.", status=404)


def _blocks(article: Article) -> set[str]:
    return {each.text for each in article.blocks}


def _site(article: Article) -> str:
    from audioed.addresses import host_of

    try:
        host = host_of(article.url) or host_of(article.name)
    except ValueError:
        host = ""
    if not host:
        raise StudioError("The article has no address, so it has no site; choose for this article alone.")
    return host.removeprefix("www.")


def _write(row: dict[str, str], path: "Path") -> None:
    """The file with this choice, in place of the one for the same; without it where no reading is named."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    text = text_of(path) if path.is_file() else HEAD
    same = {key: value for key, value in row.items() if key != "reading"}
    try:
        document = tomlkit.parse(text)
        rows: Any = document.setdefault("choices", tomlkit.aot())
        for at in reversed(range(len(rows))):
            if {key: str(value) for key, value in rows[at].items() if key != "reading"} == same:
                del rows[at]
        if row["reading"]:
            table = tomlkit.table()
            for key, value in row.items():
                table[key] = value
            rows.append(table)
        if not rows:
            del document["choices"]
        changed = tomlkit.dumps(document)
        tomllib.loads(changed)
    except (TOMLKitError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be added to ({error}); correct it.", path=path) from error
    write(path, changed.encode())
