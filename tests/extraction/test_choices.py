"""What an author chose for single pieces holds wherever the article is made: by a command, a night, the studio."""

from dataclasses import replace

import pytest

from audioed import build
from audioed.config import Choice, load
from audioed.errors import ConfigError
from audioed.explain import explained
from audioed.extraction.choices import chosen, named
from audioed.extraction.fetch import read
from audioed.model import Article, Block, Cut

PAGE = """<html lang="en"><head><title>The lamp</title></head><body><article><h1>The lamp</h1>
<p>The lamp on the pier was dark for eleven years, and nobody in the town thought about it much.</p>
<figure><img src="a.jpg"><figcaption>The lamp, as it was in the year of the flood.</figcaption></figure>
<p>Then it shone again, one evening in May, and the boats that came home saw it from far away.</p>
<p>Whoever has a picture of it may send it to the museum, which collects all that it can find.</p>
</article></body></html>"""
CAPTION = "The lamp, as it was in the year of the flood."
LAST = "Whoever has a picture of it may send it to the museum, which collects all that it can find."


def told(article):
    return [(each.text, each.rule or each.kind) for each in explained(article)]


def test_choices_in_the_shows_file_change_what_is_read_and_as_what(tmp_path):
    page = tmp_path / "lamp.html"
    page.write_text(PAGE, "utf-8")
    config = load(None, tmp_path)
    (before,), _ = build.extract([read(str(page), config.extraction)], config)
    assert dict(told(before))[CAPTION] == "caption"
    choices = [f'[[choices]]\narticle = "lamp.html"\ntext = "{CAPTION}"\nreading = "body"\n']
    choices += [f'[[choices]]\narticle = "lamp.html"\ntext = "{LAST}"\nreading = "promo"\n']
    (tmp_path / "choices.toml").write_text("\n".join(choices), "utf-8")
    config = load(None, tmp_path)
    (after,), _ = build.extract([read(str(page), config.extraction)], config)
    assert [text for text, _ in told(after)] == [text for text, _ in told(before)]  # nothing vanishes, nor moves
    assert (dict(told(after))[CAPTION], dict(told(after))[LAST]) == ("body", "promo")
    assert chosen(after, config.extraction.choices) == after  # made of an article that is kept, it is the same


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"text": "One two three. Four.", "reading": "cut"}, ["author-choice", "body", "caption"]),
        ({"text": "Four.", "reading": "cut"}, ["body", "author-choice", "body", "caption"]),
        ({"text": "One two  three.", "reading": "heading"}, ["body", "body", "body", "caption"]),
        ({"text": "Below.", "reading": "headlines"}, ["body", "body", "headlines"]),
        ({"rule": "caption", "reading": "body"}, ["body", "body", "body"]),
        ({"rule": "caption", "text": "Something else.", "reading": "body"}, ["body", "body", "caption"]),
    ],
)
@pytest.mark.parametrize("whose", [{"article": "https://www.example.com/a"}, {"site": "example.com"}])
def test_a_choice_is_for_a_piece_a_part_of_one_or_all_that_a_rule_cuts(choice, expected, whose):
    article = Article(
        title="A",
        url="https://www.example.com/a",
        blocks=(Block(kind="paragraph", text="One two three. Four."), Block(kind="paragraph", text="Five.")),
        cuts=(Cut(text="Below.", rule="caption", at=2),),
    )
    assert named(article) == article.url
    made = chosen(article, [Choice(**whose, **choice)])
    assert [kind for _, kind in told(made)] == expected
    elsewhere = replace(article, url="https://example.org/b")
    assert chosen(elsewhere, [Choice(**whose, **choice)]) == elsewhere


def test_a_choice_that_says_something_else_is_told_with_its_place(tmp_path):
    (tmp_path / "choices.toml").write_text('[[choices]]\narticle = "a"\ntext = "b"\nreading = "sung"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"choices\.toml: choices\.0\.reading"):
        load(None, tmp_path)
