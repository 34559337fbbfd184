"""The commands about an episode that listeners have: put it right, take it back, bring it again."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli import completion
from audioed.cli.options import (
    BUILT,
    EXPLAINED,
    SKIPPED,
    AsJson,
    BaseUrl,
    Cache,
    ConfigFile,
    Output,
    Voices,
    explained,
    fail,
    given,
    is_script,
    put_json,
    show_of,
)
from audioed.terminal import shown, tell

if TYPE_CHECKING:
    from audioed.show import Show

Name = Annotated[
    str,
    typer.Argument(
        metavar="EPISODE", help="The folder of an episode, or its name.", autocompletion=completion.episode_names
    ),
]
Removed = Annotated[
    str,
    typer.Argument(
        metavar="EPISODE", help="The name of an episode that was removed.", autocompletion=completion.removed_names
    ),
]


@explained
def correct(
    episode: Name,
    articles: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ARTICLE",
            help="What it is to read now, or an edited script.json; by default the script.json in its folder.",
        ),
    ] = None,
    notice: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help='What was put right: said first, and shown with its day. "" takes out an earlier notice.',
        ),
    ] = None,
    note: Annotated[
        str, typer.Option(metavar="TEXT", help="The same, shown without being said, or instead of the notice.")
    ] = "",
    config: ConfigFile = None,
    output: Output = None,
    base_url: BaseUrl = None,
    voice: Voices = None,
    cache: Cache = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Discard edits made by hand in its script.json.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Make an episode anew in place of the one that listeners have, and tell them what was put right.

    Its GUID, day and number stay, and apps that ask for its earlier file get the new one for a while.
    """
    from audioed.characters import is_title
    from audioed.cli.console import Console

    for option, text in (("--notice", notice), ("--note", note)):
        if text and not is_title(text):
            raise typer.BadParameter(f"{text!r} cannot be shown; use words, on one line", param_hint=option)
    names = articles or []
    by_script = is_script(names, fresh=fresh)
    console = Console(as_json=as_json)
    show = show_of(config, output, cache, base_url, voice, console)
    with console:
        sources = names if by_script else given(names, show.config.extraction)
        made = show.correct(episode, *sources, notice=notice, note=note, fresh=fresh)
        console.summary(made, show.place, console.skips)
    raise typer.Exit(SKIPPED if console.skips else BUILT)


@explained
def remove(
    episode: Name,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    again: Annotated[
        bool, typer.Option("--again", help="Let a nightly build read its articles again, as a new episode.")
    ] = False,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Delete its files, too: then it cannot be restored.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Take an episode out of the feed and off its page; `audioed restore` brings it back.

    Its articles stay known, so that a nightly build does not make it again.
    """
    from audioed.cli.console import Console

    show = show_of(config, output, cache, listener=Console(as_json=as_json))
    name = show.name_of(episode)
    kept = name in show.removed()
    told = name if kept else _called(show, name)
    what = f"Delete {told} for good?" if for_good else f"Remove {told} from the feed and its page?"
    _ask(what, yes=yes or (kept and not for_good), must=for_good)
    show.remove(name, again=again, for_good=for_good)
    if as_json:
        put_json({"removed": name, "feed": str(show.feed), "again": again, "for_good": for_good})
        return
    done = "It is gone for good." if for_good else f"`audioed restore {name}` brings it back."
    tell(f"Removed: {name}. {done}")


@explained
def restore(
    episode: Removed,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """Bring back an episode that was removed: as it was, and at its place in the feed."""
    from audioed.cli.console import Console

    show = show_of(config, output, cache, listener=Console(as_json=as_json))
    found = show.restore(episode)
    if as_json:
        put_json({"restored": found.name, "title": found.title, "feed": str(show.feed)})
        return
    tell(f"Restored: {found.name}. The feed has it again: {show.feed}")


def _ask(question: str, *, yes: bool, must: bool) -> None:
    """Go on if whoever sits at the terminal agrees; in a pipe nobody is asked, and what is for good needs --yes."""
    if yes:
        return
    if sys.stdin.isatty() and sys.stderr.isatty():
        if not typer.confirm(shown(question), err=True):
            fail("nothing was removed.", EXPLAINED)
    elif must:
        raise typer.BadParameter("nobody is here to be asked; add --yes", param_hint="--for-good")


def _called(show: "Show", name: str) -> str:
    """An episode by its title and name; by its name alone where no more is known of it."""
    from audioed.errors import StoreError

    try:
        return f"“{show.episode(name).title}” ({name})"
    except StoreError:  # unknown, which is told when it is to be removed, or damaged, which is no reason to keep it
        return name
