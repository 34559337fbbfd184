"""Web addresses: which two are one article's, and what of them nobody but their own server may see."""

import ipaddress
import re
import unicodedata
from base64 import b64encode
from contextlib import suppress
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urlsplit

from audioed.characters import plain

TRACKING = re.compile(
    r"(?:utm|mc|mtm|itm|pk|hsa|stm|otm|vero|oly|bsft|ga|at|ns|dpg|trk)_\w*|cm_mmc\w*|fb_action_\w+|guce_referrer\w*"
    r"|(?:fb|g|d|y|ys|tw|tt)clid|msclkid|irclickid|sscid|igshid|igsh|gbraid|wbraid|gclsrc"
    r"|srsltid|usqp|_g[al]|_{1,2}hs\w{2,3}|hsctatracking|mkt_tok|_kx|ml_subscriber\w*|s_cid|s_kwcid|ef_id|li_fat_id"
    r"|epik|rdt_cid|guccounter|_openstat|__twitter_impression|action_\w+_map|fb_(?:ref|source|comment_id)|_cldee?"
    r"|_branch_match_id|oprtrack|vc_lpp|wt_z?mc|xtor|cmp|cmpid|icid|emc|smid|smtyp|feedtype|feedname|echobox|spm|ncid"
    r"|nx_source|wickedid|phpsessid|jsessionid|aspsessionid\w*"
)
"""
Parameters that say who followed a link and from where, or in which session, never to what. After
AdGuard's TrackParamFilter (general_url.txt), ClearURLs' rules (data.min.json) and courlan; `at_`
and `xtor` are AT Internet's, `ns_` Comscore's, `wt_mc` Mapp's, `feedtype` and `smid` news sites' own.
"""
SOURCE = re.compile(r"ref|ref_?src|referrer|source|src|from|via|partner|mod|campaign|medium|cid")
FEEDS = re.compile(
    r"(?:rss|atom|feed|newsletter|e?-?mail|social|twitter|facebook|linkedin|mastodon|bluesky|feedburner|rssfeed)(?![a-z]).*"
)
"""Values of a source that name where a link stood: Medium writes `source=rss----1a2b`, others `ref=newsletter`."""
UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
IN_PATH = UNRESERVED | frozenset(b"!$&'()*+,;=:@")
IN_QUERY = (IN_PATH - frozenset(b"&=+;")) | frozenset(b"/?")
"""Octets that mean the same whether they are written out or as %XX (RFC 3986, 2.3, 3.3 and 3.4)."""
RESERVED = ":/?#@!$&'()*+,;=%~"
"""What has a meaning inside an address (RFC 3986, 2.2); the percent sign, because most addresses come encoded."""
UP_TO_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
ODD = re.compile(r"[^\w./!$'()*,:@~-]", re.ASCII)
"""What may have to be written otherwise; other characters mean the same in a path and in a query."""
LONGEST_LABEL = 63
"""Characters of a part of a host's name as it is asked for (RFC 1035, 2.3.4),"""
LONGEST_HOST = 253
"""and of all of it; to spell a longer one in ASCII takes long."""

SPACE = "".join(map(chr, range(0x21)))
"""What may stand around an address and is not of it (WHATWG URL, 4.4)."""
MOST_USERS = 5
"""User names that are looked for in one address; one is usual, and a password with a slash leaves a second."""


def canonical(url: str) -> str:
    """
    The form under which two addresses are one article's; empty for what is no http(s) address.

    http and https, letter case, default ports, user information, tracking
    parameters, the order of the others, fragments, trailing slashes and the
    ways to write a character do not count (RFC 3986, 6.2). A leading `www.`
    does: some sites have only one of the two. An address that cannot be
    taken apart stays as it is, but for its user information.
    """
    text = without_user(re.sub(r"[\t\r\n]", "", url.strip(SPACE)))
    if not re.match(r"https?://", text, re.IGNORECASE):
        return ""
    try:
        parts = urlsplit(text)
        host = _asked(parts)
    except ValueError:
        return text
    if not host:
        return ""
    query = _query(parts.query)
    return f"https://{host}{_path(parts.path)}{'?' if query else ''}{query}"


def host_of(url: str) -> str:
    """
    The host of an address, as it is asked for, with its port where that is not the usual one of http or https.

    In lower-case ASCII and without the dot of the root, as a Host header has it
    (RFC 9110, 7.2). Empty where there is none; ValueError for what cannot be one.
    """
    return _asked(urlsplit(without_user(url)))


def in_letters(host: str) -> str:
    """A host as it is read: "xn--bcher-kva.example" is "bücher.example"."""
    return re.sub(r"\bxn--([a-z\d-]+)", _letters, host)


def in_ascii(url: str) -> str:
    """This address, its host as it is asked for: "bücher.example" is "xn--bcher-kva.example"; ValueError for none."""
    parts = urlsplit(url)
    if (parts.hostname or "").isascii():
        return url
    return parts._replace(netloc=_asked(parts)).geturl()


@lru_cache(1024)
def web_address(url: str) -> str:
    """The address in ASCII, as feeds and pages have it, or nothing when it is not one that a listener can open."""
    url = plain(url).strip()
    if not url.isascii():
        with suppress(ValueError):
            url = in_ascii(url)
    if not (found := UP_TO_HOST.match(url)):
        return ""
    return quote(found[0], safe=f"{RESERVED}[]") + quote(url[found.end() :], safe=RESERVED)


def without_user(url: str) -> str:
    """This address without user name and password; what else it holds stays as it is."""
    for _ in range(MOST_USERS):
        start, user, rest = _parted(url)
        if not user:
            return url
        url = start + rest
    return start + rest.rpartition("@")[2]


def without_users(text: str) -> str:
    """A text without user names and passwords in its addresses, and in addresses within these."""
    bare = re.sub(r"(?<![\w+.-])[A-Za-z][\w+.-]*:[/\\]{2}\S*", lambda found: without_user(found[0]), text)
    return re.sub(r"(?<=://)[^/\s@]*@", "", bare)


def credentials(url: str) -> tuple[str, str] | None:
    """The user name and password in an http(s) address, decoded; None where it has none."""
    start, user, _ = _parted(url)
    name, _, password = user.removesuffix("@").partition(":")
    is_web = re.fullmatch(r"\s*https?://", start, re.IGNORECASE)
    return (unquote(name), unquote(password)) if is_web and (name or password) else None


def authorization(login: tuple[str, str]) -> dict[str, str]:
    """The header of a request that tells a server user name and password (RFC 7617)."""
    return {"Authorization": f"Basic {b64encode(':'.join(login).encode('utf-8', 'replace')).decode('ascii')}"}


def _parted(url: str) -> tuple[str, str, str]:
    """An address up to its user information, that with its @, and the rest."""
    found = re.match(r"(\s*(?:[A-Za-z][A-Za-z\d+.-]*:)?[/\\]{2})([^/?#\\]*)(.*)", url, re.DOTALL)
    if not found:
        return url, "", ""
    start, authority, rest = found.groups()
    user, at, host = authority.rpartition("@")
    port = authority.rpartition("]")[2].partition(":")[2]
    if not at and "@" in rest and port and not port.isdigit():  # a password with a slash, where the host should end
        user, at, host = (authority + rest).partition("@")
        return start, f"{user}{at}", host
    return start, f"{user}{at}", f"{host}{rest}"


def _asked(parts: SplitResult) -> str:
    """The host with its port where that is not the usual one; ValueError where one of them is none."""
    host, port = _name(parts), parts.port
    usual = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
    return host if usual or not host else f"{host}:{port}"


def _name(parts: SplitResult) -> str:
    """The name of a host in lower-case ASCII, without the dot of the root; ValueError where it is none."""
    host = parts.hostname or ""
    if not re.fullmatch(r"[a-z\d.-]*", host):
        host = unicodedata.normalize("NFKC", unquote(host, errors="strict").replace("。", ".")).lower()
    if ":" in host:
        return f"[{ipaddress.ip_address(host)}]"
    host = host.rstrip(".")
    if len(host) > LONGEST_HOST or re.search(r"[\s/?#@\\\[\]%<>^|]", host):
        raise ValueError(host)
    labels = [_label(label) for label in host.split(".")]
    if any(len(label) > LONGEST_LABEL for label in labels):
        raise ValueError(host)
    return ".".join(labels)


def _label(text: str) -> str:
    """One part of a name as it is asked for (RFC 5891); "ß" stays itself, as browsers have it."""
    return text if text.isascii() else f"xn--{text.encode('punycode').decode('ascii')}"


def _letters(label: re.Match[str]) -> str:
    """One part of a name as it is read; as it is asked for where that is nothing that can be read."""
    try:
        read = label[1].encode("ascii").decode("punycode")
    except UnicodeError:
        return label[0]
    return read if read and read.isprintable() else label[0]


def _path(path: str) -> str:
    """A path without dot segments (RFC 3986, 5.2.4), session and trailing slashes."""
    plain = _written(path, IN_PATH, "/")
    if ";" in plain:
        plain = re.sub(r"(?i);jsessionid=[^/;]*", "", plain)
    kept: list[str] = []
    for segment in plain.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept).rstrip("/")


def _query(query: str) -> str:
    """The parameters that choose a page, sorted by their names."""
    kept: list[tuple[str, str]] = []
    for parameter in filter(None, query.split("&")):
        name, _, value = parameter.replace("+", "%20").partition("=")
        name, value = _written(name.removeprefix("amp;"), IN_QUERY), _written(value, IN_QUERY)  # `&amp;` escaped twice
        plain, told = unquote(name).lower(), unquote(value).lower()
        if name and not TRACKING.fullmatch(plain) and not (SOURCE.fullmatch(plain) and FEEDS.fullmatch(told)):
            kept.append((name, value))
    return "&".join(f"{name}={value}" if value else name for name, value in sorted(kept, key=lambda each: each[0]))


def _written(text: str, plain: frozenset[int], between: str = "") -> str:
    """Text percent-encoded in one way: these octets and what stands between its parts as they are, others as %XX."""
    if not ODD.search(text):
        return text

    def octet(found: re.Match[str]) -> str:
        value = unquote_to_bytes(found[0])[0]
        return chr(value) if value in plain else found[0].upper()

    whole = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    decoded = re.sub(r"%[0-9A-Fa-f]{2}", octet, whole)
    return quote(decoded, safe=bytes(plain) + f"%{between}".encode(), errors="surrogatepass")
