"""A browser without a window, and a show of one article that a command serves: what pictures of pages are taken of."""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import audioed
from audioed.model import Episode

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SETTINGS = '[show]\ntitle = "The Harbour Letter"\n'


@contextmanager
def show_of(name: str, article: bytes) -> Iterator[tuple[Path, Episode]]:
    """The folder of a show, and its one episode, which reads this article; both go again."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "audioed.toml").write_text(SETTINGS, "utf-8")
        (home / name).write_bytes(article)
        yield home, audioed.open(home).render(home / name)


@contextmanager
def served(*command: str, label: str) -> Iterator[str]:
    """The address that a command of audioed tells behind this label, for as long as it serves."""
    whole = [sys.executable, "-m", "audioed", *command, "--port", "0"]
    with subprocess.Popen(whole, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield next(line for line in server.stdout or () if line.startswith(label)).split()[-1]
        finally:
            server.terminate()


@contextmanager
def browser(width: int, height: int, scale: float) -> Iterator[Page]:
    """A page of so many pixels, in the light, where nothing moves."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("No Chromium is installed here: `apt install chromium`.")
    with sync_playwright() as driver, driver.chromium.launch(executable_path=program, args=["--mute-audio"]) as found:
        yield found.new_page(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            color_scheme="light",
            reduced_motion="reduce",
        )


def save(picture: bytes, name: str, colours: int) -> None:
    """Keep a screenshot in docs/ in so many colours: it is a third as large, and looks the same."""
    taken = Image.open(io.BytesIO(picture)).convert("RGB")
    small = taken.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(ROOT / "docs" / name, optimize=True)
