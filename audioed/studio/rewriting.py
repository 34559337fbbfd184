"""A script written anew where a choice or a lexicon has changed, with all that was changed in it by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audioed import build, producing
from audioed.errors import ScriptError, StudioError
from audioed.extraction.choices import chosen
from audioed.model import Script
from audioed.scripting.ids import identified
from audioed.studio.desk import Edition
from audioed.studio.script import version

if TYPE_CHECKING:
    from audioed.studio.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """How an edition's script is after it was written anew."""

    version: str
    kept: tuple[str, ...]
    """What was changed by hand, and stays."""
    lost: tuple[str, ...]
    """What was changed by hand in a piece that is not said any more."""


def rewritten(desk: "Desk", edition: Edition) -> Rewritten:
    """The edition's script, written anew of its articles as choices and lexicons are now, and kept."""
    if not edition.articles:
        raise StudioError(f"{edition.name}: its articles are not kept, so it cannot be written again.")
    show = desk.show
    articles = [chosen(each, show.config.extraction.choices) for each in edition.articles]
    try:
        fresh = build.write(build.once(articles), edition.script.edition, show.place)
    except ScriptError as error:
        raise StudioError(f"{str(error).rstrip('.')}; nothing would be left to say.") from error
    pristine = desk.store.load(Script, edition.folder / "written.json") if _wrote(edition) else None
    found = producing.merged(pristine, edition.script, fresh)
    script = identified(found.script)
    desk.save(edition, script)
    desk.store.save(fresh, edition.folder / "written.json")
    return Rewritten(version=version(script), kept=found.kept, lost=found.lost)


def says(edition: Edition, words: Sequence[str]) -> tuple[str, ...]:
    """The ids of the utterances in which one of these words stands as it is written."""
    return tuple(each.id for each in edition.script.utterances if any(word in each.written for word in words))


def _wrote(edition: Edition) -> bool:
    return (edition.folder / "written.json").is_file()
