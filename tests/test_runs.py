"""What a night came to is told: as JSON and as a page, kept for a while, and never in the public folder."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Thread

import prometheus_client.openmetrics.parser
import prometheus_client.parser
import pytest
from jsonschema import Draft202012Validator
from lxml import html
from typer.testing import CliRunner

from audioed import nightly, producing, runs
from audioed.cli.app import app
from audioed.config import Notify
from audioed.errors import MasteringError
from audioed.model import Run
from audioed.runs import metrics, notifying
from audioed.runs.recording import Clock
from audioed.schemas import HERE
from audioed.terminal import LOG
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


def test_of_a_night_with_an_episode_for_each_article_all_are_told(show):
    texts = {
        "The quay": "Stone by stone, masons raise the harbour wall. They eat their bread on it at noon.",
        "Plum jam": "Boil the fruit with sugar for an hour, then pour it into clean jars. It keeps until spring.",
    }
    for title, text in texts.items():
        (show.store.home / "articles" / f"{title}.md").write_text(f"# {title}\n\n{text}\n", "utf-8")
    config = replace(show.config, nightly=replace(show.config.nightly, episodes="single"))
    made = nightly.run(replace(show, config=config), DAY)
    run = runs.last(show.store)
    assert (run.episode, run.others) == (made.episode.name, tuple(each.name for each in made.others))
    assert {each.title for each in run.articles} == set(texts)
    assert f"{run.others[0]}/index.html" in (show.store.reports / "run-00001.html").read_text("utf-8")


def test_a_quiet_night_leaves_a_line_and_a_page_when_it_is_asked_for(show, monkeypatch):
    monkeypatch.chdir(show.store.home)
    place = with_sources(show, folders=("articles",))
    nightly.run(place, DAY)
    assert [each.name for each in show.store.reports.iterdir()] == ["run-00001.json"]
    assert runs.last(place.store) == Run(day=DAY, stages={"extract": 0.0})
    (show.store.home / "audioed.toml").write_text('[show]\ntitle = "My articles"\n', "utf-8")
    done = CliRunner().invoke(app, ["report"])
    assert done.exit_code == 0, done.output
    told, path = done.stdout.splitlines()
    assert told == f"{DAY} nothing new"
    assert path.endswith("run-00001.html")
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
    config = replace(show.config, notify=Notify(metrics="articles"))  # a folder
    assert nightly.run(replace(show, config=config), DAY).episode
    assert "report cannot be saved" in caplog.text
    assert "notify.metrics" in caplog.text


def test_a_log_for_programs_has_a_time_on_every_line_and_how_the_night_ended(show, monkeypatch):
    monkeypatch.setattr(LOG, "moment", None)
    monkeypatch.chdir(show.store.home)
    monkeypatch.setenv("AUDIOED_CACHE", "cache")
    settings = '[synthesis.roles]\nnarrator = "silent"\n[nightly]\nfolders = ["articles", "gone"]\n'
    (show.store.home / "audioed.toml").write_text(settings, "utf-8")
    put(show, HOSTILE)
    done = CliRunner().invoke(app, ["--log-json", "nightly", "--json"])
    assert (done.exit_code, json.loads(done.stdout)["articles"]) == (3, [HOSTILE])
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert all(datetime.fromisoformat(line["time"]).utcoffset() == timedelta() for line in lines)
    assert {line["stage"] for line in lines if "seconds" in line} >= {"extract", "speak", "publish"}
    assert [line["skipped"] for line in lines if line["level"] == "warning"] == ["gone"]
    assert lines[-1]["result"] == "partial"


class Phone(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.locked.append(self.server.store.is_locked("nightly"))
        self.server.held.wait(10)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def phone(show, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Phone) as server:
        server.heard, server.locked, server.status, server.held, server.store = [], [], 200, Event(), show.store
        server.held.set()
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        monkeypatch.setenv("AUDIOED_MY_PHONE_ADDRESS", f"json://127.0.0.1:{server.server_port}/s3cr3t")
        yield server
        server.held.set()
        server.shutdown()
        thread.join()


def told(place, when="recovery", to=("my-phone",)):
    return replace(place, config=replace(place.config, notify=Notify(to=to, when=when)))


@pytest.mark.parametrize(("when", "heard"), [("failure", "!"), ("recovery", "! "), ("always", " !  ")])
def test_who_looks_after_a_show_hears_of_a_failed_night_and_of_the_next_good_one(show, phone, when, heard):
    good, bad = told(with_sources(show, folders=("articles",)), when), told(with_sources(show, folders=("gone",)), when)
    for night, place in enumerate((good, bad, good, good)):
        nightly.run(place, DAY + timedelta(night))
    assert "".join("!" if each["type"] == "failure" else " " for each in phone.heard) == heard
    failure = next(each for each in phone.heard if each["type"] == "failure")
    assert failure["title"] == "My articles, 2026-03-15: failed"
    assert failure["message"].startswith("gone: no such folder")
    assert not any(phone.locked), "others may work while the phone rings"


def test_a_phone_that_is_off_slow_or_unknown_costs_no_night_and_its_address_is_told_to_nobody(
    show, phone, caplog, monkeypatch, capsys
):
    monkeypatch.setattr(notifying, "LIMIT", 0.5)
    monkeypatch.setenv("AUDIOED_OFF_ADDRESS", "json://127.0.0.1:9/s3cr3t")
    monkeypatch.setenv("AUDIOED_WRONG_ADDRESS", "s3cr3t")
    put(show, "The quay")
    phone.held.clear()
    place = told(with_sources(show, folders=("articles",)), "always", ("my-phone", "off", "wrong", "nobody"))
    assert nightly.run(place, DAY).result == "built"
    assert [each.split("'")[1] for each in caplog.messages] == ["wrong", "nobody", "my-phone", "off"]
    heard = caplog.text + "".join(capsys.readouterr())
    kept = [path for path in show.store.home.rglob("*") if path.is_file() and b"s3cr3t" in path.read_bytes()]
    assert "s3cr3t" not in heard
    assert kept == []


def test_an_address_can_be_tried_by_day(show, phone, monkeypatch):
    monkeypatch.chdir(show.store.home)
    nightly.run(with_sources(show, folders=("articles",)), DAY)
    settings = '[notify]\nto = ["my-phone", "nobody"]\n'
    (show.store.home / "audioed.toml").write_text(settings, "utf-8")
    done = CliRunner().invoke(app, ["report", "--send"])
    assert (done.exit_code, len(phone.heard)) == (1, 1)
    assert "'nobody' was not told" in done.stderr
    assert "AUDIOED_NOBODY_ADDRESS" in done.stderr


def test_a_message_tells_of_a_feed_no_more_than_anybody_may_know():
    run = Run(day=DAY, skips=("https://me:pw@paid.example/feed/t0ken?k=1 answered 403 Forbidden; check it.",))
    assert notifying.body(run).splitlines()[0] == "https://paid.example/… answered 403 Forbidden; check it."


def test_metrics_are_what_prometheus_reads(show):
    put(show, "The quay")
    config = replace(show.config, notify=Notify(metrics="metrics/show.prom"))
    nightly.run(replace(show, config=config), DAY, clock=clock())
    text = (show.store.home / "metrics" / "show.prom").read_text("utf-8")
    for reader in (prometheus_client.openmetrics.parser, prometheus_client.parser):
        found = {
            (sample.name, *(value for name, value in sorted(sample.labels.items()) if name != "show")): sample.value
            for family in reader.text_string_to_metric_families(text)
            for sample in family.samples
        }
        assert found["audioed_night_result", "partial"] == 1
        assert found["audioed_night_result", "failed"] == 0
        assert found["audioed_night_start_time_seconds",] == 1_773_461_700
        assert found["audioed_night_articles",] == found["audioed_night_skips",] == 1
        assert ("audioed_night_stage_seconds", "speak") in found
    assert [each.name for each in (show.store.home / "metrics").iterdir()] == ["show.prom"]
    runs.keep(Run(day=DAY), show.store)
    assert 'show="a\\"b\\\\"' in metrics.text('a"b\\', runs.recent(show.store))
