"""What follows from the kind of a block, a segment or a boundary stands in one table each."""

from itertools import pairwise
from typing import get_args

import pytest

from audioed import build, extraction, scripting
from audioed.config import DEFAULT_ROLES, Extraction, Scripting
from audioed.explain import explained
from audioed.extraction import dom
from audioed.kinds import BLOCKS, INSIDE, PAUSES, SEGMENTS, BlockKind, BlockTraits, Boundary, SegmentKind, ended_at
from audioed.mastering.stitch import plan
from audioed.model import Edition, Page
from audioed.scripting import validate
from audioed.scripting.lexicon import Lexicon
from tests.conftest import DAY


@pytest.mark.parametrize(("kind", "table"), [(BlockKind, BLOCKS), (SegmentKind, SEGMENTS), (Boundary, PAUSES)])
def test_every_kind_is_a_row(kind, table):
    assert set(get_args(kind)) == set(table)


def test_every_reader_has_a_voice():
    roles = {traits.role for traits in (*BLOCKS.values(), *SEGMENTS.values())} - {""}
    assert roles == set(DEFAULT_ROLES)


@pytest.mark.parametrize("boundary", PAUSES)
def test_the_silence_of_a_boundary_tells_whether_a_paragraph_ends(boundary):
    assert (ended_at(PAUSES[boundary]) in INSIDE) == (boundary in INSIDE)


VERSES = """<html><body><article><h1>The clerk</h1>
<p>The harbour was quiet at night, and the clerk wrote down every boat that came in before the fog.</p>
<address>The tide comes in, and out again, and nobody on the island counts it.</address>
<p>The town was asleep by then, and the pilot wrote down every boat that had left it after the fog.</p>
</article></body></html>"""


def test_a_kind_of_block_is_a_row_and_a_tag_and_has_a_pause_and_a_reader_of_its_own(silent, monkeypatch):
    monkeypatch.setitem(PAUSES, "stanza", 0.9)
    monkeypatch.setitem(BLOCKS, "poem", BlockTraits(ends="stanza", role="poem", quoted=True))
    monkeypatch.setitem(dom.KINDS, "address", "poem")
    monkeypatch.setattr(validate, "ROLES", (*DEFAULT_ROLES, "poem"))
    article = extraction.extract(Page(url="clerk.html", media_type="text/html", text=VERSES), Extraction())
    (poem,) = (block.text for block in article.blocks if block.kind == "poem")
    assert [each.rule for each in explained(article) if each.text == poem] == [""]
    episode_of = Edition(show="Harbour", day=DAY, title=article.title, name="clerk")
    script = scripting.write([article], episode_of, Scripting(), lambda _: Lexicon(()))
    said = [each for each in script.utterances if each.block == "poem"]
    assert (said[-1].boundary, said[-1].pause, said[-1].role) == ("stanza", 0.9, "poem")
    cues = plan(build.speak(script, silent)).cues
    (after,) = (later for cue, later in pairwise(cues) if cue.boundary == "stanza")
    assert after.start - [cue for cue in cues if cue.block == "poem"][-1].end > 0.85
    assert [cue.text for cue in cues if cue.block == "poem"] == [each.written for each in said]
