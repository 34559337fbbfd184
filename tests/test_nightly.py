"""Scheduled builds: one episode of what is new, nothing when nothing is, never two at once."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

import audioed
from audioed import nightly
from audioed.cli.console import Console
from audioed.config import Nightly, load
from audioed.errors import ConfigError, StoreError
from audioed.nightly import asking
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_build import feed_of, tree

TEXT = "{title}\n\nThis is the text of {title}, which is long enough to be read. It has a second sentence, too.\n"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>{base}</link>
<description>x</description>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{base}/{title}.html</link><guid>{title}</guid></item>"
PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
BODY = "<p>In {title}, this is a paragraph of the article, which has enough words to be one, and a comma.</p>"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_arguments):
        pass


@pytest.fixture(autouse=True)
def quick(request, monkeypatch):
    """Recordings are stubs where the test does not ask for `whole` nights."""
    if "whole" not in request.fixturenames:
        quicken(monkeypatch)


@pytest.fixture
def whole():
    """Nights as they are for everybody: documents are read in a process of their own, and heard."""


@pytest.fixture
def place(silent, tmp_path):
    """A show that reads one folder."""
    (tmp_path / "articles").mkdir()
    return with_sources(silent, folders=("articles",))


@pytest.fixture
def site(tmp_path):
    """A web server on this machine with a folder of its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def with_sources(place, **sources):
    return replace(place, config=replace(place.config, nightly=Nightly(**sources)))


def put(place, title):
    (place.store.home / "articles" / f"{title}.txt").write_text(TEXT.format(title=title), "utf-8")


@pytest.mark.usefixtures("whole")
def test_a_night_reads_what_is_new_and_the_next_only_what_came_since(place):
    put(place, "Alpha")
    put(place, "Beta")
    first = nightly.run(place, DAY).episode
    assert [source.title for source in first.sources] == ["Alpha", "Beta"]
    put(place, "Gamma")
    second = nightly.run(place, DAY + timedelta(days=1)).episode
    assert [source.title for source in second.sources] == ["Gamma"]
    assert [entry.title for entry in feed_of(place).entries] == ["Gamma", "Alpha, and 1 more"]


def test_nothing_new_changes_nothing(place):
    put(place, "Alpha")
    nightly.run(place, DAY)
    before = tree(place)
    report = nightly.run(place, DAY + timedelta(days=1))
    assert report.episode is None
    assert tree(place) == before


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"language": "de", "description": "Articles, read aloud."}, {"language": "de"}),
        ({"description": "Tides."}, {"description": "Tides and boats."}),
        ({}, {"title": "Another"}),
        ({"author": "Ada"}, {"author": "Ada"}),
    ],
)
def test_a_quiet_night_says_so_when_it_brings_the_feed_to_the_settings(place, tmp_path, capsys, before, now):
    def night(**show):
        settings = tmp_path / "audioed.toml"
        settings.write_text("[show]\n" + "".join(f'{key} = "{value}"\n' for key, value in show.items()), "utf-8")
        config = replace(place.config, show=load(settings).show)
        report = nightly.run(replace(place, config=config), DAY)
        return report, (place.store.public / "feed.xml").read_bytes()

    put(place, "Alpha")
    _, was = night(**before)
    report, is_now = night(**now)
    assert (report.episode, report.renewed) == (None, was != is_now)
    assert report.renewed is (before != now)
    Console(as_json=False).night(report, place)
    assert ("the feed stays as it is" in capsys.readouterr().out) is (before == now)
    assert night(**now)[0].renewed is False


def test_an_episode_of_which_no_record_can_be_read_keeps_its_number_and_its_articles(place):
    put(place, "Alpha")
    folder = place.store.episode_folder(nightly.run(place, DAY).episode.name)
    for name in ("episode.json", "script.json"):
        (folder / name).write_bytes(b"{," + (folder / name).read_bytes()[1:])
    put(place, "Beta")
    second = nightly.run(place, DAY + timedelta(days=1)).episode
    assert ([each.title for each in second.sources], second.number) == (["Beta"], 2)


def test_a_second_night_on_one_day_is_an_episode_of_its_own(place):
    put(place, "Alpha")
    first = nightly.run(place, DAY).episode
    put(place, "Gamma")
    second = nightly.run(place, DAY).episode
    assert first.guid != second.guid
    assert len(feed_of(place).entries) == 2


def test_no_more_articles_than_the_show_wants_and_the_rest_the_next_night(place):
    place = with_sources(place, folders=("articles",), most=2)
    for title in ("Alpha", "Beta", "Gamma"):
        put(place, title)
    assert len(nightly.run(place, DAY).episode.sources) == 2
    assert [source.title for source in nightly.run(place, DAY).episode.sources] == ["Gamma"]


def test_a_page_without_an_article_is_skipped_and_reported(place):
    put(place, "Alpha")
    (place.store.home / "articles" / "empty.txt").write_text("")
    report = nightly.run(place, DAY)
    assert [skip.name for skip in report.skips] == ["articles/empty.txt"]
    assert len(report.episode.sources) == 1


def test_a_night_in_which_nothing_can_be_read_names_what_failed(place):
    (place.store.home / "articles" / "empty.txt").write_text("")
    report = nightly.run(place, DAY)
    assert report.episode is None
    assert [skip.name for skip in report.skips] == ["articles/empty.txt"]


def test_it_refuses_to_run_beside_itself(place):
    put(place, "Alpha")
    with place.store.lock("nightly"), pytest.raises(StoreError, match="another build"):
        nightly.run(place, DAY)


def test_a_show_without_sources_is_told(silent):
    with pytest.raises(ConfigError, match="no sources are named"):
        nightly.run(silent, DAY)


def test_a_missing_folder_is_reported_beside_what_was_built(place):
    put(place, "Alpha")
    place = with_sources(place, folders=("articles", "gone"))
    assert [skip.name for skip in nightly.run(place, DAY).skips] == ["gone"]


def test_a_feed_is_read_and_its_old_items_are_not_read_again(silent, site, monkeypatch):
    folder, base = site
    asked = []

    class Noted(asking.Worker):
        def start(self):
            asked.append("start")

        def call(self, name, function, *arguments):
            asked.append(function.__name__)
            return super().call(name, function, *arguments)

    monkeypatch.setattr(asking, "Worker", Noted)

    def serve(*titles):
        for title in titles:
            (folder / f"{title}.html").write_text(PAGE.format(title=title, body=BODY.format(title=title) * 3))
        items = "".join(ITEM.format(title=title, base=base) for title in titles)
        (folder / "feed.xml").write_text(FEED.format(base=base, items=items))
        os.utime(folder / "feed.xml", (len(items), len(items)))  # the server tells changes by the second

    place = with_sources(silent, feeds=(f"{base}/feed.xml",))
    serve("Alpha", "Beta")
    assert [source.title for source in nightly.run(place, DAY).episode.sources] == ["Alpha", "Beta"]
    asked.clear()
    assert nightly.run(place, DAY).episode is None
    assert asked == [], "what sends the same again is not read again, and no process is started for it"
    serve("Gamma", "Alpha", "Beta")
    assert [source.title for source in nightly.run(place, DAY).episode.sources] == ["Gamma"]
    assert asked.count("announced") == 1
    for damage in (lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-50])):
        for path in (place.store.cache.folder / "articles").iterdir():
            damage(path)
        assert nightly.run(place, DAY).episode is None
    assert asked.count("announced") == 3
    changed = replace(place.config.extraction, timeout=place.config.extraction.timeout + 1)
    nightly.run(replace(place, config=replace(place.config, extraction=changed)), DAY)
    assert asked.count("announced") == 4, "other settings may find something else in it"


FOR_WORK = (
    *("feedgen", "jinja2", "lxml", "numpy", "onnxruntime", "PIL", "rich", "soundfile", "trafilatura"),
    *(
        f"audioed.{name}"
        for name in (
            *(
                "deploying",
                "edition.clusters",
                "edition.length",
                "extraction.feed",
                "letters",
                "linting",
                "nightly.stories",
            ),
            *("publishing.notes", "publishing.transcript", "scripting.lexicon", "scripting.rundown"),
            *("scripting.split", "site.pages", "site.reading", "synthesis.engine", "verifying"),
        )
    ),
)
"""What only an article, a recording or a page needs."""


def test_a_quiet_night_loads_nothing_that_only_an_article_needs(site, tmp_path):
    folder, base = site
    (folder / "Alpha.html").write_text(PAGE.format(title="Alpha", body=BODY.format(title="Alpha") * 3))
    (folder / "feed.xml").write_text(FEED.format(base=base, items=ITEM.format(title="Alpha", base=base)))
    settings = f'[nightly]\nfeeds = ["{base}/feed.xml"]\n[synthesis.roles]\nnarrator = "silent"\n'
    (tmp_path / "audioed.toml").write_text(settings, "utf-8")
    assert nightly.run(audioed.open(tmp_path, cache=tmp_path / "cache").place, DAY).episode
    code = (
        "import sys\nfrom audioed.cli.app import main\ntry:\n    main()\nexcept SystemExit as ended:\n"
        f"    print('\\n', ended.code, *(name for name in {FOR_WORK} if name in sys.modules))"
    )
    later = (DAY + timedelta(days=1)).isoformat()
    night = [sys.executable, "-c", code, "nightly", "--json", "--cache", "cache", "--day", later]
    told = subprocess.run(night, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    report, _, loaded = told.rstrip().rpartition("\n")
    assert json.loads(report)["episode_json"] is None
    assert loaded.split() == ["0"]


def test_a_feed_may_not_lead_to_private_addresses_that_are_not_its_own(silent, site):
    folder, base = site
    host, _, port = base.rpartition(":")
    item = ITEM.format(title="Secret", base=f"{host}:{int(port) + 1}")
    (folder / "feed.xml").write_text(FEED.format(base=base, items=item + ITEM.format(title="x", base="file:///etc")))
    place = with_sources(silent, feeds=(f"{base}/feed.xml",))
    report = nightly.run(place, DAY)
    assert report.episode is None
    assert "private" in report.skips[0].reason


def test_a_list_of_addresses_is_read(silent, site):
    folder, base = site
    (folder / "Alpha.html").write_text(PAGE.format(title="Alpha", body=BODY.format(title="Alpha") * 3))
    (folder / "list.txt").write_text(f"# mine\n\n{base}/Alpha.html\n")
    place = with_sources(silent, lists=("site/list.txt",))
    assert [source.title for source in nightly.run(place, DAY).episode.sources] == ["Alpha"]
    assert nightly.run(place, DAY).episode is None


def full_text(title, base, sentences):
    text = (
        "<p>" + "A long paragraph that stands in the feed itself, with all that an article needs. " * sentences + "</p>"
    )
    content = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{text}]]></content:encoded>'
    return ITEM.format(title=title, base=base).replace("</item>", f"{content}</item>")


def test_the_text_in_a_feed_is_read_where_its_page_cannot_be_had(silent, site):
    folder, base = site
    (folder / "feed.xml").write_text(FEED.format(base=base, items=full_text("Alpha", base, 20)))
    place = with_sources(silent, feeds=(f"{base}/feed.xml",))
    report = nightly.run(place, DAY)
    (source,) = report.episode.sources
    assert (source.title, source.url, report.skips) == ("Alpha", f"{base}/Alpha.html", ())
    assert "stands in the feed itself" in " ".join(cue.text for cue in report.episode.cues)
    assert nightly.run(place, DAY).episode is None


@pytest.mark.parametrize(("paragraphs", "heard"), [(30, "this is a paragraph"), (1, "stands in the feed")])
def test_the_feed_or_the_page_is_read_whichever_has_more(silent, site, paragraphs, heard):
    folder, base = site
    text = "".join(BODY.format(title=f"Alpha, part {n} of {n * n},") for n in range(paragraphs))
    (folder / "Alpha.html").write_text(PAGE.format(title="Alpha", body=text))
    (folder / "feed.xml").write_text(FEED.format(base=base, items=full_text("Alpha", base, 15)))
    episode = nightly.run(with_sources(silent, feeds=(f"{base}/feed.xml",)), DAY).episode
    assert heard in " ".join(cue.text for cue in episode.cues)


def test_a_page_that_its_site_keeps_from_programs_is_not_visited(silent, site):
    folder, base = site
    for title in ("Alpha", "Beta"):
        (folder / f"{title}.html").write_text(PAGE.format(title=title, body=BODY.format(title=title) * 3))
    (folder / "robots.txt").write_text("User-agent: audioed\nDisallow: /*eta.html$\n\nUser-agent: *\nDisallow: /\n")
    (folder / "feed.xml").write_text(
        FEED.format(base=base, items="".join(ITEM.format(title=title, base=base) for title in ("Alpha", "Beta")))
    )
    report = nightly.run(with_sources(silent, feeds=(f"{base}/feed.xml",)), DAY)
    assert [source.title for source in report.episode.sources] == ["Alpha"]
    assert ["robots.txt" in skip.reason for skip in report.skips] == [True]


def test_an_article_that_its_author_withholds_is_no_fault(place):
    put(place, "Alpha")
    draft = "---\ntitle: Beta\nskip: true\n---\nThis is the text of Beta, which nobody may hear before it is done.\n"
    (place.store.home / "articles" / "beta.md").write_text(draft, "utf-8")
    report = nightly.run(place, DAY)
    assert [source.title for source in report.episode.sources] == ["Alpha"]
    assert report.skips == ()


def test_with_three_feeds_and_room_for_eight_every_feed_is_heard_every_night(silent, site):
    folder, base = site

    def serve(night):
        for name in ("north", "east", "south"):
            titles = [(f"{name}-{day}-{n}", day) for day in range(night, -1, -1) for n in range(5)]
            items = ""
            for title, day in titles:
                (folder / f"{title}.html").write_text(PAGE.format(title=title, body=BODY.format(title=title) * 3))
                when = f"<pubDate>{(DAY + timedelta(days=day)).strftime('%a, %d %b %Y')} 08:00:00 GMT</pubDate>"
                items += ITEM.format(title=title, base=base).replace("</item>", f"{when}</item>")
            (folder / f"{name}.xml").write_text(FEED.format(base=base, items=items))
            os.utime(folder / f"{name}.xml", (night, night))

    feeds = tuple(f"{base}/{name}.xml" for name in ("north", "east", "south"))
    place = with_sources(silent, feeds=feeds, most=8, age=1)
    heard = set()
    for night in range(4):
        serve(night)
        titles = [source.title for source in nightly.run(place, DAY + timedelta(days=night)).episode.sources]
        names = [title.partition("-")[0] for title in titles]
        assert names == sorted(names, key=["north", "east", "south"].index)
        assert all(2 <= names.count(name) <= 3 for name in ("north", "east", "south"))
        assert {title.split("-")[1] for title in titles} == {str(night)}  # tonight's, before what is left of yesterday
        assert heard.isdisjoint(titles)
        heard |= set(titles)
    quiet = nightly.run(place, DAY + timedelta(days=4)).episode
    assert {source.title.split("-")[1] for source in quiet.sources} == {"3"}  # the rest, but nothing older than a day
