"""
The picture of the studio in the README: docs/studio.png, of an article whose names are being put right.

Run it with the project's own Python after a change of the studio's page. It needs Chromium.
"""

from browser import browser, save, served, show_of
from playwright.sync_api import Page

ARTICLE = """\
---
title: The keeper of Ardnamurchan
author: Siobhan Byrne
date: 2026-11-26
---

Caoimhe Mac Giolla has kept the light at Ardnamurchan for 31 years, and on the 3rd of March she will hand over the
keys. I went to see her on a wet Tuesday, after a drive of 4½ hours.

Subscribe to our newsletter to get a story like this every other Sunday.

“You learn to hear the sea before you see it,” she says. The tower is 36 m high; it has 152 steps; and the lamp, a
paraffin burner until 1988, is now an LED of about 70 W.

In the storm of January 2005 the waves reached the second window. The pier at Kilchoan lost 12 metres, and the
insurance paid £240,000 for it, three years later.
"""
SENTENCE = "Caoimhe Mac"
SCALE = 4 / 3
"""1440 pixels wide, and letters that can still be read where the README shows it smaller."""
COLOURS = 128


def main() -> None:
    with (
        show_of("keeper.md", ARTICLE.encode()) as (home, episode),
        served("studio", episode.name, "--config", str(home), "--no-browser", label="studio") as address,
        browser(1080, 800, SCALE) as page,
    ):
        save(picture(page, address), "studio.png", COLOURS)


def picture(page: Page, address: str) -> bytes:
    """What an author sees who has chosen a sentence and hears it."""
    page.goto(address)
    page.get_by_text(SENTENCE).click()
    page.get_by_text("Words at risk").wait_for()
    page.locator(".wave .near").wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(1_500)  # the stretch of the recording is drawn, and the voice is within the sentence
    return page.screenshot()


if __name__ == "__main__":
    main()
