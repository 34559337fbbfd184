"""All that depends on a language, a folder for each: what audioed says, how numbers are read, what pages say."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
"""Of the languages' folders; README.md there says what may stand in one."""

UNTOLD = "und"
"""The tag of a language that nobody knows (BCP 47)."""


def primary(language: str) -> str:
    """The language of a BCP 47 tag without its region: `de` of `de-AT`."""
    return language.replace("_", "-").partition("-")[0].lower()


@cache
def known(name: str) -> tuple[str, ...]:
    """The codes of the languages that have this table, such as `wording`; English first, the others by code."""
    codes = (path.parent.name for path in FOLDER.glob(f"*/{name}.toml"))
    return tuple(sorted(codes, key=lambda code: (code != "en", code)))


@cache
def table(code: str, name: str) -> Mapping[str, Any]:
    """What stands in a language's file, such as `numbers` for `de/numbers.toml`; nothing where it has none."""
    return tomllib.loads((FOLDER / code / f"{name}.toml").read_text("utf-8")) if code in known(name) else {}


@cache
def rows(code: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a language's list, such as `units` for `en/units.tsv`; lines that start with # are remarks."""
    lines = (FOLDER / code / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("# "))


@cache
def words(name: str, *keys: str, of: str = "") -> frozenset[str]:
    """
    The words that this language lists here, such as `split`, `starters` for `starters = "…"` of split.toml.

    Those of all languages where none is named, or the one that is has no such file.
    """
    codes = (of,) if of in known(name) else known(name)
    return frozenset(word for found in _listed(codes, name, keys, "") for word in found.split())


@cache
def phrases(name: str, *keys: str) -> tuple[str, ...]:
    """The phrases of all languages, each once, such as `page`, `promo`, `calls` for `calls = […]` of page.toml."""
    return tuple(dict.fromkeys(phrase for found in _listed(known(name), name, keys, []) for phrase in found))


@cache
def pattern(keys: str, form: str = "PHRASES") -> re.Pattern[str]:
    """Any phrase of page.toml under these keys, such as `promo.calls`, in this form, whatever its case."""
    said = "|".join(phrases("page", *keys.split(".")))
    return re.compile(form.replace("PHRASES", f"(?:{said})" if said else "(?!)"), re.IGNORECASE)


def _listed(codes: tuple[str, ...], name: str, keys: tuple[str, ...], nothing: Any) -> Iterator[Any]:
    """What stands under these keys in the table of each of these languages."""
    for code in codes:
        found: Any = table(code, name)
        for key in keys[:-1]:
            found = found.get(key, {})
        yield found.get(keys[-1], nothing)
