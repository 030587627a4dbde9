"""Requests are counted in memory first; none is lost or put into another bucket on the way."""

import pytest
from prometheus_client import generate_latest

from sokoni.kernel.observability import metrics


def test_what_was_noted_together_is_counted_one_by_one() -> None:
    route = "/noted/together"
    for seconds in (0.0, 0.001, 0.0011, 0.25, 10.0, 11.0):
        metrics.note(method="GET", route=route, status=200, seconds=seconds)
    metrics.note(method="GET", route=route, status=404, seconds=0.25)
    assert metrics.own.get_sample_value("sokoni_http_requests_total", _of(route, 200)) is None

    for _ in range(2):  # what was added is not added again
        metrics.flush()
    assert metrics.own.get_sample_value("sokoni_http_requests_total", _of(route, 200)) == 6
    assert metrics.own.get_sample_value("sokoni_http_requests_total", _of(route, 404)) == 1
    told = generate_latest(metrics.own).decode()
    buckets = [
        line.rpartition(" ")[2]
        for line in told.splitlines()
        if line.startswith("sokoni_http_request_seconds_bucket") and route in line
    ]
    counts = (2, 3, 3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 6, 7)
    assert buckets == [f"{count:.1f}" for count in counts]
    kind = {"method": "GET", "route": route}
    assert metrics.own.get_sample_value("sokoni_http_request_seconds_sum", kind) == pytest.approx(
        21.5021
    )


def _of(route: str, status: int) -> dict[str, str]:
    return {"method": "GET", "route": route, "status": str(status)}
