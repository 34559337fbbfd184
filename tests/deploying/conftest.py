"""A small show as it grows from day to day, and each kind of place that it may be published at."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from obstore.store import S3Store

import audioed
from audioed import config, deploying
from audioed.cache import Cache
from audioed.config import Target
from audioed.deploying import Deployed, Watcher
from audioed.model import Script
from audioed.store import Store
from tests.deploying import servers
from tests.deploying.servers import BUCKET, PASSWORD, USER
from tests.deploying.sites import BASE, SHOW, Site

SETTINGS = f"""
[show]
title = "Harbour"
[synthesis.roles]
narrator = "silent"
[publishing]
base_url = "{BASE}"
page = 1
keep_old = "0"
"""
TEXT = "# {title}\n\nThe {title} came in on {day}. Nobody was on the pier, and the lamp was out. It was a quiet day.\n"
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03")
_numbers = count()


@pytest.fixture(scope="session")
def days(tmp_path_factory) -> list[Path]:
    """The public folder of a show with one episode, two, and three, the first of which was corrected."""
    kept = tmp_path_factory.mktemp("days")
    home = kept / "show"
    home.mkdir()
    (home / "audioed.toml").write_text(SETTINGS, "utf-8")
    show, made = audioed.open(home, cache=home / "cache"), []
    for number, day in enumerate(DAYS):
        article = home / f"boat-{number}.md"
        article.write_text(TEXT.format(title=f"boat {number}", day=day), "utf-8")
        if len(made) == len(DAYS) - 1:
            show.render(changed(show.script(made[0])))
        made.append(show.render(article, day=show.today.fromisoformat(day)))
        shutil.copytree(home / "output" / SHOW / "public", kept / str(number))
    return [kept / str(number) for number in range(len(DAYS))]


def changed(script: Script) -> Script:
    """A script that ends with other words."""
    *rest, end = script.segments
    last = replace(end.utterances[-1], written="It rained.", spoken="It rained.")
    return replace(script, segments=(*rest, replace(end, utterances=(*end.utterances[:-1], last))))


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Callable[[str], servers.Server]:
    """A server of this kind, started when it is first asked for."""
    with servers.contextlib.ExitStack() as stack:
        found: dict[str, servers.Server] = {}

        def server(kind: str) -> servers.Server:
            if kind not in found:
                start = {"ssh": servers.sshd, "webdav": servers.nginx, "s3": servers.s3}[kind]
                found[kind] = stack.enter_context(start(tmp_path_factory.mktemp(kind)))
            return found[kind]

        yield server


@pytest.fixture
def site(server, tmp_path, monkeypatch) -> Callable[..., Site]:
    """A new, empty place of this kind."""
    monkeypatch.setattr(deploying, "BACK_OFF", 0.0)

    def site(kind: str, *, through_line: bool = False) -> Site:
        fresh = f"site-{next(_numbers)}"
        if kind == "folder":
            (tmp_path / fresh).mkdir()
            return Site(kind, Target(kind=kind, address=str(tmp_path / fresh)), folder=tmp_path / fresh / SHOW)
        if kind == "rsync" and not shutil.which("rsync"):
            pytest.skip("rsync is not installed")
        behind = server("ssh" if kind in {"sftp", "rsync"} else kind)
        line = behind.line if through_line else None
        port = line.port if line else behind.port
        behind.line.reset()
        monkeypatch.setenv("AUDIOED_WEB_PASSWORD", PASSWORD)
        if kind == "s3":
            settings = Target(
                kind=kind, address=f"s3://{BUCKET}/{fresh}", user="key-id", endpoint=f"http://127.0.0.1:{port}"
            )
            bucket = S3Store(
                BUCKET,
                prefix=f"{fresh}/{SHOW}",
                endpoint=f"http://127.0.0.1:{behind.port}",
                access_key_id="key-id",
                secret_access_key=PASSWORD,
                region="us-east-1",
                client_options={"allow_http": True},
            )
            return Site(kind, settings, line, bucket=bucket)
        if kind == "webdav":
            (behind.folder / "dav" / fresh).mkdir()
            address = f"http://{USER}@127.0.0.1:{port}/dav/{fresh}"
            return Site(kind, Target(kind=kind, address=address), line, behind.folder / "dav" / fresh / SHOW)
        (behind.folder / fresh).mkdir(parents=True)
        scheme = "sftp" if kind == "sftp" else "ssh"
        address = f"{scheme}://127.0.0.1:{port}{behind.folder / fresh}"
        settings = Target(kind=kind, address=address, ssh_config=str(behind.ssh_config))
        return Site(kind, settings, line, behind.folder / fresh / SHOW)

    return site


@pytest.fixture
def send(tmp_path) -> Callable[..., Deployed]:
    """Deploy a public folder to a site."""

    def send(public: Path, site: Site, hub="", base=BASE, heard=lambda _: Watcher(), **options) -> Deployed:
        home = tmp_path / "home"
        store = Store(home / "output", Cache(tmp_path / "cache"), "Harbour", home)
        home.mkdir(exist_ok=True)
        settings = config.Config(publishing=config.Publishing(base_url=base, hub=hub), targets={"web": site.settings})
        return deploying.deploy(public, store, settings, "web", heard, **options)

    return send


@pytest.fixture(autouse=True)
def nobody_asked(monkeypatch):
    """The public address of these shows is nobody's."""
    monkeypatch.setattr(deploying.hub, "unseen", lambda _feed, _content: "")
