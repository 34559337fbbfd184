"""Who is named as the author, wherever a page names somebody."""

import pytest

from audioed.config import Extraction
from audioed.extraction import extract
from audioed.extraction.names import byline
from audioed.model import Page

TEXT = "<p>The boat sank off the mole in the night, and the bell was heard for an hour before anybody came.</p>" * 4
TITLE = "<h1>How the boat was raised again</h1>"
META = '<meta name="author" content="{}">'


def author(body, head="", url="https://mole.example/boat"):
    text = f"<html lang='en'><head><title>How the boat was raised again</title>{head}</head><body>{body}</body></html>"
    return extract(Page(url=url, media_type="text/html", text=text), Extraction()).byline


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Ida Quist", "March 3, 2026"], "Ida Quist"),
        (["3 Mar 2026", "6 min read", "Ida van der Quist"], "Ida van der Quist"),
        (["3 Mar 2026 • Ida Quist in Harbour News"], "Ida Quist"),
        (["Ida Quist | 03.03.2026 - updated: 04.03.2026"], "Ida Quist"),
        (["Written by", "Ida Quist", "Senior Staff Writer"], "Ida Quist"),
        (["Checked by Ole Birk — Written by Ida Quist — Updated on March 3, 2026"], "Ida Quist"),
        (["Authors: Ida Quist, Ole Birk"], "Ida Quist, Ole Birk"),
        (["03/01/2026 by Ida Quist, on call"], "Ida Quist, on call"),
        (["By", "The Harbour Team"], "The Harbour Team"),
        (["Harbour Team", "March 3, 2026"], "Harbour Team"),
        (["All Categories", "March 3, 2026"], None),
        (["Night Mole", "March 3, 2026"], None),
    ],
)
def test_a_line_behind_the_title_names_the_author(lines, name):
    rows = "".join(f"<div>{line}</div>" for line in lines)
    categories = "<p>Of all categories of boats this is the one that a mole is built for.</p>"
    assert author(f"<article>{TITLE}{rows}{TEXT}{categories}</article>") == name


def test_a_note_at_the_end_tells_who_the_name_behind_the_title_is():
    note = "<div><h3>Quist</h3><p>Quist is a pilot and writes about what sinks.</p></div>"
    assert author(f"<article>{TITLE}<div>Quist</div>{TEXT}</article>{note}") == "Quist"
    note = "<div><h3>Ida Quist</h3><p>Ida Quist is a pilot and writes about what sinks.</p></div>"
    assert author(f"<article>{TITLE}{TEXT}</article>{note}") == "Ida Quist"


def test_a_person_on_the_page_goes_before_the_account_that_posted():
    beside = "<div>Ida Quist</div><div>March 3, 2026</div>"
    for account in ("ida.quist77", "Harbour Team", "webteam2"):
        assert author(f"<article>{TITLE}{beside}{TEXT}</article>", META.format(account)) == "Ida Quist"
    assert author(f"<article>{TITLE}{beside}{TEXT}</article>", META.format("Ole Birk")) == "Ole Birk"


def test_all_authors_are_named_where_the_data_names_the_first():
    beside = "<div>By Ida Quist, Ole Birk and Nia Tarn</div>"
    assert author(f"<article>{TITLE}{beside}{TEXT}</article>", META.format("Ida Quist")) == (
        "Ida Quist, Ole Birk and Nia Tarn"
    )


def test_a_menu_is_no_author():
    menu = "<nav><ul><li>By Company Type</li><li>By Harbour</li></ul></nav>" + "<p>Prices</p>" * 20
    assert author(f"{menu}<article>{TITLE}{TEXT}</article>", META.format("Ida Quist")) == "Ida Quist"


def test_who_has_a_site_of_the_own_name_is_the_author():
    named = '<meta property="og:site_name" content="Ida Quist">'
    assert author(f"<article>{TITLE}{TEXT}</article>", named, "https://idaquist.example/boat") == "Ida Quist"
    assert author(f"<article>{TITLE}{TEXT}</article>", named, "https://mole.example/boat") is None
    foot = "<footer>© 2026 Ida Quist. All rights reserved.</footer>"
    assert author(f"<article>{TITLE}{TEXT}</article>{foot}", "", "https://quist.example/boat") == "Ida Quist"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ida Quist, Privacy and Harbour Expert", "Ida Quist"),
        ("By Ida Quist, Print Managing Editor", "Ida Quist"),
        ("Ida Quist , Contributor", "Ida Quist"),
        ("Authors:Ida Quist, Ole Birk", "Ida Quist, Ole Birk"),
        ("Written by, Ida Quist", "Ida Quist"),
        ("Written by", None),
        ("Dec", None),
        ("October 15", None),
        ("7 hours", None),
        ("Posts by Ida", None),
        ("Follow Ida", None),
        ("May Quist", "May Quist"),
        ("April", None),
    ],
)
def test_what_stands_around_a_name_is_not_the_name(text, name):
    assert byline([text]) == name
