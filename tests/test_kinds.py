"""What follows from the kind of a block, a segment or a boundary stands in one table each."""

from typing import get_args

import pytest

from audioed.config import DEFAULT_ROLES
from audioed.kinds import BLOCKS, INSIDE, PAUSES, SEGMENTS, BlockKind, Boundary, SegmentKind, ended_at


@pytest.mark.parametrize(("kind", "table"), [(BlockKind, BLOCKS), (SegmentKind, SEGMENTS), (Boundary, PAUSES)])
def test_every_kind_is_a_row(kind, table):
    assert set(get_args(kind)) == set(table)


def test_every_reader_has_a_voice():
    roles = {traits.role for traits in (*BLOCKS.values(), *SEGMENTS.values())} - {""}
    assert roles == set(DEFAULT_ROLES)


@pytest.mark.parametrize("boundary", PAUSES)
def test_the_silence_of_a_boundary_tells_whether_a_paragraph_ends(boundary):
    assert (ended_at(PAUSES[boundary]) in INSIDE) == (boundary in INSIDE)
