"""Take docs/page.png: the page of the sample article's episode while it is read aloud. It needs Chromium."""

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import audioed

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "night-ferry.html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MOMENT = 17.0
"""Seconds into the recording: in the middle of a sentence."""
COLOURS = 80
"""A picture of so many is a third as large, and looks the same."""


def main() -> None:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("No Chromium is installed here: `apt install chromium`.")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "audioed.toml").write_text('[show]\ntitle = "The Harbour Letter"\n', "utf-8")
        episode = audioed.open(home).render(SAMPLE)
        command = [sys.executable, "-m", "audioed", "serve", str(home), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                page = next(line for line in server.stdout or () if line.startswith("page")).split()[-1]
                taken = Image.open(io.BytesIO(picture(f"{page}{episode.name}/", program))).convert("RGB")
            finally:
                server.terminate()
    small = taken.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(ROOT / "docs" / "page.png", optimize=True)


def picture(address: str, program: str) -> bytes:
    """What a listener sees in the middle of a sentence."""
    with sync_playwright() as driver, driver.chromium.launch(executable_path=program, args=["--mute-audio"]) as browser:
        size = {"width": 900, "height": 1072}
        page = browser.new_page(viewport=size, device_scale_factor=2, color_scheme="light", reduced_motion="reduce")
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
