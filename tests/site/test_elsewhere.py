"""The player on the article's own page, as other people's systems put it there."""

import json
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

HOSTING = Path(__file__).resolve().parents[2] / "docs" / "hosting"
FEED = "https://example.com/podcast/my-show/feed.xml"
HOME = "https://example.com/podcast/my-show"
WORDPRESS = Path(__file__).resolve().parents[1] / "data" / "site" / "wordpress.php"


def item(link: str, name: str, title: str = "Ferries") -> tuple[str, str, str]:
    """What a feed tells of an episode."""
    return link, f"{HOME}/{name}/{name}-0123456789.mp3", title


def in_wordpress(items, article, **given):
    """What the shortcode becomes on the page of an article."""
    if not (php := shutil.which("php")):
        pytest.skip("PHP is not installed here: `apt install php-cli`")
    told = json.dumps([items, article, {"feed": FEED, **given}])
    command = [php, "-d", "display_errors=stderr", str(WORDPRESS), str(HOSTING / "audioed-player.php")]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


BLOG = "https://blog.example"


@pytest.mark.parametrize(
    ("article", "link", "is_shown"),
    [
        (f"{BLOG}/ferries/", f"{BLOG}/ferries", True),
        (f"{BLOG}/ferries/", "http://www.blog.example/ferries?utm_source=letter&ref=a#top", True),
        (f"{BLOG}/?p=4", f"{BLOG}/?p=4", True),
        (f"{BLOG}/?p=6", f"{BLOG}/?p=4", False),
        (f"{BLOG}/?page_id=2&lang=de", f"{BLOG}/?lang=de&page_id=2", True),
        (f"{BLOG}:8080/ferries", f"{BLOG}/ferries", False),
        (f"{BLOG}/ferries", "", False),
        (f"{BLOG}/Ferries", f"{BLOG}/ferries", False),
    ],
)
def test_wordpress_shows_the_player_of_the_article_and_of_no_other(article, link, is_shown):
    shown = in_wordpress([item("", "none"), item(link, "2026-03-14-ferries", '<b>Ferries</b> & "mills"')], article)
    assert re.findall(r'src="([^"]*)" title="([^"]*)"', shown) == (
        [(f"{HOME}/2026-03-14-ferries/embed.html", escape('Ferries & "mills"'))] if is_shown else []
    )


def test_wordpress_shows_the_episode_that_is_named_and_nothing_where_a_feed_cannot_be_read():
    assert f'src="{HOME}/a%20b%22/embed.html"' in in_wordpress(None, f"{BLOG}/ferries", episode='a b"')
    assert in_wordpress(None, f"{BLOG}/ferries") == ""
    assert in_wordpress([item(f"{BLOG}/a", "a")], f"{BLOG}/a", feed="javascript:alert(1)") == ""


def test_ghost_shows_the_player_below_the_headline_of_its_article_alone(chromium):
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><enclosure url='{sound}'/></item>"
        for link, sound, title in (item(f"{BLOG}/mills/", "mills"), item(f"{BLOG}/ferries/", "ferries", "A <b> & more"))
    )
    page = f"<article><h1>Ferries</h1><p>They burn nothing.</p></article>{(HOSTING / 'ghost.html').read_text('utf-8')}"
    context = chromium.new_context()
    try:
        context.route(f"{BLOG}/**", lambda route: route.fulfill(body=page, content_type="text/html"))
        context.route(
            f"{HOME}/**",
            lambda route: (
                route.fulfill(
                    body=f"<rss><channel>{items}</channel></rss>",
                    content_type="application/rss+xml",
                    headers={"Access-Control-Allow-Origin": "*"},
                )
                if route.request.url == FEED
                else route.fulfill(body="<p>the player</p>", content_type="text/html")
            ),
        )
        tab = context.new_page()
        tab.goto(f"{BLOG}/ferries/?ref=letter#/portal")
        tab.wait_for_selector("h1 + iframe")
        player = tab.locator("iframe")
        assert (player.count(), player.get_attribute("src")) == (1, f"{HOME}/ferries/embed.html")
        assert player.get_attribute("title") == "A <b> & more"
        with tab.expect_response(FEED):
            tab.goto(f"{BLOG}/towers/")
        tab.wait_for_timeout(100)
        assert tab.locator("iframe").count() == 0
    finally:
        context.close()
