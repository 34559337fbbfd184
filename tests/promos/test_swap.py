"""In finished episodes a promo takes the place of another: only it is spoken, and only its piece is encoded."""

import shutil
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from typer.testing import CliRunner

from audioed import build, producing, proving, swapping
from audioed.cache import Cache
from audioed.catalogue import Wish
from audioed.cli.app import app
from audioed.config import Promo
from audioed.edition.length import Ruler
from audioed.errors import ConfigError, StoreError
from audioed.mastering import pieces
from audioed.mastering.encode import decoded
from audioed.mastering.stitch import RATE
from audioed.model import Script, Speech
from audioed.promos.library import standings
from audioed.sound import Sound, to_wav
from audioed.swapping import Swap
from audioed.synthesis import clips
from tests.promos.conftest import DAY, STORIES, running
from tests.test_build import feed_of, tree

LATER = DAY + timedelta(days=40)
AUTUMN = Promo(text="The autumn fair opens on Friday. Come early.", last_day=DAY + timedelta(days=1))
WINTER = Promo(text="In winter the harbour has a fair of its own, and this year it lasts until the first of March.")
BOAT = Promo(title="The boat show", sound="boat.wav", place="first")


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    """Two episodes with two promos each, one of them a recording; built once."""
    from audioed import config
    from audioed.place import Place
    from audioed.store import Store
    from audioed.voices.cards import voice_cards

    home = tmp_path_factory.mktemp("show")
    settings = config.Config(synthesis=config.Synthesis(roles={"narrator": "silent"}))
    store = Store(home / "output", Cache(home / "cache"), settings.show.title, home)
    (home / "voices").mkdir()
    (home / "voices" / "guest.toml").write_text('engine = "silent"\nlanguage = "mul"\npitch = 5.0\n', "utf-8")
    time = np.arange(RATE * 6) / RATE
    hum = (0.02 * np.sin(2 * np.pi * 440 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time))).astype(np.float32)
    (home / "boat.wav").write_bytes(to_wav(Sound(samples=np.pad(hum, RATE), rate=RATE)))
    place = running(Place(settings, voice_cards(home), store), autumn=AUTUMN, boat=BOAT)
    producing.produce(STORIES[:2], Wish(DAY), place)
    other = [replace(each, title=f"{each.title} again", url=f"{each.url}/2", name=f"{each.name}/2") for each in STORIES]
    producing.produce([replace(each, blocks=each.blocks[:3]) for each in other[:2]], Wish(DAY + timedelta(1)), place)
    return place


@pytest.fixture
def place(show, tmp_path):
    """The same, later: the autumn's promo is taken out of the settings, the recording is gone, and voices changed."""
    shutil.copytree(show.store.output, tmp_path / "output")
    shutil.copytree(show.store.cache.folder, tmp_path / "cache")
    shutil.copytree(show.store.home / "voices", tmp_path / "voices")
    store = replace(show.store, output=tmp_path / "output", cache=Cache(tmp_path / "cache"), home=tmp_path)
    cards = {**show.cards, "silent": replace(show.cards["silent"], rate=1.25, pitch=3.0)}
    return running(replace(show, store=store, cards=cards), winter=replace(WINTER, voice="guest"), boat=BOAT)


@pytest.fixture
def work(monkeypatch):
    """What is spoken, and which pieces are encoded."""
    spoken, encoded = [], []
    speak, encode = clips.synthesized, pieces._encoded
    monkeypatch.setattr(clips, "synthesized", lambda job: spoken.append(job) or speak(job))
    monkeypatch.setattr(pieces, "_encoded", lambda piece, *rest: encoded.append(piece) or encode(piece, *rest))
    return spoken, encoded


def names(place):
    """The folders of the episodes, the older first."""
    return sorted(name for name, *_ in place.store.finished())


def test_a_recording_is_as_loud_as_the_rest_and_has_a_caption(show):
    first = names(show)[0]
    episode = show.store.episode(first)
    cue = next(each for each in episode.cues if each.text == "[promo: The boat show]")
    assert cue.end - cue.start == pytest.approx(6.0, abs=0.1), "without the silence around it"
    assert (cue.speaker, cue.boundary) == ("Promo", "article")
    span = next(each for each in episode.segments if each.title == "The boat show")
    assert span.start <= cue.start < cue.end <= span.end
    folder = show.store.episode_folder(first)
    assert "[promo: The boat show]" in (folder / "transcript.vtt").read_text("utf-8")
    heard = np.frombuffer(decoded(folder / episode.enclosure.name, RATE, 600), "<i2") / np.float32(32_768)

    def level(start, end):
        part = heard[round(start * RATE) : round(end * RATE)]
        return 10 * np.log10(np.mean(np.square(part[np.abs(part) > 0.001])))

    later = next(each for each in episode.cues if each.start > cue.end + 5 and each.end - each.start > 4)
    assert level(cue.start, cue.end) == pytest.approx(level(later.start, later.end), abs=1.5)
    assert 20 * np.log10(np.abs(heard).max()) < -1


def test_the_length_of_a_recording_is_known_before_an_edition_is_spoken(show):
    script = build.write(STORIES[:2], build.edition(STORIES[:2], Wish(DAY), show), show)
    starts, whole = Ruler(show).starts(script)
    (at,) = (at for at, segment in enumerate(script.segments) if segment.promo == "boat")
    assert starts[at + 1] - starts[at] == pytest.approx(6 + 1.8 + 1.4, abs=1.0), "with its mark and the pause behind it"
    assert whole == pytest.approx(show.store.episode(names(show)[0]).duration, rel=0.02)


def test_only_the_promo_is_spoken_and_only_its_piece_encoded(place, work):
    spoken, encoded = work
    before = {name: place.store.episode(name) for name in names(place)}
    done = swapping.swap(Swap("autumn", "winter", LATER, back_catalogue=True), place)
    assert (set(done.episodes), done.skips, done.older) == (set(before), (), 0)
    assert done.episodes == tuple(reversed(names(place))), "the newest first"
    assert [job.utterance.written for job in spoken] == [WINTER.text], "once for all episodes"
    assert spoken[0].voice.name == "guest"
    said = spoken[0].key
    assert 0 < len(encoded) <= 4, "of an episode one, twice where its loudness wants that"
    for piece in encoded:
        voices = [each.audio for each in piece.placements if each.treatment]
        assert voices == [said]
    entries = {entry.id: entry for entry in feed_of(place).entries}
    for name, was in before.items():
        now, folder = place.store.episode(name), place.store.episode_folder(name)
        assert (now.guid, now.day, now.number, now.corrections) == (was.guid, was.day, was.number, ())
        assert {each.name for each in now.earlier} == {was.enclosure.name}
        public = place.store.public_folder(name)
        assert (public / was.enclosure.name).samefile(public / now.enclosure.name), (
            "apps that ask for it get the new one"
        )
        entry = entries[now.guid]
        assert entry.enclosures[0].href.endswith(now.enclosure.name)
        assert int(entry.enclosures[0].length) == (folder / now.enclosure.name).stat().st_size
        longer = now.duration - was.duration
        assert longer > 1
        moved = [one.start - other.start for one, other in zip(now.chapters, was.chapters, strict=True)]
        assert moved[0] == 0
        assert moved[-1] == pytest.approx(longer, abs=1.0)
        for text in ("transcript.vtt", "transcript.txt"):
            told = " ".join((folder / text).read_text("utf-8").split()).replace("<v Promo>", "")
            assert "autumn" not in told
            assert "a fair of its own" in told
        rest = [each for each in now.cues if each.text != WINTER.text]
        former = [each for each in was.cues if each.text not in AUTUMN.text]
        assert [(each.id, each.text) for each in rest] == [(each.id, each.text) for each in former]
        lasts = [[each.end - each.start for each in cues] for cues in (rest, former)]
        assert lasts[0] == pytest.approx(lasts[1], abs=0.0021), "no other voice and no other tempo"
        script = place.store.load(Script, folder / "script.json")
        assert script == place.store.load(Speech, folder / "speech.json").script
    found = proving.verify(now, script, folder, place)
    assert [rule.name for rule in found.findings] == []
    again = swapping.swap(
        Swap("autumn", "winter", LATER, back_catalogue=True), replace(place, config=_with_autumn(place))
    )
    assert again == swapping.Swapped(()), "nothing is left to do"
    as_before = running(place, autumn=AUTUMN, boat=BOAT)
    script, fresh, _ = producing.script_for(STORIES[:2], Wish(DAY), as_before)
    assert {each.promo for each in script.segments} == {"", "winter", "boat"}, "what was swapped stays"
    assert {each.promo for each in fresh.segments} == {"", "autumn", "boat"}
    states = {each.name: (each.state, each.episodes) for each in standings(place.config, LATER, place.store)}
    assert states == {"winter": ("runs", 2), "boat": ("runs", 2)}


def _with_autumn(place):
    return replace(place.config, promos={**place.config.promos, "autumn": AUTUMN})


def test_without_the_back_catalogue_only_the_newest_changes_and_a_dry_run_nothing(place):
    before = tree(place)
    newest = names(place)[-1]
    dry = swapping.swap(Swap("autumn", "winter", LATER, back_catalogue=True), place, dry_run=True)
    assert len(dry.episodes) == 2
    assert tree(place) == before
    states = {each.name: (each.state, each.episodes) for each in standings(place.config, LATER, place.store)}
    assert states["autumn"] == ("gone", 2), "one that is over is known from the episodes that have it"
    done = swapping.swap(Swap("autumn", "winter", LATER), place)
    assert (done.episodes, done.older) == ((newest,), 1)
    changed = {path for path, data in tree(place).items() if before.get(path) != data}
    older = names(place)[0]
    assert not any(path.startswith(f"{older}/") for path in changed)


def test_what_is_not_recorded_yet_or_cannot_be_read_is_skipped_and_told(place):
    older, newest = names(place)
    script = place.store.episode_folder(newest) / "script.json"
    script.write_text(script.read_text("utf-8").replace("Crowded", "Quiet"), "utf-8")
    (place.store.episode_folder(older) / "speech.json").write_text("{", "utf-8")
    before = tree(place)
    done = swapping.swap(Swap("autumn", "winter", LATER, back_catalogue=True), place)
    assert done.episodes == ()
    assert [each.name for each in done.skips] == [newest, older]
    assert "`audioed correct" in done.skips[0].reason
    assert {path: data for path, data in tree(place).items() if not path.endswith(".lock")} == before


def test_what_cannot_be_swapped_is_told(place):
    for old, new, error, told in (
        ("autumn", "spring", ConfigError, "no promo 'spring'; name one of boat, winter"),
        ("summer", "winter", StoreError, "no episode has a promo 'summer'; name one of autumn, boat"),
    ):
        with pytest.raises(error, match=told):
            swapping.swap(Swap(old, new, LATER), place)


def test_the_commands_tell_what_runs_and_what_was_swapped(place):
    home = place.store.home
    settings = home / "audioed.toml"
    settings.write_text(
        '[synthesis.roles]\nnarrator = "silent"\n[scripting]\npromos_per_hour = 60\n'
        f'[promos.winter]\ntext = "{WINTER.text}"\n[promos.autumn]\ntext = "x"\nlast_day = 2026-10-21\n',
        "utf-8",
    )
    line = ["--config", str(settings), "--output", str(place.store.output)]
    done = CliRunner().invoke(app, ["promos", "list", *line])
    assert done.exit_code == 0, done.output
    rows = [row.split() for row in done.stdout.splitlines()]
    assert [row[0] for row in rows] == ["autumn", "boat", "winter"]
    assert "over" in rows[0]
    assert rows[2][1:4] == ["runs", "100%", "today"]
    swap = ["promos", "swap", "autumn", "winter", *line, "--cache", str(place.store.cache.folder)]
    done = CliRunner().invoke(app, [*swap, "--dry-run"])
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == (
        "1 episode would have winter in the place of autumn. "
        "1 older one has autumn, too; --back-catalogue swaps it there."
    )
    done = CliRunner().invoke(app, [*swap, "--json", "--back-catalogue"])
    assert done.exit_code == 0, done.output
    assert '"skipped": []' in done.stdout
    assert build.publish(place).episodes == tuple(sorted(names(place), reverse=True))
