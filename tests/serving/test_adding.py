"""Pages come into the queue from a browser on this machine that has the key, and from nobody else."""

import re
import threading
from html import unescape

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from audioed import queue
from audioed.cache import Cache
from audioed.cli.app import app
from audioed.serving import application
from audioed.serving.adding import Door, key_for
from audioed.serving.shelf import Shelf

PAGE = "https://paper.example/story?id=1&lang=en"
OWN = {"Origin": "http://localhost:8000"}


@pytest.fixture
def door(tmp_path):
    return Door('Tide & "Time"', tmp_path, "k3y")


@pytest.fixture
def web(output, door):
    return TestClient(application(Shelf(output), door=door), base_url="http://localhost:8000")


def queued(door):
    path = door.home / queue.QUEUE
    return path.read_text("utf-8").splitlines() if path.is_file() else []


def test_the_bookmarklet_sends_the_page_and_only_the_form_behind_it_adds(web, door):
    shown = web.get(door.path)
    mark = unescape(re.search(r'href="(javascript:[^"]*)"', shown.text)[1])
    assert mark.startswith("javascript:void(open('http://localhost:8000/-/add/k3y/?url='+encodeURIComponent(")
    opened = web.get(door.path, params={"url": PAGE})
    nonce = re.search(r'<script nonce="([^"]+)">', opened.text)[1]
    assert f"'nonce-{nonce}'" in opened.headers["content-security-policy"]
    assert queued(door) == []
    added = web.post(door.path, data={"url": PAGE}, headers=OWN)
    assert (added.status_code, queued(door)) == (200, [PAGE])
    assert "It is in the queue; the next edition reads it." in added.text
    assert "in the queue already" in web.post(door.path, data={"url": f"{PAGE}#top"}, headers=OWN).text
    assert queued(door) == [PAGE]


@pytest.mark.parametrize(
    "shared",
    [{"url": PAGE}, {"text": f"Look at this: {PAGE}"}, {"title": "A story", "text": f"A story\n{PAGE}\nvia an app"}],
)
def test_what_other_programs_share_is_found_wherever_they_put_it(web, door, shared):
    target = web.get(f"{door.path}manifest.json").json()["share_target"]
    assert (target["action"], target["method"], set(target["params"])) == (door.path, "GET", {"title", "text", "url"})
    assert f'value="{PAGE.replace("&", "&amp;")}"' in web.get(target["action"], params=shared).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (OWN, 200),
        ({}, 200),  # no browser: a program that has the key
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:9000"}, 403),
        ({**OWN, "Host": "evil.example:8000"}, 400),
    ],
)
def test_a_form_comes_from_our_own_page_or_from_no_browser(web, door, headers, status):
    assert web.post(door.path, data={"url": PAGE}, headers=headers).status_code == status
    assert bool(queued(door)) is (status == 200)


@pytest.mark.parametrize(
    "path", ["/-/add/", "/-/add/wrong/", "/-/add/k3/", "/-/add/k3y%00/", "/-/add/wrong/manifest.json"]
)
def test_without_the_key_there_is_nothing(web, door, path):
    assert web.get(path).status_code == web.get("/-/nothing").status_code == 404
    assert web.post(path, data={"url": PAGE}).status_code in {404, 405}
    assert queued(door) == []


@pytest.mark.parametrize(
    "address",
    ["", "/etc/passwd", "audioed.toml", "file:///etc/passwd", "javascript:alert(1)", "https://", "ftp://a.example/x"],
)
def test_no_file_and_nothing_but_an_address_comes_in(web, door, address):
    (door.home / "audioed.toml").touch()
    answer = web.post(door.path, data={"url": address}, headers=OWN)
    assert (answer.status_code, queued(door)) == (400, [])
    assert "send one that begins with https://" in answer.text
    assert web.post(door.path, data={"url": f"https://a.example/{'x' * 20_000}"}, headers=OWN).status_code == 413


def test_what_is_sent_stays_text_and_no_other_site_reads_or_frames_the_page(web, door):
    evil = 'https://a.example/"><script>alert(1)</script>'
    for answer in (web.get(door.path, params={"url": evil}), web.post(door.path, data={"url": evil}, headers=OWN)):
        assert "<script>alert" not in answer.text
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "access-control-allow-origin" not in answer.headers
        assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("same-origin", "no-store")


def test_all_that_many_send_at_once_is_in_the_queue(door):
    sent = [f"https://paper.example/{n}" for n in range(12)]
    senders = [threading.Thread(target=queue.add_address, args=(each, door.home)) for each in sent]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    assert sorted(queued(door)) == sorted(sent)


def test_nothing_is_accepted_unless_it_is_asked_for_and_from_elsewhere_never(output, tmp_path):
    plain = TestClient(application(Shelf(output)), base_url="http://localhost:8000")
    assert plain.get("/-/add/k3y/").status_code == 404
    ran = CliRunner().invoke(app, ["serve", str(output), "--accept", "--host", "0.0.0.0"])
    assert (ran.exit_code, "from this machine alone" in ran.output) == (2, True)
    ran = CliRunner().invoke(app, ["serve", str(output), "--accept", "--cache", str(tmp_path / "cache")])
    assert (ran.exit_code, "has no audioed.toml" in ran.output) == (2, True)


def test_the_key_stays_for_bookmarks_hold_it(tmp_path):
    cache = Cache(tmp_path)
    assert key_for(cache, "one") == key_for(cache, "one") != key_for(cache, "two")
    assert len(key_for(cache, "one")) == 32
