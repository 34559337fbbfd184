"""The servers that shows are published at: OpenSSH, nginx with WebDAV, one that speaks S3; and a bad line to them."""

import contextlib
import os
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3

KEYGEN, SFTP_ONLY, OPENSSL = "ssh-keygen", "internal-sftp", "openssl"
USER, PASSWORD = "ida", "Tide/secret 9"
BUCKET = "podcasts"
DEADLINE = 20.0
"""Seconds that a server may take to start on a machine that is busy."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def started(command: list[str], port: int, **options) -> Iterator[None]:
    """A server that answers on this port, until the block ends."""
    with (
        tempfile.TemporaryFile() as log,  # a pipe that nobody reads would stop a server that says much
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, **options) as server,
    ):
        try:
            end = time.monotonic() + DEADLINE
            while time.monotonic() < end and server.poll() is None:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.02)
            else:
                server.kill()
                log.seek(0)
                pytest.fail(f"{command[0]} does not start: {log.read().decode()[-500:]}")
            yield
        finally:
            server.terminate()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()


class Line:
    """A line to a server that may be cut: after so many bytes of the client's, all connections end, and stay ended."""

    def __init__(self, port: int) -> None:
        self._server, self.port = port, 0
        self._listening: socket.socket | None = None
        self.reset()

    def reset(self, cut_after: int | None = None, *, once: bool = False) -> None:
        """From now on; with `once` the line is whole again behind the cut."""
        self.sent = self.received = self.cuts = 0
        self.cut_after, self._once = cut_after, once
        if self._listening is None:
            self._listening = socket.create_server(("127.0.0.1", self.port))
            self.port = self._listening.getsockname()[1]
            threading.Thread(target=self._listen, args=(self._listening,), daemon=True).start()

    @property
    def is_cut(self) -> bool:
        return self.cut_after is not None and self.sent >= self.cut_after

    def close(self) -> None:
        """Whoever wants a connection now is refused."""
        listening, self._listening = self._listening, None
        if listening:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)  # wakes who waits for a connection
            listening.close()

    def _listen(self, listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with (
            client,
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self._server)) as server,
            selectors.DefaultSelector() as ready,
        ):
            for end in (client, server):  # what is small goes at once, and not when the other side has told of the last
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ready.register(client, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in ready.select(1):
                    data = key.fileobj.recv(65536)
                    if not data:
                        return
                    if key.fileobj is client:
                        if self.cut_after is not None and self.sent + len(data) >= self.cut_after:
                            server.sendall(data[: max(self.cut_after - self.sent, 0)])
                            self.sent, self.cuts = self.cut_after, self.cuts + 1
                            if self._once:
                                self.cut_after = None
                            else:
                                self.close()
                            return
                        self.sent += len(data)
                    else:
                        self.received += len(data)
                    key.data.sendall(data)
                if self.is_cut:
                    return


@dataclass
class Server:
    """A server that has been started, and a line to it."""

    port: int
    line: Line
    folder: Path
    ssh_config: Path | None = None


@contextlib.contextmanager
def sshd(folder: Path) -> Iterator[Server]:
    program = shutil.which("sshd") or shutil.which("/usr/sbin/sshd")
    if not program:
        pytest.skip("OpenSSH's sshd is not installed (Debian: openssh-server)")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    port = free_port()
    for name in ("host", "user", "stranger"):
        subprocess.run([KEYGEN, "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    (folder / "known").write_text(f"target {(folder / 'host.pub').read_text()}")
    (folder / "sshd.conf").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder / 'host'}\nAuthorizedKeysFile {folder / 'authorized'}\n"
        f"PidFile none\nUsePAM no\nStrictModes no\nUseDNS no\nPermitRootLogin yes\nPasswordAuthentication no\n"
        f"MaxStartups 100\nSubsystem sftp {SFTP_ONLY}\nLogLevel ERROR\n"
        "SetEnv SHLVL=2\n"  # so that bash does not read the .bashrc of whoever runs the tests for each command
    )
    (folder / "ssh.conf").write_text(
        f"Host *\n  IdentityFile {folder / 'user'}\n  IdentitiesOnly yes\n  HostKeyAlias target\n"
        f"  UserKnownHostsFile {folder / 'known'}\n  GlobalKnownHostsFile /dev/null\n  LogLevel ERROR\n"
    )
    with started([program, "-D", "-e", "-f", str(folder / "sshd.conf")], port):
        line = Line(port)
        yield Server(port, line, folder / "served", folder / "ssh.conf")
        line.close()


@contextlib.contextmanager
def nginx(folder: Path) -> Iterator[Server]:
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    module = Path("/usr/lib/nginx/modules/ngx_http_dav_ext_module.so")
    if not program or not module.is_file():
        pytest.skip("nginx with WebDAV is not installed (Debian: nginx-light, libnginx-mod-http-dav-ext)")
    port, served = free_port(), folder / "served"
    (served / "dav").mkdir(parents=True)
    secret = subprocess.run([OPENSSL, "passwd", "-apr1", PASSWORD], check=True, capture_output=True, text=True)
    (folder / "users").write_text(f"{USER}:{secret.stdout}")
    user = "user root;\n" if os.getuid() == 0 else ""
    temporary = "".join(
        f"  {name}_temp_path {folder / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"load_module {module};\n{user}daemon off;\nworker_processes 1;\npid {folder / 'pid'};\n"
        f"error_log {folder / 'log'};\n"
        f"events {{}}\nhttp {{\n  access_log off;\n{temporary}  server {{\n    listen 127.0.0.1:{port};\n"
        f"    client_max_body_size 0;\n    root {served};\n    location / {{\n"
        "      dav_methods PUT DELETE MKCOL COPY MOVE;\n      dav_ext_methods PROPFIND OPTIONS;\n"
        f"      auth_basic dav;\n      auth_basic_user_file {folder / 'users'};\n    }}\n  }}\n}}\n"
    )
    with started([program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")], port):
        line = Line(port)
        yield Server(port, line, served)
        line.close()


@contextlib.contextmanager
def s3(folder: Path) -> Iterator[Server]:
    program = os.environ.get("MOTO_SERVER") or shutil.which("moto_server", path=_paths())
    if not program:
        pytest.skip("moto_server, which speaks S3, is not installed (pip install 'moto[s3,server]' in an environment)")
    port = free_port()
    quiet = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    with started([program, "-H", "127.0.0.1", "-p", str(port)], port, env=quiet):
        urllib3.request("PUT", f"http://127.0.0.1:{port}/{BUCKET}")
        line = Line(port)
        yield Server(port, line, folder)
        line.close()


def _paths() -> str:
    """Beside this environment's own programs: `.ci/run` puts the server there, with all that it brings."""
    return os.pathsep.join([str(Path(sys.prefix) / "servers" / "bin"), os.environ.get("PATH", "")])
