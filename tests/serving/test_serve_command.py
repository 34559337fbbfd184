"""`audioed serve` as a process: it tells where it is, sends to several at once, and ends when it is told to."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from typer.testing import CliRunner

from audioed.cli.app import app
from audioed.serving.server import opened, url_of

from .conftest import SOUND


@pytest.fixture
def served(output):
    (output / "second-show").rename(output / "zweite schöne")  # as a browser's address has no name
    process = subprocess.Popen(
        [sys.executable, "-m", "audioed", "serve", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.told = [process.stdout.readline() for _ in range(3)]
    yield process
    process.kill()
    process.communicate()


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C cannot be sent to one process elsewhere")
def test_a_preview_tells_its_addresses_and_ends_at_once_whoever_listens(served):
    assert [re.sub(r":\d+/", ":PORT/", each) for each in served.told] == [
        "subscribe  http://127.0.0.1:PORT/ferry/feed.xml\n",
        "subscribe  http://127.0.0.1:PORT/zweite%20sch%C3%B6ne/feed.xml\n",
        "page       http://127.0.0.1:PORT/\n",
    ]
    url = served.told[2].split()[1]
    part = urllib.request.Request(f"{url}ferry/one/one.mp3", headers={"Range": "bytes=100000-299999"})
    with urllib.request.urlopen(part) as answer:
        assert (answer.status, answer.read()) == (206, SOUND[100_000:])
    assert "http://127.0.0.1" in urllib.request.urlopen(f"{url}ferry/feed.xml").read().decode()
    other = served.told[1].split()[1]
    assert f'href="{other}"' in urllib.request.urlopen(other).read().decode()
    port = int(url.rstrip("/").rpartition(":")[2])
    waiting, slow, gone = (socket.create_connection(("127.0.0.1", port)) for _ in range(3))
    with waiting, slow:
        for each, path in ((waiting, "/-/events"), (slow, "/ferry/one/one.mp3"), (gone, "/ferry/one/one.mp3")):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            each.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert each.recv(12) == b"HTTP/1.1 200"
        gone.close()
        served.send_signal(signal.SIGINT)
        assert served.wait() == 0
        assert served.stdout.read() == served.stderr.read() == ""


def test_the_next_free_port_is_taken_unless_one_is_named(output):
    with opened() as first, opened() as second:
        one, two = (each.getsockname()[1] for each in (first, second))
        assert two > one
        ended = CliRunner().invoke(app, ["serve", str(output), "--port", str(one)])
        assert ended.exit_code == 1
        assert ended.stderr == (
            f"audioed: 127.0.0.1, port {one}: is in use; "
            "name another with --port, or leave it out to take the next that is free.\n"
        )


def test_an_address_of_another_machine_is_refused_in_one_sentence(output):
    ended = CliRunner().invoke(app, ["serve", str(output), "--host", "192.0.2.1", "--port", "0"])
    assert ended.exit_code == 1
    assert re.fullmatch(r"audioed: 192\.0\.2\.1, port 0: cannot be served \(.+\); name an address .+\.\n", ended.stderr)


def test_others_are_let_in_only_with_a_warning(output, monkeypatch):
    asked = []
    monkeypatch.setattr("audioed.serving.server.run", lambda app, _: asked.append(app))
    ended = CliRunner().invoke(app, ["serve", str(output), "--host", "0.0.0.0", "--port", "0"])
    assert ended.exit_code == 0
    assert "whoever reaches this machine over its network" in ended.stderr
    assert f"http://{socket.gethostname()}:" in ended.stdout
    assert len(asked) == 1


def test_an_address_of_ipv6_stands_in_brackets():
    if socket.has_dualstack_ipv6():
        with opened("::1", 0) as listening:
            assert url_of(listening).startswith("http://[::1]:")
