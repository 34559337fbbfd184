"""What somebody wants of the next night: its order and what is held back are followed once, and then forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audioed import nightly, queue
from audioed.config import Source
from audioed.edition.filling import filled
from audioed.edition.order import TONIGHT, order_in, written
from tests.conftest import DAY
from tests.edition.test_stories import place, put, title, titles
from tests.quick import quicken
from tests.test_nightly import BODY, FEED, ITEM, PAGE, site, with_sources

__all__ = ["place", "site"]


def say(place, *lines):
    path = place.store.home / TONIGHT
    path.write_bytes(b"\n".join(each if isinstance(each, bytes) else each.encode() for each in lines))
    return path


def test_a_night_follows_the_order_and_what_is_held_back_comes_the_next_night(place):
    for folder, name in (("globe", "storm"), ("globe", "rates"), ("herald", "verdict"), ("herald", "phone")):
        put(place, folder, name)
    put(place, "herald", "storm", "other")  # the same story: held back with it
    path = say(
        place,
        "# by hand",
        "https://herald.example/phone/one0",
        "globe/rates-one0.md",
        "hold globe/storm-one0.md",
        "hold \xff nowhere",
        b"\xff\xfe\x00 damaged",
    )
    plan = nightly.plan(place, DAY)
    assert [each.title for each in plan.reads] == [title("phone"), title("rates"), title("verdict")]
    assert [each.name for each in plan.held] == ["globe/storm-one0.md"]
    assert path.is_file()  # looked at, and nothing else
    report = nightly.run(place, DAY)
    assert titles(report.episode) == [title("phone"), title("rates"), title("verdict")]
    (told,) = [each for each in report.notes if each.startswith(TONIGHT)]
    assert ("damaged" in told, "nowhere" in told, "phone" in told) == (True, True, False)
    assert not path.exists()
    later = nightly.run(place, DAY + timedelta(days=1))
    assert titles(later.episode) == [title("storm", "other")]  # its fullest telling


def test_a_night_that_reads_nothing_keeps_an_order_and_ends_what_is_held_back(place, monkeypatch):
    path = say(place, "globe/rates-one0.md")
    assert nightly.run(place, DAY).episode is None
    assert path.is_file()  # none of it was there yet
    put(place, "globe", "rates")
    say(place, "globe/rates-one0.md")
    with monkeypatch.context() as patch:
        patch.setattr(nightly, "edition_of", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            nightly.run(place, DAY)
    assert path.is_file()  # it broke off
    say(place, "hold globe/rates-one0.md")
    assert nightly.run(place, DAY).episode is None
    assert not path.exists()
    assert titles(nightly.run(place, DAY + timedelta(days=1)).episode) == [title("rates")]


def test_what_is_wanted_has_room_before_all_else_and_keeps_to_what_its_source_may_give(silent, site, monkeypatch):
    quicken(monkeypatch)
    folder, base = site
    names = ("Alpha", "Beta", "Gamma", "Delta")
    for name in names:
        (folder / f"{name}.html").write_text(PAGE.format(title=name, body=BODY.format(title=name)), "utf-8")
    items = "".join(ITEM.format(title=name, base=base) for name in names)
    (folder / "feed.xml").write_text(FEED.format(base=base, items=items), "utf-8")
    feed = f"{base}/feed.xml"
    place = with_sources(silent, feeds=(feed,), sources={feed: Source(most=2)})
    queue.add([f"{base}/Alpha.html"], place.store.home)
    say(place, f"{base}/Delta.html", f"{base}/Gamma.html", f"{base}/Beta.html")
    first = nightly.plan(place, DAY)
    assert [each.title for each in first.reads] == ["Delta", "Gamma", "Alpha"]
    assert [each.name for each in first.reads][:2] == [f"{base}/Delta.html", f"{base}/Gamma.html"]
    place = replace(place, config=replace(place.config, nightly=replace(place.config.nightly, most=1)))
    assert titles(nightly.run(place, DAY).episode) == ["Delta"]


@pytest.mark.parametrize(
    ("lengths", "room", "wanted", "places"),
    [([10, 10, 10, 10], 20, 3, (0, 1, 2)), ([50, 10, 10], 20, 1, (0,)), ([10, 10, 10, 10], 40, 0, (0, 1, 2, 3))],
)
def test_what_is_wanted_is_read_whatever_its_length(lengths, room, wanted, places):
    assert filled(lengths, room, wanted) == places


def test_a_file_says_what_was_written_and_a_held_line_counts_before_an_ordered_one(tmp_path):
    (tmp_path / TONIGHT).write_bytes(written(["https://a.example/1", "b c.md"], ["https://a.example/1?utm_source=x"]))
    found = order_in(tmp_path)
    assert found.first == ("https://a.example/1", "b c.md")
    assert found.place(["url:https://a.example/1"]) == 0
    assert found.holds(["url:https://a.example/1"])
    (tmp_path / TONIGHT).write_bytes(b"")
    found.done()  # somebody has written another
    assert (tmp_path / TONIGHT).is_file()
    assert (order_in(tmp_path).first, written([], [])) == ((), b"")
