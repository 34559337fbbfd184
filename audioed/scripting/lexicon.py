"""How names and words are to be said that a voice would get wrong."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from re import Match

from audioed.errors import ConfigError
from audioed.phonemes import foreign_to_ipa, marked, with_s
from audioed.scripting.tagger import PARTS, parts_of_speech, possible
from audioed.scripting.trace import sub
from audioed.toml import text_of

_STAND_INS = "".join(map(chr, range(0x18B00, 0x18CD6)))
"""
Khitan, which no voice reads and no article is written in.

Each letter stands for a word whose sound is known while the rest of the
sentence is normalized: rules see one word there and leave it alone.
"""
_UNSEEN = re.compile(f"[{_STAND_INS[0]}-{_STAND_INS[-1]}\u00ad\u200b\u2060\ufeff]")
"""These letters themselves, and what may stand unseen inside a word: soft hyphens, spaces of no width."""
_STAND_IN = re.compile(f"[{_STAND_INS[0]}-{_STAND_INS[-1]}]")
_SPELLING = re.compile(r"(?P<alias>[^/]*?)\s*(?:/(?P<ipa>[^/]+)/)?")
_BEFORE = re.compile(r"([\w'’]+)[ \"“‘'-]+\Z")
_AFTER = re.compile(r"(?:['’]s)?[ \"”’'-]+([\w'’]+)")
_NEAR = 40
"""Characters; further away no neighbour is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexeme:
    """One word or phrase, how it is said, and where."""

    written: str
    spoken: str = ""
    """Ordinary words that a voice reads as they should sound, no digits; empty where only the sound is told."""
    ipa: str = ""
    """The sound, for the voices that take the International Phonetic Alphabet."""
    case: bool = False
    """Whether capitals matter: "US" is not "us"."""
    parts: tuple[str, ...] = ()
    """The parts of speech that it is said so as; empty for all."""
    before: tuple[str, ...] = ()
    """It is said so only before one of these words,"""
    after: tuple[str, ...] = ()
    """or after one of these."""
    place: str = field(default="", compare=False)
    """The file and the line that it was read from."""

    @property
    def conditions(self) -> tuple[object, ...]:
        """Where it holds; two lexemes of one writing with the same conditions contradict each other."""
        return self.parts, self.before, self.after

    @property
    def file(self) -> str:
        """The file that it was read from."""
        return self.place.rpartition(", line ")[0]

    @property
    def key(self) -> tuple[str, bool]:
        """Its writing as it is looked up: one for all apostrophes and spaces."""
        key = _key(self.written)
        return (key, True) if self.case else (key.casefold(), False)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lexemes; of those with the same writing the first that fits is taken."""

    lexemes: tuple[Lexeme, ...] = ()
    _known: Mapping[tuple[str, bool], Sequence[Lexeme]] = field(init=False, repr=False, compare=False)
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = defaultdict(list)
        for each in self.lexemes:
            known[each.key].append(each)
        object.__setattr__(self, "_known", known)
        object.__setattr__(self, "_pattern", _compiled(self.lexemes))

    def apply(self, text: str, known: Mapping[str, str] | None = None) -> tuple[str, dict[str, str]]:
        """
        The text with every word and phrase of the lexicon replaced; what follows, such as 's, is kept.

        Words whose sound is known are a single letter each, and the second
        value tells which; `restored` puts them in when the text is normalized.
        `known` are those that a first time has found.
        """
        if not text.isascii() and known is None:
            text = sub(_UNSEEN, "", text)
        sounds = dict(known or {})
        if self._pattern is None:
            return text, sounds

        def said(match: Match[str]) -> str:
            lexeme = self._fitting(match)
            if lexeme is None:
                return match[0]
            if not lexeme.ipa or len(sounds) == len(_STAND_INS):
                return lexeme.spoken + match[0][len(match["word"]) :]
            tail = match[0][len(match["word"]) :]
            letter = _STAND_INS[len(sounds)]
            ipa = with_s(lexeme.ipa) if tail else lexeme.ipa
            sounds[letter] = marked((lexeme.spoken or match["word"]) + tail.replace("’", "'"), ipa)
            return letter

        return sub(self._pattern, said, text), sounds

    def _fitting(self, match: Match[str]) -> Lexeme | None:
        """The lexeme for a word where it stands: what its neighbours ask for goes before its part of speech."""
        key = _key(match["word"])
        found = (*self._known.get((key, True), ()), *self._known.get((key.casefold(), False), ()))
        if len(found) == 1 and not any(found[0].conditions):
            return found[0]
        near = [each for each in found if (each.before or each.after) and _is_near(each, match)]
        rest = [each for each in found if not each.before and not each.after]
        fitting = near or [each for each in rest if each.parts and _is_part(match, each, rest)]
        return next(iter(fitting or [each for each in rest if not each.parts]), None)


def restored(text: str, sounds: Mapping[str, str]) -> str:
    """The text with the words whose sounds are known in their places, each with its sound."""
    return sub(_STAND_IN, lambda match: sounds.get(match[0], ""), text) if sounds else text


def with_own(lexicon: Lexicon, pairs: Iterable[tuple[str, str]]) -> Lexicon:
    """The lexicon and an article's own entries, written form and spoken form, which go before it."""
    own = tuple(_own(written, spoken) for written, spoken in pairs)
    return merged((*lexicon.lexemes, *own)) if own else lexicon


def load(paths: Iterable[Path]) -> Lexicon:
    """The lexicon in these files together; a later file overrules an earlier one."""
    return _loaded(tuple((path, text_of(path)) for path in paths))


@lru_cache(maxsize=8)
def _loaded(texts: tuple[tuple[Path, str], ...]) -> Lexicon:
    """The same of their texts: once while these stay as they are, and not for each article of a night."""
    return merged(lexeme for path, text in texts for lexeme in parse(text, path))


def merged(listed: Iterable[Lexeme]) -> Lexicon:
    """
    One lexeme for each writing and its conditions, the last.

    A writing is the same whether its capitals matter or not. What a later file
    says goes before what an earlier one does, and without conditions in place of it.
    """
    lexemes: dict[str, list[Lexeme]] = defaultdict(list)
    for lexeme in listed:
        same = lexemes[_key(lexeme.written).casefold()]
        others = [each for each in same if not _overruled(each, lexeme)]
        here = [each for each in others if each.file == lexeme.file]
        same[:] = [*here, lexeme, *(each for each in others if each.file != lexeme.file)]
    return Lexicon(tuple(each for same in lexemes.values() for each in same))


def _overruled(earlier: Lexeme, later: Lexeme) -> bool:
    """Whether a lexeme says nothing any more because of one that is read after it."""
    if earlier.case and later.case and earlier.key != later.key:
        return False
    whole = not any(later.conditions) and earlier.file != later.file
    return whole or earlier.conditions == later.conditions


def parse(text: str, path: Path) -> tuple[Lexeme, ...]:
    """The lexemes in the text of a file; ConfigError names the line that is broken."""
    return tuple(
        of_line(line, f"{path}, line {number}", path)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    )


def read(path: Path) -> tuple[Lexeme, ...]:
    """The lexemes of a file, in order; ConfigError where it cannot be read."""
    return parse(text_of(path), path)


def row(lexeme: Lexeme) -> str:
    """The lexeme as a line of a lexicon's file."""
    spelling = " ".join(filter(None, [lexeme.spoken, lexeme.ipa and f"/{lexeme.ipa}/"]))
    options = [
        *(["case"] if lexeme.case and not lexeme.written.isupper() else []),
        *lexeme.parts,
        *(f"{name}={','.join(words)}" for name, words in (("before", lexeme.before), ("after", lexeme.after)) if words),
    ]
    return "\t".join(filter(None, [lexeme.written, spelling, " ".join(options)]))


def _own(written: str, spoken: str) -> Lexeme:
    said = _SPELLING.fullmatch(spoken)
    alias, ipa = (said["alias"], said["ipa"] or "") if said else (spoken, "")
    if ipa and foreign_to_ipa(ipa):
        alias, ipa = spoken.replace("/", " "), ""
    return Lexeme(written=written, spoken=alias, ipa=ipa, case=written.isupper())


def of_line(line: str, place: str, path: Path | None = None) -> Lexeme:
    """The lexeme on a line; ConfigError, which begins with its place, where it is none."""
    columns = [" ".join(column.split()) for column in line.rstrip("\r").split("\t")]
    if len(columns) not in {2, 3} or not all(columns[:2]):
        raise ConfigError(f"{place}: is not an entry; write the word, a tab, and how it is said.", path=path)
    written, spelling, *rest = columns
    said = _SPELLING.fullmatch(spelling)
    if not said:
        raise ConfigError(f"{place}: {spelling!r} is neither words nor /IPA/; write one or both.", path=path)
    if any(map(str.isdigit, said["alias"])):
        raise ConfigError(f"{place}: {said['alias']!r} has digits; write them as words.", path=path)
    if foreign := foreign_to_ipa(said["ipa"] or ""):
        raise ConfigError(
            f"{place}: {foreign!r} is not a letter of IPA; write the sound in IPA or in words.", path=path
        )
    options = rest[0].split() if rest else []
    near = {name: words for option in options for name, is_, words in [option.partition("=")] if is_}
    parts = tuple(option for option in options if option in PARTS)
    if unknown := set(near) - {"before", "after"} | {*options} - {"case", *parts, *(o for o in options if "=" in o)}:
        raise ConfigError(
            f"{place}: the third column has {min(unknown)!r}; write `case`, {', '.join(sorted(PARTS))}, "
            "`before=word,word` or `after=word,word`, or leave it out.",
            path=path,
        )
    return Lexeme(
        written=written,
        spoken=said["alias"],
        ipa=said["ipa"] or "",
        case="case" in options or written.isupper(),
        parts=parts,
        before=tuple(filter(None, near.get("before", "").casefold().split(","))),
        after=tuple(filter(None, near.get("after", "").casefold().split(","))),
        place=place,
    )


def _is_near(lexeme: Lexeme, match: Match[str]) -> bool:
    following = _AFTER.match(match.string, match.end("word"), match.end("word") + _NEAR)
    return (following is not None and following[1].casefold() in lexeme.before) or _previous(match) in lexeme.after


def _is_part(match: Match[str], lexeme: Lexeme, rivals: Sequence[Lexeme]) -> bool:
    """Whether the word is one of the lexeme's parts of speech; the tagger is asked only where that is not evident."""
    told = possible(_previous(match))
    rivals = [each for each in rivals if told.intersection(each.parts)]
    if len(rivals) == 1:
        return rivals[0] is lexeme
    return parts_of_speech(str(match.string)).get(match.start()) in lexeme.parts


def _previous(match: Match[str]) -> str:
    """The word before a match, in small letters; empty at the start of a clause."""
    found = _BEFORE.search(match.string[max(0, match.start() - _NEAR) : match.start()])
    return found[1].casefold().replace("’", "'") if found else ""


def _key(written: str) -> str:
    """One writing for all apostrophes and spaces."""
    return " ".join(written.replace("’", "'").split())


def _compiled(lexemes: tuple[Lexeme, ...]) -> re.Pattern[str] | None:
    """One search for all lexemes, the longest first; whole words only, and never inside an address."""
    if not lexemes:
        return None
    words = sorted(lexemes, key=lambda each: (len(each.written), each.case), reverse=True)
    branches = "|".join(dict.fromkeys(map(_branch, words)))
    return re.compile(rf"(?<![\w@])(?P<word>{branches})(?:['’]s(?!\w))?(?!\w|@|\.\w)")


def _branch(lexeme: Lexeme) -> str:
    escaped = r"\s+".join(re.escape(word) for word in _key(lexeme.written).split())
    escaped = escaped.replace("'", "['’]")
    return escaped if lexeme.case else f"(?i:{escaped})"
