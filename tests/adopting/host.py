"""A podcast host on this machine: byte ranges, ETags, redirects, and faults that are planted."""

import hashlib
import re
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Host:
    """Serves what is put into `files`; `faults` name what goes wrong at a path, each as often as it says."""

    def __init__(self):
        self.files = {}
        self.kinds = {}
        self.moved = {}
        self.cuts = Counter()
        """Path -> how often it breaks off in the middle."""
        self.stops = {}
        """Path -> bytes behind which nothing comes."""
        self.plain = set()
        """Paths without any ETag."""
        self.asked = []

    def __enter__(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path, body, kind="audio/mpeg"):
        self.files[path], self.kinds[path] = body, kind
        return self.url + path

    def answer(self, request):
        path = request.path
        span = request.headers.get("Range", "")
        self.asked.append((path, span))
        if path in self.moved:
            request.send_response(302)
            request.send_header("Location", self.moved[path])
            request.end_headers()
            return
        if path not in self.files:
            request.send_error(404)
            return
        body = self.files[path]
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        start = re.fullmatch(r"bytes=(\d+)-", span)
        resumes = start and request.headers.get("If-Range") == tag
        at = int(start[1]) if resumes else 0
        if resumes and at >= len(body):
            request.send_response(416)
            request.send_header("Content-Range", f"bytes */{len(body)}")
            request.end_headers()
            return
        request.send_response(206 if resumes else 200)
        if resumes:
            request.send_header("Content-Range", f"bytes {at}-{len(body) - 1}/{len(body)}")
        request.send_header("Content-Type", self.kinds[path])
        request.send_header("Content-Length", str(len(body) - at))
        if path not in self.plain:
            request.send_header("ETag", tag)
        request.end_headers()
        rest = body[at:]
        if self.cuts[path] > 0:
            self.cuts[path] -= 1
            rest = rest[: max(1, len(rest) // 2)]
        if path in self.stops:
            rest = rest[: max(0, self.stops[path] - at)]
        request.wfile.write(rest)
