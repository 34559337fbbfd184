"""
What a listener's browser loads of an episode's page, and when something is seen: `python benchmarks/pages.py PUBLIC`.

PUBLIC is a show's `public` folder. Every page of an episode in it is opened once in headless Chromium, from loopback,
without a cache. Bytes are counted as they are sent, headers apart: uncompressed, as the plainest server does, and as
gzip would send text. The recording is not counted; pictures are told apart.
"""

import gzip
import shutil
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

ROUNDS = 5
TEXT = (".html", ".css", ".js", ".json", "/")
PAINT = """() => new Promise((done, never) => {
    const seen = list => { for (const each of list.getEntriesByName("first-contentful-paint")) done(each.startTime); };
    new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
    setTimeout(() => never(new Error(`nothing is painted on ${location}`)), 20000);
})"""


class Quiet(SimpleHTTPRequestHandler):
    """Tells nobody what it serves."""

    def log_message(self, *_: object) -> None:
        """Nothing is told."""


def opened(browser: Browser, address: str) -> tuple[dict[str, bytes], float, list[str]]:
    """What a page loads, by address; when it is first painted, in milliseconds; what its console is told."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    answers, told = [], []
    page.on("response", lambda each: answers.append(each))  # noqa: PLW0108 - Playwright marks what it is given
    page.on("console", lambda each: told.append(each.text))
    page.on("pageerror", lambda each: told.append(str(each)))
    page.goto(address, wait_until="networkidle")
    painted = page.evaluate(PAINT)
    found = {each.url: each.body() for each in answers}
    page.context.close()
    return found, painted, told


def main() -> None:
    public = Path(sys.argv[1])
    names = ["", "search.html", *(f"{path.parent.name}/" for path in sorted(public.glob("*/index.html")))]
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(public))) as server,
        sync_playwright() as driver,
    ):
        Thread(target=server.serve_forever, daemon=True).start()
        browser = driver.chromium.launch(executable_path=program, args=["--mute-audio"])
        print("page | text, kB | gzip, kB | pictures, kB | first paint, ms | console")
        for name in names:
            tries = [opened(browser, f"http://127.0.0.1:{server.server_port}/{name}") for _ in range(ROUNDS)]
            found, _, told = tries[0]
            text = [data for address, data in found.items() if address.partition("?")[0].endswith(TEXT)]
            other = sum(map(len, found.values())) - sum(map(len, text))
            packed = sum(len(gzip.compress(data)) for data in text)
            sizes = f"{sum(map(len, text)) / 1000:.0f} | {packed / 1000:.0f} | {other / 1000:.0f}"
            print(f"{name or 'the show'} | {sizes} | {median(each[1] for each in tries):.0f} | {len(told)} lines")
        server.shutdown()


if __name__ == "__main__":
    main()
