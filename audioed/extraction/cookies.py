"""The cookies of sites that one pays for: from a file that a browser exported, for that site alone, by TLS alone."""

import warnings
from collections.abc import Iterator
from functools import lru_cache
from http.cookiejar import Cookie, CookieJar, LoadError, MozillaCookieJar
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request

from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction.sites import rules_for


def header(address: str, config: Extraction) -> dict[str, str]:
    """
    The Cookie header for a page; nothing for another site than the one whose cookies they are, and without TLS.

    Each goes where RFC 6265, 5.4 has it go. FetchError where the file gives none any more.
    """
    rules = rules_for(address, config.sites)
    if rules is None or not rules.cookies or urlsplit(address).scheme.lower() != "https":
        return {}
    jar = _jar(rules.cookies, urlsplit(address).hostname or "", address)
    request = Request(address)  # noqa: S310 - it is asked for its header, and opened by nobody
    jar.add_cookie_header(request)
    found = request.get_header("Cookie")
    return {"Cookie": found} if found else {}


def faults(config: Extraction) -> Iterator[tuple[str, FetchError | None]]:
    """The hosts of all sites with cookies, and what is wrong with these."""
    for host, rules in config.sites.items():
        if rules.cookies:
            try:
                header(f"https://{host}/", config)
            except FetchError as error:
                yield host, error
            else:
                yield host, None


def _jar(path: str, host: str, name: str) -> CookieJar:
    """The cookies for a host; FetchError where there is none that is still good."""
    file = Path(path)
    try:
        jar = _loaded(path, file.stat().st_mtime_ns)
    except (OSError, LoadError, UnicodeDecodeError) as error:
        told = f"{file.name} cannot be read as cookies; export them in Netscape's format once more."
        raise FetchError(told, name=name) from error
    theirs = [each for each in jar if _is_of(each, host)]
    if not theirs:
        told = f"{file.name} has no cookies for {host}; export them again while its page is open and you are signed in."
        raise FetchError(told, name=name)
    good = [each for each in theirs if not each.is_expired()]
    if not good:
        told = f"the cookies in {file.name} for {host} have expired; sign in there and export them again."
        raise FetchError(told, name=name)
    own = CookieJar()
    for each in good:
        own.set_cookie(each)
    return own


def _is_of(cookie: Cookie, host: str) -> bool:
    domain = cookie.domain.lstrip(".").lower()
    bare = host.lower().removeprefix("www.")
    return domain in {bare, f"www.{bare}"} or bare.endswith(f".{domain}")


@lru_cache(maxsize=32)
def _loaded(path: str, _changed: int) -> MozillaCookieJar:
    """The cookies in a file; one that ends with the browser has 0 as its end there, or nothing."""
    jar = MozillaCookieJar(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # http.cookiejar's, before it says the same as LoadError
        jar.load(ignore_discard=True, ignore_expires=True)
    for each in jar:
        if not each.expires:
            each.expires = None
        if not f"{each.name}{each.value or ''}".isascii() or not f"{each.name}{each.value or ''}".isprintable():
            raise LoadError(each.domain)
    return jar
