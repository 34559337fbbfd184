"""Which day a night carries, late or not, wherever the show is at home; and who may read what it made."""

import os
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from audioed import nightly, publishing, show
from audioed.catalogue.index import read_index
from audioed.config import Publishing, Target
from audioed.deploying.target import Destination, File
from audioed.deploying.targets.folder import Folder
from audioed.listeners import Listeners
from audioed.place import Listener
from audioed.publishing import public
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_nightly import TEXT, with_sources

NIGHTS = [
    # moment, zone, day begins, day
    ("2026-03-14T23:30:00+00:00", "UTC", "00:00", "2026-03-14"),
    ("2026-03-15T00:30:00+00:00", "UTC", "00:00", "2026-03-15"),
    ("2026-03-15T00:30:00+00:00", "UTC", "03:00", "2026-03-14"),  # due at 23:30, an hour late
    ("2026-03-15T03:00:00+00:00", "UTC", "03:00", "2026-03-15"),
    ("2026-03-15T00:30:00+00:00", "America/Los_Angeles", "00:00", "2026-03-14"),
    ("2026-03-14T12:30:00+00:00", "Pacific/Kiritimati", "00:00", "2026-03-15"),
    ("2026-03-15T00:30:00+00:00", "Asia/Kathmandu", "06:00", "2026-03-15"),  # 06:15 there
    ("2026-03-29T00:59:00+00:00", "Europe/Berlin", "02:30", "2026-03-28"),  # 01:59; 02:30 does not exist
    ("2026-03-29T01:29:00+00:00", "Europe/Berlin", "02:30", "2026-03-28"),  # 03:29, half an hour after 01:59
    ("2026-03-29T01:30:00+00:00", "Europe/Berlin", "02:30", "2026-03-29"),
    ("2026-10-25T00:29:00+00:00", "Europe/Berlin", "02:30", "2026-10-24"),  # 02:29, the first time
    ("2026-10-25T00:30:00+00:00", "Europe/Berlin", "02:30", "2026-10-25"),
    ("2026-10-25T01:10:00+00:00", "Europe/Berlin", "02:30", "2026-10-25"),  # 02:10, the second time
    ("2026-09-06T03:30:00+00:00", "America/Santiago", "00:00", "2026-09-05"),  # a day without midnight follows
    ("2026-09-06T04:00:00+00:00", "America/Santiago", "00:00", "2026-09-06"),
]


@pytest.mark.parametrize(("moment", "zone", "begins", "day"), NIGHTS)
def test_a_night_carries_the_day_that_its_show_is_in_and_a_late_one_the_day_before(moment, zone, begins, day):
    found = show.day_of_night(datetime.fromisoformat(moment), ZoneInfo(zone), time.fromisoformat(begins))
    assert found == date.fromisoformat(day)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_in_a_year_of_half_hours_the_day_changes_once_a_day_and_never_back(zone):
    moment, days = datetime.fromisoformat("2026-01-01T12:00:00+00:00"), []
    for _ in range(365 * 48):
        days.append(show.day_of_night(moment, ZoneInfo(zone), time(2, 30)))
        moment += timedelta(minutes=30)
    assert days == sorted(days)
    assert len(set(days)) == 366
    assert {days.count(each) for each in list(dict.fromkeys(days))[1:-1]} <= {46, 47, 48, 49, 50}


@pytest.fixture
def place(silent, monkeypatch):
    quicken(monkeypatch)
    (silent.store.home / "articles").mkdir()
    return with_sources(silent, folders=("articles",))


def put(place, *names):
    for name in names:
        (place.store.home / "articles" / name).write_text(TEXT.format(title=name), "utf-8")


def test_a_clock_that_jumps_loses_no_article_and_doubles_none(place):
    for number, jump in enumerate((0, 400, -800, 36_500)):
        put(place, f"{number}.txt")
        day = DAY + timedelta(jump)
        assert [each.title for each in nightly.run(place, day).episode.sources] == [f"{number}.txt"]
        assert nightly.run(place, day).episode is None
    index = read_index(place.store)
    assert sorted(each.number for each in index.entries.values()) == [1, 2, 3, 4]


def test_after_days_off_a_night_reads_what_has_gathered_and_the_next_ones_the_rest(place):
    put(place, *(f"{number}.txt" for number in range(7)))
    few = replace(place, config=replace(place.config, nightly=replace(place.config.nightly, most=3)))
    read = [nightly.run(few, DAY + timedelta(night)).episode for night in range(4)]
    assert [len(each.sources) if each else 0 for each in read] == [3, 3, 1, 0]


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no modes")
@pytest.mark.parametrize(("mode", "files", "folders"), [("0644", 0o644, 0o755), ("640", 0o640, 0o750)])
def test_what_is_public_may_be_read_whatever_the_umask_and_nothing_else(place, tmp_path, mode, files, folders):
    open_to = replace(place, config=replace(place.config, publishing=Publishing(mode=mode)))
    put(place, "a.txt")
    before = os.umask(0o077)
    try:
        nightly.run(place, DAY)
        put(place, "b.txt")
        nightly.run(open_to, DAY + timedelta(1))
        put(place, "c.txt")
        nightly.run(open_to, DAY + timedelta(2))
        (tmp_path / "www").mkdir(mode=0o755)
        target = Folder(Destination("web", Target(kind="folder", address="www"), "show", tmp_path, str))
        feed = place.store.public / "feed.xml"
        target.upload("a/feed.xml", File("a/feed.xml", feed, feed.stat().st_size, ""), lambda _: None)
    finally:
        os.umask(before)
    found = {path: path.stat().st_mode & 0o777 for path in place.store.public.rglob("*")}
    assert {mode for path, mode in found.items() if path.is_file()} == {files}
    assert {mode for path, mode in found.items() if path.is_dir()} == {folders}
    shared = {path.stat().st_ino for path in found}
    private = [
        path for path in place.store.show_folder.rglob("*") if path.is_file() and path.stat().st_ino not in shared
    ]
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}
    assert {each.stat().st_mode & 0o777 for each in (place.store.show_folder, place.store.output)} == {
        0o700 | folders & 0o111
    }
    assert (tmp_path / "www" / "show" / "a" / "feed.xml").stat().st_mode & 0o777 == files
    assert (tmp_path / "www" / "show" / "a").stat().st_mode & 0o777 == folders


def test_a_feed_can_be_read_at_every_instant(place, monkeypatch):
    """Whatever is permitted late is not yet named by the feed that listeners have."""
    open_to = replace(place, config=replace(place.config, publishing=Publishing(mode="0644")))
    before = os.umask(0o077)
    try:
        put(place, "a.txt")
        nightly.run(open_to, DAY)
        put(place, "b.txt")
        write, seen = publishing.write, []

        def written(path, data, **options):
            made = write(path, data, **options)
            if path.name == "feed.xml":
                seen.extend(each.stat().st_mode & 0o777 for each in place.store.public.rglob("*.*"))
            return made

        monkeypatch.setattr(publishing, "write", written)
        nightly.run(open_to, DAY + timedelta(1))
    finally:
        os.umask(before)
    assert set(seen) == {0o644}


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no modes")
def test_feeds_of_sections_and_of_listeners_may_be_read_too_and_what_waits_for_them_may_not(place):
    private = replace(place, config=replace(place.config, publishing=Publishing(mode="0644", private=True)))
    before = os.umask(0o077)
    try:
        put(place, "a.txt")
        nightly.run(replace(place, config=replace(place.config, publishing=Publishing(mode="0644"))), DAY)
        section = place.store.public / "sections" / "sea" / "feed.xml"
        section.parent.mkdir(parents=True)
        section.write_text("<rss/>", "utf-8")
        public.permit(place.store, "0644", ())
        assert section.stat().st_mode & 0o777 == 0o644
        assert section.parent.stat().st_mode & 0o777 == 0o755
        Listeners(private, DAY, Listener()).add("Ida")
        nightly.run(private, DAY + timedelta(1))
    finally:
        os.umask(before)
    (feed,) = place.store.public.glob("private/*/feed.xml")
    assert {each.stat().st_mode & 0o777 for each in feed.parent.rglob("*.*")} == {0o644}
    staged = replace(place.store, hidden=True).public
    assert staged.stat().st_mode & 0o777 == 0o700


def test_sources_are_looked_at_for_the_day_of_the_night(place, monkeypatch):
    asked = []
    monkeypatch.setattr("audioed.nightly.outlook.outlook", lambda _place, day, _clock: asked.append(day) or ())
    monkeypatch.setattr(show.Show, "tonight", DAY - timedelta(days=1))
    show.Show(place).sources()
    assert asked == [DAY - timedelta(days=1)]
