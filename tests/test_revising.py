"""An episode that listeners have is corrected, taken back and brought again; what is too old goes."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import feedparser
import pytest
from lxml import html

from audioed import build, nightly, producing, revising
from audioed.cache import Cache
from audioed.catalogue import Wish
from audioed.catalogue.removed import removed
from audioed.config import Mastering, Nightly, Publishing
from audioed.errors import ConfigError, ScriptError, StoreError
from audioed.model import Correction, Script, Superseded
from audioed.place import Listener
from audioed.publishing.public import former_files
from audioed.revising import Wanted
from tests.conftest import DAY
from tests.quick import quicken
from tests.test_build import feed_of, tree
from tests.test_catalogue import built

LATER = DAY + timedelta(days=9)


@pytest.fixture
def stubs(silent, monkeypatch):
    """A show whose recordings are stubs."""
    quicken(monkeypatch)
    return silent


@pytest.fixture(scope="module")
def shows(tmp_path_factory):
    """Puts episodes into a place that has none, and gives them: an article each, so many days late; built once."""
    kept = {}

    def put(article, place, days):
        if days not in kept:
            home = tmp_path_factory.mktemp("show")
            elsewhere = replace(place, store=replace(place.store, output=home / "output", cache=Cache(home / "cache")))
            for number, each in zip(days, articles(article, len(days)), strict=True):
                built([each], elsewhere, DAY + timedelta(number))
            kept[days] = elsewhere.store.output
        shutil.copytree(kept[days], place.store.output)
        there = sorted(place.store.show_folder.glob("*/episode.json"))
        return [place.store.episode(path.parent.name) for path in there]

    return put


def corrected(place, name, **wanted):
    return revising.correct(name, Wanted(**{"today": LATER, **wanted}), place)


def mended(place, name):
    """The script of an episode, put right by hand in its folder."""
    path = place.store.episode_folder(name) / "script.json"
    path.write_text(path.read_text("utf-8").replace("Nobody fell in.", "Nobody fell off."), "utf-8")
    return place.store.load(Script, path)


def formatted(place):
    """A show with a further format that needs no ffmpeg's encoder."""
    return replace(place, config=replace(place.config, mastering=Mastering(formats=("opus",))))


def public(place):
    """Every public file and its bytes."""
    found = (path for path in place.store.public.rglob("*") if path.is_file())
    return {str(path.relative_to(place.store.public)): path.read_bytes() for path in found}


def ids_of(place):
    return [entry.id for entry in feed_of(place).entries]


def test_a_corrected_episode_keeps_its_guid_day_and_number(article, silent):
    first = built([article], silent)
    (before,) = feed_of(silent).entries
    mended(silent, first.name)
    second = corrected(silent, first.name, note="Nobody fell off.")
    (entry,) = feed_of(silent).entries
    assert (entry.id, entry.published) == (before.id, before.published)
    assert entry.enclosures[0].href.endswith(second.enclosure.name)
    assert second.enclosure.name != first.enclosure.name
    assert (second.guid, second.day, second.number) == (first.guid, first.day, first.number)
    assert second.corrections == (Correction(day=LATER, text="Nobody fell off."),)
    assert {each.name for each in second.earlier} == {first.enclosure.name}
    assert entry.summary.startswith("<p>Correction: Nobody fell off. (March 23, 2026)</p>")
    page = (silent.store.public_folder(first.name) / "index.html").read_text("utf-8")
    assert "Nobody fell off." in page.partition("Corrections</h2>")[2]
    assert corrected(silent, first.name, note="Nobody fell off.") == second, "the same command is the same correction"


def test_apps_that_ask_for_an_earlier_file_get_the_corrected_one_for_a_while(article, silent):
    place = formatted(silent)
    first = built([article], place)
    folder = place.store.public_folder(first.name)
    again = replace(article, title="The bridge opens again")
    second = producing.produce([again], Wish(LATER), place)
    pairs = [(first.enclosure, second.enclosure), (first.alternates[0], second.alternates[0])]
    for old, new in [*((old.name, new.name) for old, new in pairs), (first.cover, second.cover)]:
        assert old != new
        assert (folder / old).read_bytes() == (folder / new).read_bytes()
        assert old not in (place.store.public / "feed.xml").read_text("utf-8")
    third = producing.produce([replace(again, title="The bridge is open")], Wish(LATER + timedelta(days=29)), place)
    assert [each.name for each in third.earlier if each.name.endswith(".mp3")] == [
        second.enclosure.name,
        first.enclosure.name,
    ]
    for old in (first, second):
        assert (folder / old.enclosure.name).samefile(folder / third.enclosure.name), "without room of its own"
    producing.mend(place, today=LATER + timedelta(days=30))
    assert not (folder / first.enclosure.name).exists()
    assert (folder / second.enclosure.name).exists()
    before = public(place)
    shutil.rmtree(place.store.public)
    producing.mend(place)
    assert public(place) == before
    producing.mend(place, today=LATER + timedelta(days=99))
    assert place.store.episode(third.name).earlier == ()
    assert [path.name for path in folder.glob("*.mp3")] == [third.enclosure.name]
    assert ids_of(place) == [first.guid]


def test_a_show_that_keeps_no_earlier_file_lets_it_go_at_once(article, stubs):
    place = replace(stubs, config=replace(stubs.config, publishing=Publishing(keep_old="0")))
    first = built([article], place)
    second = built([replace(article, title="The bridge opens again")], place)
    assert second.earlier == ()
    assert not (place.store.public_folder(first.name) / first.enclosure.name).exists()


def test_a_recording_that_is_what_it_was_before_has_its_own_name_again(article, stubs):
    titles = ("The bridge opens", "The bridge opens again", "The bridge opens")
    first, second, third = (built([replace(article, title=title)], stubs) for title in titles)
    assert third.enclosure == first.enclosure
    assert [each.name for each in third.earlier if each.name.endswith(".mp3")] == [second.enclosure.name]


def test_an_earlier_name_leads_nowhere_else(article, stubs):
    first = built([article], stubs)
    names = ("../../evil-0123456789.mp3", first.enclosure.name, "chapters.json", "x-0123456789.mp3")
    earlier = tuple(Superseded(name=name, day=DAY) for name in names)
    assert dict(former_files(replace(first, earlier=earlier))) == {"x-0123456789.mp3": first.enclosure.name}


def test_a_notice_is_said_first_and_stays_when_its_article_is_rendered_again(article, silent):
    first = built([article], silent)
    second = corrected(silent, first.name, notice="The bridge is 90 metres long.", note="It is 90 metres long.")
    assert second.cues[0].text == "Correction: The bridge is 90 metres long."
    assert [each.title for each in second.chapters[:2]] == ["Correction", first.chapters[0].title]
    assert [each.text for each in second.corrections] == ["It is 90 metres long."]
    mended_article = replace(article, blocks=(*article.blocks, replace(article.blocks[0], text="A kiosk opened, too.")))
    third = producing.produce([mended_article], Wish(LATER), silent)
    assert third.cues[0] == second.cues[0]
    assert third.corrections == second.corrections
    assert third.cues[-1].text == "A kiosk opened, too."
    fourth = corrected(silent, first.name, notice="It cost less.")
    assert [cue.text for cue in fourth.cues if "Correction" in cue.text] == ["Correction: It cost less."]
    assert [each.text for each in fourth.corrections] == ["It is 90 metres long.", "It cost less."]
    fifth = corrected(silent, first.name, notice="")
    assert fifth.cues[0].text == first.cues[0].text


def test_an_episode_reads_another_article_in_its_place(article, stubs):
    first = built([article], stubs)
    other = replace(article, title="A path that nobody knows", url="", name="corrected.md", ids=())
    second = corrected(stubs, first.name, articles=[other], note="A new title.")
    assert (second.name, second.guid) == (first.name, first.guid)
    assert second.title == "A path that nobody knows"
    assert len(ids_of(stubs)) == 1


def test_a_correction_says_that_there_was_one_where_nothing_else_is_told(article, stubs):
    first = built([article], stubs)
    assert corrected(stubs, first.name, note="").corrections == ()
    mended(stubs, first.name)
    assert corrected(stubs, first.name, note="").corrections[0].text == "This recording was corrected."


def test_another_episodes_script_is_no_correction(article, stubs):
    first = built([article], stubs)
    script = mended(stubs, first.name)
    for change in ({"day": LATER}, {"number": 7}, {"name": "another"}):
        wrong = replace(script, edition=replace(script.edition, **change))
        with pytest.raises(ScriptError, match="a correction keeps name, number and day"):
            corrected(stubs, first.name, script=wrong)


def articles(article, count):
    """So many articles, each with words of its own."""
    for number in range(1, count + 1):
        url, text = (
            f"https://example.com/{number}",
            f"Bridge {number} opened. {' '.join(f'w{number}x{n}' for n in range(40))}.",
        )
        blocks = (replace(article.blocks[0], text=text),)
        yield replace(article, title=f"Bridge {number}", url=url, name=url, blocks=blocks)


def shown(place):
    return [entry.title for entry in feed_of(place).entries]


def nights(place, folder):
    return replace(place, config=replace(place.config, nightly=Nightly(folders=(str(folder),))))


def test_a_removed_episode_is_nowhere_public_and_comes_back_as_it_was(article, stubs):
    first, second, third = (built([each], stubs, DAY + timedelta(n)) for n, each in enumerate(articles(article, 3)))
    before = tree(stubs)
    revising.remove(second.name, stubs)
    assert shown(stubs) == [third.title, first.title]
    assert not [name for name in public(stubs) if second.name in name]
    assert second.name.encode() not in b"".join(public(stubs).values())
    after = built(list(articles(article, 4))[-1:], stubs, DAY + timedelta(9))
    assert after.number == 4, "no number is given twice"
    revising.remove(after.name, stubs)
    assert built(list(articles(article, 5))[-1:], stubs, DAY + timedelta(9)).number == 5
    for name in (after.name, second.name, second.name):
        revising.restore(name, stubs)
    assert shown(stubs) == ["Bridge 5", "Bridge 4", third.title, second.title, first.title]
    now, lists = tree(stubs), ("feed", "assets/search", "public/index.html", "episodes-")
    kept = {name: data for name, data in before.items() if not any(each in name for each in lists)}
    assert {name: now[name] for name in kept} == kept
    assert not removed(stubs.store)


def test_a_nightly_build_makes_no_removed_episode_again_until_it_may(article, stubs, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    path = folder / "bridge.md"
    path.write_text(f"# The bridge\n\n{' '.join(each.text for each in article.blocks)}\n", "utf-8")
    place = nights(stubs, folder)
    episode = nightly.run(place, DAY).episode
    revising.remove(episode.name, place)
    assert nightly.run(place, LATER).episode is None
    path.touch()
    assert nightly.run(place, LATER).episode is None
    path.write_text(path.read_text("utf-8").replace("Nobody fell in.", "Nobody fell off."), "utf-8")
    assert nightly.run(place, LATER).episode is None, "mended, it is still the same article"
    for title, for_good in (("The ferry", False), ("The pier", True)):
        revising.remove(episode.name, place, for_good=for_good)
        told = " ".join(f"{title.split()[1]}{number}" for number in range(40))
        path.write_text(f"# {title}\n\n{told}.\n", "utf-8")
        episode = nightly.run(place, LATER).episode
        assert episode.title == title, "another text at the same path is another article"


def test_what_is_removed_for_good_leaves_no_word_behind_and_is_not_made_again(article, stubs, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.md").write_text(
        f"# The bridge\n\n{' '.join(each.text for each in article.blocks)}\n" * 3, "utf-8"
    )
    place = nights(stubs, folder)
    episode = nightly.run(place, DAY).episode
    revising.remove(episode.name, place, for_good=True)
    assert b"opened on Monday" not in b"".join(tree(place).values())
    assert nightly.run(place, LATER).episode is None
    (noted,) = removed(place.store).values()
    assert (noted.name, noted.number, noted.kept) == (episode.name, 1, False)
    with pytest.raises(StoreError, match="was removed for good"):
        revising.restore(episode.name, place)
    revising.remove(episode.name, place, again=True)
    again = nightly.run(place, DAY).episode
    assert (again.name, again.number) == (f"{episode.name}-2", 2), "no name and no number is given twice"
    assert again.guid != episode.guid


def test_a_removed_article_is_rendered_by_nobody_who_is_not_told(article, stubs):
    episode = built([article], stubs)
    revising.remove(episode.name, stubs)
    with pytest.raises(StoreError, match=r"was removed; bring it back with `audioed restore .*--again`"):
        built([article], stubs)
    revising.remove(episode.name, stubs, again=True)
    other = built([article], stubs)
    assert other.name != episode.name
    with pytest.raises(StoreError, match=f"its article is read by {other.name} by now"):
        revising.restore(episode.name, stubs)
    revising.remove(other.name, stubs)
    assert revising.restore(episode.name, stubs) == episode


def test_the_list_of_corrections_has_those_of_all_episodes_in_the_feed(article, stubs):
    first, second = (built([each], stubs, DAY + timedelta(n)) for n, each in enumerate(articles(article, 2)))
    path = stubs.store.public / "corrections.json"
    assert not path.exists()
    corrected(stubs, first.name, note="It opened on Sunday.")
    corrected(stubs, second.name, note="It is 80 metres long.")
    corrected(stubs, first.name, note="It opened <on> Monday after all.", today=LATER + timedelta(days=1))
    found = json.loads(path.read_bytes())["corrections"]
    assert [(each["date"], each["text"], each["episode"]) for each in found] == [
        ("2026-03-24", "It opened <on> Monday after all.", "Bridge 1"),
        ("2026-03-23", "It is 80 metres long.", "Bridge 2"),
        ("2026-03-23", "It opened on Sunday.", "Bridge 1"),
    ]
    assert found[1]["guid"] == second.guid
    assert found[1]["url"] == f"http://localhost:8000/my-articles/{second.name}/"
    page, first_page = path.with_suffix(".html"), path.with_name("index.html")
    tree = html.parse(page)
    assert [each.text_content() for each in tree.xpath("//dd/p[1]")] == [each["text"] for each in found]
    assert tree.xpath("//dd//a/@href") == [f"{each.name}/" for each in (first, second, first)]
    assert html.parse(first_page).xpath("//a[@href='corrections.html']")
    revising.remove(first.name, stubs)
    assert [each["episode"] for each in json.loads(path.read_bytes())["corrections"]] == ["Bridge 2"]
    assert html.parse(page).xpath("//dd//a/@href") == [f"{second.name}/"]
    revising.remove(second.name, stubs)
    assert not path.exists()
    assert not page.exists()
    assert not html.parse(first_page).xpath("//a[@href='corrections.html']")


@pytest.mark.parametrize("act", [revising.remove, revising.restore])
def test_an_unknown_episode_is_told(article, stubs, act):
    built([article], stubs)
    with pytest.raises(StoreError, match=r"no such episode|is no removed episode"):
        act("2026-01-01-nothing", stubs)
    with pytest.raises(StoreError, match="is not the name of an episode"):
        act("../evil", stubs)


def test_a_damaged_episode_can_be_removed_and_its_articles_stay_known(article, stubs):
    episode = built([article], stubs)
    (stubs.store.episode_folder(episode.name) / "episode.json").write_text("{", "utf-8")
    revising.remove(episode.name, stubs)
    assert shown(stubs) == []
    with pytest.raises(StoreError, match="was removed"):
        built([article], stubs)


@pytest.mark.parametrize(
    ("keep", "left"), [("2 episodes", 2), ("1 week", 2), ("1 episode", 1), ("10 episodes", 4), ("2 years", 4), ("", 4)]
)
def test_a_nightly_build_deletes_what_is_older_than_the_show_keeps(article, stubs, shows, keep, left):
    made = shows(article, stubs, (0, 5, 20, 27))
    (stubs.store.home / "empty").mkdir()
    place = nights(stubs, stubs.store.home / "empty")
    place = replace(place, config=replace(place.config, publishing=Publishing(keep=keep, older="delete")))
    night = DAY + timedelta(27)
    notes = nightly.run(place, night).notes
    assert shown(place) == [each.title for each in reversed(made)][:left]
    assert len(notes) == 4 - left
    there = {path.parent.name for path in place.store.public.glob("*/chapters.json")}
    assert there == {each.name for each in made[4 - left :]}
    assert not list((place.store.show_folder / ".removed").rglob("*.json"))
    assert nightly.run(place, night).notes == ()
    if left < 4:
        with pytest.raises(StoreError, match="was removed"):
            built(list(articles(article, 1)), place, LATER)


@pytest.mark.parametrize(
    ("keep", "paged"), [("", 8), ("1 episode", 2), ("3 episodes", 4), ("4 days", 6), ("1 year", 8), ("99 episodes", 8)]
)
def test_what_is_older_than_the_show_keeps_is_found_by_those_who_look_for_archives(article, stubs, shows, keep, paged):
    shows(article, stubs, tuple(range(8)))
    place = replace(stubs, config=replace(stubs.config, publishing=Publishing(keep=keep, page=2)))
    build.publish(place)
    every = [f"Bridge {number}" for number in range(8, 0, -1)]
    assert followed(place, "next") == every[:paged], "a page that has one of them stays whole"
    assert followed(place, "prev-archive") == every
    before = public(place)
    build.publish(place, anew=False)
    assert public(place) == before


def followed(place, rel):
    """The titles in the feed and all documents that this link leads to, one after the other."""
    titles, file = [], "feed.xml"
    while file:
        found = feedparser.parse((place.store.public / file).read_bytes())
        titles += [entry.title for entry in found.entries]
        file = next((link.href.rpartition("/")[2] for link in found.feed.links if link.rel == rel), "")
    return titles


def test_what_was_copied_back_by_hand_is_published_again(article, stubs):
    first, second = (built([each], stubs, DAY + timedelta(n)) for n, each in enumerate(articles(article, 2)))
    kept = shutil.copytree(stubs.store.episode_folder(first.name), stubs.store.output / "backup")
    revising.remove(first.name, stubs, for_good=True)
    shutil.copytree(kept, stubs.store.episode_folder(first.name))
    producing.mend(stubs)
    assert shown(stubs) == [second.title, first.title]
    assert not removed(stubs.store)


TALKATIVE = (
    ({"title": "How href=javascript: links bite"}, {}),
    ({}, {"title": "src=data: and <a onclick=1>"}),
    ({}, {"url": "https://example.com/?href=javascript:1"}),
    ({}, {"summary": "To write src=data: in a page is quick, and it is not always what one wants."}),
)


def retold(place, name, changes, source=MappingProxyType({})):
    """An episode whose texts are a stranger's."""
    path = place.store.episode_folder(name) / "episode.json"
    told = json.loads(path.read_text("utf-8"))
    told |= changes
    told["sources"] = [{**each, **source} for each in told["sources"]]
    path.write_text(json.dumps(told), "utf-8")


@pytest.mark.parametrize(("changes", "source"), TALKATIVE)
def test_an_article_may_speak_of_programs(article, stubs, changes, source):
    made = built([article], stubs)
    retold(stubs, made.name, changes, source)
    assert made.name in build.publish(stubs).episodes


def test_an_episode_that_apps_would_not_take_is_left_out_and_stops_no_other(article, stubs):
    first, second = (built([each], stubs, DAY + timedelta(n)) for n, each in enumerate(articles(article, 2)))
    notes = {"published": "2026-01-01T06:00:00Z", "notes": "<p onclick='alert(1)'>a</p>", "number": 0, "season": 0}
    notes |= {"kind": "full", "explicit": None, "link": ""}
    retold(stubs, first.name, {"adopted": notes, "segments": [], "cues": []}, {})
    path = stubs.store.episode_folder(first.name) / "episode.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "sources": []}), "utf-8")
    heard = Heard()
    build.publish(stubs, heard)
    assert shown(stubs) == [second.title]
    assert "is left out of the feed: notes-unsafe: its show notes hold onclick=alert(1)" in heard.told[first.name]
    (third,) = (built([each], stubs, DAY + timedelta(2)) for each in list(articles(article, 3))[2:])
    assert shown(stubs) == [third.title, second.title]
    revising.remove(first.name, stubs)
    assert shown(stubs) == [third.title, second.title]


def test_a_feed_that_cannot_be_published_keeps_no_episode(article, stubs):
    first, second = (built([each], stubs, DAY + timedelta(n)) for n, each in enumerate(articles(article, 2)))
    broken = replace(stubs, config=replace(stubs.config, show=replace(stubs.config.show, language="Klingon")))
    with pytest.raises(ConfigError, match=r"show\.language"):
        revising.remove(first.name, broken)
    build.publish(stubs)
    assert shown(stubs) == [second.title]


@pytest.mark.parametrize(
    ("keep", "days", "left"),
    [
        ("2 years", (0, 5, 36_525), 3),  # a day that is still to come counts as today
        ("1 week", (0, 5, 36_525), 2),
        ("1 episode", (0, 1, 2, 3, 4), 5),  # many at once
        ("1 week", (-40, -39, -38, -37, 8), 5),
    ],
)
def test_no_single_date_deletes_the_episodes_of_before(article, stubs, keep, days, left):
    for n, each in zip(days, articles(article, len(days)), strict=True):
        built([each], stubs, DAY + timedelta(n))
    empty = stubs.store.output / ".empty"
    empty.mkdir()
    place = nights(stubs, empty)
    place = replace(place, config=replace(place.config, publishing=Publishing(keep=keep, older="delete")))
    notes = nightly.run(place, LATER).notes
    assert len(shown(place)) == left
    if len(days) > 3:
        (note,) = notes
        assert note.startswith("4 of 5 episodes are older than what the show keeps")
        assert "audioed remove --for-good" in note


def test_the_episode_of_this_night_is_never_the_one_that_is_too_old(article, stubs):
    first, second = (built([each], stubs, DAY + timedelta(n)) for n, each in enumerate(articles(article, 2)))
    place = replace(stubs, config=replace(stubs.config, publishing=Publishing(keep="1 episode", older="delete")))
    assert revising.retain(place, LATER, first.name) == ()
    assert shown(place) == [second.title, first.title]


class Heard(Listener):
    """Hears what is left out."""

    def __init__(self):
        self.told = {}

    def left_out(self, name, reason):
        self.told[name] = reason
