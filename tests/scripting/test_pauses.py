"""How long each pause is: it follows what was said and what comes after, and nothing else."""

from dataclasses import replace
from itertools import pairwise

import pytest

from audioed import scripting
from audioed.config import Scripting
from audioed.kinds import PAUSES, SWAY
from audioed.model import Article, Block, Edition
from audioed.scripting.lexicon import Lexicon
from tests.conftest import DAY

SHORT = "Nobody came that day."
LONG = (
    "The harbour master had told every skipper in the basin at least twice that the lock would stay shut until noon, "
    "and every one of them had nodded."
)
PLAIN = "The lock stayed shut until the divers had found the second gate in the mud."


def written(*texts, language="en", **changes):
    blocks = tuple(each if isinstance(each, Block) else Block(kind="paragraph", text=each) for each in texts)
    article = Article(title="The lock", language=language, blocks=blocks, **changes)
    edition = Edition(show="Harbour", day=DAY, title=article.title, name="lock")
    return scripting.write([article], edition, Scripting(), lambda _: Lexicon(()))


def pause(said, coming, language="en"):
    """The pause between two sentences of a paragraph."""
    body = [each for each in written(f"{said} {coming}", language=language).utterances if each.boundary == "sentence"]
    return next(each.pause for each in body if each.written.endswith(said))


def test_a_pause_is_longer_after_a_long_sentence_and_before_one():
    assert pause(SHORT, PLAIN) < pause(PLAIN, PLAIN) < pause(LONG, PLAIN)
    assert pause(PLAIN, SHORT) < pause(PLAIN, PLAIN) < pause(PLAIN, LONG)
    heard = [pause(said, PLAIN) + 0.14 for said in (SHORT, LONG)]  # with what is left of a clip's own silence
    assert 1.3 < heard[1] / heard[0] < 1.6


def test_between_two_short_sentences_it_is_shorter_than_either_makes_it():
    other = "Everybody else had left."
    assert pause(SHORT, other) < 0.9 * pause(SHORT, PLAIN) * pause(PLAIN, other) / pause(PLAIN, PLAIN)


@pytest.mark.parametrize(
    ("said", "coming", "longer"),
    [
        ("Who would have told them so?", PLAIN, True),
        ("“Who would have told them so?”", PLAIN, True),
        (PLAIN, "But the lock stayed shut until the divers had found the second gate.", True),
        (PLAIN, "However, the lock stayed shut until they had found the second gate.", True),
        (PLAIN, "“The lock stays shut until the divers have found the second gate,” he said.", True),
        (PLAIN, "They kept it shut until the divers had found the second gate in it.", False),
        (PLAIN, "And they kept it shut until the divers had found the second gate.", False),
    ],
)
def test_questions_turns_and_quotes_are_waited_for_and_what_goes_on_is_not(said, coming, longer):
    plain = pause("Anna would have told them so.", PLAIN) if coming == PLAIN else pause(PLAIN, PLAIN)
    assert (pause(said, coming) > plain) == longer
    assert pause(said, coming) != plain


@pytest.mark.parametrize(
    ("language", "turn"), [("de", "Aber"), ("fr", "Mais"), ("es", "Pero"), ("it", "Ma"), ("nl", "Maar"), ("pt", "Mas")]
)
def test_a_turn_is_one_in_its_language_alone(language, turn):
    said, coming = "Alpha beta gamma delta epsilon zeta eta theta iota.", "lambda my ny xi omikron pi rho sigma tau."
    assert pause(said, f"{turn} {coming}", language) > pause(said, f"Koppa {coming}", language)
    assert pause(said, f"{turn} {coming}", "cy") == pause(said, f"K{turn[1:]} {coming}", "cy")


def test_within_a_sentence_the_mark_tells():
    head = "Although the harbour master had told every skipper at least twice to stay where he was and out of the wind"
    tail = "the fleet was waiting in front of the lock at dawn with engines running and with kettles on the boil at six"
    found = {}
    for mark in (",", ";", ":"):
        clause = next(
            each for each in written(f"{head}{mark} {tail}, and sank.").utterances if each.boundary == "clause"
        )
        assert clause.written.endswith(mark)
        found[mark] = clause.pause
    assert found[","] < found[";"] == found[":"]


def test_a_paragraph_that_leads_in_is_followed_sooner():
    quote = Block(kind="quote", text="A ferry is a bridge that leaves without you.")

    def after(text):
        return next(each.pause for each in written(text, quote).utterances if each.written.endswith(text[-10:]))

    assert after(f"{PLAIN} {PLAIN} This is what she said:") < after(f"{PLAIN} {PLAIN} This is what she says.")


def test_the_same_sentences_have_the_same_pauses_wherever_they_stand():
    row = [PLAIN, LONG, "Who knew?", "But they waited for it.", "It never came."]
    first = {each.written: each.pause for each in written(*row).utterances}
    other = {each.written: each.pause for each in written("Something else.", *row, "And more.").utterances}
    assert all(first[each] == other[each] for each in row[:-1])


def test_pauses_stay_in_their_table_and_in_the_mean_as_long_as_it_says(article):
    quote = Block(kind="quote", text="A ferry is a bridge that leaves without you.")
    heading = Block(kind="heading", text="What it cost")
    rows = tuple(Block(kind="item", text=text) for text in ("A hammer", f"{LONG}"))
    script = written(
        *article.blocks, heading, quote, LONG, SHORT, *rows, PLAIN, f"{LONG} {SHORT} {PLAIN} {LONG} {LONG}"
    )
    for each in script.utterances:
        least, most = SWAY.get(each.boundary, (PAUSES[each.boundary],) * 2)
        assert least <= each.pause <= most
    assert len({each.pause for each in script.utterances if each.boundary == "sentence"}) > 3


def test_real_articles_are_as_long_as_with_pauses_of_one_length(shared):
    from audioed.config import Extraction
    from audioed.extraction import extract
    from audioed.extraction.fetch import read

    path = shared / "seed" / "article.txt"
    article = extract(read(str(path), Extraction()), Extraction())
    said = [each for each in written(*article.blocks).utterances if each.boundary in SWAY]
    assert len({each.pause for each in said}) > 20
    assert sum(each.pause for each in said) == pytest.approx(sum(PAUSES[each.boundary] for each in said), rel=0.08)


def test_the_pause_before_a_chapter_holds_a_whole_second_whatever_ends_there(article):
    other = replace(article, title="The ferry leaves", blocks=(Block(kind="paragraph", text="It left at noon."),))
    edition = Edition(show="Harbour", day=DAY, title="Two", name="two")
    script = scripting.write([article, other], edition, Scripting(transition="And now:"), lambda _: Lexicon(()))
    before = [ahead.utterances[-1] for ahead, after in pairwise(script.segments) if after.chapter]
    assert [each.boundary for each in before] == ["paragraph", "article"]
    assert all(each.pause >= PAUSES["segment"] > 1 for each in before)
