"""Folders of mail on a server: each letter is asked for once and read once, and no server holds up or harms a night."""

import os
import shutil
import ssl
import stat
import subprocess
from datetime import timedelta
from types import SimpleNamespace

import pytest

from audioed import nightly
from audioed.cache import Cache
from audioed.config import Extraction, Source, Which, load
from audioed.errors import ConfigError, FetchError, Unreachable
from audioed.extraction import extract, imap, readers
from audioed.extraction.accounts import Reach, account
from audioed.extraction.fetch import page
from audioed.sources import by_scheme
from tests.conftest import DAY
from tests.extraction.mail_server import Box, MailServer
from tests.extraction.test_mail import HTML, PROSE, letter
from tests.quick import quicken
from tests.test_five_nights import text
from tests.test_nightly import with_sources

QUICK = Extraction(timeout=0.3)


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("AUDIOED_127_0_0_1_PASSWORD", "tide 9")


@pytest.fixture
def mail():
    with MailServer() as server:
        yield server


def put(folder, *titles, first=1):
    """Letters of these titles, each of its own words."""
    for uid, title in enumerate(titles, first):
        folder.letters[uid] = letter(text(uid % 8), subject=title, id=f"<{title}@x>").as_bytes()


def address(server, folder="INBOX", user="ida"):
    return f"imap://{user}@127.0.0.1:{server.port}/{folder}"


def entries(server, folder="INBOX", reach=None):
    sent = imap.asked(address(server, folder), reach or Reach(Extraction()), "")
    return readers.announced(page(sent, Extraction()), Extraction()).entries


def test_the_newest_letters_of_a_folder_are_its_entries_and_nothing_there_changes(mail):
    put(mail.box.folders["INBOX"], "Alpha", "Beta", "Gamma")
    mail.box.folders["INBOX"].deleted.add(2)
    assert [each.title for each in entries(mail)] == ["Gamma", "Alpha"]
    assert {each.partition(" ")[0] for each in mail.box.asked} <= {
        *("CAPABILITY", "AUTHENTICATE", "EXAMINE", "FETCH", "UID", "LOGOUT")
    }
    assert entries(mail)[0].author == "Ada Quay"


def test_a_newsletter_from_a_folder_is_its_article_as_from_a_file(mail):
    news = letter("Read online.", HTML, List_Id="The Tide <tide.example>")
    mail.box.folders["INBOX"].letters[1] = news.as_bytes() + b"\r\nFrom here on, nobody is misled.\r\n"
    (found,) = entries(mail)
    assert [block.text for block in extract(found.page, Extraction()).blocks if block.kind == "paragraph"] == [*PROSE]


def test_a_letter_is_asked_for_once_until_the_folder_is_another(mail, tmp_path):
    folder = mail.box.folders["INBOX"]
    put(folder, "Alpha", "Beta")
    reach = Reach(Extraction(), cache=Cache(tmp_path))
    assert len(entries(mail, reach=reach)) == len(entries(mail, reach=reach)) == 2
    put(folder, "Gamma", first=3)
    assert len(entries(mail, reach=reach)) == 3
    assert mail.box.sent == [1, 2, 3]
    assert os.name != "posix" or stat.S_IMODE((tmp_path / "letters").stat().st_mode) == 0o700
    folder.validity = 2
    assert len(entries(mail, reach=reach)) == 3
    assert mail.box.sent == [1, 2, 3, 1, 2, 3]


def test_a_letter_is_read_once_though_it_moves_or_its_folder_is_made_anew(mail, silent, monkeypatch):
    quicken(monkeypatch)
    folder = mail.box.folders["INBOX"]
    put(folder, "Alpha", "Beta")
    source = address(mail)
    place = with_sources(silent, feeds=(source,), sources={source: Source(exclude=Which(titles=("beta",)))})
    first = nightly.run(place, DAY)
    assert [each.title for each in first.episode.sources] == ["Alpha"]
    assert [each.rule for each in first.left] == ["exclude.titles"]
    folder.validity, folder.letters = 9, {uid + 40: data for uid, data in folder.letters.items()}
    mail.box.folders["Read"] = folder
    other = address(mail, "Read")
    assert nightly.run(place, DAY + timedelta(1)) == nightly.Report(None, ())
    assert nightly.run(with_sources(silent, feeds=(other,)), DAY + timedelta(2)).episode.sources[0].title == "Beta"


def test_a_dead_mail_server_costs_itself_is_told_once_and_once_more_when_it_is_back(mail, silent, monkeypatch):
    quicken(monkeypatch)
    put(mail.box.folders["INBOX"], "Alpha")
    (silent.store.home / "articles").mkdir()
    (silent.store.home / "articles" / "a.txt").write_text("Omega\n\n" + " ".join(PROSE), "utf-8")
    place = with_sources(silent, feeds=(address(mail),), folders=("articles",))
    mail.box.instead["GREETING"] = b"* BYE too many\r\n"
    first = nightly.run(place, DAY)
    assert ([each.title for each in first.episode.sources], len(first.skips), first.grave) == (["Omega"], 1, True)
    assert "ida" not in first.skips[0].reason
    assert nightly.run(place, DAY + timedelta(1)).skips == ()
    del mail.box.instead["GREETING"]
    again = nightly.run(place, DAY + timedelta(3))
    assert [each.title for each in again.episode.sources] == ["Alpha"]
    assert "is back" in again.notes[0]


def test_an_empty_folder_has_nothing_new(mail, silent, monkeypatch):
    quicken(monkeypatch)
    assert nightly.run(with_sources(silent, feeds=(address(mail),)), DAY) == nightly.Report(None, ())


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("Newsletters/Günter & Söhne", "Newsletters/G&APw-nter &- S&APY-hne"),
        ('a "b" \\', 'a \\"b\\" \\\\'),
        ("日本語", "&ZeVnLIqe-"),
    ],
)
def test_folders_of_any_name_are_found(name, wire):
    assert imap._quoted(name) == f'"{wire}"'


def test_login_is_used_where_there_is_nothing_better():
    with MailServer(Box(capabilities="IMAP4rev1")) as server:
        put(server.box.folders["INBOX"], "Alpha")
        assert len(entries(server)) == 1
        assert server.box.asked[1].startswith("LOGIN")
    sent = []
    client = SimpleNamespace(capabilities=(), login=lambda *words: sent.append(words))
    imap._log_in(client, account("imaps://EXAMPLE%5Cida%20%22x%22@mail.example/"), "tide 9")
    assert sent == [('"EXAMPLE\\\\ida \\"x\\""', "tide 9")]  # imaplib quotes the password itself


@pytest.mark.parametrize(
    ("folder", "secret", "says"),
    [
        ("Gone", "tide 9", "has no folder 'Gone'"),
        ("INBOX", "wrong", "does not let ida in; check the user name, and put it into the environment"),
        ("INBOX", "", "needs a password: put it into the environment as AUDIOED_127_0_0_1_PASSWORD"),
        ("a%0d%0ab", "tide 9", "names no folder"),
    ],
)
def test_what_somebody_has_to_mend_is_told(mail, monkeypatch, folder, secret, says):
    monkeypatch.setenv("AUDIOED_127_0_0_1_PASSWORD", secret)
    with pytest.raises(FetchError, match=says) as told:
        imap.asked(address(mail, folder), Reach(Extraction()), "")
    assert secret not in str(told.value) or not secret


def test_an_address_without_a_user_is_told_how_to_name_one():
    with pytest.raises(FetchError, match=r"needs a user name: .* as in imaps://jane@mail.example/News\."):
        imap.asked("imaps://mail.example/News", Reach(Extraction()), "")


def test_no_password_goes_anywhere_without_encryption(mail, monkeypatch):
    monkeypatch.setattr(imap, "is_loopback", lambda _host: False)
    with pytest.raises(FetchError, match="offers no encryption"):
        imap.asked(address(mail), Reach(Extraction()), "")
    assert not [each for each in mail.box.asked if each.startswith(("AUTH", "LOGIN"))]


@pytest.mark.parametrize("at_once", [True, False])
def test_letters_come_by_tls_from_the_first_byte_or_from_starttls_on(at_once, certificate, monkeypatch):
    served, trusted = certificate
    monkeypatch.setattr(imap, "is_loopback", lambda _host: False)
    box = Box(tls=served, at_once=at_once, capabilities="IMAP4rev1 STARTTLS AUTH=PLAIN")
    with MailServer(box) as server:
        put(box.folders["INBOX"], "Alpha")
        where = address(server).replace("imap:", "imaps:" if at_once else "imap:")
        with pytest.raises(FetchError, match="no valid certificate"):
            imap.asked(where, Reach(QUICK), "")
        assert not box.asked or box.asked[-1] == "STARTTLS"
        monkeypatch.setattr(imap, "trust", lambda: trusted)
        assert b"Alpha" in imap.asked(where, Reach(Extraction()), "").data


LITERAL = b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n"
HOSTILE = {
    "endless greeting": {"instead": {"GREETING": b"* OK "}, "endless": b"a" * 65536},
    "endless lines": {"instead": {"CAPABILITY": b""}, "endless": b"* OK still there\r\n" * 1000},
    "a bomb": {"instead": {"UID": LITERAL % 10**12}, "endless": b"a" * 65536},
    "a letter that never ends": {"instead": {"UID": LITERAL % 900_000}},
    "silence": {"instead": {"GREETING": b""}},
    "silence later": {"instead": {"EXAMINE": b""}},
    "another protocol": {"instead": {"GREETING": b"SSH-2.0-OpenSSH_9.6\r\n"}},
    "HTTP": {"instead": {"GREETING": b"HTTP/1.1 400 Bad Request\r\n\r\n"}},
    "noise": {"instead": {"CAPABILITY": bytes(range(256)) * 40 + b"\r\n"}},
    "letters nobody speaks": {"instead": {"AUTHENTICATE": b"+ AAAAA\r\n"}},
    "no number": {"instead": {"EXAMINE": b"* many EXISTS\r\n* OK [UIDVALIDITY x] \r\n"}},
    "a literal in a literal": {"instead": {"FETCH": b"* 1 FETCH (UID {3}\r\n12{4}\r\n* {-1}\r\n"}},
    "goodbye": {"instead": {"EXAMINE": b"* BYE\r\n"}},
    "a letter nobody asked for": {"instead": {"UID": b"* 1 FETCH (UID 77 BODY[]<0> {3}\r\nabc)\r\n"}},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_server_holds_up_or_harms_a_night(name, tmp_path):
    with MailServer(Box(**HOSTILE[name])) as server:
        put(server.box.folders["INBOX"], "Alpha")
        with pytest.raises((FetchError, Unreachable), match=r"; [^;]+\.$"):
            imap.asked(address(server), Reach(QUICK, cache=Cache(tmp_path)), "")
    assert not list(tmp_path.rglob("*-77"))


def test_what_came_before_the_server_fell_silent_is_read(mail, tmp_path, monkeypatch):
    monkeypatch.setattr(imap, "AT_ONCE", 1)
    put(mail.box.folders["INBOX"], "Alpha", "Beta")
    reach = Reach(QUICK, cache=Cache(tmp_path))
    mail.box.folders["INBOX"].letters[3] = b""
    assert imap.asked(address(mail), reach, "").data.count(b"From audioed") == 3
    put(mail.box.folders["INBOX"], "Delta", first=4)
    mail.box.instead["UID"] = b""
    assert imap.asked(address(mail), reach, "").data.count(b"From audioed") == 3


@pytest.mark.parametrize(
    ("feed", "says"),
    [
        ("imap://ida:tide@mail.example/News", "imap://mail.example/News holds a password; take it out"),
        ("pop3://mail.example/", "is not the address of a feed, a mail folder or a service"),
        ("imap:///News", "is not the address"),
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused(tmp_path, feed, says):
    (tmp_path / "audioed.toml").write_text(f'[nightly]\nfeeds = ["{feed}"]\n', "utf-8")
    with pytest.raises(ConfigError, match=says):
        load(tmp_path / "audioed.toml")


def test_addresses_of_mail_folders_are_known_in_any_case():
    assert by_scheme("IMAPS://a/b").name == "mailbox"
    assert by_scheme("https://a/imap://b") is None


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """What a server on this machine shows, and what trusts it; made by OpenSSL."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=audioed"
    names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    subprocess.run([openssl, *made.split(), *names, "-keyout", key, "-out", cert], check=True, capture_output=True)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(cert, key)
    return served, ssl.create_default_context(cafile=cert)
