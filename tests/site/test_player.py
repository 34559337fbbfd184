"""The player in a browser: it plays, lights what is said, goes where it is told, and lets nobody out or in."""

import re
from itertools import pairwise

import pytest

from audioed.companions import LEAD
from audioed.site.telling import EMBEDDED

PLAYER = 25_000
"""Bytes of script that a listener on a train waits for at most."""


def test_it_lights_each_word_when_it_is_said(page, cues):
    """Every word of the episode, as soon as it is to be lit, with the sound standing still."""
    words = [word for cue in cues for word in cue.words if word.end - word.start > 0.03]
    said = [(word.text, word.start - LEAD + 0.015) for word in words]
    page.play()
    page.press("k")
    lit = page.evaluate(
        """async moments => {
            const lit = [];
            for (const moment of moments) {
                audio.currentTime = moment;
                await new Promise(done => audio.addEventListener("seeked", done, { once: true }));
                lit.push([...CSS.highlights.get("player-word")].join());
            }
            return lit;
        }""",
        [moment for _, moment in said],
    )
    off = [(word, found) for (word, moment), found in zip(said, lit, strict=True) if found != word]
    assert off == []


def test_it_lights_the_word_that_is_heard_while_it_plays(page, cues):
    said = [word for cue in cues for word in cue.words]
    page.seek(cues[-1].start)
    page.play()
    seen = page.evaluate(
        """() => new Promise(done => {
            const seen = [], began = audio.currentTime, look = () => {
                seen.push([audio.currentTime, [...CSS.highlights.get("player-word")].join()]);
                if (audio.currentTime > began + 2) done(seen); else requestAnimationFrame(look);
            };
            look();
        })"""
    )
    changes = [after for before, after in pairwise(seen) if after[1] and after[1] != before[1]]
    assert len(changes) > 3
    starts = {}
    for word in said:
        starts.setdefault(word.text, []).append(word.start)
    late = [min((moment - start for start in starts[word]), key=abs) for moment, word in changes]
    assert max(map(abs, late)) <= 0.15
    assert min(late) >= -LEAD - 0.02


def test_a_click_on_a_word_leads_there_without_a_sound(page, cues):
    word = cues[-1].words[2]
    assert page.word(cues[-1], 2).startswith(word.text)
    assert page.now() == pytest.approx(word.start, abs=0.05)
    assert page.paused()
    assert page.lit() == word.text
    page.select(cues[-1], 1, 3)
    page.word(cues[-1], 5)
    assert page.now() == pytest.approx(word.start, abs=0.05), "a click that lets go of what was selected leads nowhere"


def test_a_chapter_is_marked_and_leads_to_its_beginning(page, episode):
    second = episode.chapters[1]
    link = page.locator("#chapters [data-start]").nth(1)
    assert link.get_attribute("aria-current") is None
    link.click()
    page.until("audio.currentTime > 0 && !audio.paused")
    assert page.now() == pytest.approx(second.start, abs=1)
    assert link.get_attribute("aria-current") == "true"
    assert page.locator('[data-show="chapter"]').text_content() == second.whole
    assert page.locator("#chapters [aria-current]").count() == 1


def test_the_keyboard_plays_pauses_and_skips_but_not_while_somebody_types(page):
    page.seek(20)
    for key, by in (("j", -15), ("l", 30), ("ArrowLeft", -5), ("ArrowRight", 5)):
        before = page.now()
        page.press(key)
        assert page.now() == pytest.approx(before + by, abs=0.1), key
    page.press("k")
    page.until("!audio.paused")
    page.press(" ")
    page.until("audio.paused")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('input'), { id: 'typed', ariaLabel: 'x' }))"
    )
    before = page.now()
    page.locator("#typed").press_sequentially("jkl ")
    page.press("Control+l")
    assert (page.now(), page.paused()) == (before, True)
    assert page.locator("#typed").input_value() == "jkl "


def test_keys_can_be_left_to_other_things(page):
    page.locator(".player-help summary").click()
    page.locator('[data-do="keys"]').uncheck()
    page.reload()
    page.press("k")
    assert page.paused()
    assert not page.locator('[data-do="keys"]').is_checked()


def test_a_moment_in_the_address_is_gone_to_in_silence(page, episode):
    page.open("#t=12.5")
    assert page.shown() == pytest.approx(12.5, abs=0.1)
    moments = {
        "#t=20": 20,
        "#t=0:21.5": 21.5,
        "#t=0:00:22": 22,
        "#t=npt:23.5s": 23.5,
        "#t=24.5,26": 24.5,
        "#%74=25": 25,
        "#t=-3": 25,
        "#t=<img src=x>": 25,
        "#%": 25,
        "#t=.": 25,
        "#t=99999": episode.duration,
        "#t=0": 0,
    }
    for fragment, at in moments.items():
        page.evaluate(
            """hash => new Promise(done => {
                addEventListener("hashchange", done, { once: true });
                location.hash = hash;
            })""",
            fragment,
        )
        assert page.shown() == pytest.approx(at, abs=0.2), fragment
    assert page.paused()


def test_a_shared_passage_is_marked_and_brought_into_sight(page, cues):
    last = cues[-1]
    first, final = last.words[1], last.words[3]
    page.open(f"#t={first.start:.2f},{final.end - 0.05:.2f}")
    page.until("CSS.highlights.get('player-passage').size")
    marked = page.evaluate("[...CSS.highlights.get('player-passage')].join()")
    assert marked == " ".join(word.text for word in last.words[1:4])
    page.until("scrollY > 0")


def test_what_is_selected_is_shared_with_its_words_and_its_moment(page, cues):
    cue = cues[-1]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.select(cue, 1, 3)
    page.locator('[data-do="passage"]').click()
    page.until("document.querySelector('.player-status').textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    text, _, address = copied.partition("\n\n")
    assert text == " ".join(word.text for word in cue.words[1:4])
    moment = re.search(r"#t=([\d.]+),([\d.]+)$", address)
    assert float(moment[1]) == pytest.approx(cue.words[1].start, abs=0.1)
    assert float(moment[2]) == pytest.approx(cue.words[4].start if len(cue.words) > 4 else cue.end, abs=0.1)
    page.open(moment[0])
    assert page.evaluate("[...CSS.highlights.get('player-passage')].join()") == text


def test_a_telephone_shares_the_moment_in_its_own_way(page, episode):
    page.seek(12)
    page.evaluate("navigator.share = async what => { window.shared = what; }")
    page.locator('[data-do="share"]').click()
    page.until("window.shared")
    shared = page.evaluate("window.shared")
    assert shared["url"] == page.url + "#t=12"
    assert shared["title"].startswith(episode.title)
    assert page.locator(".player-status").text_content() == ""


def test_one_goes_on_where_one_stopped_and_begins_anew_after_the_end(page, episode):
    page.seek(15)
    page.play()
    page.press("k")
    page.reload()
    assert page.shown() == pytest.approx(15, abs=1)
    page.play()
    page.until("audio.currentTime > 14")
    assert page.now() == pytest.approx(15, abs=2)
    page.seek(episode.duration - 0.4)
    page.until("audio.ended")
    page.reload()
    assert page.shown() == 0


def test_a_browser_that_can_little_plays_and_lights_sentences(odd, cues):
    assert odd.evaluate("document.documentElement.lang") == "no!"
    odd.seek(cues[-1].start + 0.1)
    odd.play()
    odd.until("document.querySelector('.player-now')")
    assert odd.locator(".player-now").text_content() == cues[-1].text


def test_the_speed_is_kept_for_the_next_episode(page):
    page.locator('[data-do="speed"]').select_option("1.5")
    page.reload()
    page.play()
    assert page.evaluate("audio.playbackRate") == 1.5


def test_the_page_follows_the_voice_until_the_reader_scrolls_away(page, cues):
    page.set_viewport_size({"width": 390, "height": 480})
    page.open(f"#t={cues[4].start}")
    page.until("scrollY > 0")
    page.press("k")
    page.until("document.documentElement.classList.contains('player-docked')")
    page.seek(cues[-2].start + 0.1)
    page.until(
        "(at => at.top > 0 && at.bottom < innerHeight)(document.querySelector('.player-now').getBoundingClientRect())"
    )
    there = page.evaluate("scrollY")
    page.mouse.wheel(0, -150)
    page.until(f"scrollY === {there - 150}")
    page.seek(cues[-1].start + 0.1)
    assert page.evaluate("scrollY") == there - 150, "who has just scrolled is left in peace"
    page.mouse.wheel(0, -5000)
    page.until("scrollY === 0")
    page.until("!document.querySelector('[data-do=follow]').hidden")
    page.locator('[data-do="follow"]').click()
    page.until("scrollY > 0")


def test_it_stops_by_itself_at_the_end_of_a_chapter_or_after_a_while(page, episode):
    page.seek(episode.chapters[1].start - 0.5)
    page.locator('[data-do="sleep"]').select_option("chapter")
    page.play()
    page.until("audio.paused")
    assert page.now() == pytest.approx(episode.chapters[1].start, abs=0.6)
    page.locator('[data-do="sleep"]').select_option("15")
    page.play()
    page.evaluate("(real => { Date.now = () => real() + 15.1 * 60000; })(Date.now)")
    page.until("audio.paused")
    assert page.locator('[data-do="sleep"]').input_value() == ""


def test_the_system_knows_what_plays_and_can_skip(page, episode):
    page.play()
    told = page.evaluate("['title', 'artist', 'album'].map(name => navigator.mediaSession.metadata[name])")
    assert told == [episode.title, episode.show, episode.chapters[0].whole]
    assert page.evaluate("navigator.mediaSession.metadata.artwork[0].src").endswith(episode.chapters[0].image)


def test_a_recording_that_cannot_be_had_is_told_and_asked_for_again(page):
    page.seek(20)
    with page.failing(".mp3"):
        page.locator('[data-do="play"]').click()
        page.until("document.querySelector('.player-status').textContent")
        assert page.locator(".player-status").text_content() == "The recording could not be loaded."
        assert page.locator('[data-do="play"]').get_attribute("aria-label") == "Play"
    page.play()
    page.until("audio.currentTime > 20")
    assert page.now() == pytest.approx(20, abs=1)
    assert page.locator(".player-status").text_content() == ""


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])  # colours follow from the scheme alone
def test_it_fits_and_everybody_can_use_it(page, axe, cues, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.seek(cues[-1].start)
    page.play()
    page.evaluate("document.querySelector('.player-now').scrollIntoView({ block: 'center' })")
    page.until("document.documentElement.classList.contains('player-docked')")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 640])
def test_on_pages_of_others_it_fits_its_frame_and_leaves_the_keys_to_them(page, axe, width):
    page.set_viewport_size({"width": width, "height": EMBEDDED[1]})
    page.open("embed.html")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
    page.press("k")
    assert page.paused()
    page.play()
    page.until("audio.currentTime > 0.1")


def test_the_word_that_is_lit_can_be_read(page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        ink, lit = page.evaluate(
            """() => ["--ink", "--lit"].map(name => {
                const there = document.body.appendChild(document.createElement("i"));
                there.style.color = `var(${name})`;
                return getComputedStyle(there).color.match(/[\\d.]+/g).map(Number);
            })"""
        )
        assert contrast(ink, lit) >= 4.5, scheme


def test_what_strangers_write_runs_nowhere_and_nothing_is_asked_of_them(page, episode):
    assert "<script>" in episode.title
    page.play()
    page.until("audio.currentTime > 0.1")
    assert page.locator("#title").text_content().strip() == episode.title
    assert page.locator('[data-show="chapter"]').text_content() == episode.chapters[0].whole
    assert page.evaluate("window.ran === undefined && !document.querySelector('main img[src=x]')")
    assert {address.split("/")[2] for address in page.asked} == {page.url.split("/")[2]}


def test_without_scripts_the_browser_plays_and_chapters_lead_into_the_recording(plain, episode):
    assert plain.locator("audio").get_attribute("controls") is not None
    assert plain.locator("audio").is_visible()
    assert plain.locator(".player button:visible, .player select:visible, .player input:visible").count() == 0
    links = plain.locator("#chapters a")
    assert links.nth(1).get_attribute("href").endswith(f".mp3#t={episode.chapters[1].start:g}")


def test_the_script_is_small_and_writes_text_alone(assets):
    source = (assets / "player.js").read_text("utf-8")
    assert len(source.encode()) < PLAYER
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|https?:", source)
    assert not re.search(r"url\(|@import", (assets / "player.css").read_text("utf-8"))


def contrast(one, other):
    """WCAG 2.2, relative luminance."""

    def luminance(colour):
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (each / 255 for each in colour[:3])
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)
