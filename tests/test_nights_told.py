"""What a night tells: every failure once, who is back, what waits; and what it remembers when it is stopped."""

import errno
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from audioed import nightly, producing
from audioed.build import Skip
from audioed.catalogue.index import key_of
from audioed.cli.app import app
from audioed.cli.console import Console
from audioed.errors import ExtractionError, MasteringError
from audioed.nightly import choosing, reading
from audioed.remembered import from_json
from audioed.runs.recording import Clock
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_nightly import FEED, TEXT, with_sources
from tests.test_nights_of_strangers import Server

SHOW = '[show]\ntitle = "Sea"\n[synthesis.roles]\nnarrator = "silent"\n[nightly]\n{sources}\n'


@pytest.fixture
def show(silent, monkeypatch):
    """A show that reads one folder, with recordings that are stubs."""
    quicken(monkeypatch)
    (silent.store.home / "articles").mkdir()
    return with_sources(silent, folders=("articles",))


@pytest.fixture
def server():
    with Server() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run `audioed nightly` in a show with these sources, on this day; gives exit code, both outputs."""
    quicken(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    (tmp_path / "articles").mkdir()

    def run(number, *options, sources='folders = ["articles"]'):
        (tmp_path / "audioed.toml").write_text(SHOW.format(sources=sources), "utf-8")
        day = (DAY + timedelta(days=number)).isoformat()
        result = CliRunner().invoke(app, ["nightly", "--day", day, *options])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def put(folder, *names, text=TEXT):
    for name in names:
        (folder / "articles" / name).write_text(text.format(title=Path(name).stem.title()), "utf-8")


def broken(folder, *names):
    put(folder, *names, text="---\ntitle: [\n---\nText of it.\n")


def skipped(errors):
    return [line.split()[1].rstrip(":;,") for line in errors.splitlines() if line.startswith("skipped: ")]


def test_each_of_several_failures_is_told_once_on_a_line_of_its_own(run, tmp_path):
    broken(tmp_path, "a.md", "b.md", "c.md")
    code, told, errors = run(0)
    assert (code, told) == (3, "Nothing new was read; the feed stays as it is.\n")
    assert skipped(errors) == ["articles/a.md", "articles/b.md", "articles/c.md"]
    assert run(1)[:2] == (0, "Nothing is new; the feed stays as it is.\n")


def test_two_files_of_one_name_are_told_apart(run, tmp_path):
    broken(tmp_path, "a.md")
    (tmp_path / "more").mkdir()
    shutil.copy(tmp_path / "articles" / "a.md", tmp_path / "more" / "a.md")
    assert skipped(run(0, sources='folders = ["articles", "more"]')[2]) == ["articles/a.md", "more/a.md"]


def test_a_failure_beside_what_was_heard_before_is_told_as_what_it_is(run, tmp_path):
    put(tmp_path, "alpha.txt")
    assert run(0)[0] == 0
    broken(tmp_path, "z.md")
    code, told, errors = run(1)
    assert (code, skipped(errors)) == (3, ["articles/z.md"])
    assert "nothing could be read" not in told + errors
    assert run(2)[0] == 0


def test_a_program_is_told_all_that_a_person_is(run, tmp_path):
    broken(tmp_path, "a.md", "b.md")
    sources = 'folders = ["articles", "gone"]'
    code, told, errors = run(0, "--json", sources=sources)
    found = json.loads(told)
    assert (code, errors, found["episode_json"], found["notes"]) == (3, "", None, [])
    assert found["skipped"] == list(found["reasons"]) == ["gone", "articles/a.md", "articles/b.md"]
    (tmp_path / "gone").mkdir()
    code, told, errors = run(1, "--json", sources=sources)
    assert (code, errors) == (0, "")
    assert json.loads(told)["notes"] == [f"gone is back; it had failed since {DAY}."]


def test_notes_stand_beside_an_episode_too(run, tmp_path):
    put(tmp_path, "alpha.txt")
    sources = 'folders = ["articles", "gone"]'
    assert run(0, sources=sources)[0] == 3
    (tmp_path / "gone").mkdir()
    put(tmp_path, "beta.txt")
    code, told, _ = run(1, "--json", sources=sources)
    assert code == 0
    assert json.loads(told)["articles"] == ["Beta"]
    assert json.loads(told)["notes"] == [f"gone is back; it had failed since {DAY}."]
    put(tmp_path, "gamma.txt")
    assert json.loads(run(2, "--json", sources=sources)[1])["notes"] == []


def test_who_is_back_is_told_on_a_night_on_which_all_else_fails(run, tmp_path):
    sources = 'folders = ["articles", "gone"]'
    assert run(0, sources=sources)[0] == 3
    (tmp_path / "gone").mkdir()
    broken(tmp_path, "a.md")
    code, _, errors = run(1, sources=sources)
    assert (code, skipped(errors)) == (3, ["articles/a.md"])
    assert errors.splitlines()[-1] == f"audioed: gone is back; it had failed since {DAY}."


def test_what_waits_is_not_nothing(capsys, silent):
    waits = "stopped asking after 20 minutes; one article waits for the next night."
    Console(as_json=False).night(nightly.Report(None, (), (waits,)), silent)
    told, errors = capsys.readouterr()
    assert told == "Nothing new was read; the feed stays as it is.\n"
    assert errors == f"audioed: {waits}\n"


@pytest.mark.parametrize("as_json", [False, True])
def test_neither_a_note_nor_a_reason_commands_the_terminal(capsys, silent, as_json):
    red = "\x1b[31mred\x9b\u202e"
    Console(as_json=as_json).night(nightly.Report(None, (Skip("x", red),), (red,)), silent)
    assert not set(red[0] + red[-2:]) & set("".join(capsys.readouterr()))


def test_who_is_back_is_told_the_next_night_where_the_build_failed(show, monkeypatch):
    place = with_sources(show, folders=("articles", "gone"))
    nightly.run(place, DAY)
    (show.store.home / "gone").mkdir()
    put(show.store.home, "alpha.txt")

    def fails(*_):
        raise MasteringError("the recording cannot be finished; try again.")

    with monkeypatch.context() as patch:
        patch.setattr(producing, "produce", fails)
        with pytest.raises(MasteringError):
            nightly.run(place, DAY + timedelta(days=1))
    report = nightly.run(place, DAY + timedelta(days=2))
    assert report.notes == (f"gone is back; it had failed since {DAY}.",)
    assert nightly.run(place, DAY + timedelta(days=3)).notes == ()


@pytest.mark.parametrize("end", [KeyboardInterrupt, MemoryError, RecursionError])
def test_a_night_that_is_stopped_while_it_reads_remembers_what_failed_before(show, monkeypatch, end):
    names = [f"{number:03}.md" for number in range(60)]
    broken(show.store.home, *names)
    read, asked = reading.article, []

    def counted(candidate, night):
        asked.append(candidate.name)
        if len(asked) == 40:
            raise end
        return read(candidate, night)

    monkeypatch.setattr(reading, "article", counted)
    with pytest.raises(end):
        nightly.run(show, DAY)
    report = nightly.run(show, DAY)
    assert len(asked) == 61  # the one at which it was stopped, twice
    assert len(report.skips) == 60


def test_a_night_that_is_killed_forgets_only_its_last_failures(show, monkeypatch):
    names = [f"{number:03}.md" for number in range(120)]
    broken(show.store.home, *names)
    kept = []
    note = type(show.store.cache).note

    def noted(cache, kind, name, data):
        if kind == "sources":
            kept.append(len(from_json(data)))
        return note(cache, kind, name, data)

    monkeypatch.setattr(type(show.store.cache), "note", noted)
    nightly.run(show, DAY)
    assert kept == [50, 100, 120, 120]


def test_of_more_failures_than_anybody_reads_the_rest_is_told_the_next_night(show, monkeypatch):
    monkeypatch.setattr("audioed.visits.MOST_FAILURES", 4)
    broken(show.store.home, *(f"{number}.md" for number in range(9)))
    place = with_sources(show, folders=("articles", "gone"))
    nights = [nightly.run(place, DAY + timedelta(days=number)) for number in range(4)]
    assert [len(night.skips) for night in nights] == [4, 4, 2, 0]
    assert nights[0].skips[0].name == "gone"
    assert len({skip.name for night in nights for skip in night.skips}) == 10
    assert [night.notes for night in nights] == [
        ("6 more failures will be reported the next night.",),
        ("2 more failures will be reported the next night.",),
        (),
        (),
    ]


def test_what_is_remembered_of_paid_feeds_lies_in_no_folder_that_is_served(show):
    paid = "https://127.0.0.1:9/feed/s3cr3t-t0ken?auth=s3cr3t"
    place = with_sources(show, feeds=(paid,), folders=("articles",), lists=("paid.txt",))
    (place.store.home / "paid.txt").write_text("http://127.0.0.1:9/s3cr3t-page\n")
    put(show.store.home, "alpha.txt")
    assert len(nightly.run(place, DAY).skips) == 2
    told = [path for path in place.store.output.rglob("*") if path.is_file() and b"s3cr3t" in path.read_bytes()]
    assert {path.parent for path in told} == {place.store.reports}
    if os.name == "posix":  # a server that was given the whole show's folder reads as somebody else
        assert {path.stat().st_mode & 0o777 for path in told} == {0o600}
    kept = from_json(place.store.cache.noted("sources", key_of(place.store)))
    assert ("feed", paid) in kept


def test_what_is_remembered_stays_when_room_is_made_and_its_half_made_files_go(show):
    broken(show.store.home, "a.md")
    nightly.run(show, DAY)
    cache = show.store.cache
    half = cache.folder / "sources" / ".making-1.json"
    half.write_bytes(b"{")
    cache.make_room(0, frozenset)
    assert cache.noted("sources", key_of(show.store))
    cache.sweep(half.stat().st_mtime + 2 * 24 * 60 * 60)
    assert not half.exists()
    assert cache.noted("sources", key_of(show.store))


FOLDERS = {
    "missing": (errno.ENOENT, "no such folder"),
    "on an unmounted disk": (errno.EIO, "check the disk"),
    "gone with its server": (getattr(errno, "ESTALE", errno.EIO), "check the disk"),
    "locked": (errno.EACCES, "no permission to read this folder; change its permissions."),
    "not ours": (errno.EPERM, "no permission to read this folder; change its permissions."),
    "a file": (errno.ENOTDIR, "is a file, not a folder"),
    "a ring of links": (errno.ELOOP, "cannot be read"),
}


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_folder_that_cannot_be_read_is_told_as_what_it_is(show, monkeypatch, kind):
    number, says = FOLDERS[kind]

    def iterdir(_):
        raise OSError(number, "as the system says")

    monkeypatch.setattr(Path, "iterdir", iterdir)
    (skip,) = nightly.run(show, DAY).skips
    assert skip.name == "articles"
    assert skip.reason.startswith("articles: ")
    assert says in skip.reason
    assert ("no such folder" in skip.reason) == (kind == "missing")


def test_a_dead_link_in_a_feed_is_told_and_no_night_ends_in_a_fault(run, tmp_path, server):
    sources = f'feeds = ["{server.base}/feed.xml"]\nfolders = ["articles"]'
    server.announce("Dead")
    codes, told = [], []
    for night in range(30):
        if night % 10 == 5:
            put(tmp_path, f"n{night}.txt")
        code, _, errors = run(night, sources=sources)
        codes.append(code)
        told += [night] * len(skipped(errors))
    assert set(codes) == {0}
    assert len(told) == 2  # when it first failed, and when it was set aside
    assert server.asked["/Dead.html"] == 3


def test_a_dead_link_of_the_shows_own_is_a_fault_once(run, tmp_path, server):
    (tmp_path / "list.txt").write_text(f"{server.base}/Dead.html\n")
    codes = [run(night, sources='lists = ["list.txt"]')[0] for night in range(30)]
    assert codes == [3, *[0] * 29]
    assert server.asked["/Dead.html"] == 3


def test_a_feed_that_fails_costs_only_itself_and_is_told_when_it_fails_when_it_is_set_aside_and_when_it_is_back(
    run, tmp_path, server
):
    sources = f'feeds = ["{server.base}/gone.xml"]\nfolders = ["articles"]'
    codes, told = [], []
    for night in range(60):
        put(tmp_path, *([f"n{night}.txt"] if night % 20 == 10 else []))
        if night == 55:
            server.announce()
            server.pages["/gone.xml"] = server.pages["/feed.xml"]
        code, _, errors = run(night, sources=sources)
        codes.append(code)
        told += [night] * len(skipped(errors))
    assert [night for night, code in enumerate(codes) if code] == told
    assert len(told) == 2
    assert set(codes) == {0, 3}
    assert "gone.xml is back" in errors or any("is back" in run(60 + n, sources=sources)[2] for n in range(8))


def test_a_night_on_which_no_source_answers_has_failed(run):
    assert run(0, sources='folders = ["gone", "lost"]')[0] == 1
    assert run(1, sources='folders = ["gone", "lost"]')[0] == 0  # told once


def test_a_file_in_place_of_a_folder_is_told_as_a_file(show):
    put(show.store.home, "alpha.txt")
    place = with_sources(show, folders=("articles/alpha.txt",))
    (skip,) = nightly.run(place, DAY).skips
    assert skip.reason == "articles/alpha.txt: is a file, not a folder; name its folder in [nightly] folders."


def test_the_clock_that_ends_a_night_comes_from_above(show):
    put(show.store.home, "alpha.txt", "beta.txt", "gamma.txt")
    now = iter(range(0, 100_000, 500))  # of 1,200 seconds
    report = nightly.run(show, DAY, clock=Clock(running=lambda: next(now)))
    assert [source.title for source in report.episode.sources] == ["Alpha", "Beta"]
    assert report.notes == ("stopped asking after 20 minutes; one article waits for the next night.",)


def test_an_error_of_ours_is_still_told_as_one(show, monkeypatch):
    def fails(*_):
        raise ExtractionError("all is lost; start again.", name="x")

    monkeypatch.setattr(choosing, "candidates", fails)
    with pytest.raises(ExtractionError):
        nightly.run(show, DAY)


def entry(title, number, link="", text="The beginning of number {}. Read more…"):
    guid = f"<guid isPermaLink='false'>{number}</guid>"
    text = f"<description>{text.replace('{}', str(number))}</description>"
    return f"<item><title>{title}</title>{guid}{f'<link>{link}</link>' if link else ''}{text}</item>"


ONE_NAME = {
    "of one title": [entry("Weekly", number) for number in range(3)],
    "of one title, the same text": [entry("Weekly", number, text="Soon. Read more…") for number in range(3)],
    "of one page": [entry(f"Part {number}", number, "HOST/week.html#part") for number in range(3)],
}


@pytest.mark.parametrize("kind", ONE_NAME)
def test_entries_of_one_name_that_fail_are_told_on_one_night_and_not_every_night(show, server, kind):
    items = "".join(ONE_NAME[kind]).replace("HOST", server.base)
    server.pages["/feed.xml"] = FEED.format(base=server.base, items=items).encode()
    place = with_sources(show, feeds=(f"{server.base}/feed.xml",))
    nights = [nightly.run(place, DAY + timedelta(days=number)) for number in range(4)]
    assert [len(night.skips) for night in nights] == [1, 0, 0, 0]
    assert "(" not in nights[0].skips[0].name


def test_an_entry_that_is_mended_is_heard_beside_one_of_its_name_that_is_not(show, server):
    broken, mended = entry("Weekly", 1), entry("Weekly", 2)
    place = with_sources(show, feeds=(f"{server.base}/feed.xml",))
    server.pages["/feed.xml"] = FEED.format(base=server.base, items=broken + mended).encode()
    assert len(nightly.run(place, DAY).skips) == 1  # both in one sentence
    mended = entry("Weekly", 2, text="In number {}, the lamp was lit again. " * 20)
    server.pages["/feed.xml"] = FEED.format(base=server.base, items=broken + mended).encode()
    report = nightly.run(place, DAY + timedelta(days=1))
    assert [source.title for source in report.episode.sources] == ["Weekly"]
    assert report.skips == ()
