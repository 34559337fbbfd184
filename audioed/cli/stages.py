"""The commands of the line, stage by stage, and what becomes of each piece of a page on the way."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import (
    BUILT,
    SKIPPED,
    Articles,
    BaseUrl,
    Cache,
    ConfigFile,
    Day,
    Output,
    To,
    Voices,
    articles_of,
    day_of,
    explained,
    given,
    noun_of,
    put,
    put_json,
    settings_of,
    show_of,
    title_of,
)
from audioed.terminal import complain, tell

if TYPE_CHECKING:
    from audioed.model import Article

CUT = "cut"
"""Stands before a piece that is not read."""


@explained
def extract(
    articles: Articles,
    config: ConfigFile = None,
    to: To = None,
    explains: Annotated[
        bool, typer.Option("--explain", help="Show what happens to each piece of the page instead.")
    ] = False,
) -> None:
    """Print the article of a page as JSON; a JSON array for several pages."""
    from audioed import build
    from audioed.inputs import pages
    from audioed.nouns import dump

    settings, home = settings_of(config)
    extraction = settings.extraction
    found, skips = build.extract(pages(given(articles, extraction), extraction, home=home), settings)
    for skip in skips:
        complain(f"audioed: {skip.reason}")
    if explains:
        _explain(found)
        raise typer.Exit(SKIPPED if skips else BUILT)
    whole = [json.loads(dump(article)) for article in found]
    put_json(whole if len(articles) > 1 else whole[0], to)
    raise typer.Exit(SKIPPED if skips else BUILT)


@explained
def write(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE.json", help="What `extract` made, or - for stdin.")],
    config: ConfigFile = None,
    output: Output = None,
    title: Annotated[str | None, typer.Option(help="Title of the episode; the article's by default.")] = None,
    day: Day = None,
    to: To = None,
) -> None:
    """Print the script of an edition of these articles as JSON."""
    chosen, name = day_of(day), title_of(title)
    show = show_of(config, output)
    found = [article for each in articles for article in articles_of(each)]
    put_json(show.write(*found, title=name, day=chosen, fresh=True), to)


@explained
def speak(
    script: Annotated[str, typer.Argument(metavar="SCRIPT.json", help="What `write` made, or - for stdin.")],
    config: ConfigFile = None,
    output: Output = None,
    voice: Voices = None,
    cache: Cache = None,
    to: To = None,
) -> None:
    """Speak a script and print the speech as JSON."""
    from audioed.cli.console import Console
    from audioed.model import Script

    console = Console(as_json=True)
    show = show_of(config, output, cache, None, voice, console)
    written = noun_of(Script, script)
    with console:
        speech = show.speak(written)
    put_json(speech, to)


@explained
def master(
    speech: Annotated[str, typer.Argument(metavar="SPEECH.json", help="What `speak` made, or - for stdin.")],
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
) -> None:
    """Master a speech into an episode in its folder, not yet in the feed, and print its path."""
    from audioed import build
    from audioed.cli.console import Console
    from audioed.model import Speech

    console = Console(as_json=True)
    show = show_of(config, output, cache, listener=console)
    build.validate(show.place)
    spoken = noun_of(Speech, speech)
    with console:
        episode = show.master(spoken)
    tell(str(show.folder_of(episode) / "episode.json"))


@explained
def publish(config: ConfigFile = None, output: Output = None, base_url: BaseUrl = None, cache: Cache = None) -> None:
    """Rebuild the feed from the episodes in the output folder and print its path."""
    from audioed.cli.console import Console

    console = Console(as_json=True)
    show = show_of(config, output, cache, base_url, listener=console)
    with console:
        show.publish()
    tell(str(show.feed))


@explained
def explain(
    articles: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="What `render` takes, or the folder of an episode.")
    ],
    config: ConfigFile = None,
    html: Annotated[Path | None, typer.Option(help="Write a page in colour instead.")] = None,
) -> None:
    """Show a page's text in order and what happens to each piece: what it is read as, or which rule cuts it."""
    from audioed.explain import gathered, page
    from audioed.inputs import pages

    settings, _ = settings_of(config)
    extraction = settings.extraction
    found, skips = gathered(articles, lambda name: pages(given([name], extraction), extraction)[0], settings)
    for skip in skips:
        complain(f"audioed: {skip.reason}")
    if html:
        put(page(found).encode(), html)
    else:
        _explain(found)
    raise typer.Exit(SKIPPED if skips else BUILT)


def _explain(found: "Sequence[Article]") -> None:
    """Print what happens to each piece of these articles."""
    from audioed.explain import counted
    from audioed.explain import explained as verdicts_of

    for article in found:
        verdicts = list(verdicts_of(article))
        for verdict in verdicts:
            label, colour = (CUT, "red") if verdict.rule else (verdict.kind, "green")
            tell(f"  {verdict.text}", label=f"{label:>10}", colour=colour)
            if verdict.why:
                tell(f"{'':12}{verdict.why}")
        tell(f"{article.title}: {counted(verdicts)}")
