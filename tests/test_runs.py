"""What a night came to is told: as JSON and as a page, kept for a while, and never in the public folder."""

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from typer.testing import CliRunner

from audioed import nightly, producing, runs
from audioed.cli.app import app
from audioed.errors import MasteringError
from audioed.model import Run
from audioed.runs.recording import Clock
from audioed.schemas import HERE
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_nightly import TEXT, with_sources

HOSTILE = "<script>alert(1)</script> & “Ærø”"


@pytest.fixture
def show(silent, monkeypatch):
    quicken(monkeypatch)
    (silent.store.home / "articles").mkdir()
    return with_sources(silent, folders=("articles", "gone"))


def put(show, title):
    written = title.replace("&", "&amp;").replace("<", "&lt;")
    (show.store.home / "articles" / f"{len(title)}.md").write_text(f"# {written}\n\n{TEXT}\nQwrtzk sails.\n", "utf-8")


def clock():
    ticks = count()
    return Clock(datetime(2026, 3, 14, 4, 15, tzinfo=UTC), lambda: next(ticks) * 0.5)


def test_a_night_tells_what_is_in_what_is_not_and_how_long_it_took(show):
    put(show, HOSTILE)
    made = nightly.run(show, DAY, clock=clock()).episode
    (path,) = show.store.reports.glob("run-*.json")
    told = json.loads(path.read_text("utf-8"))
    Draft202012Validator(json.loads((HERE / "run.schema.json").read_text("utf-8"))).validate(told)
    assert (told["result"], told["episode"], told["began"]) == ("partial", made.name, "2026-03-14T04:15:00Z")
    assert [each["title"] for each in told["articles"]] == [HOSTILE]
    assert told["skips"][0].startswith("gone: no such folder")
    assert {"extract", "write", "speak", "master", "publish"} <= set(told["stages"])
    assert sum(told["stages"].values()) <= told["took"]
    assert "Qwrtzk" in [each["word"] for each in told["words"]]
    page = html.fromstring(path.with_suffix(".html").read_text("utf-8"))
    assert page.xpath("//script") == []
    assert HOSTILE in page.text_content()
    assert len(page.xpath("//svg")) == 6
    assert not re.search(r'(?:src|href)="https?:', path.with_suffix(".html").read_text("utf-8").replace('rel="nor', ""))
    assert not list(show.store.public.rglob("run-*"))


def test_a_quiet_night_leaves_a_line_and_a_page_when_it_is_asked_for(show, monkeypatch):
    monkeypatch.chdir(show.store.home)
    place = with_sources(show, folders=("articles",))
    nightly.run(place, DAY)
    assert [each.name for each in show.store.reports.iterdir()] == ["run-00001.json"]
    assert runs.last(place.store) == Run(day=DAY, stages={"extract": 0.0})
    (show.store.home / "audioed.toml").write_text('[show]\ntitle = "My articles"\n', "utf-8")
    done = CliRunner().invoke(app, ["report"])
    assert done.exit_code == 0, done.output
    assert done.stdout.strip().endswith("run-00001.html")
    assert "Nothing new" in (show.store.reports / "run-00001.html").read_text("utf-8")
    assert json.loads(CliRunner().invoke(app, ["report", "--json"]).stdout)["day"] == DAY.isoformat()


@pytest.mark.parametrize(
    ("error", "result"),
    [(MasteringError("no; try again."), "failed"), (MemoryError(), "failed"), (KeyboardInterrupt(), "stopped")],
)
def test_a_night_that_breaks_off_is_told_however_it_ends(show, monkeypatch, error, result):
    put(show, "The quay")

    def fails(*_):
        raise error

    monkeypatch.setattr(producing, "produce", fails)
    with pytest.raises(type(error)):
        nightly.run(show, DAY)
    run = runs.last(show.store)
    assert run.result == result
    assert run.error
    assert (show.store.reports / "run-00001.html").is_file()


def test_of_many_nights_the_last_are_kept_and_the_page_looks_back_on_thirty(show, monkeypatch):
    monkeypatch.setattr(runs, "MOST", 35)
    for number in range(40):
        runs.keep(Run(day=DAY + timedelta(number), result="built", duration=60.0 + number), show.store)
    (show.store.reports / "run-00033.json").write_text("{")
    assert [each.name for each in sorted(show.store.reports.iterdir())][::34] == ["run-00006.json", "run-00040.json"]
    nights = runs.recent(show.store)
    assert [each.day for each in nights[-2:]] == [DAY + timedelta(38), DAY + timedelta(39)]
    assert len(nights) == 30
    from audioed.runs.page import page

    assert page("x", runs.numbered(show.store)).count("<rect") == 6 * 30


def test_a_report_that_cannot_be_written_costs_no_night(show, caplog):
    show.store.show_folder.mkdir(parents=True)
    show.store.reports.write_text("in the way")
    put(show, "The quay")
    assert nightly.run(show, DAY).episode
    assert "report cannot be saved" in caplog.text
