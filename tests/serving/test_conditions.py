"""Whether an app has a file already is judged in the order of RFC 9110, 13.2.2."""

import pytest

from audioed.serving.conditions import is_same, status

TAG, DAY = '"one"', "Sat, 14 Mar 2026 12:00:00 GMT"
BEFORE, AFTER = "Sat, 14 Mar 2026 11:59:59 GMT", "Sat, 14 Mar 2026 12:00:01 GMT"


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({}, 200),
        ({"if-none-match": '"one"'}, 304),
        ({"if-none-match": 'W/"one"'}, 304),
        ({"if-none-match": '"two", "a,b", W/"one"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"two"'}, 200),
        ({"if-none-match": "one"}, 200),
        ({"if-none-match": '"two"', "if-modified-since": AFTER}, 200),
        ({"if-modified-since": DAY}, 304),
        ({"if-modified-since": AFTER}, 304),
        ({"if-modified-since": BEFORE}, 200),
        ({"if-modified-since": "Saturday, 14-Mar-26 12:00:00 GMT"}, 304),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": ""}, 200),
        ({"if-match": '"one"'}, 200),
        ({"if-match": "*"}, 200),
        ({"if-match": 'W/"one"'}, 412),
        ({"if-match": '"two"'}, 412),
        ({"if-match": '"one"', "if-unmodified-since": BEFORE}, 200),
        ({"if-unmodified-since": BEFORE}, 412),
        ({"if-unmodified-since": DAY}, 200),
        ({"if-unmodified-since": "never"}, 200),
        ({"if-match": '"one"', "if-none-match": '"one"'}, 304),
    ],
)
def test_what_is_answered(headers, outcome):
    assert status(headers, TAG, DAY) == outcome


def test_a_weak_tag_is_the_same_text_but_not_the_same_bytes():
    assert status({"if-none-match": '"one"'}, 'W/"one"', DAY) == 304
    assert status({"if-match": 'W/"one"'}, 'W/"one"', DAY) == 412
    assert not is_same('W/"one"', 'W/"one"', DAY)


def test_a_part_is_only_sent_of_the_state_that_the_app_has():
    assert is_same(TAG, TAG, DAY)
    assert is_same(DAY, TAG, DAY)
    assert not is_same(AFTER, TAG, DAY)
