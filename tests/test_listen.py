"""What was said, heard again by a recogniser: every part of an article is there, and nothing that was cut."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioed import build, config
from audioed.build import Place
from audioed.catalogue import Wish
from audioed.store import Store
from benchmarks import recogniser as recogniser_module
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
    pytest.mark.skipif(not recogniser_module.installed(), reason="the extra `listen` is not installed (make listen)"),
    # The recogniser's own imports, not ours.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
]


@pytest.fixture(scope="session")
def recogniser(tmp_path_factory):
    return recogniser_module.recogniser(tmp_path_factory.mktemp("whisper"))


def words(text: str) -> list[str]:
    """The words of a text without its figures, which a recogniser writes as it likes."""
    found = re.findall(r"[a-z']+", text.lower().replace("’", "'").replace("u.s.", "us"))
    return [word for word in found if word not in FIGURES]


def heard(recogniser, audio: Path) -> list[str]:
    segments, _ = recogniser.transcribe(str(audio), language="en", condition_on_previous_text=False)
    return words(" ".join(segment.text for segment in segments))


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


@pytest.fixture(scope="module", params=["sample", "seed"])
def reading(request, tmp_path_factory):
    """A finished episode with the default voices, and its script."""
    path = SAMPLE if request.param == "sample" else Path(__file__).parents[2] / "shared" / "seed" / "article.txt"
    if not path.exists():
        pytest.skip("the shared measuring material is not beside this checkout")
    folder = tmp_path_factory.mktemp("listen")
    settings = config.Config()
    store = Store(folder / "output", folder / "cache", settings.show.title, folder)
    place = Place(settings, config.voices(folder), store)
    from audioed.extraction.fetch import read

    articles, _ = build.extract([read(str(path), settings.extraction)], settings)
    episode = build.build(articles, Wish(DAY), place)
    return episode, build.write(articles, build.edition(articles, Wish(DAY), place), place), place


def test_every_sentence_is_heard_and_nothing_that_was_cut(reading, recogniser):
    episode, script, place = reading
    said = heard(recogniser, place.store.episode_folder(episode.name) / episode.enclosure.name)
    sentences = long_enough(each.spoken for each in script.utterances)
    missing = [" ".join(each) for each in sentences if share_of(each, said) < FOUND]
    assert len(missing) <= 1 + len(sentences) // 50, missing
    text = " ".join(" ".join(words(each.written)) for each in script.utterances)  # a second copy says the same
    cuts = [each for each in long_enough(cut.text for cut in script.cuts) if " ".join(each)[:60] not in text]
    assert not [" ".join(each) for each in cuts if share_of(each, said) >= FOUND]


def test_the_recording_meets_its_target(reading):
    episode, _, _ = reading
    assert episode.loudness.integrated == pytest.approx(-16.0, abs=0.5)
    assert episode.loudness.true_peak <= -1.0
