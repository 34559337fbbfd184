import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from audioed.scripting.normalize import clues
from audioed.scripting.normalize.rules import compiled
from training import clues as deriving

CASES = [
    line.split("\t")[0]
    for path in sorted((Path(__file__).parents[2] / "data" / "spoken" / "en").glob("*.tsv"))
    for line in path.read_text("utf-8").splitlines()
]


def test_the_clues_of_every_rule_are_kept_as_they_are_derived():
    derived = {clues.key(rule.source): deriving.clues(rule.source) for rule in deriving.rules()}
    told = {key: sorted(rows) for key, rows in derived.items() if rows}
    assert json.loads(clues.KEPT.read_text("utf-8")) == told, "run `make clues`"


@settings(max_examples=40)
@given(st.sampled_from(CASES) | st.text(max_size=30))
def test_no_rule_is_found_where_its_clues_are_not(text):
    worth = clues.worth(text)
    for rule in deriving.rules():
        if rule.key and rule.key not in worth:
            assert not compiled(rule.source).search(text), rule.source


def test_a_pattern_is_known_by_the_rarest_row_of_each_way_it_may_go():
    assert deriving.clues(r"(?<=\d)[a-z]-") == {f"{kind}{clues.SMALL}-" for kind in (clues.DIGIT, clues.OTHER)}
    assert deriving.clues(r"\b(?:Ave|Blvd)\.") == {"Ave", "Blv"}
    assert deriving.clues(r"(?i)\bx/y") == {"X/Y", "X/y", "x/Y", "x/y"}
    assert deriving.clues(r"[^a]*") is None
