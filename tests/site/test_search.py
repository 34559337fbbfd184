"""The search, the show's page and the embedded player in a browser: what is found, and that everybody can use them."""

import re

import pytest

from audioed.site.theme import Theme


@pytest.fixture
def at(page, served):
    """Opens a page of the show by its address in the show's folder, in a window of this size."""
    home = served.rsplit("/", 2)[0]

    def at(address, width=1024, height=700, scheme="light"):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{home}/{address}")
        return page

    return at


def found(page):
    page.until("document.getElementById('status').textContent !== document.getElementById('status').dataset.searching")
    return page.locator(".passages li").all_inner_texts()


def test_a_search_finds_the_sentence_and_leads_to_its_moment(at, cues):
    page = at("search.html?q=driven+CROSSING")
    assert found(page) == []
    assert page.locator("#status").inner_text() == "Nothing found."
    page = at("search.html?q=cr%C3%B3ssing+COSTS")
    cue = next(cue for cue in cues if "crossing costs" in cue.text)
    assert [told.split("\n")[-1] for told in found(page)] == [cue.text]
    assert page.locator("mark").all_inner_texts() == ["crossing", "costs"]
    page.locator(".passages a").first.click()
    page.wait_for_url("**#t=*")
    page.until("'audio' in window")
    page.until("audio.readyState >= 0 && document.querySelector('[data-do=seek]').value > 0")
    assert page.shown() == pytest.approx(cue.start, abs=0.1)


def test_a_phrase_is_looked_for_as_a_whole_and_the_beginning_of_a_word_finds_it(at):
    assert found(at("search.html?q=%22lorry+loaded%22")) == []
    assert len(found(at("search.html?q=%22loaded+lorry%22"))) == 1
    assert len(found(at("search.html?q=batter"))) == 2


def test_what_strangers_wrote_is_found_as_text(at, episode):
    page = at("search.html?q=%3Cscript%3E%22+%27%5C%28")
    assert [told.split("\n")[-1] for told in found(page)] == [episode.title]
    assert page.evaluate("window.ran") is None


def test_the_form_of_each_page_leads_to_the_search(at, episode):
    page = at(f"{episode.name}/")
    page.locator(".search input").fill("silence")
    page.press("Enter")
    page.wait_for_url("**/search.html?q=silence")
    assert len(found(page)) == 1


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])  # colours follow from the scheme alone
def test_the_other_pages_fit_and_everybody_can_use_them(at, axe, episode, width, scheme):
    addresses = ("./", "search.html?q=ferry", f"{episode.name}/embed.html")
    for address in addresses:
        page = at(address, width, scheme=scheme)
        if "search" in address:
            assert found(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []


def test_no_width_has_colours_of_its_own():
    asked = [
        query
        for name, data in Theme().assets.items()
        if name.endswith(".css")
        for query in re.findall(r"@media ([^{]*)\{", data.decode())
    ]
    assert [query.strip() for query in asked if "color-scheme" in query] == ["(prefers-color-scheme: dark)"]
