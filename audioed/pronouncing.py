"""How words are said in a show: those that its voices may get wrong, and lines of its lexicon for them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from audioed import scripting
from audioed.errors import ConfigError, ScriptError
from audioed.files import read, write
from audioed.languages import primary
from audioed.model import Article, Script, Utterance
from audioed.place import Place
from audioed.proving import doubtful
from audioed.respelling import respelled
from audioed.scripting.adding import told_already, with_line
from audioed.scripting.lexicon import Lexeme, Lexicon, load, row
from audioed.scripting.proofread import weight
from audioed.synthesis.engine import pronounced
from audioed.voices.cards import lexicons

TAB = "\t"


def utterances(article: Article, home: Path) -> tuple[Utterance, ...]:
    """What a build of the show would have a voice say of this article; ScriptError where there is nothing."""
    spoken = scripting.utterances(article, _lexicons(home))
    if not spoken:
        raise ScriptError("there is nothing to say; give a sentence.", text=article.title)
    return spoken


def added(lexeme: Lexeme, home: Path, language: str, *, replace: bool) -> str:
    """
    The lexicon of the show in this folder has the lexeme; the line that tells so, and how a sound was understood.

    With the folder of voices that are installed, it is the user's, for all shows.

    ConfigError where it has the word already.
    """
    own = [path for path in lexicons(home, language) if path.is_relative_to(home / "voices")]
    there = told_already(lexeme, own)
    if there and not replace:
        raise ConfigError(
            f"{there.place}: says {lexeme.written!r} as {row(there).split(TAB)[1]!r}; add --replace to change it.",
            path=Path(there.file),
        )
    path = Path(there.file) if there else home / "voices" / "lexicon" / f"{primary(language)}.tsv"
    raw = read(path).decode("utf-8") if path.exists() else ""
    at = int(there.place.rpartition(" ")[2]) if there else None
    write(path, with_line(raw, lexeme, at).encode())
    understood = respelled(lexeme.ipa) if lexeme.ipa and primary(language) == "en" else ""
    return f"{path}: {row(lexeme).replace(TAB, '  ')}{f' ({understood})' if understood else ''}"


def judged(scripts: Sequence[Script], place: Place) -> list[dict[str, Any]]:
    """
    The words that the voices may get wrong, as the voice that says each would judge them.

    Those said most often and least surely come first.

    Voices of one sound, as those of one model are, share a word.
    """
    found = doubtful(scripts, place)
    sounds = pronounced((doubt.word, voice) for doubt, voice, _ in found)
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for doubt, voice, language in found:
        sound = sounds.get((doubt.word, voice), "")
        row = rows.setdefault(
            (doubt.word, language, sound),
            {
                **asdict(doubt),
                "times": 0,
                "said": sound,
                "respelled": respelled(sound) if primary(language) == "en" else "",
                "language": language,
                "voices": [],
            },
        )
        row["times"] += doubt.times
        row["voices"].append(voice.name)
    return sorted(rows.values(), key=lambda row: -weight(row["times"], row["origin"]))


def _lexicons(home: Path) -> Callable[[str], Lexicon]:
    return cache(lambda language: load(lexicons(home, language)))
