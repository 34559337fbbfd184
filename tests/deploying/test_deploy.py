"""A show is sent to where its listeners are, and its feed there is whole whatever happens."""

import json
import threading
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from audioed import deploying
from audioed.config import Publishing, Target, load
from audioed.deploying import Watcher, hub
from audioed.deploying.lock import NAME, Lock
from audioed.deploying.plan import ordered
from audioed.deploying.target import File
from audioed.deploying.targets import folder
from audioed.errors import ConfigError, ConnectionLost, DeployError, StoreError
from tests.deploying.servers import PASSWORD
from tests.deploying.sites import assert_whole, content, shown

PLACES = {"sftp": 1, "webdav": 2, "s3": 2, "rsync": 1}
"""In how many places a line is cut."""


def kinds(always, *others):
    """Of each fault one kind is always tried, and every kind by `make faults`; all always keep the contract."""
    return pytest.mark.parametrize(
        "kind", [*always, *(pytest.param(each, marks=pytest.mark.faults) for each in others)]
    )


@kinds(["folder", "sftp"], "webdav", "s3", "rsync")
def test_a_show_is_sent_and_then_only_what_changed(days, site, send, kind):
    place = site(kind)
    plan = send(days[0], place, dry_run=True)
    assert place.names() == set()
    done = send(days[0], place)
    assert done.sent == plan.sent
    assert list(done.sent)[-1] == "feed.xml"
    assert shown(place) == content(days[0])
    assert assert_whole(place) >= 8

    again = send(days[0], place)
    assert (dict(again.sent), dict(again.removed)) == ({}, {})

    done = send(days[1], place)
    assert shown(place) == content(days[1])
    assert_whole(place)
    new = content(days[1]).items() - content(days[0]).items()
    assert set(done.sent) == {name for name, _ in new}
    assert list(done.sent)[-2:] == ["feed-1.xml", "feed.xml"]

    done = send(days[2], place)
    assert shown(place) == content(days[2])
    assert set(done.removed) == content(days[1]).keys() - content(days[2]).keys() != set()


@kinds(["sftp"], "webdav", "s3", "rsync")
def test_a_line_that_is_cut_anywhere_leaves_a_whole_feed_and_the_next_deploy_sends_the_rest(days, site, send, kind):
    place = site(kind, through_line=True)
    send(days[0], place)
    place.line.reset()
    send(days[2], place)
    total = place.line.sent
    assert total > 0
    for number in range(PLACES[kind]):
        place.line.reset()
        send(days[0], place)
        place.line.reset(cut_after=total * (2 * number + 1) // (2 * PLACES[kind]))
        with pytest.raises(ConnectionLost) if place.line.cut_after < total // 2 else suppress(ConnectionLost):
            send(days[2], place)
        assert_whole(place)
        place.line.reset()
        send(days[2], place)
        assert shown(place) == content(days[2])
        assert not [name for name in place.names() if name.endswith(".part") or name == NAME]


@kinds(["sftp"], "webdav", "s3")
def test_a_line_that_is_cut_once_costs_nobody_anything(days, site, send, kind):
    place = site(kind, through_line=True)
    send(days[0], place)
    place.line.reset(cut_after=60_000, once=True)
    send(days[1], place)
    assert place.line.cuts == 1
    assert shown(place) == content(days[1])


def test_at_each_instant_the_feed_is_whole(days, site, send, monkeypatch):
    place = site("folder")
    send(days[0], place)
    looks = []
    for name in ("upload", "rename", "remove"):
        done = getattr(folder.Folder, name)

        def watched(self, *arguments, done=done):
            done(self, *arguments)
            looks.append(assert_whole(place))

        monkeypatch.setattr(folder.Folder, name, watched)
    for public in (days[1], days[2], days[0]):
        send(public, place)
        assert shown(place) == content(public)
    assert len(looks) > 60


def test_a_recording_that_changes_under_its_name_does_so_behind_the_feed(days, site, send, tmp_path):
    public = copied(days[1], tmp_path)
    (old,) = public.glob("2026-03-01*/*.mp3")
    place = site("folder")
    send(public, place)
    old.unlink()
    old.write_bytes(b"corrected " * 3000)
    page = public / "feed.xml"
    page.write_bytes(page.read_bytes().replace(b"</rss>", b"<!-- --></rss>"))
    assert list(send(public, place).sent) == ["feed.xml", old.relative_to(public).as_posix()]


def test_a_feed_goes_behind_all_that_it_names():
    """Of older pages those first that are new, so that nothing names them yet."""
    there = dict.fromkeys(("feed.xml", "feed-1.xml", "sections/sea/feed.xml", "2026/2026-0123456789.mp3"), 1)
    new = ("feed-2.xml", "sections/sea/feed-1.xml", "private/0a/feed.xml", "private/0a/feed-1.xml", "index.html")
    names = (*there, *new, "cover.jpg", "2026/index.html", "2026/2026-9876543210.mp3")
    groups = ordered([File(name, Path(name), 1, "") for name in names], there)
    assert [[file.name for file in group] for group in groups] == [
        ["2026/2026-9876543210.mp3"],
        ["cover.jpg"],
        ["2026/index.html"],
        ["index.html"],
        ["feed-2.xml", "private/0a/feed-1.xml", "sections/sea/feed-1.xml"],
        ["feed-1.xml"],
        ["private/0a/feed.xml", "sections/sea/feed.xml"],
        ["feed.xml"],
        ["2026/2026-0123456789.mp3"],
    ]


def copied(public, where):
    folder = where / "public"
    for name, data in content(public).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@kinds(["folder"], "s3")
def test_what_others_have_put_there_stays(days, site, send, kind):
    place = site(kind)
    send(days[1], place)
    for name in ("about.html", "2026-03-01-boat-0/notes.txt", "own/feed.xml", ".well-known/x", "_audioed.txt"):
        place.write(name, b"mine")
    before = place.names()
    send(days[2], place)
    send(days[0], place)
    mine = {name for name in place.names() if place.read(name) == b"mine"}
    assert len(mine) == 5
    assert place.names() - mine == {n for n in place.names() if "_audioed-" in n} | content(days[0]).keys()
    assert mine < before


@kinds(["folder"], "webdav")
def test_a_strangers_file_is_not_replaced_unless_one_asks_for_it(days, site, send, kind):
    place = site(kind)
    place.write("feed.xml", b"<rss/>")
    with pytest.raises(DeployError, match=r"feed.xml lie at the target already, .* `--adopt`"):
        send(days[0], place)
    assert (place.read("feed.xml"), [name for name in place.names() if "_audioed" not in name]) == (
        b"<rss/>",
        ["feed.xml"],
    )
    send(days[0], place, adopt=True)
    assert shown(place) == content(days[0])


@kinds(["folder"], "s3")
@pytest.mark.parametrize("harm", ["lost", "torn"])
def test_a_manifest_that_is_lost_or_torn_is_made_anew_from_what_lies_there(days, site, send, kind, harm):
    place = site(kind)
    send(days[0], place)
    send(days[1], place)
    leaves = [name for name in place.names() if name.startswith("_audioed-")]
    for name in leaves:
        if harm == "lost":
            place.delete(name)
        else:
            place.write(name, place.read(name)[:-9])
    heard = []
    done = send(days[1], place, heard=lambda size: heard.append(size) or Watcher())
    assert dict(done.sent) == {}
    assert heard == [0]
    assert dict(send(days[1], place).sent) == {}
    assert shown(place) == content(days[1])
    assert send(days[2], place).removed.keys() == content(days[1]).keys() - content(days[2]).keys()


@kinds(["folder"], "webdav")
def test_a_file_that_is_gone_or_cut_short_at_the_target_is_sent_again(days, site, send, kind):
    place = site(kind)
    send(days[1], place)
    sound = sorted(name for name in place.names() if name.endswith(".mp3"))
    place.delete(sound[0])
    place.write(sound[1], b"short")
    assert set(send(days[1], place).sent) == set(sound)
    place.write(sound[1], place.read(sound[1]).swapcase())
    assert dict(send(days[1], place).sent) == {}
    assert set(send(days[1], place, check=True).sent) == {sound[1]}
    assert shown(place) == content(days[1])


def test_one_more_episode_adds_little_to_the_manifest_of_many(days, site, send, tmp_path):
    public, place = copied(days[0], tmp_path), site("folder")
    for number in range(400):
        (public / f"old-{number}").mkdir()
        (public / f"old-{number}" / "transcript.txt").write_text(str(number))
    send(public, place)
    before = {name for name in place.names() if name.startswith("_audioed-")}
    for number in range(6):
        (public / f"new-{number}").mkdir()
        (public / f"new-{number}" / "transcript.txt").write_text(str(number))
        send(public, place)
    leaves = {name for name in place.names() if name.startswith("_audioed-")}
    assert before < leaves
    assert sum(len(place.read(name)) for name in leaves - before) < 2000
    assert len(leaves) <= 4
    assert dict(send(public, place).sent) == {}


@kinds(["folder"], "webdav", "s3")
def test_two_deploys_at_once_do_not_mix(days, site, send, kind, tmp_path):
    place = site(kind)
    other = []

    class Meanwhile(Watcher):
        def done(self, _file):
            if not other:
                other.append(True)
                with pytest.raises(StoreError, match="another build"):
                    send(days[1], place)
                elsewhere = deploying.load(
                    deploying.Destination("web", place.settings, "harbour", tmp_path, lambda: PASSWORD)
                )
                with (
                    deploying.closing(elsewhere),
                    pytest.raises(DeployError, match="another deploy to 'web' is at work"),
                ):
                    Lock(elsewhere, "web", tmp_path / "other", "another").take()

    send(days[0], place, heard=lambda _size: Meanwhile())
    assert other
    assert shown(place) == content(days[0])
    assert NAME not in place.names()


def test_a_killed_deploys_lock_ends_and_who_lost_it_leaves_the_feed_alone(site, tmp_path):
    place, now = site("folder"), [1e9]
    target = deploying.load(deploying.Destination("web", place.settings, "harbour", tmp_path, str))
    killed = Lock(target, "web", tmp_path / "a", "a", lambda: now[0])
    killed.take()
    next_night = Lock(target, "web", tmp_path / "b", "b", lambda: now[0])
    now[0] += 3599
    with pytest.raises(DeployError, match="ends within an hour"):
        next_night.take()
    now[0] += 2
    next_night.take()
    next_night.renew()
    with pytest.raises(DeployError, match="has begun meanwhile"):
        killed.renew()
    now[0] += 3000
    next_night.renew()
    assert json.loads(place.read(NAME))["until"] == round(now[0]) + 3600
    next_night.release()
    assert NAME not in place.names()


def test_a_build_that_changes_a_feed_while_it_is_sent_lets_the_deploy_begin_anew(days, site, send, tmp_path):
    public, place = copied(days[1], tmp_path), site("folder")

    class Meanwhile(Watcher):
        def done(self, file):
            if file.name.endswith(".mp3"):
                for name, data in content(days[2]).items():
                    path = public / name
                    path.parent.mkdir(exist_ok=True)
                    if not path.exists() or path.read_bytes() != data:
                        path.unlink(missing_ok=True)
                        path.write_bytes(data)

    send(public, place, heard=lambda _size: Meanwhile())
    assert_whole(place)
    send(public, place)
    assert shown(place) == content(public)


def test_an_object_says_what_it_is_and_how_long_it_stays(days, site, send):
    place = site("s3")
    send(days[0], place)
    told = {name: place.headers(name) for name in shown(place)}
    assert {each["Content-Type"] for name, each in told.items() if name.endswith(".mp3")} == {"audio/mpeg"}
    assert told["feed.xml"] == {
        "Content-Type": "application/xml; charset=utf-8",
        "Cache-Control": "public, max-age=300",
    }
    assert told["index.html"]["Content-Type"] == "text/html; charset=utf-8"
    (chapters,) = (each for name, each in told.items() if name.endswith("chapters.json"))
    assert chapters["Content-Type"].startswith("application/json+chapters")
    for name, each in told.items():
        hashed = name.endswith(".mp3") or "/cover-" in name or name.startswith("cover-")
        assert ("immutable" in each["Cache-Control"]) == hashed, name
        assert each["Content-Type"] != "application/octet-stream", name


@pytest.fixture
def listening():
    """A hub, and what it is told."""
    told = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(202 if self.path == "/hub" else 500)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", told
        server.shutdown()


def test_the_hub_hears_of_the_address_that_the_feed_calls_its_own(days, site, send, listening):
    address, told = listening
    send(days[0], site("folder"), hub=f"{address}/hub", base="https://fähre.example/hörbar")
    assert told[0]["hub.url"] == ["https://xn--fhre-loa.example/h%C3%B6rbar/harbour/feed.xml"]


def test_the_hub_hears_of_a_new_feed_and_of_nothing_else(days, site, send, listening, tmp_path):
    address, told = listening
    place, public = site("folder"), copied(days[0], tmp_path)
    done = send(public, place, hub=f"{address}/hub")
    assert done.notes == ()
    assert told == [{"hub.mode": ["publish"], "hub.url": ["https://podcasts.example.org/harbour/feed.xml"]}]
    send(public, place, hub=f"{address}/hub")
    (public / "page.html").write_text("new")
    assert set(send(public, place, hub=f"{address}/hub").sent) == {"page.html"}
    assert len(told) == 1
    for name in ("sections/sea", "private/0a"):
        (public / name).mkdir(parents=True)
        (public / name / "feed.xml").write_text("new")
    send(public, place, hub=f"{address}/hub")
    assert told[1:] == [
        {"hub.mode": ["publish"], "hub.url": ["https://podcasts.example.org/harbour/sections/sea/feed.xml"]}
    ]
    done = send(days[1], place, hub=f"{address}/broken")
    assert done.notes == (
        f"the hub {address}/broken was not told of the new feed (it answers 500); apps will find it by themselves.",
    )
    assert shown(place).keys() >= content(days[1]).keys()


def test_a_public_address_that_leads_elsewhere_is_told(monkeypatch, listening):
    monkeypatch.undo()
    address, _ = listening
    assert hub.unseen(f"{address}/harbour/feed.xml", "0") == (
        f"{address}/harbour/feed.xml answers 501; check publishing.base_url, and the address of the target."
    )
    assert "is not reached" in hub.unseen("http://127.0.0.1:9/feed.xml", "0")


def test_a_feed_that_leads_to_this_machine_is_told(days, site, send):
    place, base = site("folder"), "http://localhost:8000/"
    (note,) = send(days[0], place, base=base).notes
    assert note.startswith("the feed and pages lead to http://localhost:8000, which only this machine reaches; set")
    assert send(days[0], place, base=base).notes == ()


@pytest.mark.parametrize(
    "address",
    [
        "sftp://ida:hunter2@example.com/www",
        "https://ida:hunter2@example.com/dav",
        "s3://KEY:hunter2/more@bucket/podcasts",
        "ida:hunter2@example.com:/www",
        "ssh://ida:hunter2:8@example.com/www",
        "sftp://:hunter2@example.com/www",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path, address):
    settings = tmp_path / "audioed.toml"
    settings.write_text(f'[targets.my-web]\nkind = "sftp"\naddress = "{address}"\n', "utf-8")
    with pytest.raises(ConfigError, match="AUDIOED_MY_WEB_PASSWORD") as refused:
        load(settings)
    assert "hunter2" not in f"{refused.value!r}{refused.value.__cause__!r}"


@pytest.mark.parametrize(
    "address",
    [
        "sftp://ida@example.com:2222/www",
        "https://example.com:8443/dav/a@b",
        "ida@example.com:/www",
        "../www",
        "s3://b/p:q@r",
    ],
)
def test_an_address_without_a_password_is_taken(tmp_path, address):
    settings = tmp_path / "audioed.toml"
    settings.write_text(f'[targets.web]\nkind = "sftp"\naddress = "{address}"\n', "utf-8")
    assert load(settings).targets["web"].address == address


def test_a_deploy_to_no_target_is_told(tmp_path):
    settings = tmp_path / "audioed.toml"
    settings.write_text('[publishing]\ndeploy = "web"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"there is no target 'web'; name a table \[targets.web\]"):
        load(settings)
    one = Target(kind="folder", address="a")
    both = replace(load(None), targets={"web": one, "disk": one})
    assert deploying.chosen(replace(both, targets={"web": one}), None) == "web"
    assert deploying.chosen(replace(both, publishing=Publishing(deploy="disk")), None) == "disk"
    for name, told in ((None, "Name one of web, disk"), ("wob", "the targets are web, disk")):
        with pytest.raises(ConfigError, match=told):
            deploying.chosen(both, name)


FAULTS = {
    "sftp": [
        ({"ssh_config": "stranger.conf"}, "the server does not let you in"),
        ({"ssh_config": "unknown.conf"}, "its host key is not among those you know; run `ssh"),
        ({"address": "sftp://127.0.0.1:1/x"}, "the connection broke off or was not answered"),
        ({"address": "sftp:/nowhere"}, "is not an address of this kind"),
    ],
    "rsync": [
        ({"ssh_config": "stranger.conf"}, "the server does not let you in"),
        ({"ssh_config": "unknown.conf"}, "its host key is not among those you know; run `ssh"),
    ],
    "webdav": [
        (
            {"user": "eve", "address": "HOST/dav/x"},
            "check the user name and AUDIOED_WEB_PASSWORD",
        ),
        ({"address": "HOST/dav/not/there"}, "answers 409 to MKCOL; the folder of the address is not there"),
        ({"address": "http://127.0.0.1:1/x"}, "the connection broke off or was not answered"),
    ],
    "s3": [
        ({"address": "s3://no-bucket/x"}, "there is no bucket 'no-bucket'"),
        ({"endpoint": "http://127.0.0.1:1"}, "was not reached"),
    ],
    "folder": [({"address": "/nowhere/at/all"}, "there is no such folder; make it, or correct targets.web.address")],
}


@pytest.mark.parametrize(("kind", "change", "told"), [(kind, *each) for kind, all_ in FAULTS.items() for each in all_])
def test_what_is_wrong_is_told_in_a_sentence_without_the_password(  # noqa: PLR0913, PLR0917
    days, site, send, server, tmp_path, caplog, kind, change, told
):
    caplog.set_level("DEBUG")
    place = site(kind)
    if "ssh_config" in change:
        behind = server("ssh")
        text = behind.ssh_config.read_text()
        swapped = {
            "stranger.conf": text.replace(f"{behind.ssh_config.parent}/user", f"{behind.ssh_config.parent}/stranger"),
            "unknown.conf": text.replace("HostKeyAlias target", "HostKeyAlias another"),
        }
        (tmp_path / change["ssh_config"]).write_text(swapped[change["ssh_config"]])
        change = {"ssh_config": str(tmp_path / change["ssh_config"])}
    if "HOST" in change.get("address", ""):
        host = f"http://{'' if 'user' in change else 'ida@'}127.0.0.1:{server(kind).port}"
        change |= {"address": change["address"].replace("HOST", host)}
    settings = replace(place.settings, **change)
    with pytest.raises((DeployError, ConfigError)) as failed:
        send(days[0], replace(place, settings=settings))
    error, texts = failed.value, []
    while error:
        texts.append(f"{error!r} {error}")
        error = error.__cause__ or error.__context__
    assert told in texts[0]
    assert PASSWORD not in "".join(texts) + caplog.text
    assert place.names() == set()
