"""How names and words are to be said that a voice would get wrong."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from audioed.errors import ConfigError
from audioed.scripting.trace import sub


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexeme:
    """One word or phrase, and how it is said."""

    written: str
    spoken: str
    """Ordinary words that a voice reads as they should sound; no digits."""
    case: bool = False
    """Whether capitals matter: "US" is not "us"."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lexemes, later ones before earlier ones of the same writing."""

    lexemes: tuple[Lexeme, ...] = ()
    _exact: dict[str, str] = field(init=False, repr=False, compare=False)
    _folded: dict[str, str] = field(init=False, repr=False, compare=False)
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        exact = {_key(each.written): each.spoken for each in self.lexemes if each.case}
        folded = {_key(each.written).casefold(): each.spoken for each in self.lexemes if not each.case}
        object.__setattr__(self, "_exact", exact)
        object.__setattr__(self, "_folded", folded)
        object.__setattr__(self, "_pattern", _compiled(self.lexemes))

    def apply(self, text: str) -> str:
        """The text with every word and phrase of the lexicon replaced; what follows, such as 's, is kept."""
        if self._pattern is None:
            return text
        return sub(self._pattern, lambda match: self._said(match[0]), text)

    def _said(self, written: str) -> str:
        key = _key(written)
        return self._exact.get(key) or self._folded.get(key.casefold(), written)


def with_own(lexicon: Lexicon, pairs: Iterable[tuple[str, str]]) -> Lexicon:
    """The lexicon and an article's own entries, written form and spoken form, which go before it."""
    own = tuple(Lexeme(written=written, spoken=spoken, case=written.isupper()) for written, spoken in pairs)
    return _merged((*lexicon.lexemes, *own)) if own else lexicon


def load(paths: Iterable[Path]) -> Lexicon:
    """The lexicon in these files together; a later file overrules an earlier one."""
    return _merged(lexeme for path in paths for lexeme in _read(path))


def _merged(listed: Iterable[Lexeme]) -> Lexicon:
    """One lexeme for each writing, the last; a writing is the same whether its capitals matter or not."""
    lexemes: dict[tuple[str, bool], Lexeme] = {}
    for lexeme in listed:
        key = _key(lexeme.written)
        for other in ((key, True), (key.casefold(), False)):
            lexemes.pop(other, None)
        lexemes[(key, True) if lexeme.case else (key.casefold(), False)] = lexeme
    return Lexicon(tuple(lexemes.values()))


def parse(text: str, path: Path) -> tuple[Lexeme, ...]:
    """The lexemes in the text of a file; ConfigError names the line that is broken."""
    return tuple(
        _lexeme(line, f"{path}, line {number}", path)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    )


def _read(path: Path) -> tuple[Lexeme, ...]:
    try:
        return parse(path.read_text("utf-8-sig"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: cannot be read as a lexicon ({error}); name a UTF-8 text file.", path=path
        ) from error


def _lexeme(line: str, place: str, path: Path) -> Lexeme:
    columns = [" ".join(column.split()) for column in line.rstrip("\r").split("\t")]
    if len(columns) not in {2, 3} or not all(columns[:2]):
        raise ConfigError(f"{place}: is no entry; write the word, a tab, and how it is said.", path=path)
    written, spoken, *rest = columns
    if rest not in ([], [""], ["case"]):
        raise ConfigError(f"{place}: the third column is {rest[0]!r}; write `case` or leave it out.", path=path)
    if any(map(str.isdigit, spoken)):
        raise ConfigError(f"{place}: {spoken!r} has digits; write them as words.", path=path)
    return Lexeme(written=written, spoken=spoken, case=rest == ["case"] or written.isupper())


def _key(written: str) -> str:
    """One writing for all apostrophes and spaces."""
    return " ".join(written.replace("’", "'").split())


def _compiled(lexemes: tuple[Lexeme, ...]) -> re.Pattern[str] | None:
    """One search for all lexemes, the longest first; whole words only, and never inside an address."""
    if not lexemes:
        return None
    words = sorted(lexemes, key=lambda each: (len(each.written), each.case), reverse=True)
    return re.compile(rf"(?<![\w@])(?:{'|'.join(map(_branch, words))})(?!\w|@|\.\w)")


def _branch(lexeme: Lexeme) -> str:
    escaped = r"\s+".join(re.escape(word) for word in _key(lexeme.written).split())
    escaped = escaped.replace("'", "['’]")
    return escaped if lexeme.case else f"(?i:{escaped})"
