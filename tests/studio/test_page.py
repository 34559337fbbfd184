"""The studio's page in a browser: what an author does there with mouse and keys, and what becomes of the files."""

import os
import re
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from audioed.edition.order import order_in
from audioed.model import Script
from audioed.serving.server import opened, url_of
from audioed.studio.app import application
from tests.studio.conftest import CAPTION

EVIL = "</span><img src=x onerror='window.ran = 1'><script>window.ran = 1</script> & \u202eolleh"
STARTS = """
window.starts = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...told) {
    starts.push(this.buffer.duration);
    return start.apply(this, told);
};
"""


class Page:
    """A page of the browser, and what an author does with it."""

    def __init__(self, page):
        self._page, self.told = page, []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.told.append(str(error)))

    def _note(self, message):
        """What the browser complains of, but for a sentence that was left out while its sound was asked for."""
        gone = "404" in message.text and "/utterances/" in message.location["url"]
        if message.type == "error" and not gone:
            self.told.append(f"{message.text}: {message.location['url']}")

    def __getattr__(self, name):
        return getattr(self._page, name)

    def until(self, condition, seconds=60):
        """Wait for what holds in the page; Playwright's own way needs `eval`, which the page forbids."""
        self._page.evaluate(
            f"""() => new Promise((done, never) => {{
                const end = performance.now() + {1000 * seconds}, look = () => {{
                    if ({condition}) done();
                    else if (performance.now() > end) never(new Error({condition!r} + ": waited in vain"));
                    else setTimeout(look, 20);
                }};
                look();
            }})"""
        )

    @contextmanager
    def pressed(self, button):
        """What is done while a finger is on it."""
        button.hover()
        self._page.mouse.down()
        yield
        self._page.mouse.up()

    def sentence(self, words):
        return self._page.locator(".said", has_text=words).first

    def press(self, *keys):
        for key in keys:
            self._page.keyboard.press(key)

    def button(self, name):
        return self._page.get_by_role("button", name=name, exact=True)

    def has(self, text):
        self.until(f"document.body.textContent.includes({text!r})")


@pytest.fixture
def page(studio, chromium):
    """The studio in a browser that was let in by the address that the terminal shows."""
    with opened("127.0.0.1", 0) as listening:
        served = application(studio.desk, studio.keys)
        config = uvicorn.Config(served, log_config=None, lifespan="off", ws="none", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en", reduced_motion="reduce")
        context.add_init_script(STARTS)
        page = Page(context.new_page())
        page.goto(f"{url_of(listening)}?key={studio.keys.token}")
        page.wait_for_selector(".adding")
        yield page
        assert page.evaluate("window.ran") is None
        context.close()
        server.should_exit = True
        thread.join()
    assert page.told == []


def test_an_author_goes_from_an_article_to_a_corrected_episode_with_mouse_and_keys(page, studio, axe):
    assert axe(page) == []
    page.get_by_label("An article").fill("lamp.html")
    page.button("Open as a draft").click()
    page.wait_for_selector(".said")
    assert axe(page) == []
    page.locator(".cut", has_text=CAPTION).get_by_role("button", name="Read it").click()
    page.until(f"[...document.querySelectorAll('.said')].some(each => each.textContent == {CAPTION!r})")

    page.sentence("shone again").click()
    page.until("starts.length == 1")
    page.press("e")
    page.keyboard.type("It shone again, one evening in June.")
    page.press("Control+Enter")
    page.until("starts.length == 2")
    assert page.sentence("June").evaluate("each => each.classList.contains('changed')")
    page.press("Escape", "p")
    page.keyboard.type("2.5")
    page.press("Enter")
    page.until("starts.length == 3")
    page.get_by_label("Hear it in").select_option("heart")
    page.button("Hear it").click()
    page.until("starts.length == 4")
    assert page.evaluate("starts[3] != starts[2]")
    page.sentence("Siobhan").click()
    page.get_by_label("Said").fill("[Siobhan](/ʃɪˈvɔːn/) Kray kept its glass clean all the same.")
    page.press("Escape", "s")
    page.has("Saved")
    page.press("ArrowDown", "ArrowUp")

    (name,) = [each["name"] for each in studio.get("/api/editions")["editions"]]
    script = studio.desk.script(name)
    (shone,) = [each for each in script.utterances if "June" in each.written]
    (named,) = [each for each in script.utterances if "Siobhan" in each.written]
    assert (shone.spoken, shone.pause) == ("It shone again, one evening in June.", 2.5)
    assert named.spoken.startswith("[Siobhan](/ʃɪˈvɔːn/) Kray")

    page.press("d")
    page.wait_for_selector("dialog[open]")
    assert axe(page) == []
    page.button("Approve and publish").click()
    page.until("document.querySelector('.state')?.textContent == 'Published'", 60)
    episode = studio.desk.store.episode(name)
    assert [cue.text for cue in episode.cues if "June" in cue.text] == [shone.written]
    studio.desk.store.load(Script, studio.desk.store.episode_folder(name) / "script.json")


def test_the_seed_article_is_corrected_and_only_what_changed_is_spoken_again(page, studio, shared):
    (studio.home / "audioed.toml").write_text('[show]\ntitle = "Tides"\n', "utf-8")  # and so in the embedded voice
    lines = (shared / "seed" / "article.txt").read_text("utf-8").splitlines()
    part = [*lines[2:5], *lines[19:24]]  # less than half of it, with a word that the voice may get wrong
    (studio.home / "article.txt").write_text("\n".join([*lines[:2], *part, *part]), "utf-8")  # its copy is cut
    name = studio.do("POST", "/api/editions", article="article.txt")["edition"]
    page.evaluate(f"location.hash = '#/edition/{name}'")
    page.wait_for_selector(".said")
    page.locator("details.cuts summary").first.click()
    cut = page.locator(".cut").first
    words = cut.locator("p").first.inner_text()
    assert cut.locator(".why span").inner_text().endswith(".")
    cut.get_by_role("button", name="Read it", exact=True).click()
    page.until(f"[...document.querySelectorAll('.said')].some(each => each.textContent == {words!r})")
    published(page)
    first = studio.desk.store.episode(name)

    page.locator(".said").nth(8).click()
    page.press("e")
    page.keyboard.type("This sentence was changed in the studio.")
    page.press("Control+Enter")
    page.has("This sentence was changed in the studio.")
    page.press("Escape", "p")
    page.keyboard.type("1.5")
    page.press("Enter")
    underlined = (
        "(r => r.startContainer.nodeValue.slice(r.startOffset, r.endOffset))([...CSS.highlights.get('doubt')][0])"
    )
    page.until("CSS.highlights.get('doubt')?.size")
    word = page.evaluate(underlined)
    page.sentence(word).click()
    say_so_while_somebody_writes(page, studio, name, word)
    for voice in (1, 2):
        page.get_by_label("Hear it in").select_option(index=voice)
        page.button("Hear it").click()
    page.get_by_label("Hear it in").select_option(index=0)
    told = studio.get(f"/api/editions/{name}/difference")
    changed = {each["id"] for each in told["sentences"]}
    (mine,) = [
        each for each in studio.utterances(name) if each["written"] == "This sentence was changed in the studio."
    ]
    assert mine["id"] in changed
    assert mine["pause"] == 1.5
    before = studio.clips()
    published(page)
    again = studio.desk.store.episode(name)
    assert len(studio.clips() - before) == len(told["clips"]) <= len(changed)
    assert again.guid == first.guid
    assert again.duration == pytest.approx(told["duration"], abs=0.5)
    page.button("Verify").click()
    page.until("/All \\d+ checks passed/.test(document.body.textContent)", 60)


def say_so_while_somebody_writes(page, studio, name, word):
    """How a word sounds is typed and kept while others change the edition: nothing typed is lost, and no click."""
    page.get_by_label(f"How {word} sounds").fill("KAH-ree")
    last = studio.utterances(name)[-1]
    path = f"/api/editions/{name}/utterances/{last['id']}"
    studio.do("POST", f"{path}/after", written="Somebody adds this meanwhile.")
    page.until("[...document.querySelectorAll('.said')].some(each => each.textContent.includes('adds this meanwhile'))")
    assert page.get_by_label(f"How {word} sounds").input_value() == "KAH-ree"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"How {word} sounds"
    with page.pressed(page.get_by_role("button", name=f"Say {word} so in the whole show")):
        studio.do("POST", f"{path}/after", written="And this.")
        page.wait_for_timeout(1000)  # more than a page waits for more changes before it is drawn anew
    page.has("In the lexicon of the show")
    page.until("[...document.querySelectorAll('.said')].some(each => each.textContent.includes('And this.'))")


def published(page):
    """What was changed is approved, and the episode is there."""
    page.press("Escape", "d")
    page.locator("dialog[open] button.main").click()
    page.until("document.querySelector('.state')?.textContent == 'Published'", 90)


def test_an_author_leaves_a_sentence_out_takes_that_back_and_sees_what_changes(page, studio, lamp, axe):
    said = studio.with_words(lamp, "Siobhan")
    path = f"/api/editions/{lamp}/utterances/{said['id']}"
    studio.do("PATCH", path, version=said["version"], spoken=said["spoken"].replace("ʃɪˈvɔːn", "ˈʃoːbən"))
    page.evaluate(f"location.hash = '#/edition/{lamp}'")
    page.wait_for_selector(".said")
    why = page.locator(".cut", has_text=CAPTION).locator(".why span")
    assert why.inner_text() == "The caption of a picture or a table."
    before = studio.utterances(lamp)
    for words, again in (("Siobhan", "Undo"), ("shone again", "Read it again")):
        page.sentence(words).click()
        page.press("x")
        page.wait_for_selector(".omitted")
        assert axe(page) == []
        page.locator("#told, .omitted").get_by_role("button", name=again).click()
        page.until("!document.querySelector('.omitted') && document.querySelector('.said.changed')")
        assert studio.utterances(lamp) == before
    page.sentence("shone again").click()
    page.press("x")
    page.wait_for_selector(".omitted")
    page.press("d")
    page.wait_for_selector("dialog[open]")
    assert axe(page) == []
    named, gone = page.locator(".changes li").all()
    assert named.inner_text().startswith("Siobhan /ʃɪˈvɔːn/ /ˈʃoːbən/ Kray kept")
    assert named.locator("del").all_inner_texts() == ["/ʃɪˈvɔːn/"]
    assert "shone again" in gone.locator("del").inner_text()
    page.button("Not yet").click()
    path = f"/api/editions/{lamp}/utterances/{said['id']}/after"
    studio.do("POST", path, written="Nobody slept. The lamp is lit.")
    several = page.sentence("Nobody slept.")
    several.click(position={"x": 8, "y": 8})
    page.wait_for_selector(".several li")
    assert axe(page) == []
    page.press("x")
    page.until("[...document.querySelectorAll('.said')].some(each => each.textContent == 'The lamp is lit.')")
    page.locator("#told").get_by_role("button", name="Undo").click()
    several.click(position={"x": 8, "y": 8})
    page.sentence("the museum").click()
    page.get_by_role("group", name="This passage is read as").get_by_role("button", name="Promo").click()
    page.until("document.querySelector('.part.promo .said')?.textContent.includes('the museum')")


def test_two_authors_of_one_sentence_see_what_the_other_wrote(page, studio, lamp, axe):
    page.evaluate(f"location.hash = '#/edition/{lamp}'")
    page.wait_for_selector(".said")
    page.sentence("shone again").click()
    said = studio.with_words(lamp, "shone again")
    field = page.get_by_role("textbox", name="Text", exact=True)
    field.press_sequentially(" Mine.")
    studio.do(
        "PATCH", f"/api/editions/{lamp}/utterances/{said['id']}", version=said["version"], written="Theirs. It shone."
    )
    page.press("Control+s")
    page.wait_for_selector(".clash .theirs")
    assert page.locator(".clash .theirs").first.inner_text() == "Theirs. It shone."
    assert page.locator(".clash .mine").first.inner_text().endswith(" Mine.")
    assert axe(page) == []
    page.button("Keep mine").click()
    page.until("!document.querySelector('.clash').textContent")
    assert "Mine." in studio.with_words(lamp, "shone again")["written"]
    page.told.clear()  # the browser tells of the answer 409


def test_what_others_change_is_seen_at_once_and_nothing_that_is_typed_is_lost(page, studio, lamp, axe):
    page.evaluate(f"location.hash = '#/edition/{lamp}'")
    page.wait_for_selector(".said")
    page.route("**/utterances/**", lambda route: route.abort())  # as if the studio were gone
    page.sentence("shone again").click()
    page.get_by_role("textbox", name="Text", exact=True).fill("Nobody kept this.")
    page.until("document.querySelector('#wrong').textContent")
    page.unroute("**/utterances/**")
    page.evaluate("for (const [key, it] of Object.entries(localStorage)) localStorage[key] = it.replace(/\\d{13}/, 0)")
    page.once("dialog", lambda question: question.accept())
    page.reload()
    page.until("[...document.querySelectorAll('.said.changed')].some(each => each.textContent == 'Nobody kept this.')")
    assert studio.with_words(lamp, "Nobody kept")["spoken"] == "Nobody kept this."
    page.until("!localStorage.length")
    file = studio.desk.edition(lamp).folder / "script.json"
    known = file.stat()
    file.write_text(file.read_text("utf-8").replace("Nobody kept this.", "Somebody kept it."), "utf-8")
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))  # as a program that copies files between machines does
    page.until("[...document.querySelectorAll('.said')].some(each => each.textContent == 'Somebody kept it.')")

    page.evaluate("location.hash = '#/settings'")
    page.wait_for_selector(".setting")
    author = page.get_by_label("author").first
    author.fill("Ines Okafor")
    settings = studio.home / "audioed.toml"
    text = settings.read_text("utf-8").replace('"Tides"   #', '"Ebb"\nauthor = "Cook"   #')
    settings.write_text(text, "utf-8")
    page.until("document.getElementById('set-show.title').value == 'Ebb'")
    assert author.input_value() == "Ines Okafor"
    page.press("Tab")
    page.wait_for_selector(".clash code")
    assert page.locator(".clash code").inner_text() == "Cook"
    assert axe(page) == []
    page.button("Keep mine").click()
    page.has("show.author is set.")
    assert settings.read_text("utf-8") == text.replace("Cook", "Ines Okafor")
    page.told.clear()  # the browser tells of requests that failed, and of the answer 409


def test_an_author_arranges_the_next_night_with_mouse_and_keys(page, studio, axe, read_here):  # noqa: ARG001
    for name in ("ferry", "mill", "tower"):
        words = f"<p>The {name} of our town was painted by {name.title()} Wright in the week of the fair.</p>"
        (studio.home / f"{name}.html").write_text(
            f"<html lang='en'><title>{name}</title><body><article><h1>The {name}</h1>{words}"
            f"<p>Nobody else in the whole county has a {name} like it, as its fans say.</p></article></body></html>"
        )
        studio.do("POST", "/api/queue", article=f"{name}.html")
    page.button("Ask the sources").click()
    page.wait_for_selector(".order li")

    def shown():
        return page.evaluate("[...document.querySelectorAll('.order li')].map(each => each.dataset.name)")

    assert shown() == ["ferry.html", "mill.html", "tower.html"]
    page.get_by_role("button", name="The tower: move up").focus()
    page.press("Enter")
    page.until("document.querySelectorAll('.order li')[1].dataset.name == 'tower.html'")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "The tower: move up"
    page.press("Enter")
    page.until("document.querySelectorAll('.order li')[0].dataset.name == 'tower.html'")
    page.locator(".order li").nth(2).drag_to(page.locator(".order li").nth(1))
    page.until("document.querySelectorAll('.order li')[1].dataset.name == 'mill.html'")
    page.button("Hold The ferry back").click()
    page.has("Held back until the night after")
    assert axe(page) == []
    assert order_in(studio.home).first == ("tower.html", "mill.html")
    assert order_in(studio.home).held == ("ferry.html",)
    assert studio.done("/api/tonight")["title"] == "The tower, and 1 more"
    page.button("Read The ferry tonight").click()
    page.until("document.querySelectorAll('.order li').length == 3")
    assert order_in(studio.home).held == ()


def test_what_strangers_wrote_is_text_and_all_pages_can_be_read_by_everybody(page, studio, lamp, axe):
    said = studio.with_words(lamp, "shone again")
    path = f"/api/editions/{lamp}/utterances/{said['id']}"
    studio.do("PATCH", path, version=said["version"], written=EVIL, spoken=EVIL.replace("\u202e", ""))
    studio.do("PATCH", f"/api/editions/{lamp}", title=EVIL.replace("\u202e", ""))
    page.emulate_media(color_scheme="dark")
    for where, found in (
        (f"edition/{lamp}", ".said"),
        ("", ".rows"),
        ("voices", ".rows"),
        ("settings", ".setting"),
        ("tonight", ".main"),
    ):
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate(f"location.hash = '#/{where}'")
        page.wait_for_selector(found)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, where
        assert axe(page) == [], where
    page.evaluate(f"location.hash = '#/edition/{lamp}'")
    page.wait_for_selector(".said")
    assert page.locator(".said", has_text="onerror").count() == 1
    page.evaluate("location.hash = '#/settings'")
    page.wait_for_selector(".setting")
    page.get_by_label("author").first.fill("Ines Okafor")
    page.press("Tab")
    page.has("show.author is set.")
    promos = page.get_by_role("region", name="promos", exact=True)
    promos.get_by_text("Another…").click()
    promos.get_by_label("Its name").fill("book")
    promos.get_by_label("text", exact=True).fill(EVIL.replace("\u202e", ""))
    promos.get_by_role("button", name="Add it").click()
    page.has("promos.book is set.")
    assert studio.desk.show.config.promos["book"].text.startswith("</span><img")
    assert axe(page) == []
    text = (studio.home / "audioed.toml").read_text("utf-8")
    assert 'author = "Ines Okafor"' in text
    assert "# as the town knows it" in text
    page.locator("h1").click()
    page.press("?")
    page.wait_for_selector("dialog[open]")
    assert re.search(r"listen on, pause", page.inner_text("dialog"))


STRANGE = (Path(__file__).parent / "strange.txt").read_text("utf-8").splitlines()


def test_no_script_runs_from_twenty_hostile_titles_through_the_front_page_and_the_editor(page, studio, read_here):  # noqa: ARG001
    words = "<p>{name} of the harbour has enough words to be an article, and this one has a comma, too.</p>"
    parts = "".join(f"<h2>{escape(each)}</h2>{words.format(name=each[2:5].title())}" for each in STRANGE)
    head = "<html lang='en'><body><article><h1>{}</h1>{}</article></body></html>"
    (studio.home / "whole.html").write_text(head.format(escape(STRANGE[0]), parts), "utf-8")
    for number, each in enumerate(STRANGE):
        text = 3 * words.format(name=f"Captain {chr(65 + number)}{number}")
        (studio.home / f"{number}.html").write_text(head.format(escape(each), text), "utf-8")
        studio.do("POST", "/api/queue", article=f"{number}.html")
    name = studio.do("POST", "/api/editions", article="whole.html")["edition"]
    version = studio.get("/api/tonight")["version"]
    studio.do("PATCH", "/api/tonight", order=["3.html"], hold=["1.html", "2.html"], version=version)
    page.reload()
    page.button("Ask the sources").click()
    page.wait_for_selector(".order li")
    for summary in page.locator(".tonight summary").all():
        summary.click()
    shown = page.inner_text("main")
    assert sum(" ".join(each.split())[:20] in shown for each in STRANGE) > 15  # what is no title, is none of one
    page.evaluate(f"location.hash = '#/edition/{name}'")
    page.wait_for_selector(".said")
    page.sentence("harbour").click()
    page.press("d")
    page.wait_for_selector("dialog[open]")
    page.button("Not yet").click()
    page.evaluate("location.hash = '#/'")
    told = "\n\n".join(words.format(name=each)[3:-4] for each in ("Captain Kray", "The keeper", "The pilot"))
    data = f"# {STRANGE[1]}\n\n{told}".encode()
    dropped = {"name": f"{STRANGE[1]}.md", "mimeType": "text/html", "buffer": data}
    page.get_by_label("A file from this computer").set_input_files(dropped)
    page.until("document.querySelector('.said')?.textContent && !document.querySelector('.adding')")
    assert [path.suffix for path in (studio.home / "articles").iterdir()] == [".md"]
    assert (
        page.evaluate(
            "document.querySelectorAll('main script, main iframe, main object, main [onerror], main base').length"
        )
        == 0
    )


EVIL_PAGE = (Path(__file__).parent / "evil.html").read_text("utf-8")


class Evil(BaseHTTPRequestHandler):
    """Another site, on the same machine even, so that a browser takes it for a neighbour."""

    page = b""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_arguments):
        pass


def test_a_page_of_another_origin_reads_nothing_and_changes_nothing(page, studio, lamp):
    def state():
        paths = (
            path for path in studio.home.rglob("*") if path.is_file() and studio.home / "cache" not in path.parents
        )
        return {path: path.read_bytes() for path in paths}

    before, own = state(), page.evaluate("location.origin")
    whose = type("Whose", (Evil,), {"page": EVIL_PAGE.replace("STUDIO", own).replace("EDITION", lamp).encode()})
    with ThreadingHTTPServer(("127.0.0.1", 0), whose) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        there = Page(page.context.new_page())
        for host in ("127.0.0.1", "localhost", "evil.example"):
            there.goto(f"http://{host}:{server.server_port}/")
            there.until("window.told")
            assert set(there.evaluate("Object.values(told)")) <= {"refused", ""}, host
        server.shutdown()
        thread.join()
    for key in ("", f"?key={studio.keys.token}"):  # its name leads to this machine now
        answer = there.goto(own.replace("127.0.0.1", "evil.example") + f"/api/show{key}")
        assert answer.status == 421
    assert state() == before
    assert page.evaluate("fetch('/api/show').then(answer => answer.status)") == 200
