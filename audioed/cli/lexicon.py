"""The commands about how words are said: which ones to listen to, and lexicons in and out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from audioed.cli.heard import let_hear, sound_file, words_heard
from audioed.cli.options import (
    BUILT,
    SKIPPED,
    AsJson,
    Cache,
    ConfigFile,
    Output,
    To,
    content_of,
    explained,
    given,
    noun_of,
    put,
    put_json,
    settings_of,
    show_of,
)
from audioed.cli.usage import Commands
from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.build import Skip
    from audioed.model import Script
    from audioed.scripting.lexicon import Lexeme
    from audioed.show import Show

MOST = 40
"""Doubtful words that are shown; nobody reads a longer list, and those said most often come first."""
SAID = 60
"""Characters of the sentence that a word stands in."""

TAB = "\t"
ToSound = Annotated[
    Path | None, typer.Option("--to", help="Write the sound to this WAV or MP3 file instead of playing it.")
]

lexicon = typer.Typer(
    name="lexicon", help="Check how names and words are said, put them right; import and export lexicons.", cls=Commands
)


@lexicon.command()
@explained
def check(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="What `render` takes, or the folder of an episode.")
    ],
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    as_json: AsJson = False,
    play: Annotated[bool, typer.Option("--play", help="Say the listed words aloud, one after another.")] = False,
    to: ToSound = None,
) -> None:
    """
    List words that a voice may get wrong, how it would say them, and lexicon lines that do nothing.

    Those said most often and least surely come first.
    """
    from audioed.pronouncing import judged

    file = sound_file(to)
    show = show_of(config, output, cache)
    scripts, skips = _scripts(sources, show)
    found = judged(scripts, show.place)
    complaints = [*_complaints(scripts, show.place.store.home), *_undictionaried(found)]
    if as_json:
        voices = list(dict.fromkeys(name for each in found for name in each["voices"]))
        put_json({"voices": voices, "words": found, "lexicon": complaints})
    else:
        _show(found, complaints, scripts[0].language)
    if found and (play or file):
        cards = show.place.cards
        words = [(row["word"], cards[row["voices"][0]], row["language"]) for row in found[:MOST]]
        let_hear(words_heard(words, show.place.store.home), file)
    for skip in skips:
        complain(f"audioed: {skip.reason}")
    raise typer.Exit(SKIPPED if skips else BUILT)


@lexicon.command()
@explained
def add(
    word: Annotated[str, typer.Argument(metavar="WORD", help="The word or name, as it is written.")],
    sound: Annotated[
        str,
        typer.Argument(metavar="SOUND", help='How it sounds: "roz-KOZ-moss", "/ɹɑːsˈkɑːzmoʊs/", or other words.'),
    ],
    replace: Annotated[bool, typer.Option("--replace", help="Change the line that the word has already.")] = False,
    case: Annotated[bool, typer.Option("--case", help="Capitals matter: Nice is not nice.")] = False,
    always: Annotated[bool, typer.Option("--always", help="For all your shows; one's own lines go first.")] = False,
    language: Annotated[
        str | None,
        typer.Option(help="The language of the texts that it is for, as `german` or `de`; the show's by default."),
    ] = None,
    config: ConfigFile = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not say it aloud.")] = False,
    to: ToSound = None,
) -> None:
    """Add a line to the show's lexicon, or to yours for all shows, and hear how its voice says it."""
    from audioed.pronouncing import added
    from audioed.scripting.adding import lexeme_of
    from audioed.voices.cards import voice_cards
    from audioed.voices.casting import speaker
    from audioed.voices.places import data_folder

    file = sound_file(to)
    settings, home = settings_of(config)
    spoken = _tag(language) if language is not None else settings.show.language
    lexeme = lexeme_of(word, sound, language=spoken, case=case)
    tell(added(lexeme, data_folder() if always else home, spoken, replace=replace))
    if quiet and not file:
        return
    card = speaker("narrator", settings.synthesis, voice_cards(home), spoken)
    if card is None:
        complain(f"audioed: nothing is heard: no installed voice reads {spoken}; `audioed voices install {spoken}`.")
    else:
        let_hear(words_heard([(lexeme.written, card, spoken)], home), file)


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
    language: Annotated[str, typer.Option(help="The lexicon's language.")] = "en",
    config: ConfigFile = None,
    to: To = None,
) -> None:
    """Write the lexicon, the one that ships with audioed and the show's own, as a W3C pronunciation lexicon (PLS)."""
    from audioed.scripting.lexicon import load
    from audioed.scripting.pls import exported
    from audioed.voices.cards import lexicons

    _, home = settings_of(config)
    lexemes = load(lexicons(home, language)).lexemes
    put(exported(lexemes, language), to)
    left = sum(bool(each.before or each.after) for each in lexemes)
    if left:
        complain(f"audioed: {left} entries that depend on neighbouring words were left out; PLS cannot express them.")


def _tag(language: str) -> str:
    """The tag of a language that is named as for `voices install`; ConfigError where there is none of this name."""
    from audioed.errors import ConfigError
    from audioed.languages import primary
    from audioed.voices.choosing import language_of

    code = language_of(language)
    if not code:
        raise ConfigError(f"there is no language {language!r}; name it as `german`, `de` or `Deutsch`.")
    return language if primary(language) == code else code


def _scripts(sources: Sequence[str], show: "Show") -> "tuple[list[Script], tuple[Skip, ...]]":
    """The script of each episode folder, and one of all other sources together."""
    from audioed.model import Script

    stored = [Path(name) / "script.json" for name in sources if (Path(name) / "script.json").is_file()]
    scripts = [noun_of(Script, str(path)) for path in stored]
    others = [name for name in sources if Path(name) / "script.json" not in stored]
    if not others:
        return scripts, ()
    articles, skips = show.extract(*given(others, show.config.extraction), keep=True)
    return [*scripts, show.write(*articles, fresh=True)], skips


def _complaints(scripts: "Sequence[Script]", home: Path) -> list[str]:
    """Of the show's own lexicons: lines that do nothing, and words that stand nowhere in what they hold for."""
    from audioed.scripting.lexicon import read
    from audioed.scripting.proofread import dead, unmet
    from audioed.voices.cards import lexicons

    written: dict[str, list[str]] = {}
    for script in scripts:
        for each in script.utterances:
            written.setdefault(each.language or script.language, []).append(each.written)
    held: dict[Path, list[str]] = {}
    for language, texts in written.items():
        for path in lexicons(home, language):
            if path.is_relative_to(home / "voices"):
                held.setdefault(path, []).append(" ".join(texts))
    own = {path: read(path) for path in sorted(held)}
    lines = [line for lexemes in own.values() for line in dead(lexemes)]
    return [*lines, *_unmet([each for path, lexemes in own.items() for each in unmet(lexemes, "\n".join(held[path]))])]


def _undictionaried(found: Sequence[dict[str, Any]]) -> list[str]:
    """A line for each language whose words nothing is known of, where a dictionary could be installed."""
    from importlib.util import find_spec

    from audioed.languages import primary
    from audioed.scripting.proofread import has_dictionary

    if find_spec("simplemma"):
        return []
    codes = dict.fromkeys(primary(row["language"]) for row in found)
    return [
        f'without a dictionary of {code}, only names are listed; `pip install "audioed[dictionaries]"` adds one.'
        for code in codes
        if not has_dictionary(code)
    ]


def _show(found: Sequence[dict[str, Any]], complaints: Sequence[str], language: str) -> None:
    from audioed.languages import primary

    for row in found[:MOST]:
        sentence = row["sentence"] if len(row["sentence"]) <= SAID else f"{row['sentence'][:SAID].rsplit(' ', 1)[0]}…"
        who = ", ".join(row["voices"])
        sound = f"{row['respelled']:<22} {row['said']:<22}"
        why = f"{row['reason']}, {row['origin']}" if row["origin"] else row["reason"]
        tell(f"{row['word']:<20} {row['times']:>3}x  {sound} {why:<19} {who:<12} {sentence}")
    if len(found) > MOST:
        tell(f"and {len(found) - MOST} more; --json lists all.")
    file = f"voices/lexicon/{primary(found[0]['language'] if found else language)}.tsv"
    tell(
        f"{len(found)} words to listen to; `audioed lexicon add WORD SOUND` puts one right, in {file}."
        if found
        else "no word that a voice is likely to get wrong."
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
