"""What a person or a program is shown: progress, the summary, the script of a dry run, the voices."""

import json
import shlex
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from audioed.build import Skip
from audioed.characters import clipped
from audioed.cli.options import put_json
from audioed.config import Synthesis
from audioed.kinds import ROLES
from audioed.model import Article, Episode, Role, Script, Seconds, Utterance, Voice
from audioed.phonemes import is_sound, without_sounds
from audioed.place import Listener, Place
from audioed.terminal import LOG, complain, tell
from audioed.timecode import clock
from audioed.voices.casting import voice_of

if TYPE_CHECKING:
    from rich.progress import Progress

    from audioed.drafting import Draft
    from audioed.nightly import Plan, Report
    from audioed.proofing.report import Proof
    from audioed.unwanted import Left
    from audioed.verifying.report import Verification

STAGES = ("extract", "write", "speak", "master", "verify", "publish")
LONGEST_LINE = 100
"""Characters shown of what was cut."""
MOST_WORDS = 12
"""Words shown that the voice may get wrong; the page has all."""
MOST_FAULTS = 4
"""Places shown for one rule; --json has all."""
MINUTE: Seconds = 60.0
MOST_CUTS = 12
"""Lines shown for one rule: the navigation of a large site has hundreds."""


class Console(Listener):
    """Shows a build on a terminal with bars, elsewhere with plain lines, as JSON with one object at the end."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.calls = 0
        self.skips: list[Skip] = []
        self._before: Episode | None = None
        self._edits: Sequence[str] = ()
        self._left_out: dict[str, str] = {}
        self._unwanted: Sequence[Left] = ()
        self._spent: dict[str, Seconds] = {}
        self._current = ""
        self._since = 0.0
        self._bars: Progress | None = None

    def __enter__(self) -> Self:
        """Start the bars when someone is watching."""
        if sys.stderr.isatty() and not LOG.moment:
            from rich.console import Console as Terminal
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

            columns = (
                TextColumn("{task.description:<8}"),
                BarColumn(),
                TextColumn("{task.percentage:>3.0f} %"),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                TextColumn("{task.fields[made]}"),
            )
            self._bars = Progress(*columns, console=Terminal(stderr=True))
            self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        """Finish the last bar, or leave it where it broke off."""
        if kind is None:
            self._end()
        if self._bars:
            self._bars.stop()
            self._bars = None

    def stage(self, name: str) -> None:
        """A new bar, or a line."""
        self._end()
        self._current, self._since = name, time.perf_counter()
        if self._bars:
            self._bars.add_task(name, total=1.0, made="")
        elif not self.as_json or LOG.moment:
            complain(f"{name} ...", stage=name)

    def progress(self, share: float, calls: int = 0, made: Seconds = 0.0) -> None:
        """Move the bar of this stage, with the length of what has been spoken beside it."""
        self.calls += calls
        if self._bars and self._bars.task_ids:
            spoken = f"{clock(made)} of sound" if made else ""
            self._bars.update(self._bars.task_ids[-1], completed=share, made=spoken)

    def skipped(self, name: str, reason: str) -> None:
        """Remember a source that gave no article."""
        self.skips.append(Skip(name, reason))

    def replaced(self, before: Episode) -> None:
        """Remember what an episode was."""
        self._before = before

    def edits(self, kept: Sequence[str], doubted: Sequence[str]) -> None:
        """Say which changes in script.json stay, and what may be one and does not."""
        self._edits = tuple(kept)
        for each in doubted:
            complain(f"written anew, though it may have been edited by hand: {each}")

    def changed(self, name: str, reason: str) -> None:
        """Say that what a person changed meanwhile is not in the recording."""
        complain(f"audioed: {reason}", "warning", episode=name)

    def left_out(self, name: str, reason: str) -> None:
        """Say once that an episode is not in the feed."""
        if name not in self._left_out:
            self._left_out[name] = reason
            complain(f"audioed: {reason}", "warning", episode=name)

    def summary(
        self, episode: Episode, place: Place, skips: Sequence[Skip], notes: Sequence[str] = (), *, first: bool = False
    ) -> None:
        """
        What was made and where it is, what was not read, and what there is to say about the sources.

        Of a show's `first` episode, also what to do now.
        """
        self._close()
        folder = place.store.episode_folder(episode.name)
        files = {
            "episode_json": str(folder / "episode.json"),
            "audio": str(folder / episode.enclosure.name),
        }
        if not place.config.publishing.private:
            page = place.store.public_folder(episode.name) / "index.html"
            files |= {"feed": str(place.store.public / "feed.xml"), "page": str(page)}
        measured = episode.loudness
        if self.as_json:
            loudness = measured and {"integrated": measured.integrated, "true_peak": measured.true_peak}
            made: dict[str, object] = {"duration": episode.duration, "loudness": loudness, "engine_calls": self.calls}
            made |= {"alternates": [str(folder / each.name) for each in episode.alternates]}
            made |= {"title": episode.title, "day": episode.day.isoformat(), "number": episode.number}
            made |= {"articles": [source.title for source in episode.sources], "edits": list(self._edits)}
            put_json({**files, **made, "replaced": self._told_before(folder), **self._told(skips, notes)})
            return
        script = place.store.load(Script, folder / "script.json")
        sizes = [f"{each.length / 1e6:.1f} MB" for each in (episode.enclosure, *episode.alternates)]
        rows = {
            "episode": episode.title,
            "duration": clock(episode.duration),
            "size": ", ".join(sizes),
            "loudness": f"{measured.integrated:.1f} LUFS" if measured else "not measured",
            "true peak": f"{measured.true_peak:.1f} dBTP" if measured else "not measured",
            "chapters": ", ".join(f"{clock(each.start)} {each.whole}" for each in episode.chapters),
            "cut": _counted(cut.rule for cut in script.cuts),
            "audio": files["audio"],
            **_shown(episode, place, files),
        }
        if self._edits:
            rows["edits"] = f"{len(self._edits)} of yours in script.json {'stays' if len(self._edits) == 1 else 'stay'}"
        if before := self._told_before(folder):
            rows["replaced"] = f"{before['title']}; until the next build its recording is kept: {before['audio']}"
        if first and episode.number == 1 and not place.config.publishing.private:
            rows["next"] = next_steps(place)
        _table(rows)
        _complain(skips, notes)

    def _told_before(self, folder: Path) -> dict[str, str] | None:
        """What the episode was that this one took the place of, and where its recording is."""
        if self._before is None:
            return None
        audio = str(folder / self._before.enclosure.name)
        return {"title": self._before.title, "day": self._before.day.isoformat(), "audio": audio}

    def _told(self, skips: Sequence[Skip], notes: Sequence[str]) -> dict[str, object]:
        """What every run tells a program, whatever it made."""
        reasons: dict[str, str] = {}
        for each in skips:  # a feed may fail as such, and as an article that another one names
            reasons[each.name] = f"{reasons[each.name]} {each.reason}" if each.name in reasons else each.reason
        failed: dict[str, object] = {"skipped": list(reasons), "reasons": reasons, "notes": list(notes)}
        failed["unwanted"] = [asdict(each) for each in self._unwanted]
        return {"seconds": self.seconds, **failed, "left_out": self._left_out}

    @property
    def seconds(self) -> dict[str, Seconds]:
        """How long each stage took that has ended, and 0 for those of every build that did not run."""
        spent = {**dict.fromkeys(STAGES, 0.0), **self._spent}
        return {stage.partition(" ")[0]: round(time, 3) for stage, time in spent.items()}

    def night(self, report: "Report", place: Place) -> None:
        """What a night brought: an episode, or none, since nothing was new, or what was new failed, or waits."""
        self._close()
        notes = (*report.notes, *report.deployed)
        if LOG.moment:
            if self.as_json:
                _complain(report.skips, notes)
            made = report.episode.name if report.episode else None
            complain(f"the night is over: {report.result}", result=report.result, episode=made)
        self._unwanted = report.left
        if report.episode:
            self.summary(report.episode, place, report.skips, notes)
        elif report.draft:
            self.draft(report.draft, report.skips, notes)
        elif self.as_json:
            put_json({"episode_json": None, "engine_calls": 0, **self._told(report.skips, notes)})
        else:
            quiet = not (report.skips or report.notes)
            feed = "was brought up to date" if report.renewed else "stays as it is"
            tell(f"{'Nothing is new' if quiet else 'Nothing new was read'}; the feed {feed}.")
            _complain(report.skips, notes)

    def draft(self, draft: "Draft", skips: Sequence[Skip], notes: Sequence[str] = ()) -> None:
        """An edition that waits to be approved: what it reads, about how long it is, and where its script is."""
        self._close()
        row = drafted(draft)
        if self.as_json:
            put_json({"episode_json": None, **row, "engine_calls": self.calls, **self._told(skips, notes)})
            return
        rows = {"draft": draft.title, "duration": f"about {length_of(draft)}", "script": str(row["script"])}
        rows["next"] = f"`audioed studio {draft.name}` opens it; `audioed approve {draft.name}` publishes it"
        _table(rows)
        _complain(skips, notes)

    def plan(self, plan: "Plan") -> None:
        """What a night would bring: what its episode reads, when each part begins, and about how long it would be."""
        self._close()
        self._unwanted = plan.left
        end = plan.duration
        if self.as_json:
            rundown = [{"start": round(a), "seconds": round(b), "title": title} for a, b, title in plan.parts]
            sources = [_planned(each) for each in plan.articles]
            title = plan.script.edition.title if plan.script else None
            made: dict[str, object] = {"title": title, "minutes": round(end / 60, 1), "rundown": rundown}
            more = {"articles": sources, "waits": list(plan.waits), "why": list(plan.why)}
            put_json({**made, **more, **self._told(plan.skips, plan.notes)})
            return
        for start, lasts, title in plan.parts:
            tell(f"{clock(start):>7}  {clock(lasts):>6}  {title}")
        about = f"about {end / 60:.0f} minutes" if end >= MINUTE else "under a minute"
        tell(f"{clock(end):>7}  {about}" if plan.script else "Nothing is new.")
        for line in plan.why:
            tell(line)
        if plan.waits:
            tell(f"{len(plan.waits):,} {'waits' if len(plan.waits) == 1 else 'wait'} for another night:")
            for title in plan.waits[:MOST_CUTS]:
                tell(f"  {clipped(title, LONGEST_LINE)}")
            if len(plan.waits) > MOST_CUTS:
                tell(f"  ... and {len(plan.waits) - MOST_CUTS:,} more; --json shows all")
        _complain(plan.skips, plan.notes)

    def dry_run(self, articles: Sequence[Article], script: Script, skips: Sequence[Skip] = ()) -> None:
        """What would be said, segment by segment, and what was cut and why."""
        self._close()
        if self.as_json:
            from audioed.nouns import dump

            nouns = {"articles": [json.loads(dump(each)) for each in articles], "script": json.loads(dump(script))}
            put_json({**nouns, "skipped": [each.name for each in skips]})
            return
        for segment in script.segments:
            mark = " (chapter)" if segment.chapter else ""
            tell()
            tell(f"[{segment.kind}]{mark} {segment.whole}")
            for utterance in segment.utterances:
                tell(f"  {utterance.role + ':':<11}{_seen(utterance)}")
        tell()
        tell("Cut:" if script.cuts else "Nothing was cut.")
        rules: dict[str, list[str]] = {}
        for cut in script.cuts:
            rules.setdefault(cut.rule, []).append(cut.text)
        for rule, texts in rules.items():
            for text in texts[:MOST_CUTS]:
                tell(f"  {rule + ':':<16}{clipped(text, LONGEST_LINE)}")
            if len(texts) > MOST_CUTS:
                tell(f"  {rule + ':':<16}... and {len(texts) - MOST_CUTS} more; --json shows all")
        for skip in skips:
            complain(f"skipped: {skip.reason}")

    def proof(self, found: "Proof", page: Path) -> None:
        """What was found in a recording, the gravest first."""
        self._close()
        if self.as_json:
            put_json(found)
            return
        for fault in found.findings:
            tell(f"{clock(fault.start)}  {fault.fault} ({fault.told}): {clipped(fault.written, LONGEST_LINE)}")
        for word in found.misheard[:MOST_WORDS]:
            heard = clipped(", ".join(word.heard), LONGEST_LINE)
            tell(f"{clock(word.start)}  {word.word}: heard as {heard}, {word.wrong} of {word.times} times")
        if len(found.misheard) > MOST_WORDS:
            tell(f"... and {len(found.misheard) - MOST_WORDS} more words")
        faults = f"{len(found.findings) or 'no'} fault{'' if len(found.findings) == 1 else 's'}"
        tell(f"{found.word_error:.1%} of the words were misheard; {faults}. Listen to each place: {page}")

    def verification(self, found: "Verification") -> None:
        """Every rule on a line: what was measured, or what is wrong."""
        self._close()
        if self.as_json:
            put_json(found)
            return
        width = max(len(rule.name) for rule in found.rules)
        for rule in found.rules:
            shown = "; ".join(rule.wrong[:MOST_FAULTS]) or rule.told
            more = f"; and {len(rule.wrong) - MOST_FAULTS} more" if len(rule.wrong) > MOST_FAULTS else ""
            tell(f"{'WRONG' if rule.wrong else 'ok':<6}{rule.name:<{width + 2}}{shown}{more}")
        tell(f"{len(found.findings) or 'None'} of {len(found.rules)} rules are broken.")

    def voices(self, cards: Mapping[str, Voice], config: Synthesis) -> None:
        """The installed voices and the roles they speak."""
        self._close()
        roles: dict[str, list[Role]] = {}
        for role in dict.fromkeys((*ROLES, *config.roles)):
            name = voice_of(role, config, cards).name
            roles.setdefault(name, []).append(role)
        from audioed.synthesis.engine import missing

        needs = missing(voice.engine for voice in cards.values())
        if self.as_json:
            keys = ("language", "engine", "licence", "description", "credit", "source")
            about = {name: {key: getattr(voice, key) for key in keys} for name, voice in cards.items()}
            waits = {name: {"needs": needs.get(voice.engine, "")} for name, voice in cards.items()}
            put_json({name: {**about[name], **waits[name], "roles": roles.get(name, [])} for name in cards})
            return
        for name, voice in cards.items():
            speaks = f" - speaks {', '.join(roles[name])}" if name in roles else ""
            tell(f"{name:<12} {voice.language:<6} {voice.engine:<7} {voice.licence}{speaks}")
            tell(f"{'':<12} {voice.description}")
            if voice.engine in needs:
                tell(f"{'':<12} Not installed: {needs[voice.engine]}")

    def _end(self) -> None:
        if self._current:
            spent = self._spent.get(self._current, 0.0) + time.perf_counter() - self._since
            self._spent[self._current] = spent
            self.progress(1.0)
            if LOG.moment:
                complain(f"{self._current} took {spent:.1f} s", stage=self._current, seconds=round(spent, 3))
            self._current = ""

    def _close(self) -> None:
        self.__exit__(None, None, None)


def _shown(episode: Episode, place: Place, files: Mapping[str, str]) -> dict[str, str]:
    """Where listeners get it."""
    from audioed.catalogue.shows import is_local
    from audioed.publishing.invited import known
    from audioed.publishing.rss import address

    base, show = place.config.publishing.base_url, place.store.show_folder.name
    if place.config.publishing.private:
        count = len(known(place.store) or ())
        told = f"{count} listener{' has a feed' if count == 1 else 's have feeds'} of their own"
        return {"subscribe": told if count else "nobody yet; `audioed listeners add NAME` invites"}
    page = files["page"] if is_local(base) else f"{address(base, show, episode.name)}/"
    return {"feed": files["feed"], "subscribe": address(base, show, "feed.xml"), "page": page}


def _planned(article: Article) -> dict[str, object]:
    """What a program is told of an article that a night would read."""
    also = [{"title": each.title, "site": each.site, "url": each.url} for each in article.also]
    return {"title": article.title, "url": article.url, "name": article.name, "also": also}


def length_of(draft: "Draft") -> str:
    """About how long a draft will be, as minutes and seconds."""
    from audioed.edition.length import seconds

    return clock(seconds(draft.script.utterances))


def drafted(draft: "Draft") -> dict[str, object]:
    """What a program is told of a draft."""
    from audioed.edition.length import seconds

    return {
        "draft": draft.name,
        "title": draft.title,
        "day": draft.day.isoformat(),
        "articles": [each.title for each in draft.script.sources],
        "minutes": round(seconds(draft.script.utterances) / 60, 1),
        "script": str(draft.folder / "script.json"),
    }


def next_steps(place: Place) -> str:
    """What somebody who has just made a first episode wants to do with it, as it is typed here."""
    typed = sys.argv[0]
    own = Path(typed).stem == "audioed" and Path(typed).name != typed and not shutil.which("audioed")
    program, output = typed if own else "audioed", place.store.output
    where = "" if output.absolute() == Path("output").absolute() else f"{shlex.quote(str(output))} "
    if place.config.targets:
        then = f"`{program} deploy` publishes it"
    elif place.store.settings:
        then = f"with a server under [targets] in audioed.toml, `{program} deploy` publishes it"
    else:
        then = f"`{program} init myshow` begins a show of your own"
    return f"`{program} serve {where}--open` plays it in your browser; {then}"


def _seen(utterance: Utterance) -> str:
    """What is said, for the eye: a word of which only the sound is told stands as it is written."""
    said, seen, end = "", "", 0
    for each in utterance.readings:
        between = utterance.written[end : each.at]
        said += between + each.spoken
        seen += between + (each.written if is_sound(each.written, each.spoken) else each.spoken)
        end = each.at + len(each.written)
    rest = utterance.written[end:]
    return without_sounds(seen + rest if said + rest == utterance.spoken else utterance.spoken)


def _complain(skips: Sequence[Skip], notes: Sequence[str]) -> None:
    """Each on a line of its own."""
    for skip in skips:
        complain(f"skipped: {skip.reason}", "warning", skipped=skip.name)
    for note in notes:
        complain(f"audioed: {note}")


def _table(rows: Mapping[str, str]) -> None:
    """Each value whole on a line of its own, however narrow the terminal: paths are there to be copied."""
    width = max(map(len, rows)) + 2 if sys.stdout.isatty() else 0
    for name, value in rows.items():
        tell(value, label=f"{name + ':':<{width}} ")


def _counted(rules: Iterable[str]) -> str:
    return ", ".join(f"{count} {rule}" for rule, count in Counter(rules).items()) or "nothing"
