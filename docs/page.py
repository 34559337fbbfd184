"""Take docs/page.png: the page of the sample article's episode while it is read aloud. It needs Chromium."""

from browser import ROOT, browser, save, served, show_of
from playwright.sync_api import Page

SAMPLE = ROOT / "samples" / "night-ferry.html"
MOMENT = 17.0
"""Seconds into the recording: in the middle of a sentence."""
COLOURS = 80


def main() -> None:
    with (
        show_of(SAMPLE.name, SAMPLE.read_bytes()) as (home, episode),
        served("serve", str(home), label="page") as address,
        browser(900, 1072, 2) as page,
    ):
        save(picture(page, f"{address}{episode.name}/"), "page.png", COLOURS)


def picture(page: Page, address: str) -> bytes:
    """What a listener sees in the middle of a sentence."""
    page.goto(address)
    page.locator('[data-do="play"]').click()
    page.evaluate(
        """async moment => {
            const once = name => new Promise(done => audio.addEventListener(name, done, { once: true }));
            if (audio.readyState < 3) await once("canplay");
            audio.pause();
            audio.currentTime = moment;
            await once("seeked");
            scrollTo(0, 0);
        }""",
        MOMENT,
    )
    return page.screenshot()


if __name__ == "__main__":
    main()
