"""The commands that look after a show: what is missing or broken, and how it stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from audioed.cli.options import (
    BUILT,
    EXPLAINED,
    AsJson,
    Cache,
    ConfigFile,
    Output,
    explained,
    located,
    put_json,
    show_of,
)
from audioed.terminal import tell

if TYPE_CHECKING:
    from audioed.doctor.finding import Finding
    from audioed.linting.finding import Finding as Fault
    from audioed.status import Standing


@explained
def doctor(
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    online: Annotated[bool, typer.Option("--online", help="Check the feeds that a nightly build reads, too.")] = False,
    whole: Annotated[bool, typer.Option("--all", help="Check every file of the cache, not only 1,000.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find what is missing or broken in the machine, the show and the cache, and how to fix it."""
    from dataclasses import asdict

    from audioed.doctor import examine

    found = []
    for finding in examine(*located(config), output, cache, online=online, whole=whole):
        found.append(finding)
        if not as_json:
            _show(finding)
    broken = sum(each.level == "broken" for each in found)
    if as_json:
        put_json({"broken": broken, "findings": [asdict(each) for each in found]})
    else:
        tell(f"{broken} thing{' is' if broken == 1 else 's are'} broken." if broken else "Nothing is broken.")
    raise typer.Exit(EXPLAINED if broken else BUILT)


@explained
def status(config: ConfigFile = None, output: Output = None, cache: Cache = None, as_json: AsJson = False) -> None:
    """Show the state of each show: episodes, last night, failing sources, disk space."""
    found = show_of(config, output, cache).status()
    if as_json:
        put_json(found)
        return
    for standing in found.shows:
        tell(standing.title)
        for label, text in _rows(standing):
            tell(text, label=f"  {label:<12}")
    for folder, why in found.unreadable.items():
        tell(folder)
        tell(f"cannot be read: {why}", label=f"  {'show':<12}")
    if not found.shows and not found.unreadable:
        tell(f"There is no show in {found.output} yet; make one with `audioed render ARTICLE`.")
    tell(f"{_size(found.used)} of {_size(found.limit)} in {found.cache}", label="cache         ")
    tell(f"{_size(found.free)} free at {found.output}", label="disk          ")


@explained
def lint(
    where: Annotated[
        str | None,
        typer.Argument(metavar="DIR|URL", help="A public folder, a feed, or its address; the show's own by default."),
    ] = None,
    config: ConfigFile = None,
    output: Output = None,
    cache: Cache = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Open the files of every episode, not only of the newest, and check hashes.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check a published show as podcast apps and directories will: feed, files, pages, and a server's answers."""
    from dataclasses import asdict

    found = show_of(config, output, cache).lint(where, whole=whole)
    errors = sum(each.severity == "error" for each in found)
    if as_json:
        put_json({"errors": errors, "findings": [asdict(each) for each in found]})
    else:
        for each in found:
            _tell(each)
        warnings = sum(each.severity == "warning" for each in found)
        advice = len(found) - errors - warnings
        tell(f"{_many(errors, 'error')}, {_many(warnings, 'warning')}, {_many(advice, 'piece')} of advice.")
    raise typer.Exit(EXPLAINED if errors else BUILT)


def _rows(show: "Standing") -> Iterator[tuple[str, str]]:
    """What is told of a show, each with its label."""
    yield "folder", show.folder
    if show.feed:
        yield "feed", show.feed
    if show.listeners or not show.feed:
        yield (
            "listeners",
            f"{show.listeners or 'nobody'} with {'a feed' if show.listeners == 1 else 'feeds'} of their own",
        )
    unreadable = f", {show.unreadable} more cannot be read" if show.unreadable else ""
    yield "episodes", f"{show.episodes}{unreadable}; {_size(show.audio)} of audio"
    if show.drafts:
        one, which = ("it", "") if show.drafts == 1 else ("one", "the oldest ")
        yield (
            "drafts",
            f"{_many(show.drafts, 'draft')}, {which}since {show.drafts_since}; `audioed approve NAME` publishes {one}",
        )
    if show.corrections:
        yield "corrected", f"{_many(show.corrections, 'correction')}, which listeners are told of"
    if show.removed:
        one = "it" if show.removed == 1 else "one"
        yield "removed", f"{_many(show.removed, 'episode')}; `audioed restore NAME` brings {one} back"
    if show.latest:
        yield "latest", f"{show.latest.day} {show.latest.title}"
    if night := show.night:
        yield "last night", night.told
        yield from (("", each) for each in (*night.skips, *night.notes))
    for each in show.failing:
        yield "failing", f"{each.name} since {each.since}, asked again on {each.next}: {each.reason}"
    if show.articles:
        articles = f"{show.articles} article{'' if show.articles == 1 else 's'}"
        yield "failing", f"{articles} that could not be read; each is asked again after a while"


def _size(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e9 else f"{count / 1e6:,.1f} MB"  # noqa: PLR2004 - a GB


def _show(finding: "Finding") -> None:
    """A finding on one line, with what mends it at its end."""
    colour = {"ok": "green", "note": "yellow", "broken": "red"}[finding.level]
    label = "BROKEN" if finding.level == "broken" else finding.level
    remedy = f"; {finding.remedy}" if finding.remedy else ""
    tell(f"{finding.check:<11}{finding.told}{remedy}", label=f"{label:<8}", colour=colour)


def _tell(finding: "Fault") -> None:
    """A finding on one line: where, what and by which rule, who says so, and what mends it."""
    colour = {"error": "red", "warning": "yellow", "advice": "cyan"}[finding.severity]
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    item = f" “{finding.item}”" if finding.item else ""
    told = f"{place}{item}: {finding.told} ({finding.rule}; {finding.source}); {finding.remedy}"
    tell(told, label=f"{finding.severity:<8}", colour=colour)


def _many(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
