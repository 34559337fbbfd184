"""Sources that fail are asked ever more rarely, told once, and nobody waits for them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from audioed import remembered
from audioed.errors import ExtractionError, FetchError, Unreachable
from audioed.patience import Record, is_due, is_lasting
from audioed.visits import Budget, Visits
from tests.conftest import DAY

NAME = "this-show.json"
BASE = "https://example.com"


def error(answer: str, name: str) -> ExtractionError:
    """What a source gives: a status with its Retry-After, `dead` for a silent host, `empty` for no article."""
    if answer == "dead":
        return Unreachable(f"{name} cannot be reached; check the address and the connection.", name=name)
    if answer == "empty":
        return ExtractionError(f"{name} holds no article; name another page.", name=name)
    status, _, wait = answer.partition("/")
    sentence = f"{name} answered {status}; check the address."
    return FetchError(sentence, name=name, status=int(status), retry_after=float(wait or 0))


def a_night(store, number, articles=(), own=(), *, marks=None, budget=None):  # noqa: PLR0913 - what a night has
    """What one night asks, and its sentences; articles and own sources are pairs of a name and what it answers."""
    night = Visits(store.cache, NAME, DAY + timedelta(days=number), budget)
    asked = []
    for kind, name, answer in own:
        if night.due(kind, name):
            asked.append(name)
            night.answered(kind, name) if answer == "ok" else night.failed(kind, name, error(answer, name))
    for name, answer in sorted(articles, key=lambda each: night.failing(each[0])):
        address = name if name.startswith("http") else ""
        mark = (marks or {}).get(name, "")
        if night.may_ask(name, address, mark):
            asked.append(name)
            if answer == "ok":
                night.article_answered(name, address)
            else:
                night.article_failed(name, error(answer, name), address, mark)
    night.announced({name: name for name, _ in articles})
    failures, notes = night.failures(), night.notes()
    night.told()
    night.save()
    return asked, [sentence for _, sentence in failures], list(notes)


def kept(store):
    """The file of the sources that failed."""
    return store.cache.path("sources", NAME)


def whole(store):
    """What it says."""
    return json.loads(store.cache.noted("sources", NAME))


@pytest.fixture
def store(silent):
    return silent.store


def over(count, night):
    """The nights on which something is asked, on which a failure is told, and on which something else is."""
    asked, told, noted = [], [], []
    for number in range(count):
        found = night(number)
        for nights, happened in zip((asked, told, noted), found, strict=True):
            nights.extend([number] * bool(happened))
    return asked, told, noted


@pytest.mark.parametrize(
    ("answer", "asked", "told"),
    [
        ("404", [0, 4, 20, 110, 200], [0, 20]),
        ("410", [0, 4, 20, 110, 200], [0, 20]),
        ("403", [0, 4, 20, 110, 200], [0, 20]),
        ("200", [0, 4, 20, 110, 200], [0, 20]),
        ("empty", [0, 4, 20, 110, 200], [0, 20]),
        ("0", [0, 4, 20, 110, 200], [0, 20]),
        ("dead", [0, 1, 3, 7, 15, 105, 195], [0, 15]),
        ("500", [0, 1, 3, 7, 15, 105, 195], [0, 15]),
        ("503", [0, 1, 3, 7, 15, 105, 195], [0, 15]),
    ],
)
def test_an_article_that_fails_is_asked_ever_more_rarely_and_told_twice(store, answer, asked, told):
    found = over(201, lambda number: a_night(store, number, [(f"{BASE}/a", answer)]))
    assert found == (asked, told, [])


@pytest.mark.parametrize(
    ("kind", "answer", "asked", "told"),
    [
        ("feed", "404", [0, 4, 11, 18, 25, 32, 39, 46, 53], [0, 39]),
        ("feed", "dead", [0, 1, 3, 7, 14, 21, 28, 35, 42, 49, 56], [0, 28]),
        ("feed", "empty", [0, 4, 11, 18, 25, 32, 39, 46, 53], [0, 39]),
        ("local", "empty", list(range(60)), [0, 6]),
    ],
)
def test_a_source_of_the_show_is_asked_at_least_every_week(store, kind, answer, asked, told):
    found = over(60, lambda number: a_night(store, number, own=[(kind, "news.xml", answer)]))
    assert found == (asked, told, [])


def test_a_source_that_answers_again_is_told_and_forgotten(store):
    feed = f"{BASE}/feed.xml"
    assert a_night(store, 0, own=[("feed", feed, "503")])[1] == [f"{feed} answered 503; check the address."]
    assert a_night(store, 1, own=[("feed", feed, "ok")]) == (
        [feed],
        [],
        [f"{feed} is back; it had failed since {DAY}."],
    )
    assert a_night(store, 2, own=[("feed", feed, "ok")]) == ([feed], [], [])
    assert a_night(store, 3, own=[("feed", feed, "503")])[1] == [f"{feed} answered 503; check the address."]


def test_what_is_told_when_a_source_is_set_aside(store):
    feed = f"{BASE}/feed.xml"
    told = [a_night(store, number, own=[("feed", feed, "dead")])[1] for number in range(29)][28]
    since = "has failed since 2026-03-14, 7 times in a row, and will be asked again on 2026-04-18"
    assert told == [f"{feed} {since}: {feed} cannot be reached; check the address and the connection."]


@pytest.mark.parametrize(
    ("answer", "second"), [("503/10", 1), ("503/90000", 2), ("429/604800", 7), ("503/1e12", 90), ("503/864000", 10)]
)
def test_a_server_is_left_alone_for_as_long_as_it_asks(store, answer, second):
    name = f"{BASE}/a"
    nights = over(second + 1, lambda number: a_night(store, number, [(name, answer)]))[0]
    assert nights == [0, second]


def test_a_second_run_on_one_day_asks_for_the_shows_own_feed_again_but_not_where_its_server_asked_to_wait(store):
    feed, busy, page = f"{BASE}/feed.xml", f"{BASE}/busy.xml", f"{BASE}/a"
    own = [("feed", feed, "dead"), ("feed", busy, "503/60")]
    for asked in ([feed, busy, page], [feed], [feed]):
        assert a_night(store, 0, [(page, "404")], own)[0] == asked
    assert a_night(store, 1, own=own)[0] == [feed, busy]  # three runs on one day were one failure


def test_an_article_whose_entry_changed_is_asked_at_once_but_not_for_ever(store):
    name = f"{BASE}/a"
    asked, told, _ = over(40, lambda number: a_night(store, number, [(name, "404")], marks={name: str(number)}))
    assert asked == list(range(15))
    assert told == [0, 2]


def test_a_file_that_its_owner_mends_is_read_at_once_and_told_anew(store):
    name = "articles/x.docx"
    nights = [a_night(store, number, [(name, "empty")], marks={name: str(number // 2)}) for number in range(40)]
    assert [number for number, (asked, _, _) in enumerate(nights) if asked] == list(range(0, 40, 2))
    assert all(told == [f"{name} holds no article; name another page."] for asked, told, _ in nights if asked)


def test_a_host_that_does_not_answer_is_asked_once_a_night_and_told_once(store):
    pages = [(f"{BASE}/{number}", "dead") for number in range(300)]
    asked, told, _ = a_night(store, 0, [*pages, ("https://other.org/a", "ok")])
    assert asked == [f"{BASE}/0", f"{BASE}/1", f"{BASE}/2", "https://other.org/a"]
    waiting = "300 articles of example.com wait for the next night."
    assert told == [f"{BASE}/2 cannot be reached; check the address and the connection. {waiting}"]
    nights = [a_night(store, number, pages) for number in range(1, 60)]
    assert [len(asked) for asked, _, _ in nights if asked] == [1] * 7
    assert [number for number, (_, told, _) in enumerate(nights, start=1) if told] == [28]
    asked, told, notes = a_night(store, 60, [(name, "ok") for name, _ in pages])
    assert (asked, told, notes) == ([], [], [])
    asked, told, notes = a_night(store, 89, [(name, "ok") for name, _ in pages])
    assert (len(asked), told, notes) == (300, [], ["example.com is back; it had failed since 2026-03-14."])


def test_a_host_that_asks_to_be_left_alone_is_not_asked_for_the_next_article(store):
    pages = [(f"{BASE}/{number}", "429/172800") for number in range(10)]
    nights = [a_night(store, number, pages) for number in range(4)]
    assert [len(asked) for asked, _, _ in nights] == [1, 0, 1, 0]
    assert [len(told) for _, told, _ in nights] == [1, 0, 0, 0]


def test_articles_of_a_host_that_is_down_for_weeks_are_all_asked_when_it_is_back(store):
    pages = [(f"{BASE}/{number}", "dead") for number in range(3)]
    nights = [a_night(store, number, pages) for number in range(58)]
    assert [number for number, (asked, _, _) in enumerate(nights) if asked] == [0, 1, 3, 7, 14, 21, 28]
    assert [number for number, (_, told, _) in enumerate(nights) if told] == [0, 28]
    asked, told, notes = a_night(store, 58, [(name, "ok") for name, _ in pages])
    assert (len(asked), told, notes) == (3, [], ["example.com is back; it had failed since 2026-03-14."])


def test_pages_that_always_fail_do_not_hide_the_others_of_their_host_for_long(store):
    bad = [(f"{BASE}/bad-{number}", "500") for number in range(4)]
    nights = [a_night(store, number, [*bad, (f"{BASE}/good-{number}", "ok")]) for number in range(40)]
    heard = [f"{BASE}/good-{number}" in asked for number, (asked, _, _) in enumerate(nights)]
    assert heard == [False] * 3 + [True] * 37
    assert [number for number, (_, told, _) in enumerate(nights) if told] == [0, 17, 18]
    assert max(len(asked) for asked, _, _ in nights[4:]) == 4


def test_a_host_with_nothing_but_failing_pages_is_told_once_and_a_new_page_shows_that_it_is_back(store):
    bad = [(f"{BASE}/bad-{number}", "500") for number in range(4)]
    nights = [a_night(store, number, bad) for number in range(6)]
    assert [len(asked) for asked, _, _ in nights] == [3, 1, 0, 1, 0, 0]
    assert [len(told) for _, told, _ in nights] == [1, 0, 0, 0, 0, 0]
    asked, _, notes = a_night(store, 7, [*bad, (f"{BASE}/new", "ok")])
    assert asked[0] == f"{BASE}/new"
    assert notes == ["example.com is back; it had failed since 2026-03-14."]


def test_one_bad_answer_between_good_ones_closes_no_host(store):
    pages = [(f"{BASE}/{number}", "ok" if number % 3 else "500") for number in range(30)]
    asked, told, _ = a_night(store, 0, pages)
    assert (len(asked), len(told)) == (30, 10)


def test_dead_links_are_each_asked_and_told_once_and_hide_no_article_behind_them_for_long(store):
    pages = [(f"{BASE}/{number}", "404") for number in range(300)] + [(f"{BASE}/good", "ok")]
    nights = [a_night(store, number, pages) for number in range(4)]
    assert [len(asked) for asked, _, _ in nights] == [200, 101, 1, 1]
    assert [len(told) for _, told, _ in nights] == [200, 100, 0, 0]
    assert nights[0][2] == ["example.com: 200 articles in a row gave nothing; 101 articles wait for the next night."]
    assert nights[1][0][-1] == f"{BASE}/good"


def test_many_articles_that_are_set_aside_on_one_night_are_one_sentence(store):
    pages = [(f"{BASE}/{number}", "404") for number in range(50)]
    told = [a_night(store, number, pages)[1] for number in range(21)]
    assert [len(each) for each in told] == [50, *[0] * 19, 1]
    assert told[20] == [
        f"50 articles keep failing and are left alone for months, such as {BASE}/0.",
    ]


def test_five_thousand_dead_links_are_few_requests_and_a_small_file(store):
    pages = [
        (f"https://site{number % 40}.example.org/2026/03/a-title-of-usual-length-{number}", "404")
        for number in range(5_000)
    ]
    asked = [len(a_night(store, number, pages, budget=Budget(articles=5_000))[0]) for number in range(2)]
    assert asked == [5_000, 0]
    assert 500_000 < kept(store).stat().st_size < 1_100_000


def test_the_file_forgets_the_oldest_of_too_many_articles(store, monkeypatch):
    monkeypatch.setattr(remembered, "MOST", 10)
    a_night(store, 0, [(f"{BASE}/{number}", "404") for number in range(8)])
    a_night(store, 1, [(f"{BASE}/{number}", "404") for number in range(16)])
    kept = whole(store)["sources"]["article"]
    assert len(kept) == 10
    assert set(kept) > {f"{BASE}/{number}" for number in range(8, 16)}


def test_articles_that_are_no_longer_announced_are_forgotten_unless_a_source_was_not_heard(store):
    def remembered():
        return [*whole(store)["sources"].get("article", {})]

    feed = f"{BASE}/feed.xml"
    a_night(store, 0, [(f"{BASE}/a", "404"), (f"{BASE}/b", "404")], [("feed", feed, "ok")])
    a_night(store, 1, [(f"{BASE}/b", "404")], [("feed", feed, "dead")])
    assert remembered() == [f"{BASE}/a", f"{BASE}/b"]
    a_night(store, 2, [(f"{BASE}/b", "404")], [("feed", feed, "ok")])
    assert remembered() == [f"{BASE}/b"]


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_night_ends_when_its_time_is_over_and_the_rest_is_asked_the_next(store):
    clock = Clock()
    budget = Budget(seconds=1200, clock=clock)
    night = Visits(store.cache, NAME, DAY, budget)
    asked = 0
    for number in range(100):
        if night.may_ask(f"https://site{number}.org/"[:-1], f"https://site{number}.org/a"):
            clock.now += 60
            asked += 1
    assert not night.may_ask("articles/x.md")
    assert asked == 20
    assert night.failures() == ()
    assert night.notes() == ("stopped asking after 20 minutes; 81 articles wait for the next night.",)


def test_a_night_asks_for_so_many_articles_and_still_reads_files(store):
    pages = [(f"https://site{number}.org/a", "ok") for number in range(12)]
    asked, told, notes = a_night(store, 0, [*pages, ("articles/x.md", "ok")], budget=Budget(articles=10))
    assert (len(asked), told) == (11, [])
    assert notes == ["stopped asking after 10 articles; 2 articles wait for the next night."]


def test_what_was_not_told_because_the_night_died_is_told_the_next(store):
    night = Visits(store.cache, NAME, DAY)
    night.article_failed(f"{BASE}/a", error("404", f"{BASE}/a"), f"{BASE}/a")
    night.save()
    assert a_night(store, 1, [(f"{BASE}/a", "404")]) == ([], ["answered 404; check the address."], [])
    assert a_night(store, 2, [(f"{BASE}/a", "404")]) == ([], [], [])


DAMAGE = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "zeroed": lambda path: path.write_bytes(bytes(100)),
    "changed": lambda path: path.write_bytes(path.read_bytes().replace(b"404", b"200")),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}
OTHER = {
    "nothing": lambda _: b"",
    "not text": lambda _: b"\xff\xfe\x00",
    "a list": lambda _: b"[]",
    "another's": lambda _: b'{"sources": {"article": {}}}',
    "newer": lambda text: text.replace(b'"schema":1', b'"schema":2'),
    "of another kind": lambda text: text.replace(b'"article"', b'"pages"'),
    "a wrong date": lambda text: text.replace(b"2026-03-14", b"2026-13-14"),
    "nested": lambda _: b'{"schema":1,"sources":' + b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_without_its_file_or_with_a_damaged_one_everything_is_asked_and_told_again(store, damage):
    name = f"{BASE}/a"
    first = a_night(store, 0, [(name, "404")])
    DAMAGE[damage](kept(store))
    assert a_night(store, 1, [(name, "404")]) == first


@pytest.mark.parametrize("other", OTHER)
def test_what_no_version_of_ours_wrote_is_no_memory(store, other):
    name = f"{BASE}/a"
    first = a_night(store, 0, [(name, "404")])
    store.cache.note("sources", NAME, OTHER[other](store.cache.noted("sources", NAME)))
    assert a_night(store, 1, [(name, "404")]) == first


def test_a_cache_that_cannot_be_written_costs_only_the_memory(store, caplog):
    store.cache.folder.write_text("a file")
    assert len(a_night(store, 0, [(f"{BASE}/a", "404")])[1]) == 1
    assert "cannot be remembered" in caplog.text


@pytest.mark.parametrize(
    "record",
    [
        Record(failures=10**9, reason="", first=DAY, last=DAY, next=DAY),
        Record(failures=-5, reason="", first=DAY, last=DAY, next=DAY),
        Record(failures=1, reason="", first=DAY + timedelta(900), last=DAY + timedelta(900), next=DAY + timedelta(999)),
    ],
)
def test_a_record_that_makes_no_sense_keeps_nobody_from_being_asked(store, record):
    name = f"{BASE}/a"
    store.cache.note("sources", NAME, remembered.as_json({("article", name): record}))
    asked, _, _ = a_night(store, 1, [(name, "404")])
    assert asked == [name]
    assert a_night(store, 1, [(name, "404")])[0] == []


def test_nothing_is_written_where_nothing_ever_failed_and_the_same_memory_is_the_same_file(store):
    a_night(store, 0, [(f"{BASE}/a", "ok")])
    assert not kept(store).exists()
    a_night(store, 1, [(f"{BASE}/a", "404")])
    before = kept(store).stat().st_mtime_ns
    a_night(store, 2, [(f"{BASE}/a", "404")])
    assert kept(store).stat().st_mtime_ns == before


def test_passwords_are_neither_kept_nor_told(store):
    name = "https://ada:secret@example.com/feed.xml"
    _, told, _ = a_night(store, 0, [(name, "404")], [("feed", name, "dead")])
    assert len(told) == 2
    assert "secret" not in "".join(told)
    assert b"secret" not in kept(store).read_bytes()
    assert a_night(store, 1, [(name, "404")])[0] == []


@pytest.mark.parametrize(
    "name", [f"{BASE}/{'long' * 500}", f"{BASE}/łódź/äöü", "articles/caf\udce9.txt", "http://[x", ""]
)
def test_names_of_every_kind_are_remembered(store, name):
    address = name if name.startswith("http") else ""
    night = Visits(store.cache, NAME, DAY)
    assert night.may_ask(name, address)
    night.article_failed(name, ExtractionError(f"caf\udce9 {name}: no.", name=name), address, mark="\udcff")
    night.save()
    after = Visits(store.cache, NAME, DAY + timedelta(days=1))
    assert not after.may_ask(name, address, mark="\udcff")
    assert (after.failing(name), after.failing(name + "x")) == (1, 0)
    assert after.may_ask(name + "x", address)
    assert kept(store).stat().st_size < 400


def test_what_will_hardly_change_is_told_from_a_bad_night():
    statuses = {status: is_lasting(error(str(status), "x")) for status in (200, 401, 404, 408, 410, 429, 451, 500, 503)}
    assert [status for status, lasting in statuses.items() if not lasting] == [408, 429, 500, 503]
    assert not is_lasting(error("dead", "x"))
    assert is_lasting(replace_status(error("404", "x")))


def replace_status(found):
    found.status = 0  # a page that is too large, a file that is damaged
    return found


def test_a_source_without_a_record_is_due():
    record = Record(failures=1, reason="", first=DAY, last=DAY, next=DAY + timedelta(days=1))
    assert is_due("article", None, DAY, "")
    assert not is_due("article", record, DAY, "")
    assert is_due("article", replace(record, next=DAY), DAY, "")


@pytest.mark.parametrize(
    ("host", "read"),
    [
        ("example.com:8080", "example.com:8080"),
        ("bücher.example", "bücher.example"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("яндекс.рф", "яндекс.рф"),
        (f"{'a-long-label.' * 9}example", f"{'a-long-label.' * 9}example"),
        ("ida:se/cret@example.com", "example.com"),
        ("[::1]:8080", "[::1]:8080"),
    ],
)
def test_every_host_tells_how_many_of_its_articles_wait(store, host, read):
    pages = [(f"http://{host}/{number}", "dead") for number in range(9)]
    asked, told, _ = a_night(store, 0, pages)
    assert len(asked) == 3
    assert told[0].endswith(f" 9 articles of {read} wait for the next night.")
    assert "se/cret" not in told[0]
    asked, told, notes = a_night(store, 1, [(name, "ok") for name, _ in pages])
    assert (len(asked), told, notes) == (9, [], [f"{read} is back; it had failed since {DAY}."])


def test_a_host_that_is_written_in_several_ways_is_one(store):
    hosts = ("Bücher.example", "xn--bcher-kva.example", "bücher.example.", "BÜCHER.example:80", "ida:x@bücher.example")
    asked, told, _ = a_night(store, 0, [(f"http://{host}/a", "dead") for host in hosts])
    assert (len(asked), len(told)) == (3, 1)
