"""A studio on a small show, asked as a page asks it."""

import time
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from audioed.opening import opened
from audioed.place import QUIET
from audioed.studio.app import application
from audioed.studio.desk import Desk
from audioed.studio.guard import Keys
from tests.site.conftest import axe, chromium  # noqa: F401 - fixtures

HOME = "http://127.0.0.1:8123"
SETTINGS = """# What my show is.
[show]
title = "Tides"   # as the town knows it

[synthesis.roles]
narrator = "silent"
"""
PAGE = """<html lang="en"><head><title>The lamp</title></head><body><nav>Home About</nav><article><h1>The lamp</h1>
<p>The lamp on the pier was dark for eleven years. Siobhan Kray kept its glass clean all the same.</p>
<figure><img src="a.jpg"><figcaption>The lamp, as it was in the year of the flood.</figcaption></figure>
<p>Then it shone again, one evening in May, and the boats that came home saw it from far away.</p>
<p>Whoever has a picture of it may send it to the museum, which collects all that it can find.</p>
</article></body></html>"""
CAPTION = "The lamp, as it was in the year of the flood."


@dataclass
class Studio:
    """A desk, and a page that is let in."""

    desk: Desk
    keys: Keys
    client: TestClient
    home: object

    def ask(self, method, path, **body):
        """The answer to a request, as a page or a program sends it."""
        headers = {"Authorization": f"Bearer {self.keys.token}", "X-Audioed-Studio": "1"}
        told = {"params": body} if method == "GET" else {"json": body}
        return self.client.request(method, path, headers=headers, **told)

    def get(self, path, **query):
        return self._told(self.ask("GET", path, **query))

    def do(self, method, path, **body):
        return self._told(self.ask(method, path, **body))

    def done(self, path, **body):
        """What comes of a piece of work."""
        number = self.do("POST", path, **body)["id"]
        while (job := self.get(f"/api/jobs/{number}"))["state"] in {"waiting", "running"}:
            time.sleep(0.1)
        assert job["error"] == ""
        return job["result"]

    def utterances(self, name):
        return [each for part in self.get(f"/api/editions/{name}")["segments"] for each in part["utterances"]]

    def with_words(self, name, words):
        return next(each for each in self.utterances(name) if words in each["written"])

    def clips(self):
        return {path.name for path in (self.home / "cache" / "clips").rglob("*.wav")}

    def _told(self, answer):
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def studio(tmp_path):
    """A show with one page in its folder, and no episode yet."""
    home = tmp_path / "show"
    home.mkdir()
    (home / "audioed.toml").write_text(SETTINGS, "utf-8")
    (home / "lamp.html").write_text(PAGE, "utf-8")
    desk = Desk(home / "audioed.toml", lambda path: opened(path, home, cache=home / "cache", listener=QUIET))
    keys = Keys()
    with TestClient(application(desk, keys), base_url=HOME) as client:
        yield Studio(desk, keys, client, home)
    desk.close()


@pytest.fixture
def lamp(studio):
    """The name of a draft."""
    return studio.do("POST", "/api/editions", article="lamp.html")["edition"]
