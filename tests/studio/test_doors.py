"""Who may come in, from where, and what nobody reaches through the studio."""

import json
import random
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import anyio
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from audioed.cli.app import app
from audioed.studio.actions import ACTIONS, openapi
from audioed.studio.app import application
from audioed.studio.events import News
from audioed.studio.guard import TRIES, Keys
from tests.studio.conftest import HOME

DOCS = Path(__file__).parents[2] / "docs" / "studio.md"
CHANGING = {"X-Audioed-Studio": "1"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE episodes; --",
    "../../../etc/passwd",
    "..\\..\\secret.txt",
    "%2e%2e%2fsecret.txt",
    "/etc/passwd",
    "file:///etc/passwd",
    "secret.txt\x00.html",
    "{{7*7}}${7*7}",
    "[a](/b/)[c](/" + "d" * 300 + "/)",
    "[x](/javascript/)",
    "\u202egnp.exe",
    "\ud83d",
    "\x1b]0;title\x07",
    "a" * 5_000,
    "\n\r\t",
    "",
    "NaN",
    "-1",
    "10" * 40,
    "con",
    '"""\n[show]\ntitle = "x"',
    "🎉" * 40,
    "[[choices]]",
    "\u0301" * 60,
)


@pytest.fixture
def anybody(studio):
    """Somebody without a key."""
    with TestClient(application(studio.desk, studio.keys), base_url=HOME) as client:
        yield client


def test_the_key_of_the_address_lets_a_browser_in_and_nothing_else_does(studio, anybody):
    for path in (
        "/",
        "/api/show",
        "/api/events",
        "/api/openapi.json",
        "/static/x.js",
        "/?key=wrong",
        "/api/show?key=x",
    ):
        assert anybody.get(path).status_code == 401, path
    entered = anybody.get(f"/?key={studio.keys.token}")
    cookie = entered.headers["set-cookie"]
    assert ("HttpOnly" in cookie, "SameSite=strict" in cookie) == (True, True)
    assert studio.keys.token not in cookie + entered.text
    page = anybody.get("/")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert anybody.get("/api/show").json()["title"] == "Tides"
    assert TestClient(anybody.app, base_url=HOME, cookies={studio.keys.cookie: "wrong"}).get("/").status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),  # a form of another site sends no header of its own
        ({**CHANGING, "Origin": "http://evil.example"}, 403),
        ({**CHANGING, "Origin": "null"}, 403),
        ({**CHANGING, "Origin": "http://127.0.0.1:9999"}, 403),
        ({**CHANGING, "Sec-Fetch-Site": "cross-site"}, 403),
        ({**CHANGING, "Sec-Fetch-Site": "same-site"}, 403),
        ({**CHANGING, "Host": "evil.example"}, 421),  # whose name leads here by its owner's DNS
        ({**CHANGING, "Host": "127.0.0.1.evil.example"}, 421),
        ({**CHANGING, "Host": "192.168.1.9:8123"}, 421),
        ({**CHANGING, "Host": ""}, 421),
        ({**CHANGING, "Origin": HOME, "Sec-Fetch-Site": "same-origin"}, 200),
        ({**CHANGING, "Host": "localhost:8123", "Origin": "http://localhost:8123"}, 200),
    ],
)
def test_a_page_of_another_site_changes_nothing_through_its_readers_browser(studio, anybody, headers, status):
    anybody.get(f"/?key={studio.keys.token}")
    assert anybody.post("/api/queue", json={"article": "lamp.html"}, headers=headers).status_code == status
    assert (studio.home / "queue.txt").exists() is (status == 200)
    if "Sec-Fetch-Site" in headers:
        assert anybody.get("/api/show", headers=headers).status_code == status


def test_others_come_in_by_a_password_that_cannot_be_tried_for_ever(studio):
    keys = Keys("correct horse")
    with TestClient(application(studio.desk, keys, "192.168.1.9"), base_url="http://192.168.1.9:8123") as client:
        assert 'name="password"' in client.get("/").text
        assert client.get("/api/show").status_code == 401
        wrong = client.post("/-/enter", data={"password": "battery"})
        assert (wrong.status_code, "not the password" in wrong.text) == (401, True)
        evil = client.post("/-/enter", data={"password": "correct horse"}, headers={"Origin": "http://evil.example"})
        assert evil.status_code == 403
        assert client.post("/-/enter", data={"password": "correct horse"}).status_code == 200
        assert client.get("/api/show").status_code == 200
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
        keys._wrong = [time.monotonic()] * TRIES
        assert keys.is_password("correct horse") is False


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/api/editions/..",
        "/api/editions/%2e%2e%2f%2e%2e%2fsecret",
        "/api/editions/..%5csecret/recording",
        "/api/editions/drafts/recording",
        "/api/editions/.before/recording",
        "/api/editions/public/recording",
        "/api/editions/a%00b",
        "/api/jobs/99",
        "/api/jobs/x",
        "/api/nothing",
    ],
)
def test_no_address_leads_out_of_the_studio(studio, lamp, path):  # noqa: ARG001 - a draft is there
    answer = studio.ask("GET", path)
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "name",
    ["audioed.toml", "queue.txt", "tonight.txt", "./voices/lexicon/en.tsv", ".env.txt", ".x/a.txt", "cookies.txt"],
)
def test_no_file_of_the_show_s_own_becomes_an_article(studio, name):
    settings = studio.home / "audioed.toml"
    there = settings.read_text("utf-8") if settings.exists() else ""
    settings.write_text(f'{there}\n[extraction.sites."example.com"]\ncookies = "cookies.txt"\n', "utf-8")
    path = studio.home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.exists() or path.write_text("A secret that is long enough to be an article of its own.", "utf-8")
    for door in ("/api/editions", "/api/queue"):
        answer = studio.ask("POST", door, article=name)
        assert (answer.status_code, "show's own files" in answer.json()["error"]) == (422, True), answer.text


@pytest.mark.parametrize("name", [f"https://{'a' * 64}.example/x", f"https://{'ü' * 300}.example/", "x" * 5_000])
def test_a_name_that_nothing_can_have_is_told_shortly(studio, name):
    answer = studio.ask("POST", "/api/queue", article=name)
    assert answer.status_code == 422, answer.text
    assert len(answer.text) < 1_000


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "output", "nothing.html", "a\x00b", "~/x.html", ""])
def test_no_file_outside_the_show_is_read(studio, name):
    (studio.home.parent / "secret.txt").write_text("A secret that is long enough to be an article of its own.", "utf-8")
    for path in ("/api/editions", "/api/queue"):
        answer = studio.ask("POST", path, article=name)
        assert answer.status_code == 422
        assert "nor a file in the show's folder" in answer.json()["error"]
    assert studio.get("/api/editions")["total"] == 0


def test_hostile_texts_in_every_field_change_no_file_but_those_of_the_show(studio, lamp):
    outside = studio.home.parent / "outside"
    outside.mkdir(exist_ok=True)
    before = {path for path in studio.home.parent.rglob("*") if studio.home not in path.parents}
    chance = random.Random(24)  # noqa: S311 - repeats itself
    utterance = studio.utterances(lamp)[1]
    known = {"edition": lamp, "utterance": utterance["id"], "version": utterance["version"], "article": 1}
    left = {"about", "tonight", "approve", "undo", "publish", "verify", "picture", "waveform", "discard", "remove"}
    tried = 0
    for action in (each for each in ACTIONS if each.name not in left):
        for text in chance.sample(HOSTILE, 9):
            body = {name: value for name, value in known.items() if name in action.asked.__dataclass_fields__}
            body |= {
                name: text for name in action.asked.__dataclass_fields__ if name not in body or chance.random() < 0.2
            }
            answer = _sent(studio, action, body)
            assert answer.status_code < 500, (action.name, text, answer.text)
            if answer.headers["content-type"].startswith("application/json"):
                answer.json()
            tried += 1
    assert tried > 200
    assert {path for path in studio.home.parent.rglob("*") if studio.home not in path.parents} == before
    assert studio.get(f"/api/editions/{lamp}")["segments"]
    assert {path.name for path in studio.home.iterdir()} <= {
        *("audioed.toml", "lamp.html", "output", "cache", "voices", "choices.toml", "queue.txt", "tonight.txt"),
    }


def _sent(studio, action, body):
    def put(found):
        return quote(str(body.pop(found[1], "x")).encode("utf-8", "surrogatepass"), safe="")

    path = re.sub(r"\{(\w+)\}", put, action.path)
    if action.is_read:
        body = {name: str(value).encode("utf-8", "replace").decode() for name, value in body.items()}
        return studio.ask("GET", path, **body)
    headers = {"Authorization": f"Bearer {studio.keys.token}", **CHANGING, "Content-Type": "application/json"}
    return studio.client.request(action.method, path, headers=headers, content=json.dumps(body))


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"article": "lamp.html"}', "text/plain", 415),
        (b'{"article": "' + b"x" * 300_000 + b'"}', "application/json", 413),
        (b'{"article": "lamp.html", "other": 1}', "application/json", 422),
        (b'{"article": {"a": 1}}', "application/json", 422),
        (b"\xff\xfe", "application/json", 400),
    ],
)
def test_what_is_no_request_is_told_in_a_sentence(studio, content, kind, status):
    headers = {"Authorization": f"Bearer {studio.keys.token}", **CHANGING, "Content-Type": kind}
    answer = studio.client.post("/api/editions", content=content, headers=headers)
    assert (answer.status_code, answer.json()["error"].endswith(".")) == (status, True)


def test_the_interface_is_described_in_full(studio):
    described = studio.get("/api/openapi.json")
    assert described == openapi()
    operations = {(method.upper(), path) for path, each in described["paths"].items() for method in each}
    assert operations == {(each.method, each.path) for each in ACTIONS}
    text = json.dumps(described)
    assert not set(re.findall(r"#/components/schemas/(\w+)", text)) - set(described["components"]["schemas"])
    told = DOCS.read_text("utf-8")
    rows = [f"| `{each.name}` | `{each.method} {each.path}` | {each.told.splitlines()[0]} |" for each in ACTIONS]
    assert [row for row in rows if row not in told] == []


def test_the_command_serves_it_tells_what_happens_and_loses_nothing_when_it_is_killed(studio, lamp):
    command = [
        sys.executable,
        "-m",
        "audioed",
        "studio",
        lamp,
        "--config",
        str(studio.home),
        "--no-browser",
        "--port",
        "0",
    ]
    with subprocess.Popen(
        [*command, "--cache", str(studio.home / "cache")], stdout=subprocess.PIPE, text=True
    ) as server:
        address = server.stdout.readline().split()[1]
        base, _, key = address.partition("?key=")
        headers = {"Authorization": f"Bearer {key}", **CHANGING, "Content-Type": "application/json"}

        def ask(path, method="GET", **body):
            data = json.dumps(body).encode() if body else None
            request = urllib.request.Request(base + path, data, headers, method=method)
            return urllib.request.urlopen(request, timeout=20)

        assert json.load(ask("api/show"))["first"] == lamp
        said = studio.utterances(lamp)[1]
        with ask("api/events") as events:
            assert events.readline().startswith(b"retry:")
            path = f"api/editions/{lamp}/utterances/{said['id']}"
            ask(path, "PATCH", version=said["version"], pause=3.5)
            lines = [events.readline() for _ in range(7)]
        assert b"event: edition\n" in lines
        assert ask(f"{path}/sound").read(4) == b"RIFF"
        server.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert studio.utterances(lamp)[1]["pause"] == 3.5


def test_a_page_that_was_hidden_is_told_what_it_missed_and_one_of_another_studio_that_all_may_be_new():
    news = News()
    for name in ("first", "second"):
        news.tell("edition", edition=name)

    async def told(since):
        stream = news.stream(since, lambda: None)
        return [await anext(stream) for _ in range(2)]

    here, missed = anyio.run(told, 1)
    assert (here.split()[-2:], missed) == (["data:", "{}"], 'id: 2\nevent: edition\ndata: {"edition": "second"}\n\n')
    assert anyio.run(told, 99)[1] == "id: 2\nevent: show\ndata: {}\n\n"


def test_the_command_refuses_others_without_a_password(tmp_path):
    command = ["studio", "--config", str(tmp_path), "--no-browser", "--host", "0.0.0.0"]
    ended = CliRunner().invoke(app, command)
    assert (ended.exit_code, "add --password" in ended.output) == (2, True)
    short = CliRunner().invoke(app, [*command, "--password"], input="short\n")
    assert (short.exit_code, "at least 8 characters" in short.output) == (2, True)
