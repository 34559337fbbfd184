"""A mail server with IMAP4rev1 (RFC 3501) on this machine, as far as a reader of folders speaks it."""

import re
import socketserver
import ssl
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class Folder:
    """Letters by UID, in the order in which they came."""

    letters: dict[int, bytes] = field(default_factory=dict)
    validity: int = 1
    deleted: set[int] = field(default_factory=set)


@dataclass
class Box:
    """What the server has, what it was asked, and how it misbehaves."""

    folders: dict[str, Folder] = field(default_factory=lambda: {"INBOX": Folder()})
    users: dict[str, str] = field(default_factory=lambda: {"ida": "tide 9"})
    capabilities: str = "IMAP4rev1 AUTH=PLAIN"
    asked: list[str] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    """UIDs of the letters that were given."""
    tls: ssl.SSLContext | None = None
    at_once: bool = False
    """Whether TLS begins with the first byte."""
    instead: dict[str, bytes] = field(default_factory=dict)
    """What is answered to a command, or as GREETING, in place of what should be; the line breaks off behind it."""
    endless: bytes = b""
    """What is sent after that without end."""


class _Session(socketserver.StreamRequestHandler):
    timeout = 20

    def handle(self):
        self.box: Box = self.server.box
        self.folder: Folder | None = None
        self.user = ""
        with suppress(OSError, ValueError):
            if self.box.at_once:
                self._secure()
            if not self._instead("GREETING"):
                self.say("* OK ready")
            while line := self.rfile.readline(65536):
                tag, command, rest = (*line.decode("utf-8").strip().split(" ", 2), "", "")[:3]
                self.box.asked.append(f"{command} {rest}".strip())
                if self._instead(command) or not self.answer(tag, command.upper(), rest):
                    return

    def _secure(self):
        self.request = self.box.tls.wrap_socket(self.request, server_side=True, do_handshake_on_connect=False)
        self.request.do_handshake()
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)

    def _instead(self, command):
        said = self.box.instead.get(command)
        if said is None:
            return False
        self.wfile.write(said)
        while self.box.endless:
            self.wfile.write(self.box.endless)
        self.rfile.readline(65536)  # hangs until the other side has enough
        return True

    def finish(self):
        with suppress(OSError, ValueError):
            super().finish()
        self.request.close()

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def answer(self, tag, command, rest):  # noqa: C901, PLR0911, PLR0912 - a branch a command
        if command == "CAPABILITY":
            self.say(f"* CAPABILITY {self.box.capabilities}")
        elif command == "STARTTLS":
            self.say(f"{tag} OK begin")
            self._secure()
            return True
        elif command == "AUTHENTICATE":
            self.say("+ ")
            _, user, password = b64decode(self.rfile.readline()).decode().split("\0")
            return self._let_in(tag, user, password)
        elif command == "LOGIN":
            user, password = re.fullmatch(r'(\S+) "(.*)"', rest).groups()
            return self._let_in(tag, user.strip('"'), password.replace("\\", ""))
        elif command == "EXAMINE" and self.user:
            self.folder = self.box.folders.get(rest.strip('"'))
            if self.folder is None:
                self.say(f"{tag} NO no such folder")
                return True
            self.say(f"* {len(self.folder.letters)} EXISTS")
            self.say(f"* OK [UIDVALIDITY {self.folder.validity}] valid")
        elif command == "FETCH" and self.folder:
            first, last = map(int, rest.split(" ")[0].split(":"))
            for n, (uid, data) in enumerate(self.folder.letters.items(), 1):
                if first <= n <= last:
                    flags = "\\Deleted" if uid in self.folder.deleted else "\\Seen"
                    self.say(f"* {n} FETCH (FLAGS ({flags}) UID {uid} RFC822.SIZE {len(data)})")
        elif command == "UID" and self.folder:
            uids, most = re.fullmatch(r"FETCH (\S+) \(UID BODY\.PEEK\[\]<0\.(\d+)>\)", rest).groups()
            for n, (uid, data) in enumerate(self.folder.letters.items(), 1):
                if str(uid) in uids.split(","):
                    part = data[: int(most)]
                    self.wfile.write(f"* {n} FETCH (UID {uid} BODY[]<0> {{{len(part)}}}\r\n".encode() + part + b")\r\n")
                    self.box.sent.append(uid)
        elif command == "LOGOUT":
            self.say("* BYE")
            self.say(f"{tag} OK done")
            return False
        else:
            self.say(f"{tag} BAD not now")
            return True
        self.say(f"{tag} OK done")
        return True

    def _let_in(self, tag, user, password):
        known = self.box.users.get(user) == password
        self.user = user if known else ""
        self.say(f"{tag} {'OK' if known else 'NO'} {'welcome' if known else 'who?'}")
        return True


class MailServer:
    """Serves a box until it is left."""

    def __init__(self, box=None):
        self.box = box or Box()

    def __enter__(self):
        server = type("Server", (socketserver.ThreadingTCPServer,), {"daemon_threads": True, "block_on_close": False})
        self._server = server(("127.0.0.1", 0), _Session)
        self._server.box = self.box
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
