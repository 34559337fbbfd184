"""A feed that is opened in a browser is the page that says how to subscribe, as each host serves it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from audioed.deploying.headers import content_type
from audioed.linting.server import ACCEPTED
from audioed.publishing.stylesheet import css, instruction

FEED = b'<?xml version="1.0"?>\n%b<rss version="2.0"><channel><title>Ferries</title></channel></rss>\n'
OURS = content_type("feed.xml").partition(";")[0]


@pytest.fixture
def host():
    """A server that sends every feed as the type that its address names."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self):
            *kind, name = self.path[1:].split("/")
            data = css("en") if name == "feed.css" else FEED % instruction("feed.xml")
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if name == "feed.css" else "/".join(kind))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_deploy_tells_a_bucket_and_other_hosts_send_is_shown_as_a_page(host, chromium):
    page, shown = chromium.new_page(), {}
    for kind in (OURS, "application/xml", "text/xml", "application/rss+xml"):
        page.goto(f"{host}/{kind}/feed.xml")
        shown[kind] = page.evaluate(
            "document.documentElement.tagName + getComputedStyle(document.documentElement).font"
        )
    page.close()
    assert OURS in ACCEPTED["feed"]
    pages = {kind for kind, told in shown.items() if told.startswith("rss") and "system-ui" in told}
    assert pages == {OURS, "application/xml", "text/xml"}
