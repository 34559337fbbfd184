"""An edition approved: mastered, verified, published, and sent to where the show is published; or the one of before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audioed.characters import is_title
from audioed.errors import StudioError
from audioed.model import Episode, Seconds, Speech, Stored
from audioed.place import Listener
from audioed.show import Show
from audioed.studio.script import Named, before
from audioed.studio.work import Job
from audioed.verifying.report import Verification

if TYPE_CHECKING:
    from audioed.studio.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving(Stored):
    """An edition to be made, and what listeners of the one before are told."""

    edition: str
    notice: str | None = None
    """Said first, and shown with its day; empty takes an earlier one out."""
    note: str = ""
    """Shown without being said; with neither, nobody is told, as of a name said better."""
    deploy: bool = True
    """Whether it is sent to the show's target, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Stored):
    """A piece of work, by its number."""

    job: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending(Stored):
    """The show, to be sent."""

    target: str = ""
    """One of its targets; that of [publishing] deploy, or the only one, where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What came of it."""

    edition: str
    guid: str
    duration: Seconds
    sent: tuple[str, ...]
    """Files that were sent to the target."""
    unsent: str
    """Why it could not be sent; the next deploy sends all of it. Empty where it was, or there is no target."""


def approve(desk: "Desk", asked: Approving) -> Job:
    """Make the episode of a draft, or an episode again from its script; verify, publish and deploy it."""
    for text in (asked.notice, asked.note):
        if text and not is_title(text):
            raise StudioError("Write the notice or note as words, on one line.")
    edition, show = desk.edition(asked.edition), desk.show

    def made(show: Show) -> Episode:
        if edition.episode is None:
            return show.approve(edition.name)
        script = desk.edition(edition.name).script
        if asked.notice is None and not asked.note:
            return show.render(script)
        return show.correct(edition.name, script, notice=asked.notice, note=asked.note)

    return desk.work.start("approve", edition.name, _work(made, show, desk, deploy=asked.deploy))


def undo(desk: "Desk", asked: Named) -> Job:
    """Make the previous version of an episode again, from the clips that are kept; this can be undone, too."""
    desk.edition(asked.edition)
    path = before(asked.edition, desk.store)
    if path is None:
        raise StudioError(f"{asked.edition}: its previous version is no longer kept.", status=404)
    script = desk.store.load(Speech, path).script
    run = _work(lambda show: show.render(script), desk.show, desk, deploy=True)
    return desk.work.start("undo", asked.edition, run)


def verify(desk: "Desk", asked: Named) -> Job:
    """Check the published files of an episode again, rule by rule."""
    show = desk.show

    def run(listener: Listener) -> Verification:
        return replace(show, listener=listener).verify(asked.edition)

    return desk.work.start("verify", asked.edition, run)


def deploy(desk: "Desk", asked: Sending) -> Job:
    """Deploy the show to a target."""
    show = desk.show

    def run(listener: Listener) -> object:
        done = replace(show, listener=listener).deploy(asked.target or None)
        return {
            "target": done.target,
            "sent": list(done.sent),
            "removed": list(done.removed),
            "notes": list(done.notes),
        }

    return desk.work.start("deploy", "", run)


def job(desk: "Desk", asked: Asked) -> Job:
    """How far a job has got, and its result."""
    return desk.work.job(asked.job)


def _work(made: Callable[[Show], Episode], show: Show, desk: "Desk", *, deploy: bool) -> Callable[[Listener], Approved]:
    def run(listener: Listener) -> Approved:
        from audioed.errors import AudioedError
        from audioed.store import discreet

        told = replace(show, listener=listener)
        episode = made(told)
        sent: tuple[str, ...] = ()
        unsent = ""
        if deploy and show.config.publishing.deploy:
            try:
                sent = tuple(told.deploy().sent)
            except AudioedError as error:  # it is published here, and the next deploy sends it
                unsent = discreet(str(error))
        desk.news.tell("show")
        return Approved(
            edition=episode.name,
            guid=episode.guid,
            duration=episode.duration,
            sent=sent,
            unsent=unsent,
        )

    return run
