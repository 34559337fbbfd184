"""How long an edition will be is told before it is spoken, within a twentieth of what its recording is."""

from pathlib import Path

import pytest

from audioed import build
from audioed.edition.length import PACES, Ruler, spoken
from audioed.mastering.finish import music_of
from audioed.mastering.stitch import plan
from audioed.model import Article, Block, Edition
from tests.conftest import DAY
from tests.edition.test_clusters import EVENTS

LASTED = (Path(__file__).parent / "lasted.tsv").read_text("utf-8")
UNLIKE = [
    ("the same letters as more syllables take longer", "through thought", "tomato avocados"),
    ("what is called by its letters takes longer", "the bank", "the IBCG"),
    ("a mark within is a pause", "one two three four", "one, two, three, four"),
    ("so is the end of a sentence within a breath", "It rains, it pours", "It rains. It pours"),
]


@pytest.mark.parametrize(("_", "shorter", "longer"), UNLIKE)
def test_what_a_pace_counts(_, shorter, longer):
    assert spoken(shorter, PACES["hibari"]) < spoken(longer, PACES["hibari"])


def test_a_recording_of_the_default_voice_is_as_long_as_told():
    rows = [line.split("\t") for line in LASTED.splitlines() if not line.startswith("#")]
    stories = [{story} for story, *_ in rows]
    for one in [*stories, {story for story, *_ in rows}]:
        said = [(float(seconds), text) for name, seconds, text in rows if name in one]
        told = sum(spoken(text, PACES["hibari"]) for _, text in said)
        near = 0.05 if len(one) > 1 else 0.06  # half a minute may be denser than most
        assert told == pytest.approx(sum(seconds for seconds, _ in said), rel=near)


def test_an_edition_begins_each_part_when_told(silent):
    told = [each["one"] for each in EVENTS if each["name"] in {"recall", "column"}]
    articles = [
        Article(title=each["title"], blocks=(Block(kind="paragraph", text=each["text"].strip()),)) for each in told
    ]
    script = build.write(articles, Edition(show="Ours", day=DAY, title="Two", name="two"), silent)
    real = plan(build.speak(script, silent), music_of(silent.config.mastering, silent.store))
    starts, duration = Ruler(silent).starts(script)
    assert duration == pytest.approx(real.duration, rel=0.02)
    assert starts == pytest.approx([each.start for each in real.segments], rel=0.05, abs=1)
    alone = sum(Ruler(silent).article(each) for each in articles)
    assert 0.5 * duration < alone < duration
