"""Lines that are no part of an article are known in every language, and prose is left alone."""

from pathlib import Path

import pytest

from audioed.extraction.lines import rule_of
from audioed.model import Block

TABLES = sorted((Path(__file__).parents[1] / "data" / "phrases").glob("*.tsv"))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_a_line_gives_away_what_it_is(table):
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()]
    found = {text: rule_of(Block(kind="paragraph", text=text)) for _, text in rows}
    assert {text: rule for text, rule in found.items() if [rule, text] not in rows} == {}
