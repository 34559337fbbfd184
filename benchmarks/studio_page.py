"""
The studio's page in Chromium: how soon an edition is there to be read, how it scrolls, and how soon a click is heard.

    audioed studio --no-browser        # prints ADDRESS
    python benchmarks/studio_page.py ADDRESS EDITION

Prints milliseconds; for a machine that others use, too, the longest task of the page's own thread is told in time of
the processor: a frame waits for no more than that. A click is heard when what it plays first passes -54 dBFS in the
sound card's graph, which is later told to the loudspeakers by the card's own latency; that is added. Sentences that
were never heard are spoken first: delete the cache's clips to measure that.
"""

import json
import sys
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

CLICKS = 20
HEARD = """
window.heard = [];
let clicked = 0;
new MutationObserver((_, self) => {
    if (!document.querySelector(".said")) return;
    self.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.there = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
addEventListener("click", () => { clicked = performance.now(); }, true);
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...told) {
    const tap = this.context.createAnalyser(), data = new Float32Array(256), from = clicked, card = this.context;
    tap.fftSize = 256;
    this.connect(tap);
    const look = () => {
        tap.getFloatTimeDomainData(data);
        if (data.every(each => Math.abs(each) < 0.002)) setTimeout(look, 1);
        else heard.push(performance.now() - from + 1000 * (card.outputLatency || 0));
    };
    look();
    return start.apply(this, told);
};
"""
SCROLLED = """() => new Promise(done => {
    const frames = [], whole = document.documentElement.scrollHeight;
    let last = performance.now(), at = 0;
    const step = now => {
        frames.push(now - last);
        last = now;
        scrollTo(0, at += whole / 300);
        if (at < whole) requestAnimationFrame(step); else done(frames.slice(1));
    };
    requestAnimationFrame(step);
})"""
MIDDLE = "each => { const { x, y, width, height } = each.getClientRects()[0]; return [x + width / 2, y + height / 2]; }"


def longest_task(browser: Browser, page: Page, does: Callable[[], object]) -> float:
    """Milliseconds of the processor that the longest task of the page takes while this is done."""
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline", "__metadata"])
    does()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {(each["pid"], each["tid"]) for each in events if each.get("args", {}).get("name") == "CrRendererMain"}
    tasks = (each for each in events if (each["pid"], each["tid"]) in main and each["name"].endswith("RunTask"))
    return max((each.get("tdur", 0) for each in tasks), default=0) / 1000


def opened(page: Page, address: str) -> float:
    """Milliseconds until the sentences are painted."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(".said")
    page.wait_for_timeout(500)
    found: float = page.evaluate("there")
    return found


def clicks(page: Page) -> list[float]:
    """Milliseconds from each of some clicks to its sound."""
    sentences = page.locator(".said")
    count = sentences.count()
    for number in range(CLICKS):
        each = sentences.nth((number * 31 + 7) % count)
        each.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        page.mouse.click(*each.evaluate(MIDDLE))
        while page.evaluate("heard.length") <= number:
            page.wait_for_timeout(20)
    found: list[float] = page.evaluate("heard")
    return found


def main() -> None:
    address, edition = sys.argv[1:]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--mute-audio"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(HEARD)
        page.goto(address)
        page.wait_for_selector("main > *")
        there = f"{address.partition('?')[0]}#/edition/{edition}"
        print("open, median of 3:", round(median(opened(page, there) for _ in range(3))))
        used = longest_task(browser, page, lambda: opened(page, there))
        print("longest task of opening, of the processor:", round(used))
        page.wait_for_timeout(6000)  # what is looked up later: doubts, length
        frames = page.evaluate(SCROLLED)
        used = longest_task(browser, page, lambda: page.evaluate(SCROLLED))
        print("longest task of scrolling, of the processor:", round(used))
        print("frames: median", round(median(frames)), "longest", round(max(frames)), "of", len(frames))
        heard = clicks(page)
        print("click to first sound: median", round(median(heard)), "longest", round(max(heard)), "of", len(heard))
        browser.close()


if __name__ == "__main__":
    main()
