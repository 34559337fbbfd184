"""What a show sets for single sources: what is left out is named once with its rule, and nothing else is lost."""

import json
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from audioed import nightly
from audioed.config import SiteRules, Source, Which
from audioed.edition.wanted import Told, unwanted
from audioed.errors import StoreError
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_nightly import BODY, FEED, PAGE, TEXT, site, with_sources

__all__ = ["site"]
ENTRY = (
    "<item><title>{title}</title><link>{base}/{title}.html</link><guid>{title}</guid><pubDate>{day}</pubDate>"
    "<author>{author}</author>{tags}<description>{text}</description></item>"
)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quicken(monkeypatch)


def entry(folder, base, title, *, age=0, author="", tags=(), words=3, carried=""):  # noqa: PLR0913
    """An item of a feed, and its page."""
    (folder / f"{title}.html").write_text(PAGE.format(title=title, body=words * BODY.format(title=title)), "utf-8")
    day = format_datetime(datetime.combine(DAY - timedelta(age), time(), UTC))
    told = "".join(f"<category>{each}</category>" for each in tags)
    return ENTRY.format(title=title, base=base, day=day, author=author, tags=told, text=carried)


@pytest.fixture
def told(silent, site):
    """What some nights of a feed bring, with these settings for it."""
    folder, base = site

    def run(items, nights=1, more=None, **settings):
        (folder / "feed.xml").write_text(FEED.format(base=base, items="".join(items)), "utf-8")
        address = f"{base}/feed.xml"
        place = with_sources(silent, feeds=(address,), sources={address: Source(**settings)}, **(more or {}))
        return [nightly.run(place, DAY + timedelta(n)) for n in range(nights)]

    return folder, base, run


def titles(report):
    return {each.title for each in report.episode.sources} if report.episode else set()


def test_each_rule_names_what_it_leaves_out_once_and_the_rest_is_read(told):
    folder, base, run = told
    items = [
        entry(folder, base, "Alpha", tags=["Culture"], author="jane@x.example (Jane Doe)"),
        entry(folder, base, "Sponsored-Beta", tags=["Culture"]),
        entry(folder, base, "Gamma", tags=["Sport"]),
        entry(folder, base, "Delta", tags=["World Culture"], age=30),
        entry(folder, base, "Epsilon", tags=["Culture"], words=60),
        entry(folder, base, "Zeta", tags=["Culture"], author="rob@x.example (Rob Roe)"),
    ]
    rules = {
        "include": Which(categories=("culture",)),
        "exclude": Which(titles=("sponsor*",), authors=("Rob Roe",)),
        "age": 7,
        "most_words": 500,
        "section": "Arts",
    }
    first, second = run(items, 2, **rules)
    assert titles(first) == {"Alpha"}
    assert {each.name.partition(" ")[0]: each.rule for each in first.left} == {
        "Sponsored-Beta": "exclude.titles",
        "Gamma": "include.categories",
        "Delta": "age",
        "Zeta": "exclude.authors",
        "Epsilon": "most_words",
    }
    (note,) = first.notes
    assert note.startswith("5 articles from http")
    assert "1 by age" in note
    assert second == nightly.Report(None, ())
    assert len(first.skips) == 0


def test_a_night_that_breaks_off_leaves_the_telling_to_the_next(told, monkeypatch):
    folder, base, run = told
    items = [entry(folder, base, "Alpha"), entry(folder, base, "Advert")]
    with monkeypatch.context() as patch:
        patch.setattr(nightly, "edition_of", broken)
        with pytest.raises(StoreError):
            run(items, exclude=Which(titles=("advert",)))
    (report,) = run(items, exclude=Which(titles=("advert",)))
    assert [each.rule for each in report.left] == ["exclude.titles"]


def broken(*_arguments):
    raise StoreError("full", path=Path())


def test_what_is_left_out_is_read_when_the_rule_goes(told):
    folder, base, run = told
    items = [entry(folder, base, "Alpha", words=60)]
    (report,) = run(items, most_words=100)
    assert (report.episode, report.notes[0].count("most_words is 100")) == (None, 1)
    assert titles(run(items)[0]) == {"Alpha"}


def test_a_source_gives_as_many_as_it_may_and_the_rest_waits(told):
    folder, base, run = told
    items = [entry(folder, base, title) for title in ("Alpha", "Beta", "Gamma")]
    nights = run(items, 3, most=1)
    assert [len(titles(each)) for each in nights] == [1, 1, 1]
    assert [each.left for each in nights] == [(), (), ()]


@pytest.mark.parametrize(
    ("text", "read"),
    [("feed", "carried by the feed"), ("page", "this is a paragraph"), ("fuller", "this is a paragraph")],
)
def test_the_text_is_that_of_the_feed_or_the_page_as_the_show_wants(told, silent, text, read):
    folder, base, run = told
    carried = "Words that are carried by the feed stand here, and no others. " * 5
    (report,) = run([entry(folder, base, "Alpha", carried=carried, words=9)], text=text)
    script = (silent.store.episode_folder(report.episode.name) / "script.json").read_text("utf-8")
    assert read in script
    assert ("carried by the feed" in script) is (text == "feed")


def test_section_language_and_rules_for_pages_are_those_of_the_source(told, silent):
    folder, base, run = told
    body = SiteRules(remove=("p:first-of-type",))
    (report,) = run([entry(folder, base, "Alpha", words=9)], section="Arts", language="en-GB", site=body)
    saved = json.loads((silent.store.episode_folder(report.episode.name) / "article-1.json").read_text("utf-8"))
    assert (saved["section"], saved["language"]) == ("Arts", "en-GB")
    assert "site-rule" in {each["rule"] for each in saved["cuts"]}


def test_rules_of_a_folder_go_by_what_its_files_say(silent):
    home = silent.store.home / "articles"
    home.mkdir()
    for title in ("Alpha", "Live blog from the harbour"):
        (home / f"{title}.md").write_text(f"# {title}\n\n{TEXT.format(title=title)}", "utf-8")
    sources = {"articles": Source(exclude=Which(titles=("live blog",)))}
    report = nightly.run(with_sources(silent, folders=("articles",), sources=sources), DAY)
    assert titles(report) == {"Alpha"}
    assert [each.rule for each in report.left] == ["exclude.titles"]


def test_no_password_of_a_source_is_told_with_what_it_leaves_out(silent, site):
    folder, base = site
    (folder / "feed.xml").write_text(FEED.format(base=base, items=entry(folder, base, "Alpha", age=30)), "utf-8")
    feed = f"{base}/feed.xml".replace("://", "://ida:tide@")
    (silent.store.home / "list.txt").write_text(f"{base}/Alpha.html".replace("://", "://ida:tide@"), "utf-8")
    sources = {feed: Source(age=7), "list.txt": Source(least_words=9_000)}
    report = nightly.run(with_sources(silent, feeds=(feed,), lists=("list.txt",), sources=sources), DAY)
    assert [each.rule for each in report.left] == ["age", "least_words"]
    assert "tide" not in str(report)


def test_a_list_of_feeds_passes_its_settings_on_to_its_feeds(silent, site):
    folder, base = site
    (folder / "feed.xml").write_text(FEED.format(base=base, items=entry(folder, base, "Alpha", age=30)), "utf-8")
    (silent.store.home / "reading.opml").write_text(
        f'<opml><body><outline xmlUrl="{base}/feed.xml"/></body></opml>', "utf-8"
    )
    place = with_sources(silent, lists=("reading.opml",), sources={"reading.opml": Source(age=7)})
    assert [each.rule for each in nightly.run(place, DAY).left] == ["age"]


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"titles": ("The live-blog: day 2",)}, "exclude.titles"),
        ({"titles": ("Alive blogs",)}, ""),
        ({"titles": ("Ein Werbeartikel",)}, ""),
        ({"titles": ("Werbung: Der Hafen",)}, "exclude.titles"),
        ({"titles": ("Sonderwerbung im Hafen",)}, ""),
        ({"titles": ("Ein Liveticker zum Hafen",)}, "exclude.titles"),
        ({"titles": ("Das CAFE\u0301 am Hafen",)}, "exclude.titles"),
        ({"titles": ("港の広告について",)}, "exclude.titles"),
        ({"authors": ("Jane Doe and Rob Roe",)}, ""),
        ({"authors": ("Ada Berg",)}, "include.authors"),
        ({"authors": ()}, "include.authors"),
        ({"authors": None}, ""),
        ({"words": 49}, "least_words"),
        ({"words": 50}, ""),
    ],
)
def test_a_rule_goes_by_words_in_a_row_and_decides_only_what_is_known(told, rule):
    never = Which(titles=("Live Blog", "werbung*", "*ticker", "café", "広告"))
    wanted = Source(exclude=never, include=Which(authors=("jane doe",)), least_words=50)
    said = unwanted(Told(**told), wanted, DAY)
    assert rule in said
    assert bool(said) is bool(rule)
