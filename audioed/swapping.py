"""A promo in the place of another, in episodes that listeners have: only it is spoken, and only its piece encoded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audioed import build, producing
from audioed.build import Revision, Skip
from audioed.catalogue import drafts
from audioed.catalogue.index import Index, read_index
from audioed.errors import ConfigError, ScriptError, StoreError
from audioed.model import Episode, Script, Speech
from audioed.place import QUIET, Listener, Place
from audioed.promos.library import names_in


@dataclass(frozen=True, slots=True)
class Swap:
    """One promo in the place of another."""

    old: str
    new: str
    today: date
    back_catalogue: bool = False
    """Whether in every episode that has the old one, or in the newest episode alone."""


@dataclass(frozen=True, slots=True)
class Swapped:
    """What became of a swap."""

    episodes: tuple[str, ...]
    """The names of those that have the new promo now, or would have it; the newest first."""
    skips: tuple[Skip, ...] = ()
    """Those that keep the old one, and why."""
    older: int = 0
    """How many more have the old promo, and were not asked for."""


def swap(wanted: Swap, place: Place, listener: Listener = QUIET, *, dry_run: bool = False) -> Swapped:
    """
    Put the new promo in the place of the old one; each episode is whole at every moment.

    It keeps its GUID, day and number; apps that ask for its earlier file get the new one. What its script.json has and
    no recording yet is not published by the way: such an episode is skipped, as is one that cannot be read.
    ConfigError for a new promo that does not run today, StoreError for an old one that nobody knows.
    """
    _refuse_unfit(wanted, place)
    names = [entry.name for entry in _settled(wanted, place, listener, dry_run=dry_run).newest_first]
    having = [name for name in names if wanted.old in names_in(name, place.store)]
    if not having and wanted.old not in place.config.promos:
        raise _unknown(wanted.old, names, place)
    asked = having if wanted.back_catalogue else [name for name in having if name == names[0]]
    done, skips = list[str](), list[Skip]()
    for name in asked:
        try:
            found = _script(name, wanted, place) if dry_run else _made(name, wanted, place, listener)
        except (StoreError, ScriptError) as error:
            skips.append(Skip(name, str(error)))
            continue
        if found:
            done.append(name)
    if names and not dry_run:  # a swap is undone by a swap, and the recordings of a back catalogue are large
        with producing.alone(place, listener):
            for name in place.store.aside():
                place.store.forget(name)
    return Swapped(tuple(done), tuple(skips), len(having) - len(asked))


def _settled(wanted: Swap, place: Place, listener: Listener, *, dry_run: bool) -> Index:
    """The episodes; what a killed build left is put right first, for one half-replaced tells of promos it has not."""
    if dry_run or not place.store.show_folder.is_dir():
        return read_index(place.store, keep=False)
    return producing.mend(place, listener, wanted.today)


def _made(name: str, wanted: Swap, place: Place, listener: Listener) -> Episode | None:
    """The episode with the new promo; None where it has no old one by now."""
    with producing.alone(place, listener) as since:
        producing.recover(place, listener, wanted.today)
        seen = drafts.script_in(name, place.store)
        if not (found := _script(name, wanted, place)):
            return None
        script, speech = found
        made = producing.produced(script, place, listener, Revision(day=wanted.today, spoken=speech, seen=seen))
    place.store.make_room(place.config.cache.size, since)
    return made


def _script(name: str, wanted: Swap, place: Place) -> tuple[Script, Speech] | None:
    """What the episode is to say, and what it says now; None where it has no old promo by now."""
    folder = place.store.episode_folder(name)
    speech = place.store.load(Speech, folder / "speech.json")
    if place.store.load(Script, folder / "script.json") != speech.script:
        raise ScriptError(
            f"{name}: its script.json was changed and is not recorded yet; `audioed correct {name}` does that first.",
            text=name,
        )
    if not any(segment.promo == wanted.old for segment in speech.script.segments):
        return None
    return build.with_promo(speech.script, wanted.old, wanted.new, place), speech


def _refuse_unfit(wanted: Swap, place: Place) -> None:
    """ConfigError for a new promo that there is not, or that listeners should not hear today."""
    name, promos = wanted.new, place.config.promos
    if name not in promos:
        known = f"name one of {', '.join(sorted(promos))}" if promos else f"write its table [promos.{name}] there"
        raise ConfigError(f"audioed.toml has no promo {name!r}; {known}.", key=f"promos.{name}")
    promo = promos[name]
    if not promo.runs(wanted.today):
        is_over = promo.last_day and wanted.today > promo.last_day
        when = f"ended on {promo.last_day}" if is_over else f"does not run before {promo.first_day}"
        raise ConfigError(f"the promo {name!r} {when}; correct its days in audioed.toml.", key=f"promos.{name}")


def _unknown(old: str, names: Sequence[str], place: Place) -> StoreError:
    known = sorted({each for name in names for each in names_in(name, place.store)})
    remedy = f"name one of {', '.join(known)}" if known else "they have none of yours"
    return StoreError(f"no episode has a promo {old!r}; {remedy}.", path=place.store.show_folder)
