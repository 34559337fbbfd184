"""What was said, heard again by a recogniser: every part of an article is there, and nothing that was cut."""

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from audioed import build, config, mastering, producing, proving
from audioed.cache import Cache
from audioed.catalogue import Wish
from audioed.place import Place
from audioed.sound import Sound, to_wav
from audioed.store import Store
from audioed.voices.cards import voice_cards
from tests.conftest import DAY

SAMPLE = Path(__file__).parents[1] / "samples" / "night-ferry.html"
FOUND = 0.6
"""Share of a sentence's words that the recogniser must hear in their order: it mishears names."""
FIGURES = frozenset(
    re.findall(
        r"[a-z]+",
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
        first second third fourth fifth sixth seventh eighth ninth tenth fourteenth twentieth point dollar dollars
        cent cents percent s th st nd rd km kilometers liters litres""",
    )
)
pytestmark = [
    pytest.mark.listen,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not find_spec("faster_whisper"), reason="the extra `proof` is not installed (make listen)"),
    # The recogniser's own imports, not ours.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
]


def words(text: str) -> list[str]:
    """The words of a text without its figures, which a recogniser writes as it likes."""
    found = re.findall(r"[a-z']+", text.lower().replace("’", "'").replace("u.s.", "us"))
    return [word for word in found if word not in FIGURES]


def share_of(sentence: list[str], said: list[str]) -> float:
    """The largest share of a sentence's words found in order within any stretch of what was said."""
    reach = len(sentence) + len(sentence) // 3 + 2
    return max((in_order(sentence, said[at : at + reach]) for at in range(len(said))), default=0) / len(sentence)


def in_order(some: list[str], others: list[str]) -> int:
    row = [0] * (len(others) + 1)
    for word in some:
        corner = 0
        for column, other in enumerate(others, start=1):
            above = row[column]
            row[column] = corner + 1 if word == other else max(above, row[column - 1])
            corner = above
    return row[-1]


def long_enough(texts: Iterator[str]) -> list[list[str]]:
    """Sentences long enough to be told from others."""
    return [words(text) for text in texts if len(words(text)) >= 6]


@pytest.fixture(scope="module")
def data(request):
    """The recogniser's model, put together once for all runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOED_DATA", str(request.config.cache.mkdir("recogniser")))
        yield


@pytest.fixture(scope="module", params=["sample", "seed"])
def reading(request, tmp_path_factory, data):  # noqa: ARG001
    """A finished episode with the default voices, its speech, and its proof."""
    path = SAMPLE if request.param == "sample" else Path(__file__).parents[2] / "shared" / "seed" / "article.txt"
    if not path.exists():
        pytest.skip("the shared measuring material is not beside this checkout")
    folder = tmp_path_factory.mktemp("listen")
    settings = config.Config()
    store = Store(folder / "output", Cache(folder / "cache"), settings.show.title, folder)
    place = Place(settings, voice_cards(folder), store)
    from audioed.extraction.fetch import read

    articles, _ = build.extract([read(str(path), settings.extraction)], settings)
    episode = producing.produce(articles, Wish(DAY), place)
    speech = build.speak(build.write(articles, build.edition(articles, Wish(DAY), place), place), place)
    return episode, speech, proof_of(episode, speech, place), place


def proof_of(episode, speech, place):
    return proving.proof(
        episode, speech.script, place.store.episode_folder(episode.name) / episode.enclosure.name, place
    )


def test_every_sentence_is_heard_and_nothing_that_was_cut(reading):
    _, speech, proof, _ = reading
    said = words(" ".join(each.text for each in proof.utterances))
    sentences = long_enough(each.spoken for each in speech.script.utterances)
    missing = [" ".join(each) for each in sentences if share_of(each, said) < FOUND]
    assert len(missing) <= 1 + len(sentences) // 50, missing
    text = " ".join(" ".join(words(each.written)) for each in speech.script.utterances)  # a second copy says the same
    cuts = [each for each in long_enough(cut.text for cut in speech.script.cuts) if " ".join(each)[:60] not in text]
    assert not [" ".join(each) for each in cuts if share_of(each, said) >= FOUND]


def test_a_good_recording_passes_its_proof(reading):
    episode, speech, proof, _ = reading
    assert proof.findings == ()
    assert proof.word_error <= 0.08
    for heard, cue, clip in zip(proof.utterances, episode.cues, speech.clips, strict=True):
        assert heard.written == clip.utterance.written
        assert all(cue.start - 1 < word.start <= word.end < cue.end + 1 for word in heard.words)


@pytest.mark.parametrize("fault", ["silence", "other words", "cut short", "repeated"])
def test_a_planted_fault_is_found_where_it_is(reading, fault):
    _, speech, _, place = reading
    number = next(n for n, clip in enumerate(speech.clips) if clip.duration > 4)
    other = next(n for n, clip in enumerate(speech.clips) if n > number + 1 and clip.duration > 4)
    clips = list(speech.clips)
    sound = place.store.cache.clip(clips[number].audio)
    if fault == "other words":
        pair = clips[number], clips[other]
        for at, source in ((number, pair[1]), (other, pair[0])):
            clips[at] = replace(clips[at], audio=source.audio, duration=source.duration)
    else:
        samples = {
            "silence": 0 * sound.samples,
            "cut short": sound.samples[: len(sound.samples) // 2],
            "repeated": np.tile(sound.samples, 2),
        }[fault]
        key = f"{fault[:2]}{number}".ljust(64, "0").replace(" ", "0")
        seconds = place.store.cache.keep_clip(key, to_wav(Sound(samples=samples, rate=sound.rate))).duration
        clips[number] = replace(clips[number], audio=key, duration=seconds)
    faulty = replace(speech, clips=tuple(clips))
    episode = mastering.master(faulty, build.prepare(faulty.script, place), place.store)
    found = {each.utterance: each.fault for each in proof_of(episode, faulty, place).findings}
    assert found == ({number: fault, other: fault} if fault == "other words" else {number: fault})


def test_the_recording_meets_its_target(reading):
    episode, *_ = reading
    assert episode.loudness.integrated == pytest.approx(-16.0, abs=0.5)
    assert episode.loudness.true_peak <= -1.0
