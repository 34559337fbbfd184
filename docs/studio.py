"""
The picture of the studio in the README: docs/studio.png, of an article whose names are being put right.

Run it with the project's own Python after a change of the studio's page. It needs Chromium.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import audioed

ROOT = Path(__file__).parents[1]
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
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZE = {"width": 1080, "height": 800}
SCALE = 4 / 3
"""1440 pixels wide, and letters that can still be read where the README shows it smaller."""
COLOURS = 128


def main() -> None:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("No Chromium is installed here: `apt install chromium`.")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "audioed.toml").write_text('[show]\ntitle = "The Harbour Letter"\n', "utf-8")
        (home / "keeper.md").write_text(ARTICLE, "utf-8")
        episode = audioed.open(home).render(home / "keeper.md")
        command = [sys.executable, "-m", "audioed", "studio", episode.name, "--config", folder, "--no-browser"]
        with subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True) as server:
            try:
                address = next(line for line in server.stdout or () if line.startswith("studio")).split()[-1]
                taken = Image.open(io.BytesIO(picture(address, program))).convert("RGB")
            finally:
                server.terminate()
    small = taken.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(ROOT / "docs" / "studio.png", optimize=True)


def picture(address: str, program: str) -> bytes:
    """What an author sees who has chosen a sentence and hears it."""
    with sync_playwright() as driver, driver.chromium.launch(executable_path=program, args=["--mute-audio"]) as browser:
        page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE, color_scheme="light", reduced_motion="reduce")
        page.goto(address)
        page.get_by_text(SENTENCE).click()
        page.get_by_text("Words at risk").wait_for()
        page.mouse.move(0, 0)
        page.wait_for_load_state("networkidle")
        return page.screenshot()


if __name__ == "__main__":
    main()
