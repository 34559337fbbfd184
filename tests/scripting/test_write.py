"""Scripts: everything that will be said, in order, with its pauses."""

from dataclasses import replace
from datetime import date

import pytest

from audioed import scripting
from audioed.config import Scripting
from audioed.kinds import PAUSES
from audioed.model import Article, Block, Cut, Edition
from audioed.scripting.chapters import LABEL, label
from audioed.scripting.lexicon import Lexeme, Lexicon
from audioed.scripting.rundown import people
from tests.conftest import DAY

EDITION = Edition(show="The Harbour Letter", day=DAY, title="The bridge opens", name="bridge")
HEADLINES = (
    "Two pilot boats switch to batteries this summer",
    "Cruise ships must use power from the shore",
    "The grid operator asks for a second cable",
)


def written(*articles, config=None):
    return scripting.write(articles, EDITION, config or Scripting(), lambda _: Lexicon(()))


def with_list(article):
    intro = Block(kind="paragraph", text="Other harbours are watching:")
    rows = tuple(Block(kind="item", text=text) for text in HEADLINES)
    return replace(
        article, blocks=(*article.blocks, intro, *rows, Block(kind="paragraph", text="None of it is quick."))
    )


def said(script, kind):
    return [each for segment in script.segments if segment.kind == kind for each in segment.utterances]


def test_an_edition_opens_with_its_show_its_day_and_who_reads(article):
    script = written(article, replace(article, title="The ferry leaves"))
    opening = ["This is The Harbour Letter for Saturday, March 14.", "Read by a synthetic voice."]
    assert [each.written for each in said(script, "opening")] == opening
    assert script.text.count("synthetic voice") == 1
    assert [each.written for each in said(script, "closing")] == ["That was The Harbour Letter for Saturday, March 14."]


def test_each_headline_says_where_its_story_is_and_nothing_else_does(article):
    linked = [f"https://harbour.example/{number}" for number in range(len(HEADLINES))]
    addresses = iter(linked)
    told = with_list(article)
    blocks = (
        replace(each, links=(next(addresses), "https://x.example/"), linked=0.9) if each.kind == "item" else each
        for each in told.blocks
    )
    script = written(replace(told, blocks=tuple(blocks)))
    assert [each.url for each in said(script, "headlines")] == linked
    assert {each.url for each in script.utterances} == {"", *linked}


def test_what_a_page_says_of_its_article_comes_with_the_script(article):
    about = {"updated": date(2026, 3, 2), "section": "Harbour", "tags": ("bridges",), "summary": "It opened."}
    (source,) = written(replace(article, published=date(2026, 3, 1), **about)).sources
    assert {name: getattr(source, name) for name in about} == about
    assert source.published == date(2026, 3, 1)


def introduced(article, **wishes):
    """What is said before the text of an article that is alone, and that nothing is said behind it."""
    *before, body = written(article, config=Scripting(**wishes)).segments
    assert body.kind == "body"
    return [each.written for segment in before for each in segment.utterances]


STOOD = {"site": "The Harbour Letter", "published": date(2026, 3, 1)}
READ = "Read by a synthetic voice."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (STOOD, ["By Ada Berg.", "The Harbour Letter, March 1, 2026.", READ]),
        ({**STOOD, "byline": None}, ["The Harbour Letter, March 1, 2026.", READ]),
        ({**STOOD, "byline": "the harbour letter"}, ["By the harbour letter.", "March 1, 2026.", READ]),
        ({**STOOD, "site": "The Bridge"}, ["By Ada Berg.", "March 1, 2026.", READ]),
        ({"published": date(2026, 3, 1), "url": ""}, ["By Ada Berg.", "March 1, 2026.", READ]),
        ({}, ["By Ada Berg.", "example.com.", READ]),
        ({"url": "https://www.xn--bcher-kva.example:8443/a?b"}, ["By Ada Berg.", "bücher.example.", READ]),
        ({"url": "http://127.0.0.1:8000/a"}, ["By Ada Berg.", READ]),
        ({"url": "http://localhost/a"}, ["By Ada Berg.", READ]),
        ({"url": "http://[::1]/a"}, ["By Ada Berg.", READ]),
        ({"url": "http://["}, ["By Ada Berg.", READ]),
        ({"site": "Acme Inc.", "byline": None}, ["Acme Inc.", READ]),
        (
            {**STOOD, "language": "de", "site": "Hafenbrief"},
            ["Von Ada Berg.", "Hafenbrief, 1. März 2026.", "Gelesen von einer künstlichen Stimme."],
        ),
        (
            {**STOOD, "language": "fr", "site": "Le Port"},
            ["Par Ada Berg.", "Le Port, 1er mars 2026.", "Lecture par une voix de synthèse."],
        ),
    ],
)
def test_an_article_that_is_alone_begins_with_its_title_and_where_it_stood(article, changes, said):
    assert introduced(replace(article, **changes)) == ["The bridge opens", *said]


def test_what_a_show_says_itself_is_said_around_an_article_that_is_alone(article):
    wish = {"greeting": "{show}!", "disclosure": "Joe is a machine."}
    assert introduced(article, **wish) == [
        "The Harbour Letter!",
        "The bridge opens",
        "By Ada Berg.",
        "example.com.",
        "Joe is a machine.",
    ]
    assert introduced(article, disclosure="")[-1] == "example.com."
    assert [each.written for each in said(written(article, config=Scripting(farewell="Bye.")), "closing")] == ["Bye."]


def test_every_block_is_said_as_it_was_written(article):
    body = " ".join(each.written for each in said(written(article), "body"))
    assert body == " ".join(block.text for block in article.blocks)


def test_what_is_said_has_no_figures(article):
    assert not any(character.isdigit() for each in written(article).utterances for character in each.spoken)


def test_the_line_before_a_list_is_body_and_its_pause_announces_the_list(article):
    script = written(with_list(article))
    kinds = [segment.kind for segment in script.segments]
    assert kinds == ["title", "body", "headlines", "body"]
    introduction = script.segments[1].utterances[-1]
    assert introduction.written == "Other harbours are watching:"
    assert (introduction.boundary, introduction.pause) == ("announcement", PAUSES["announcement"])
    assert [each.written for each in script.segments[2].utterances] == list(HEADLINES)


def test_roles_follow_the_kind_of_what_is_read(article):
    quote = Block(kind="quote", text="A ferry is a bridge that leaves without you.")
    promo = Block(kind="paragraph", text="My book is now available as an ebook.")
    script = written(replace(with_list(article), blocks=(*with_list(article).blocks, quote, promo)))
    assert {each.role for each in said(script, "headlines")} == {"headlines"}
    assert {each.role for each in said(script, "promo")} == {"promo"}
    assert [each.written for each in script.utterances if each.role == "quote"] == [quote.text]


@pytest.mark.parametrize(
    ("kinds", "longer"),
    [
        (("sentence", "clause"), 0),
        (("paragraph", "sentence"), 0),
        (("segment", "paragraph"), 0),
        (("article", "title"), 0),
    ],
)
def test_a_greater_boundary_has_a_longer_pause(kinds, longer):
    greater, lesser = kinds
    assert PAUSES[greater] - PAUSES[lesser] > longer


def test_headlines_end_like_sentences(article):
    assert all(each.spoken.endswith(".") for each in said(written(with_list(article)), "headlines"))


def test_the_voice_stays_up_where_a_long_sentence_goes_on():
    text = (
        "Although the harbour master had told every skipper in the basin at least twice that the lock would stay shut "
        "until the divers had found the second gate which the storm had taken off its hinges on the eve of Easter "
        "half of the fleet was waiting in front of it at dawn with engines running and kettles on"
    )
    article = Article(title="The lock", blocks=(Block(kind="paragraph", text=text),))
    *before, last = said(written(article), "body")
    assert before
    assert all(each.spoken.endswith(",") for each in before)
    assert last.spoken.endswith(".")


def test_promos_can_be_dropped_and_are_then_told_as_cut(article):
    promo = Block(kind="paragraph", text="My book is now available as an ebook.")
    script = written(replace(article, blocks=(*article.blocks, promo)), config=Scripting(promos="drop"))
    assert said(script, "promo") == []
    assert [(cut.text, cut.rule) for cut in script.cuts] == [(promo.text, "promo-policy")]


def test_an_edition_of_several_has_a_chapter_an_article(article):
    script = written(article, replace(article, title="The ferry leaves"))
    chapters = [segment.title for segment in script.segments if segment.chapter]
    assert chapters == ["Opening", "The bridge opens", "The ferry leaves"]


def test_the_first_chapter_of_a_single_article_is_called_like_it(article):
    script = written(article)
    assert [segment.title for segment in script.segments if segment.chapter] == ["The bridge opens"]


def test_every_utterance_knows_its_boundary_and_its_block(article):
    quote = Block(kind="quote", text="A ferry is a bridge that leaves without you.")
    heading = Block(kind="heading", text="What it cost")
    script = written(replace(with_list(article), blocks=(*with_list(article).blocks, heading, quote)))
    told = {each.written: (each.block, each.boundary) for each in script.utterances}
    assert told["The bridge opens"] == ("heading", "paragraph")
    assert told["By Ada Berg."] == ("paragraph", "sentence")
    assert told["Read by a synthetic voice."] == ("paragraph", "title")
    assert told["Other harbours are watching:"] == ("paragraph", "announcement")
    assert [told[each] for each in HEADLINES] == [("item", "item"), ("item", "item"), ("item", "segment")]
    assert told[heading.text] == ("heading", "heading")
    assert told[quote.text] == ("quote", "end")


def test_wordings_are_the_shows_own_and_a_strange_brace_stays(article):
    config = Scripting(greeting="{show} {hello}", disclosure="", farewell="")
    script = written(article, config=config)
    assert [each.written for each in said(script, "opening")] == ["The Harbour Letter {hello}"]
    assert said(script, "closing") == []


def test_all_that_is_said_around_the_articles_names_show_edition_and_day(article):
    every = "{show}, {title}, {day}."
    config = Scripting(
        greeting=every, disclosure=every, farewell=every, transition=every, promos="replace", promo=every
    )
    promo = Block(kind="paragraph", text="Subscribe to my newsletter and buy my new book now.")
    article = replace(article, blocks=(*article.blocks, promo))
    other = replace(article, title="The ferry leaves", blocks=(Block(kind="paragraph", text="It left at noon."),))
    script = written(article, other, config=config)
    filled = "The Harbour Letter, The bridge opens, March 14, 2026."
    assert script.text.count(filled) == 5
    assert "{" not in script.text


def test_a_title_with_braces_is_read_as_it_stands(article):
    strange = replace(EDITION, title="Why {show} and {day} stay")
    script = scripting.write([article], strange, Scripting(greeting="{title}: {show}"), lambda _: Lexicon(()))
    assert said(script, "opening")[0].written == "Why {show} and {day} stay: The Harbour Letter"


def test_chapter_titles_fit_where_players_show_them():
    assert label("Short") == "Short"
    long = label("The night ferry learns to run on batteries and to like it")
    assert long == "The night ferry learns to run"
    assert len(long) <= LABEL
    assert label("Honorable Mentions (Good, But Not My Top 10)") == "Honorable Mentions"
    assert label("x" * 90) == "x" * LABEL


def test_an_edition_ends_with_silence(article):
    assert written(article).utterances[-1].pause == PAUSES["end"]


def test_the_seed_article_comes_out_as_its_author_would_read_it(shared):
    """Title, body, a list of four, body, a list of four, body, one promo; the rest is cut, each piece by its rule."""
    from audioed.config import Extraction
    from audioed.extraction import extract
    from audioed.extraction.fetch import read

    path = shared / "seed" / "article.txt"
    article = extract(read(str(path), Extraction()), Extraction())
    script = written(article)
    inner = [segment for segment in script.segments if segment.kind not in {"opening", "closing"}]
    assert [segment.kind for segment in inner] == ["title", "body", "headlines", "body", "headlines", "body", "promo"]
    assert [len(segment.utterances) for segment in inner if segment.kind == "headlines"] == [4, 4]
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    second = len(lines) - lines[::-1].index("Roscosmos: a paper tiger") - 1
    spoken = " ".join(" ".join(each.written.split()) for each in script.utterances)
    for line in lines[:second]:
        assert line.removeprefix("- ") in spoken
    assert {cut.rule for cut in script.cuts} == {"repeated-copy", "comments"}
    assert " ".join(cut.text for cut in script.cuts) == " ".join(line.removeprefix("- ") for line in lines[second:])


PLEA = "If you like this letter, become a member and support our work."


def with_plea(article, **changes):
    return replace(article, blocks=(*article.blocks, Block(kind="paragraph", text=PLEA)), **changes)


def other_story(article):
    text = "The ferry leaves at four from the northern pier. Nobody was late, and nobody was early either."
    blocks = (Block(kind="paragraph", text=text), Block(kind="paragraph", text=PLEA))
    return replace(article, title="The ferry leaves", url="https://example.com/ferry", blocks=blocks)


@pytest.mark.parametrize(
    ("promos", "heard", "rules"),
    [
        ("read", [PLEA], ["promo-repeated"]),
        ("once", [PLEA], ["promo-policy"]),
        ("drop", [], ["promo-policy"] * 2),
        ("replace", ["Come to the pier on Friday."], ["promo-policy"] * 2),
    ],
)
def test_promos_are_read_as_the_show_wishes_and_never_twice(article, promos, heard, rules):
    wish = Scripting(promos=promos, promo="Come to the pier on Friday.")
    script = written(with_plea(article), other_story(article), config=wish)
    assert [each.written for each in said(script, "promo")] == heard
    assert [cut.rule for cut in script.cuts if cut.text == PLEA] == rules


def test_a_story_that_two_sources_tell_is_read_once_and_the_other_is_no_source(article):
    shared = (
        "The bridge opened on Monday in the rain, and the first to cross it was a baker with eleven loaves, who " * 2
    )
    first = replace(article, blocks=(Block(kind="paragraph", text=f"{shared} said nothing."),))
    more = Block(kind="paragraph", text="The mayor cut the ribbon with a pair of gardening scissors, to some applause.")
    longer = replace(first, blocks=(*first.blocks, more), url="https://other.example/bridge", name="other")
    script = written(first, longer)
    assert [each.written for each in said(script, "title")][:2] == ["The bridge opens", "By Ada Berg."]
    assert more.text in " ".join(each.written for each in said(script, "body"))
    assert {cut.text for cut in script.cuts if cut.rule == "told-again"} == {article.title, first.blocks[0].text}
    assert [source.name for source in script.sources] == ["other"]


def test_two_short_notes_are_not_taken_for_one_story(article):
    notes = [replace(article, title=f"Note {n}", blocks=article.blocks[:1], name=str(n)) for n in "ab"]
    assert [segment.title for segment in written(*notes).segments if segment.kind == "title"] == ["Note a", "Note b"]


@pytest.mark.parametrize(
    ("byline", "says"),
    [
        ("Ada Berg", "By Ada Berg."),
        ("Ada Berg, Ben Weir", "By Ada Berg and Ben Weir."),
        ("Ada Berg, Ben Weir, Ines Faro", "By Ada Berg, Ben Weir and Ines Faro."),
        ("Ada Berg, MD", "By Ada Berg, MD."),
        ("Ada Berg & Ben Weir", "By Ada Berg & Ben Weir."),
    ],
)
def test_authors_are_named_as_one_says_them(article, byline, says):
    assert said(written(replace(article, byline=byline)), "title")[1].written == says


def test_what_the_page_wants_said_is_said_and_what_it_shows_is_written(article):
    piece = Block(kind="paragraph", text="Ask Dr. Ng. He knows.", says=(("Ng", "Eng"),))
    whole = Block(kind="paragraph", text="a:b = 1:60", says=(("a:b = 1:60", "One turns sixty times slower."),))
    body = said(written(replace(article, blocks=(piece, whole))), "body")
    assert [each.written for each in body] == ["Ask Dr. Ng. He knows.", "One turns sixty times slower."]
    assert body[0].spoken == "Ask Doctor Eng. He knows."


def test_an_article_that_asks_for_a_voice_is_told_by_it_and_its_headlines_keep_theirs(article):
    own = replace(with_list(article), voice="joe-plain")
    assert {each.voice for each in written(own).utterances if each.role == "narrator"} == {"joe-plain"}
    utterances = written(own, replace(article, title="The ferry leaves")).utterances
    voices = {(each.role, each.voice) for each in utterances}
    assert {("narrator", "joe-plain"), ("headlines", "")} <= voices
    assert utterances[0].voice == utterances[-1].voice == ""  # the show greets with its own


@pytest.mark.parametrize(
    ("language", "rule", "said"),
    [
        ("en", "code", "The page shows a piece of code here."),
        ("en-GB", "table", "The page shows a table here."),
        ("en", "unspoken", "The page has a passage in another language here."),
        ("de", "code", "Hier zeigt die Seite ein Stück Programmcode."),
        ("cy", "code", ""),
        ("en", "caption", ""),
    ],
)
def test_a_listener_is_told_where_code_or_a_table_is_left_out(article, language, rule, said):
    cuts = (Cut(text="x = 1", rule=rule, at=1), Cut(text="y = 2", rule=rule, at=1))
    shown = replace(article, language=language, cuts=cuts)
    plain = [each.written for each in written(replace(article, language=language)).utterances]
    told = [each.written for each in written(shown).utterances]
    assert [each for each in told if each not in plain] == ([said] if said else [])
    silent = written(shown, config=Scripting(notices=False)).utterances
    assert [each.written for each in silent] == plain


def test_a_listener_is_told_of_code_once_a_section(article):
    text = [Block(kind="paragraph", text=f"Paragraph {number} tells of the ferry.") for number in range(6)]
    text[3] = Block(kind="heading", text="The second section", level=2)
    cuts = tuple(Cut(text="x = 1", rule="code", at=at) for at in (1, 2, 4, 5))

    told = [each.written for each in written(replace(article, blocks=tuple(text), cuts=cuts)).utterances]

    assert told.count("The page shows a piece of code here.") == 2


def test_a_degree_behind_a_name_is_no_second_author():
    assert people("Annie, PhD in Parenting") == "Annie, PhD in Parenting"
    assert people("Ann Roe, Bo Lee") == "Ann Roe and Bo Lee"


@pytest.mark.parametrize(
    ("byline", "language", "said"),
    [
        ("Ann Roe, Bo Lee, Cy May, Di Fox", "en", "Ann Roe, Bo Lee, Cy May and Di Fox"),
        ("Ann Roe, Bo Lee, Cy May, Di Fox, Ed Kay, Flo Day", "en", "Ann Roe, Bo Lee, Cy May and others"),
        ("Ann Roe, Bo Lee, Cy May, Di Fox, and Ed Kay", "en", "Ann Roe, Bo Lee, Cy May and others"),
        ("Ute Au, Jan Ohm, Lia Eck, Kai Ulm und Pia Rau", "de", "Ute Au, Jan Ohm, Lia Eck und anderen"),
        ("Ann Roe, MD, Bo Lee, PhD, Cy May and Di Fox", "en", "Ann Roe, MD, Bo Lee, PhD, Cy May and Di Fox"),
    ],
)
def test_of_many_authors_the_first_are_named(byline, language, said):
    assert people(byline, language) == said


def test_an_articles_own_names_are_said_as_its_author_says_them_and_only_there(article):
    shared = Lexicon((Lexeme(written="Berg", spoken="Burg"),))
    own = replace(article, lexicon=(("Berg", "Bairg"),))
    other = replace(article, title="Another bridge", blocks=(Block(kind="paragraph", text="Nobody crosses it yet."),))
    script = scripting.write([own, other], EDITION, Scripting(), lambda _: shared)
    bylines = [each.spoken for each in said(script, "title") if each.written.startswith("By ")]
    assert bylines == ["By Ada Bairg.", "By Ada Burg."]


def test_each_article_is_read_by_the_rules_of_its_own_language():
    german = Article(title="Preise", language="de", blocks=(Block(kind="paragraph", text="Es kostet 21 Euro."),))
    english = Article(
        title="Prices",
        blocks=(
            Block(kind="paragraph", text="It costs 21 euros."),
            Block(kind="quote", text="Es kostet 21 Euro.", language="de"),
        ),
    )

    script = scripting.write([english, german], EDITION, Scripting(), lambda _: Lexicon(()))

    told = {(each.written, each.language): each.spoken for each in script.utterances}
    assert told["It costs 21 euros.", ""] == "It costs twenty-one euros."
    assert told["Es kostet 21 Euro.", "de"] == "Es kostet einundzwanzig Euro."
    assert sum(each.written == "Es kostet 21 Euro." for each in script.utterances) == 2


def test_a_transition_is_said_before_every_article_but_the_first(article):
    other = replace(article, title="The ferry leaves", blocks=(Block(kind="paragraph", text="It left at noon."),))
    script = written(article, other, config=Scripting(transition="And now:"))
    titles = [[each.written for each in segment.utterances] for segment in script.segments if segment.kind == "title"]
    assert [title[0] for title in titles] == ["The bridge opens", "And now:"]
    assert titles[1][1] == "The ferry leaves"


CELLS = (("", "Oslo"), ("Wind", "35"), ("Rain", "2"))


def spoken_rows(article, *cells):
    row = Block(kind="paragraph", text=", ".join(text for _, text in cells), cells=cells)
    script = scripting.write([replace(article, blocks=(row,))], EDITION, Scripting(), lambda _: Lexicon(()))
    return said(script, "body")


def test_a_cell_is_said_behind_its_head_and_shown_as_it_stands(article):
    (row,) = spoken_rows(article, *CELLS)
    assert row.written == "Oslo, 35, 2"
    assert row.spoken == "Oslo, Wind: thirty-five, Rain: two."
    assert [each.written for each in row.readings] == ["35,", "2"]


def test_a_row_that_is_long_with_its_heads_is_said_in_breaths(article):
    cells = [("", "Oslo"), *((f"Measure {n} of the whole harbour", f"{n} metres, a.m.") for n in range(2, 14))]
    rows = spoken_rows(article, *cells)
    assert " ".join(each.written for each in rows) == ", ".join(text for _, text in cells)
    assert all(len(each.spoken) < 330 for each in rows)
    assert [each.boundary for each in rows][:-1] == ["clause"] * (len(rows) - 1)
    assert sum(each.spoken.count("of the whole harbour:") for each in rows) == 12


def test_cells_that_are_not_in_the_row_are_passed_over(article):
    block = Block(kind="paragraph", text="Oslo, 35", cells=(("", "Oslo"), ("Rain", "2"), ("Wind", "35")))
    script = scripting.write([replace(article, blocks=(block,))], EDITION, Scripting(), lambda _: Lexicon(()))
    assert [each.spoken for each in said(script, "body")] == ["Oslo, Wind: thirty-five."]


def test_questions_and_quotes_have_readers_of_their_own_and_names_are_the_narrators(article):
    told = (
        Block(kind="question", text="Why did you come to the island?", speaker="Ada Brook"),
        Block(kind="paragraph", text="Jane Doe: We came for the light.", speaker="Jane Doe"),
        Block(kind="quote", text="It is a fine light, and always was.", speaker="Ben Weir, a pilot"),
        Block(kind="quote", text="— Ben Weir, a pilot", speaker="Ben Weir, a pilot"),
    )
    body = said(written(replace(article, blocks=told)), "body")
    assert [each.role for each in body] == ["question", "narrator", "quote", "narrator"]
    assert [each.spoken for each in body][1::2] == ["Jane Doe: We came for the light.", "Ben Weir, a pilot."]
