"""A real HTTP server with OpenAI's speech API: it hums, refuses, is busy and breaks off as it is told."""

import json
import struct
import threading
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from audioed.model import Utterance, Voice
from audioed.sound import to_wav
from audioed.synthesis.engines.silent import Silent

SILENT = Voice(name="silent", engine="silent", language="mul")
UNKNOWN = struct.pack("<I", 0xFFFFFFFF)
"""The length of what is streamed."""


class SpeechServer:
    """`asked` holds every request; `answers` the next status codes, 200 when there are none left."""

    def __init__(self):
        self.asked, self.answers, self.keys = [], [], []
        self.body, self.refusal = None, b'{"error": "told so"}'
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.address = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, server, *args, **kwargs):
        self.told = server
        super().__init__(*args, **kwargs)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.told.asked.append((self.path, asked))
        self.told.keys.append(self.headers.get("Authorization"))
        status = self.told.answers.pop(0) if self.told.answers else 200
        body = self.told.refusal if status != 200 else self.told.body or self.wav(asked["input"])
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def wav(self, text):
        said = to_wav(replace(Silent().synthesize(Utterance(written=text, spoken=text), SILENT), timings=()))
        return said[:4] + UNKNOWN + said[8:40] + UNKNOWN + said[44:]

    def log_message(self, *_):
        pass
