"""Whole pages as the systems of other sites write them: what is heard of each, and what is not."""

import re
import tomllib

import pytest

from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extraction import extract
from audioed.extraction.decode import decoded
from audioed.model import Page
from audioed.scripting.promo import promos, with_promos_apart
from tests.extraction.small_pages import DATA, filled, words

GLUED = re.compile(r"\b[a-z]{3,}[.!?:][A-Z][a-z]+\b")


def faults(case):
    """
    What is wrong with what is heard of a page.

    ` // ` in a snippet is the end of a block, and `2*` before one asks for it twice.
    """
    text, must = filled(case)
    if "encoding" in case:
        text = decoded(text.encode(case["encoding"]), "page.html")
    page = Page(url=case.get("url", "page"), media_type=case.get("media", "text/html"), text=text)
    try:
        article = extract(page, Extraction())
    except ExtractionError as error:
        return [] if case.get("refused") else [f"refused: {error}"]
    if case.get("refused"):
        return ["not refused"]
    told = {each: str(getattr(article, each) or "") for each in ("title", "byline", "published", "updated", "language")}
    found = [f"{name} <{value}>" for name, value in told.items() if case.get(name, value) != value]
    apart = with_promos_apart(article.blocks)
    asked = promos(apart)
    heard = f" {' // '.join(words(block.text) for block in article.blocks)} "
    spoken = [each for i, each in enumerate(apart) if i not in asked and each.reading != "promo"]
    body = f" {' // '.join(words(each.text) for each in spoken)} "
    found += [f"lacks <{each}>" for each in must if words(each) not in heard]
    for each in case.get("must_not", ()):
        times = int(each[0]) if each[1:2] == "*" else 1
        if heard.count(f" {words(each[2:] if times > 1 else each)} ") >= times:
            found.append(f"says <{each}>")
    found += [f"runs together <{each}>" for block in article.blocks for each in GLUED.findall(block.text)]
    return found + [f"body says <{each}>" for each in case.get("promo", ()) if f" {words(each)} " in body]


def pages():
    for path in sorted(DATA.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8")).get("page", ()):
            yield pytest.param(case, id=f"{case['kind']}: {case['name']}")


@pytest.mark.parametrize("case", list(pages()))
def test_a_page_of_a_system_is_heard_as_its_author_would_read_it(case):
    assert faults(case) == []
