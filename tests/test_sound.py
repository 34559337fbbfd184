import numpy as np
import pytest

from audioed.sound import correlation


@pytest.mark.parametrize(("around", "pattern"), [(1, 1), (7, 7), (64, 1), (1_000, 999), (33_075, 11_025)])
def test_correlation_is_the_product_at_each_place(around, pattern):
    made = np.random.default_rng(around)
    sound, part = made.uniform(-1, 1, around), made.uniform(-1, 1, pattern)
    places = [*range(0, around - pattern + 1, 97), around - pattern]
    found = correlation(sound, part)
    assert len(found) == around - pattern + 1
    assert found[places] == pytest.approx([sound[place : place + pattern] @ part for place in places], abs=1e-9)
