"""Buckets of speed, and what is read from them; pure arithmetic."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokoni.analytics.speed import (
    GROWTH,
    LOWEST,
    SCALES,
    Metric,
    Rating,
    bucket_of,
    edges_of,
    measured,
)

METRICS = st.sampled_from(list(Metric))
PARTS = st.floats(0, 1)


@given(metric=METRICS, part=PARTS)
def test_a_value_lies_between_the_edges_of_its_bucket(metric: Metric, part: float) -> None:
    value = part * SCALES[metric].most
    low, high = edges_of(metric, bucket_of(metric, value))
    assert low <= value * (1 + 1e-6)
    assert value <= high * (1 + 1e-6)


def test_buckets_follow_each_other_and_the_lowest_begins_at_nothing() -> None:
    for metric in Metric:
        edges = [edges_of(metric, bucket) for bucket in range(LOWEST, 76)]
        assert edges[0][0] == 0
        assert all(earlier[1] == later[0] for earlier, later in pairwise(edges))


@pytest.mark.parametrize("metric", Metric)
def test_what_is_just_good_is_not_mixed_with_what_is_not(metric: Metric) -> None:
    good = SCALES[metric].good
    assert bucket_of(metric, good) == 0
    assert edges_of(metric, 0)[1] == good
    assert bucket_of(metric, good * 1.001) == 1


@given(
    metric=METRICS,
    parts=st.lists(st.floats(0.001, 1), min_size=1, max_size=60),
)
def test_the_percentile_is_right_within_a_tenth(metric: Metric, parts: list[float]) -> None:
    values = sorted(part * SCALES[metric].most for part in parts)
    found = measured(metric, Counter(bucket_of(metric, value) for value in values))
    exact = values[-(-3 * len(values) // 4) - 1]
    assert found is not None
    assert found.visits == len(values)
    # The very fast are one bucket: nobody needs to know how fast.
    fastest = edges_of(metric, LOWEST)[1]
    assert exact / GROWTH * 0.999 <= found.p75 <= exact * GROWTH * 1.001 or exact <= fastest


def test_the_percentile_lies_in_its_bucket_as_far_as_visits_reach() -> None:
    low, high = edges_of(Metric.LCP, 3)
    found = measured(Metric.LCP, {0: 50, 3: 50})
    assert found is not None
    assert found.p75 == pytest.approx((low + high) / 2)
    assert measured(Metric.LCP, {}) is None


@pytest.mark.parametrize(
    ("metric", "bucket", "rating"),
    [
        (Metric.LCP, 0, Rating.GOOD),
        (Metric.LCP, 1, Rating.NEEDS_IMPROVEMENT),
        (Metric.LCP, 6, Rating.POOR),
        (Metric.INP, 0, Rating.GOOD),
        (Metric.INP, 9, Rating.NEEDS_IMPROVEMENT),
        (Metric.INP, 11, Rating.POOR),
        (Metric.CLS, 0, Rating.GOOD),
        (Metric.CLS, 9, Rating.NEEDS_IMPROVEMENT),
        (Metric.CLS, 11, Rating.POOR),
    ],
)
def test_ratings_are_those_of_web_vitals(metric: Metric, bucket: int, rating: Rating) -> None:
    found = measured(metric, {bucket: 4})
    assert found is not None
    assert found.rating is rating
