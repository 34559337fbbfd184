"""The clips of an edition on a Dask cluster: a scheduler and two workers in processes of their own."""

import contextlib
import os
import signal
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from threading import Timer

import pytest

from audioed import build, synthesis
from audioed.cache import Cache
from audioed.errors import SynthesisError, VoiceNotFound
from audioed.mastering import elsewhere, pieces
from audioed.model import Segment, Utterance
from audioed.scripting.ids import identified
from audioed.store import Store

if find_spec("distributed") is None:
    pytest.skip("the extra `cluster` is not installed", allow_module_level=True)
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of Dask's own sockets, when its processes are killed
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

ENGINE = '''
import os, time
from importlib.util import find_spec
from pathlib import Path
from audioed.synthesis.engines.silent import Silent

class Diary(Silent):
    """The silent engine, which takes its time and writes down what it has said."""

    name = "diary"

    def synthesize(self, utterance, voice, /):
        time.sleep(0.02)
        sound = super().synthesize(utterance, voice)
        if "refuse" in utterance.spoken:
            return type(sound)(samples=sound.samples * 0, rate=sound.rate)
        with Path(os.environ["DIARY"]).open("a") as diary:
            diary.write(f"{utterance.spoken}\\n")
        return sound
'''


@pytest.fixture(scope="module")
def diary(tmp_path_factory):
    """An engine that is installed like anyone else's, on this machine and on the workers."""
    folder = tmp_path_factory.mktemp("diary")
    (folder / "diary_engine.py").write_text(ENGINE)
    about = folder / "diary_engine-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: diary-engine\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[audioed.engines]\ndiary = diary_engine:Diary\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        patch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *filter(None, sys.path)]))
        patch.setenv("DIARY", str(folder / "diary.txt"))
        yield folder / "diary.txt"


@pytest.fixture(scope="module")
def cluster(diary):  # noqa: ARG001  # its workers inherit where the diary is
    import distributed

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as made:
        yield made


@pytest.fixture
def place(silent, cluster, diary):
    diary.write_text("")
    card = replace(silent.cards["silent"], engine="diary", name="diary")
    settings = replace(silent.config.synthesis, cluster=cluster.scheduler_address, roles={"narrator": "diary"})
    return replace(silent, config=replace(silent.config, synthesis=settings), cards={**silent.cards, "diary": card})


def long_script(script, count, pause=0.1):
    said = tuple(
        Utterance(written=text, spoken=text, pause=pause) for text in (f"Sentence {n} of many." for n in range(count))
    )
    return identified(replace(script, segments=(Segment(kind="body", title="Body", utterances=said),)))


def alone(place):
    """The same place without a cluster and with another cache."""
    settings = replace(place.config, synthesis=replace(place.config.synthesis, cluster="", workers=3))
    return replace(place, config=settings, store=replace(place.store, cache=Cache(place.store.cache.folder / "alone")))


class Elsewhere(Cache):
    """A cache whose mark no worker finds."""

    def shared_mark(self):
        return contextlib.nullcontext(Path("/nowhere/mark"))


def files(store: Store) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.cache.folder.glob("clips/*/*.wav")}


def test_the_bytes_are_those_of_one_machine(place, script):
    whole = long_script(script, 12)
    assert build.speak(whole, place) == build.speak(whole, alone(place))
    there = dict(files(place.store))
    assert there == files(alone(place).store)


def test_what_is_kept_is_not_sent(place, script, diary):
    build.speak(long_script(script, 5), place)
    build.speak(long_script(script, 6), place)
    assert sorted(diary.read_text().splitlines()) == [f"Sentence {n} of many." for n in range(6)]
    unreachable = replace(place.config.synthesis, cluster="tcp://127.0.0.1:9")
    synthesis.speak(long_script(script, 6), unreachable, place.cards, place.store)


def test_clips_come_over_the_network_where_workers_do_not_see_the_cache(place, script):
    store = place.store
    apart = replace(store, cache=Elsewhere(store.cache.folder / "apart"))
    whole = long_script(script, 6)
    speech = synthesis.speak(whole, place.config.synthesis, place.cards, apart)
    assert [apart.cache.clip(clip.audio).duration for clip in speech.clips] == [clip.duration for clip in speech.clips]
    assert len(files(apart)) == 6


def test_a_worker_that_is_killed_costs_only_the_clip_it_was_speaking(place, script, cluster, diary):
    import distributed

    finished: set[str] = set()

    def told(share: float, _calls: int, _made: float) -> None:
        if share > 0.3 and not finished:
            finished.update(files(place.store))
            with distributed.Client(cluster) as client:
                pids = client.run(os.getpid)
            os.kill(next(iter(pids.values())), signal.SIGKILL)

    whole = long_script(script, 120)
    speech = synthesis.speak(whole, place.config.synthesis, place.cards, place.store, told)
    said = diary.read_text().splitlines()
    assert len(finished) > 30
    texts = {clip.audio: clip.utterance.spoken for clip in speech.clips}
    assert all(said.count(texts[name.removesuffix(".wav")]) == 1 for name in finished)
    assert len(said) <= 121, "only what was being spoken is spoken again"
    assert speech == build.speak(whole, alone(place))
    assert files(place.store) == files(alone(place).store)


def test_a_clip_that_stays_bad_ends_the_run_with_its_sentence(place, script):
    bad = Utterance(written="Refused.", spoken="refuse")
    whole = replace(script, segments=(Segment(kind="body", title="Body", utterances=(bad,)),))
    with pytest.raises(SynthesisError, match=r"silence for “Refused\.”") as caught:
        build.speak(whole, place)
    assert caught.value.text == "Refused."


def test_a_worker_without_the_voice_is_told(place, script):
    gone = replace(place.cards["heart"], model="no_such_package:model.onnx")
    settings = replace(place.config.synthesis, roles={"narrator": "heart"})
    with pytest.raises(SynthesisError, match="no_such_package") as caught:
        synthesis.speak(script, settings, {**place.cards, "heart": gone}, place.store)
    assert not isinstance(caught.value, VoiceNotFound) or caught.value.voice


def test_a_scheduler_that_does_not_answer_is_told(place, script, monkeypatch):
    import distributed

    from audioed import cluster

    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    settings = replace(place.config.synthesis, cluster="tcp://127.0.0.1:9")
    with pytest.raises(SynthesisError, match="does not answer"):
        synthesis.speak(script, settings, place.cards, place.store)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty:
        settings = replace(settings, cluster=empty.scheduler_address)
        with pytest.raises(SynthesisError, match="has no workers"):
            synthesis.speak(script, settings, place.cards, place.store)


@pytest.mark.parametrize("fate", ["well", "lost", pytest.param("one dies", marks=pytest.mark.faults)])
def test_a_recording_that_the_cluster_encodes_is_that_of_one_machine(place, script, cluster, fate, monkeypatch):
    import distributed

    monkeypatch.setattr(elsewhere, "FEW", 1)
    monkeypatch.setattr("audioed.cluster.PATIENCE", 0.5)
    single = alone(place)
    place = replace(place, store=single.store)
    speech = build.speak(long_script(script, 20, pause=1.0), single)
    here = build.master(speech, single)
    rmtree(place.store.cache.folder / "pieces")
    made, encoded, ahead, encode = [], [], elsewhere.ahead, pieces.encode_piece

    def told(missing, recipe, store, address):
        apart = replace(store, cache=Elsewhere(store.cache.folder))
        assert ahead(missing, recipe, apart, address) == 0, "workers without our disk are not sent the clips"
        if fate == "one dies":
            with distributed.Client(cluster) as client:
                pids = client.run(os.getpid)
            Timer(0.2, os.kill, [next(iter(pids.values())), signal.SIGKILL]).start()
        made.append(ahead(missing, recipe, store, "tcp://127.0.0.1:9" if fate == "lost" else address))
        return made[-1]

    def counted(*given, **named):
        encoded.append(1)
        return encode(*given, **named)

    monkeypatch.setattr(elsewhere, "ahead", told)
    monkeypatch.setattr(pieces, "encode_piece", counted)
    there = build.master(speech, place)
    assert there.enclosure == here.enclosure, "whose name is a hash of its bytes"
    assert there.loudness == here.loudness
    count = len(list(place.store.cache.folder.glob("pieces/*/*.mp3")))
    assert count > 1
    assert sum(made) == (0 if fate == "lost" else count)
    assert len(encoded) == count - sum(made), "what the workers made is not made again"


def test_a_cluster_that_is_lost_in_the_middle_is_told_and_what_was_spoken_is_kept(place, script, cluster):
    """The last test here: it ends the workers of all of them."""
    import dask

    def told(share: float, _calls: int, _made: float) -> None:
        if share > 0.3:
            cluster.close()

    patient = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with patient, pytest.raises(SynthesisError, match="lost"):
        synthesis.speak(long_script(script, 60), place.config.synthesis, place.cards, place.store, told)
    assert len(files(place.store)) > 15
