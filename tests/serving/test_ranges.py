"""Ranges are taken apart as RFC 9110, 14.1.2, has them."""

import pytest

from audioed.serving.ranges import wanted

IGNORED, NOTHING = None, []


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("bytes=0-499", [(0, 499)]),
        ("bytes=500-999", [(500, 999)]),
        ("bytes=-500", [(9500, 9999)]),
        ("bytes=9500-", [(9500, 9999)]),
        ("bytes=0-0,-1", [(0, 0), (9999, 9999)]),
        ("bytes= 0-999, 4500-5499, -1000", [(0, 999), (4500, 5499), (9000, 9999)]),
        ("bytes=0-", [(0, 9999)]),
        ("bytes=0-99999999999999999999999999", [(0, 9999)]),
        ("bytes=-20000", [(0, 9999)]),
        ("Bytes=0-0", [(0, 0)]),
        ("bytes=,0-0,,", [(0, 0)]),
        ("bytes=0-0,20000-", [(0, 0)]),  # one that can be sent is sent
        ("bytes=10000-", NOTHING),
        ("bytes=-0", NOTHING),
        ("bytes=10000-10001,20000-", NOTHING),
        ("bytes=5-4", IGNORED),
        ("bytes=", IGNORED),
        ("bytes=-", IGNORED),
        ("bytes=a-b", IGNORED),
        ("bytes=0-1x", IGNORED),
        ("bytes=1_0-2_0", IGNORED),
        ("bytes=+1-2", IGNORED),
        ("bytes=²-³", IGNORED),
        ("bytes 0-1", IGNORED),
        ("seconds=0-1", IGNORED),
        ("bytes=" + ",".join("0-0" for _ in range(101)), IGNORED),
        ("bytes=" + "9" * 5000 + "-", IGNORED),
    ],
)
def test_what_is_asked_for(header, parts):
    assert wanted(header, 10_000) == parts


def test_an_empty_file_has_no_part():
    assert wanted("bytes=0-", 0) == wanted("bytes=-1", 0) == NOTHING
