"""Every kind of target keeps the same contract, on a real server of its kind."""

import hashlib
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from audioed import plugins
from audioed.config import Target
from audioed.deploying.target import GROUP, Destination, File, Watcher, load
from audioed.errors import DeployError
from tests.deploying.servers import PASSWORD
from tests.deploying.sites import KINDS, SHOW

NAMES = ("feed.xml", "2026-03-01-böat & co/a b%20c#1.vtt", "2026-03-01-böat & co/chapters.json", "x/y/z.txt")


class Heard(Watcher):
    def __init__(self):
        self.files, self.bytes = [], 0

    def sent(self, count):
        self.bytes += count

    def done(self, file):
        self.files.append(file.name)


@pytest.fixture
def opened(site, tmp_path):
    def opened(kind):
        place = site(kind)
        return place, stack.enter_context(
            closing(load(Destination("web", place.settings, SHOW, tmp_path, lambda: PASSWORD)))
        )

    with ExitStack() as stack:
        yield opened


def local(folder: Path, name: str, data: bytes) -> File:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return File(name, path, len(data), hashlib.sha256(data).hexdigest())


def test_every_kind_that_is_installed_has_a_server_to_be_tested_with():
    assert set(plugins.names(GROUP)) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_target_keeps_the_contract(opened, kind, tmp_path):
    site, target = opened(kind)
    assert target.names() == {}
    with pytest.raises(FileNotFoundError):
        list(target.read("feed.xml"))
    files = [local(tmp_path, name, f"{name} says ü\n".encode() * (number * 5000)) for number, name in enumerate(NAMES)]
    assert target.same(files) == set()

    heard = Heard()
    target.put(files, heard)
    assert sorted(heard.files) == sorted(NAMES)
    assert heard.bytes == sum(file.size for file in files)
    assert target.names() == {file.name: file.size for file in files}
    assert {name: site.read(name) for name in site.names()} == {file.name: file.path.read_bytes() for file in files}
    assert [b"".join(target.read(file.name)) for file in files] == [file.path.read_bytes() for file in files]
    assert target.same(files) == set(NAMES)

    changed = local(tmp_path / "changed", NAMES[1], files[1].path.read_bytes().swapcase())
    assert target.same([changed, *files[2:]]) == set(NAMES[2:])
    target.put([changed], Heard())
    assert site.read(changed.name) == changed.path.read_bytes()

    one, other = (local(tmp_path / each, "_audioed-lock/owner.json", each.encode()) for each in ("one", "other"))
    assert [target.claim(one), target.claim(other)] == [True, False]
    assert b"".join(target.read(one.name)) == b"one"
    target.remove([one.name])
    assert target.claim(other)

    target.remove([other.name, NAMES[3], NAMES[1], "never/was.txt"])
    assert set(target.names()) == {NAMES[0], NAMES[2]}
    if kind in {"folder", "sftp"}:
        assert not (site.folder / "x").exists()
    assert target.finish() == ""
    target.close()
    target.close()


def test_a_kind_that_nobody_offers_is_told_with_those_that_there_are(tmp_path):
    destination = Destination("web", Target(kind="ftp", address="ftp://example.com"), SHOW, tmp_path, str)
    with pytest.raises(DeployError, match="'ftp' is not installed; the installed ones are folder"):
        load(destination)
