"""A real episode on its page in a headless browser, served as by `audioed serve`."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

import audioed
from tests.conftest import DAY

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--mute-audio", "--disable-gpu", "--renderer-process-limit=1", "--disable-site-isolation-trials"),
    "--host-resolver-rules=MAP evil.example 127.0.0.1",  # a name that its owner has led to this machine
)
FRESH = {"viewport": {"width": 1024, "height": 700}, "reduced_motion": "reduce", "locale": "en"}
ODD = """
Object.defineProperty(window, "localStorage", { get() { throw new Error("no"); } });
delete CSS.highlights; delete window.Highlight; delete window.MediaMetadata;
Object.defineProperty(navigator, "mediaSession", { value: { setActionHandler() { throw new Error("no"); } } });
"""
STRANGE = "Two ferries' </script><script>window.ran = 1</script>"
ARTICLE = f"""# {STRANGE.replace("<", "&lt;")}

The night ferry has burned no diesel since January. Two rows of batteries, each as heavy as a loaded lorry, carry her
across 58 km of open water. For years her engine woke everybody on board. The company had hoped to save money, and it
does: a crossing costs $1,150 now. What nobody had planned is the silence. On the first night the cook went below to see
whether the ship had stopped.

## The crew <img src=x onerror="window.ran = 1"> sleeps well

Complaints have fallen by 80% in two months, says Ines Okafor, who is the mate. Nobody wants the engine back. It stands
in the harbour now, painted green, and children climb on it. Other ports have sent people to look, and some of them have
stayed on board for a night. One of them wrote that she had heard the sea for the first time. The next ferry is to have
batteries, too, and a bigger kitchen, which is what the crew had asked for.
"""


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A show with one episode of the default voice, which tells when each of its words sounds."""
    folder = tmp_path_factory.mktemp("show")
    (folder / "ferries.md").write_text(ARTICLE, "utf-8")
    show = audioed.open(folder, cache=folder / "cache")
    return show, show.render(folder / "ferries.md", day=DAY)


@pytest.fixture(scope="session")
def episode(published):
    return published[1]


@pytest.fixture(scope="session")
def cues(episode):
    return episode.cues


@pytest.fixture(scope="session")
def served(published):
    """The address of the episode's page in a preview."""
    show, episode = published
    command = [sys.executable, "-m", "audioed", "serve", str(show.folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        page = next(line for line in server.stdout if line.startswith("page")).split()[-1]
        yield f"{page}{episode.name}/"
        server.terminate()


@pytest.fixture(scope="module")
def chromium():
    """A browser without a window, for one file: while it is there, nothing else may run a loop of asyncio."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: `pip install playwright`"
    )
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no Chromium is installed here: `apt install chromium`")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


class Tab:
    """A page of the browser, and what a listener does with it."""

    def __init__(self, page, address):
        self._page, self.address = page, address
        self.told, self.asked = [], []
        """What its console was told, and which addresses it asked for."""
        page.on("console", lambda message: self.told.append(f"{message.text} {message.location.get('url')}"))
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def forget(self):
        """As if nobody had used it."""
        self._page.goto("about:blank")
        origin = {"origin": "/".join(self.address.split("/")[:3]), "storageTypes": "local_storage"}
        self._page.context.new_cdp_session(self._page).send("Storage.clearDataForOrigin", origin)
        self._page.set_viewport_size(FRESH["viewport"])
        self._page.emulate_media(color_scheme="light")
        self.told.clear()
        self.asked.clear()

    def __getattr__(self, name):
        return getattr(self._page, name)

    def open(self, fragment=""):
        """The page as if it was called for the first time, at this fragment of its address."""
        self._page.goto("about:blank")
        self._page.goto(self.address + fragment)

    def until(self, condition, seconds=10):
        """Wait for what holds in the page; Playwright's own way needs `eval`, which the page forbids."""
        self._page.evaluate(
            f"""() => new Promise((done, never) => {{
                const end = performance.now() + {1000 * seconds}, look = () => {{
                    if ({condition}) done();
                    else if (performance.now() > end) never(new Error("waited in vain"));
                    else setTimeout(look, 10);
                }};
                look();
            }})"""
        )

    @contextmanager
    def failing(self, ending):
        """Meanwhile files with this ending cannot be had, and the console may say so."""
        self._page.route(f"**/*{ending}", lambda route: route.abort())
        yield
        self._page.unroute(f"**/*{ending}")
        self.told.clear()

    def press(self, key):
        self._page.keyboard.press(key)

    def play(self):
        self._page.locator('[data-do="play"]').click()
        self.until("!audio.paused && audio.readyState > 2")

    def seek(self, seconds):
        """As with the slider; where nothing is loaded yet, it is there when it plays."""
        self._page.locator('[data-do="seek"]').evaluate(
            """(bar, to) => {
                bar.value = to;
                for (const name of ["input", "change"]) bar.dispatchEvent(new Event(name));
            }""",
            seconds,
        )

    def now(self):
        return self._page.evaluate("audio.currentTime")

    def shown(self):
        """Where the slider stands."""
        return float(self._page.locator('[data-do="seek"]').input_value())

    def paused(self):
        return self._page.evaluate("audio.paused")

    def lit(self):
        return self._page.evaluate("[...CSS.highlights.get('player-word')].join()")

    def _words(self, cue, first, last):
        """The place on the screen of these words of a sentence, brought into sight."""
        return self._page.evaluate(
            """([start, first, last]) => {
                const spans = [...document.querySelectorAll("#transcript [data-start]")];
                const cue = spans.find(each => Math.abs(Number(each.dataset.start) - start) < 0.01);
                cue.scrollIntoView({ block: "center", behavior: "instant" });
                const text = cue.firstChild, found = [...text.data.matchAll(/\\S+/g)], range = document.createRange();
                range.setStart(text, found[first].index);
                range.setEnd(text, found[last].index + found[last][0].length);
                const { x, y, width, height } = range.getBoundingClientRect();
                return { x, y, width, height, text: range.toString() };
            }""",
            [cue.start, first, last],
        )

    def word(self, cue, place):
        """Click on a word, which is returned."""
        found = self._words(cue, place, place)
        self._page.mouse.click(found["x"] + found["width"] / 2, found["y"] + found["height"] / 2)
        return found["text"]

    def select(self, cue, first, last):
        """Select words, as with a mouse."""
        begin, end = self._words(cue, first, first), self._words(cue, last, last)
        self._page.mouse.move(begin["x"] + 1, begin["y"] + begin["height"] / 2)
        self._page.mouse.down()
        self._page.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] / 2, steps=4)
        self._page.mouse.up()


@pytest.fixture(scope="module")
def window(chromium, served):
    """One window for all: a new one costs three times as much as a new page in it."""
    context = chromium.new_context(**FRESH)
    yield Tab(context.new_page(), served)
    context.close()


@pytest.fixture
def page(window):
    """The episode's page in a browser that knows nothing yet; whatever its console is told is wrong."""
    window.forget()
    window.goto(window.address)
    yield window
    assert window.told == []


@pytest.fixture
def odd(chromium, served):
    """The same in a browser that keeps nothing, lights no words and knows no system, in a language that is none."""
    context = chromium.new_context(**FRESH)
    context.add_init_script(ODD)
    context.route(
        "**/index.html", lambda route: route.fulfill(body=route.fetch().text().replace('lang="en"', 'lang="no!"'))
    )
    tab = Tab(context.new_page(), served + "index.html")
    tab.open()
    yield tab
    context.close()
    assert tab.told == []


@pytest.fixture
def plain(chromium, served):
    """The same without scripts."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    yield page
    context.close()


@pytest.fixture(scope="session")
def axe():
    """What axe-core finds: a list of rules, each with the elements that break it."""
    source = (Path(pytest.importorskip("axe_playwright_python").__file__).parent / "axe.min.js").read_text("utf-8")

    def found(page):
        if page.evaluate("typeof axe == 'undefined'"):
            page.evaluate(source)
        told = page.evaluate("axe.run({ resultTypes: ['violations'] }).then(found => found.violations)")
        return [(each["id"], [node["html"] for node in each["nodes"]]) for each in told]

    return found


@pytest.fixture(scope="session")
def assets():
    return Path(audioed.__file__).parent / "site" / "assets"
