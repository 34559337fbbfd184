"""A place that a show is published at, seen from behind: what lies there, and whether its feed is whole."""

import hashlib
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import obstore
from lxml import etree

from audioed.config import Target
from tests.deploying.servers import Line

BASE, SHOW = "https://podcasts.example.org", "harbour"
KINDS = ("folder", "sftp", "webdav", "s3", "rsync")


@dataclass
class Site:
    """A place that is published at, seen from behind."""

    kind: str
    settings: Target
    line: Line | None = None
    folder: Path | None = None
    """Where its files lie; None where only the protocol shows them."""
    bucket: Any = None
    """The bucket, beside the line."""

    def read(self, name: str) -> bytes | None:
        if self.folder:
            path = self.folder / name
            return path.read_bytes() if path.is_file() else None
        try:
            return bytes(obstore.get(self.bucket, name).bytes())
        except FileNotFoundError:
            return None

    def headers(self, name: str) -> Mapping[str, str]:
        return obstore.get(self.bucket, name).attributes

    def names(self) -> set[str]:
        if self.folder:
            files = (path for path in self.folder.rglob("*") if path.is_file())
            return {path.relative_to(self.folder).as_posix() for path in files}
        return {each["path"] for each in obstore.list(self.bucket).collect()}

    def write(self, name: str, data: bytes) -> None:
        if self.folder:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        else:
            obstore.put(self.bucket, name, data)

    def delete(self, name: str) -> None:
        if self.folder:
            (self.folder / name).unlink()
        else:
            obstore.delete(self.bucket, name)


def content(public: Path) -> Mapping[str, bytes]:
    """What a public folder holds."""
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()}


def shown(site: Site) -> Mapping[str, bytes]:
    """What listeners find at a site."""
    return {name: site.read(name) for name in site.names() if "_audioed" not in name}


def assert_whole(site: Site) -> int:
    """The feed at a site parses, and all that its pages name is there with those bytes; how many files that are."""
    pages, seen = ["feed.xml"], set()
    for page in pages:
        data = site.read(page)
        assert data is not None, f"{page} is named and not there"
        feed = etree.fromstring(data)
        for each in feed.iter("{*}*"):
            address = each.get("url") or each.get("href") or each.get("uri") or ""
            if not address.startswith(f"{BASE}/{SHOW}/"):
                continue
            name = unquote(address.removeprefix(f"{BASE}/{SHOW}/"))
            if name.endswith(".xml"):
                pages += [name] * (name not in pages)
                continue
            there = site.read(name)
            assert there, f"{page} names {name}, which is not there"
            seen.add(name)
            if each.tag == "enclosure":
                assert len(there) == int(each.get("length")), name
        for integrity in feed.iter("{*}integrity"):
            source = integrity.getparent().find("{*}source")
            name = unquote(source.get("uri").removeprefix(f"{BASE}/{SHOW}/"))
            told = b64decode(integrity.get("value").partition("-")[2])
            assert hashlib.sha256(site.read(name)).digest() == told, name
    return len(seen)
