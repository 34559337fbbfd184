"""What feeds of many makes and with many mistakes tell of their episodes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from audioed.adopting import pages, values
from audioed.adopting.beside import chapters, cues, in_order
from audioed.adopting.feed import sheet
from audioed.config import Extraction
from audioed.errors import AdoptionError
from audioed.extraction.decode import decoded
from audioed.extraction.hosts import Hosts
from audioed.model import Chapter
from tests.adopting.conftest import ABOUT, feed, item

URL = "https://old.example.com/feed"


def told(*items, about=ABOUT):
    return sheet(feed(*items, about=about).decode(), URL)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 05 Jan 2026 06:30:15 -0500", datetime(2026, 1, 5, 6, 30, 15, tzinfo=timezone(timedelta(hours=-5)))),
        ("Mon, 5 Jan 26 06:30 EST", datetime(2026, 1, 5, 6, 30, tzinfo=timezone(timedelta(hours=-5)))),
        ("05 Jan 2026 06:30:15", datetime(2026, 1, 5, 6, 30, 15, tzinfo=UTC)),
        ("Tue, 05 Jan 2026 06:30:15 CEST", datetime(2026, 1, 5, 6, 30, 15, tzinfo=UTC)),
        ("Mon, 05 Jan 2026 06:30:15 +9900", datetime(2026, 1, 5, 6, 30, 15, tzinfo=UTC)),
        ("2026-01-05T06:30:15Z", datetime(2026, 1, 5, 6, 30, 15, tzinfo=UTC)),
        ("2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
        ("Mon, 31 Feb 2026 06:30:15 GMT", None),
        ("Mon, 05 Jan 2026 25:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_moment_is_read_however_it_is_written(text, moment):
    found = values.moment(text)
    assert found == moment
    assert found is None or found.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3725", 3725), ("62:05", 3725), ("1:02:05", 3725), ("3725.5", 3725.5)],
)
def test_a_duration_is_read_in_its_three_forms(text, seconds):
    assert values.seconds(text) == seconds
    assert all(values.seconds(each) is None for each in ("", "1:2:3:4", "-5", "an hour", "99999999", "٣"))


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "utf-8", "utf-16"])
@pytest.mark.parametrize("declared", ["windows-1252", "utf-8"])
def test_letters_survive_a_wrong_declaration(encoding, declared):
    text = feed(item("https://e.com/a.mp3", "a", "Grüße, Zoë")).decode()
    data = text.replace('encoding="UTF-8"', f'encoding="{declared}"').encode(encoding)
    assert sheet(decoded(data, URL), URL).items[0].title == "Grüße, Zoë"


def test_what_is_not_quite_xml_is_read():
    text = (
        "<rss><channel><title>R&D</title><itunes:author>Undeclared</itunes:author>"
        "<item><title><![CDATA[A &lt;b&gt; &amp; c]]></title><guid isPermaLink='true'>https://e.com/?p=1&x=2</guid>"
        "<enclosure url='https://e.com/a.mp3?a=1&b=2' length='many' type='AUDIO/MPEG'/></item>"
        "<item><title>Only film</title><enclosure url='f.mp4' type='video/mp4'/>"
        "<enclosure url='s.mp3' type='audio/mpeg'/></item><item><title>Unfinished</title><enclosure url='u.mp3'/>"
    )
    found = sheet(text, URL)
    assert found.show == {"title": "R&D", "author": "Undeclared"}
    assert [(each.title, each.guid, each.enclosure) for each in found.items] == [
        ("A <b> & c", "https://e.com/?p=1&x=2", "https://e.com/a.mp3?a=1&b=2"),
        ("Only film", "https://old.example.com/s.mp3", "https://old.example.com/s.mp3"),
        ("Unfinished", "https://old.example.com/u.mp3", "https://old.example.com/u.mp3"),
    ]


@pytest.mark.parametrize("length", [2_000, 50_000])
def test_a_deep_or_repetitive_feed_ends_soon(length):
    sheet("<rss><channel>" + "<a>" * length, URL)
    sheet("<rss><channel>" + "<![CDATA[" * length, URL)
    sheet("<rss><channel>" + "&" * length, URL)
    for text in ("<b>" * length, "<" * length, "<p>" + " " * length + "x", "<br" + " " * length, "\n" * length + "x"):
        values.notes(text)
        values.text_of(text)


def test_podlove_chapters_stand_in_for_a_file():
    marks = (
        '<psc:chapters><psc:chapter start="00:00:00.000" title="One"/><psc:chapter start="0:01" title="Two"'
        ' href="javascript:x"/><psc:chapter start="soon" title="Three"/></psc:chapters>'
    )
    [found] = told(item("https://e.com/a.mp3").replace("</item>", f"{marks}</item>")).items
    assert found.marks == (Chapter(title="One", start=0.0), Chapter(title="Two", start=1.0))


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b'{"chapters": 5}', b"[" * 100_000, b'{"segments": null}'])
def test_a_file_that_is_not_what_its_feed_says_is_refused(data):
    with pytest.raises(AdoptionError):
        list(chapters(data))
    for kind in ("application/json", "text/vtt", "application/srt"):
        with pytest.raises(AdoptionError):
            cues(data, kind, 10.0)


def test_lines_of_a_transcript_neither_overlap_nor_outlast_the_recording():
    srt = (
        b"1\n00:00:00,000 --> 00:00:02,500\nOne <i>two</i>\n\n2\n00:00:02,000 --> 00:00:04,000\nThree\n\n"
        b"3\n00:00:30,000 --> 00:00:31,000\nBehind the end\n\n"
    )
    found = [(cue.start, cue.end, cue.text) for cue in cues(srt, "application/srt", 3.5)]
    assert found == [(0.0, 2.5, "One two"), (2.5, 3.5, "Three")]
    told_ = (
        b'{"segments": [{"startTime": 0, "endTime": NaN, "body": "x"}, {"startTime": 1, "endTime": 2, "body": "Yes",'
    )
    told_ += b' "speaker": "Ada"}, 7, {"startTime": "1", "endTime": 2, "body": "x"}]}'
    assert [(cue.speaker, cue.text) for cue in cues(told_, "application/json", 9.0)] == [("Ada", "Yes")]


def test_chapters_follow_one_another():
    found = [Chapter(title=title, start=start) for title, start in [("b", 2.0), ("a", 0.0), ("c", 2.0), ("", 3.0)]]
    assert [each.title for each in in_order([*found, Chapter(title="d", start=9.0)], 5.0)] == ["a", "b"]


HUGE = "1" + "0" * 400


@pytest.mark.parametrize("start", [HUGE, f"-{HUGE}", "1e999", "NaN"])
def test_a_time_that_no_recording_has_costs_its_own_line(start):
    marks = f'{{"chapters": [{{"title": "a", "startTime": {start}}}, {{"title": "b", "startTime": 1}}]}}'
    assert [each.title for each in chapters(marks.encode())] == ["b"]
    broken = f'{{"startTime": 0, "endTime": {start}, "body": "a"}}'
    lines = f'{{"segments": [{broken}, {{"startTime": 1, "endTime": 2, "body": "b"}}]}}'
    assert [each.text for each in cues(lines.encode(), "application/json", 9.0)] == ["b"]


@pytest.mark.parametrize("told", ["0099-05-05", "0001-01-01", "999-12-31"])
def test_a_year_that_apps_would_take_for_another_is_none(told):
    assert values.moment(told) is None


def test_a_document_that_lists_more_episodes_than_a_show_has_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "MOST_ITEMS", 2)
    path = tmp_path / "feed.xml"
    items = "".join(f'<item><title>{n}</title><enclosure url="https://e.com/{n}.mp3"/></item>' for n in range(5))
    path.write_text(f"<rss><channel><title>A</title>{items}</channel></rss>", "utf-8")
    told = pages.read(str(path), Extraction(), Hosts())
    assert [each.title for each in told.items] == ["0", "1"]
    assert told.notes == ("3 of the oldest episodes were not read; a show may have 2.",)
