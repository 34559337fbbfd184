"""Pages from the web, from files and from standard input; `visit` is the only network."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path

from audioed import sources
from audioed.addresses import credentials, without_user
from audioed.characters import line
from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction import readers
from audioed.extraction.body import too_large
from audioed.extraction.hosts import Hosts
from audioed.extraction.page_cache import PageCache
from audioed.extraction.visit import MOVED, Visit, refusal, resolved
from audioed.model import Page

MOST_REDIRECTS = 5
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s\\]*\Z|www\.[^\s/\\]+\Z", re.IGNORECASE)
"""An address as people type it, without what stands before the host."""


def read(name: str, config: Extraction) -> Page:
    """The page in a local file, under its bare name; FetchError says why there is none."""
    path = Path(name)
    data = read_bytes(path, config)
    known = line(os.fsencode(path.name).decode("utf-8", "surrogateescape"))  # a name may hold bytes that are no text
    return _page(data, known, config, sources.by_suffix(path.suffix))


def read_bytes(path: Path, config: Extraction) -> bytes:
    """What a local file holds; FetchError says why that cannot be read."""
    name = str(path)
    try:
        if path.is_dir():
            raise FetchError(
                f"{name} is a folder; name a file in it, or list it under folders in [nightly].", name=name
            )
        if path.stat().st_size > config.max_bytes:
            raise too_large(name, config)
        return path.read_bytes()
    except FileNotFoundError as error:
        remedy = f"name https://{name} if it is an address" if _HOST.match(name) else "check the name"
        raise FetchError(f"{name} does not exist; {remedy}.", name=name) from error
    except OSError as error:
        raise FetchError(f"{name} cannot be read ({error.strerror}); check its permissions.", name=name) from error


def read_text(data: bytes, name: str, config: Extraction) -> Page:
    """The page in these bytes, such as standard input's; FetchError where they are too many, or no text."""
    if len(data) > config.max_bytes:
        raise too_large(name, config)
    return _page(data, name, config)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What a server sent, before anything is made of it."""

    url: str
    """The address that answered in the end."""
    content_type: str
    """As the server says; empty where it does not."""
    data: bytes


def fetch(url: str, config: Extraction, *, private: bool, cache: PageCache | None = None) -> Page:
    """The page at this address, under the address that answered in the end; FetchError says why there is none."""
    return page(download(url, config, private=private, cache=cache), config)


def download(  # noqa: PLR0913
    url: str,
    config: Extraction,
    *,
    private: bool,
    cache: PageCache | None = None,
    hosts: Hosts | None = None,
    login: tuple[str, str] | None = None,
    secret: Mapping[str, str] | None = None,
) -> Download:
    """
    What the server at this address sends, if it is of a kind that can be read; FetchError says why there is nothing.

    `private` is for addresses that the user named: their own host may be a
    local one. Whatever else is followed, a redirect or a feed's link, may only
    lead to public addresses. User name and password, those in the address or
    else `login`, and `secret` headers go to its own server alone, and what is
    got with them into no cache.
    """
    bare, login = without_user(url), credentials(url) or login
    visit = Visit(bare, config, private, hosts or Hosts(), login, secret or {})
    address = bare
    for _ in range(MOST_REDIRECTS + 1):
        visit.addresses(address)  # a kept page too is only for whom its address is
        headers = visit.headers(address)
        ask = partial(visit.answer, address)
        answer = cache.answer(address, headers, ask) if cache and not visit.authorization(address) else ask(headers)
        if answer.status not in MOVED or "location" not in answer.headers:
            visit.refuse_kind(address, answer.headers)
            return Download(url=address, content_type=answer.headers.get("content-type", ""), data=answer.body)
        address = resolved(address, answer.headers["location"]).partition("#")[0]
    raise FetchError(
        f"{bare} redirects more than {MOST_REDIRECTS} times; name the address it should lead to.", name=bare
    )


def post(url: str, form: Mapping[str, str], config: Extraction, hosts: Hosts) -> bytes:
    """What a server of the user's own answers to a form; FetchError where it gives nothing, or leads elsewhere."""
    from urllib.parse import urlencode

    visit = Visit(without_user(url), config, private=True, hosts=hosts)
    headers = {**visit.headers(url), "Content-Type": "application/x-www-form-urlencoded"}
    answer = visit.look(url, headers, "POST", whole=True, sent=urlencode(form).encode())
    if answer.status != HTTPStatus.OK:
        raise FetchError(refusal(visit.url, answer.status, None), name=visit.url, status=answer.status)
    return answer.body


def page(sent: Download, config: Extraction) -> Page:
    """The page in what a server sent; FetchError where it is no text."""
    kind, _, rest = sent.content_type.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    stated = sources.by_media_type(kind.strip().lower())
    return _page(sent.data, sent.url, config, stated, sure=False, charset=charset[1] if charset else "")


def _page(  # noqa: PLR0913
    data: bytes,
    url: str,
    config: Extraction,
    stated: sources.SourceKind | None = None,
    *,
    sure: bool = True,
    charset: str = "",
) -> Page:
    """The page in these bytes of a kind that is stated, or recognised; the two differ where a server is wrong."""
    if kind := sources.packed(data, stated):
        return readers.unpacked(kind, data, url, config)
    from audioed.extraction import decode

    text = decode.decoded(data, url, charset=charset)
    return Page(url=url, media_type=sources.kind_of(text, stated, sure=sure).media_types[0], text=text)
