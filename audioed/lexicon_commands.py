"""The commands about how words are said: which ones to listen to, and lexicons in and out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.arguments import (
    BUILT,
    SKIPPED,
    AsJson,
    Cache,
    ConfigFile,
    Output,
    To,
    content_of,
    encoded,
    explained,
    noun_of,
    pages_of,
    place_of,
    put,
    put_json,
    settings_of,
    today,
)
from audioed.terminal import complain, tell
from audioed.usage import Commands

if TYPE_CHECKING:
    from audioed.build import Skip
    from audioed.model import Script
    from audioed.place import Place
    from audioed.scripting.lexicon import Lexeme
    from audioed.scripting.proofread import Doubt

MOST = 40
"""Doubtful words that are shown; nobody reads a longer list, and those said most often come first."""
SAID = 60
"""Characters of the sentence that a word stands in."""

lexicon = typer.Typer(name="lexicon", help="How names and words are said.", cls=Commands)


@lexicon.command()
@explained
def check(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="What `render` takes, or the folder of an episode.")
    ],
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """List the words that the voice may get wrong, how it would say them, and lines of the lexicon that do nothing."""
    from dataclasses import asdict

    from audioed.casting import speaker, unspoken
    from audioed.config import lexicons
    from audioed.errors import VoiceNotFound
    from audioed.scripting.lexicon import read
    from audioed.scripting.proofread import dead, doubts, unmet
    from audioed.synthesis.engine import pronounced

    place = place_of(config, output, cache)
    settings, home = place.config, place.store.home
    scripts, skips = _scripts(sources, place)
    found = [doubt for script in scripts for doubt in doubts(script.utterances, script.language)]
    language = scripts[0].language
    voice = speaker("narrator", settings.synthesis, place.cards, language)
    if voice is None:
        raise VoiceNotFound(unspoken(language), voice="")
    said = pronounced((doubt.word for doubt in found), voice)
    own = [each for path in lexicons(home, language) if path.is_relative_to(home / "voices") for each in read(path)]
    complaints = [*dead(own), *_unmet(unmet(own, "\n".join(script.text for script in scripts)))]
    if as_json:
        told = [{**asdict(doubt), "said": said.get(doubt.word, "")} for doubt in found]
        put_json(encoded({"voice": voice.name, "words": told, "lexicon": complaints}), None)
    else:
        _show(found, said, complaints)
    for skip in skips:
        complain(f"audioed: {skip.reason}")
    raise typer.Exit(SKIPPED if skips else BUILT)


@lexicon.command(name="import")
@explained
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE.pls", help="A W3C pronunciation lexicon, or - for stdin.")],
    to: To = None,
) -> None:
    """Turn a W3C pronunciation lexicon (PLS) into lines for voices/lexicon/."""
    from audioed.scripting.lexicon import row
    from audioed.scripting.pls import imported

    rows = [row(each) for each in imported(content_of(file), file)]
    put("".join(f"{line}\n" for line in rows).encode(), to)


@lexicon.command()
@explained
def export(
    language: Annotated[str, typer.Option(help="Of the lexicon.")] = "en", config: ConfigFile = None, to: To = None
) -> None:
    """Write the lexicon, the one that ships with audioed and the show's own, as a W3C pronunciation lexicon (PLS)."""
    from audioed.config import lexicons
    from audioed.scripting.lexicon import load
    from audioed.scripting.pls import exported

    _, home = settings_of(config)
    lexemes = load(lexicons(home, language)).lexemes
    put(exported(lexemes, language), to)
    left = sum(bool(each.before or each.after) for each in lexemes)
    if left:
        complain(f"audioed: {left} entries that depend on their neighbours have no place in PLS.")


def _scripts(sources: Sequence[str], place: "Place") -> "tuple[list[Script], tuple[Skip, ...]]":
    """The script of each episode folder, and one of all other sources together."""
    from audioed import build, catalogue
    from audioed.model import Script

    stored = [Path(name) / "script.json" for name in sources if (Path(name) / "script.json").is_file()]
    scripts = [noun_of(Script, str(path)) for path in stored]
    others = [name for name in sources if Path(name) / "script.json" not in stored]
    if not others:
        return scripts, ()
    articles, skips = build.extract(pages_of(others, place.config), place.config, place.cards)
    wish = catalogue.Wish(today(place), None, None)
    return [*scripts, build.write(articles, build.edition(articles, wish, place), place)], skips


def _show(found: "Sequence[Doubt]", said: dict[str, str], complaints: Sequence[str]) -> None:
    for doubt in found[:MOST]:
        sentence = doubt.sentence if len(doubt.sentence) <= SAID else f"{doubt.sentence[:SAID].rsplit(' ', 1)[0]}…"
        times = f"{doubt.times}x"
        tell(f"{doubt.word:<20} {times:>4}  {said.get(doubt.word, ''):<22} {doubt.reason:<16} {sentence}")
    if len(found) > MOST:
        tell(f"and {len(found) - MOST} more; --json lists all.")
    tell(
        f"{len(found)} words to listen to; "
        "what is said wrongly goes into voices/lexicon/en.tsv: the word, a tab, how it is said."
        if found
        else "no word that the voice is likely to get wrong."
    )
    for complaint in complaints:
        tell(complaint)


def _unmet(lexemes: "Sequence[Lexeme]") -> list[str]:
    """A line for each of the show's lexicons about the words that do not occur here."""
    from itertools import groupby

    return [
        f"{file}: {', '.join(names[:5])}{'…' if len(names) > len(names[:5]) else ''} "
        f"{'does' if len(names) == 1 else 'do'} not occur here."
        for file, same in groupby(lexemes, key=lambda each: each.file)
        for names in [list(dict.fromkeys(each.written for each in same))]
    ]
