"""How fast pages were, on the wire."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from sokoni.analytics.queries import Speeds
from sokoni.analytics.speed import SCALES, Device, Measured, Metric, PageKind, Rating
from sokoni.kernel.schemas import Body, FromText, Out


def _measure(metric: Metric, text: str) -> object:
    return Field(ge=0, le=SCALES[metric].most, allow_inf_nan=False, description=text)


class VisitIn(Body):
    """What was measured of one visit to a page, at least one of three."""

    page: Annotated[PageKind, FromText]
    device: Annotated[Device, FromText]
    lcp_ms: Annotated[
        float | None,
        _measure(Metric.LCP, "Largest contentful paint, milliseconds from the start."),
    ] = None
    inp_ms: Annotated[
        float | None,
        _measure(Metric.INP, "Interaction to next paint, milliseconds of the slowest."),
    ] = None
    cls: Annotated[
        float | None, _measure(Metric.CLS, "Cumulative layout shift, of the worst five seconds.")
    ] = None

    @model_validator(mode="after")
    def _tells_something(self) -> Self:
        if not self.values():
            raise ValueError("must have at least one of lcp_ms, inp_ms and cls")
        return self

    def values(self) -> dict[Metric, float]:
        """What was measured, in milliseconds (CLS: no unit)."""
        told = {Metric.LCP: self.lcp_ms, Metric.INP: self.inp_ms, Metric.CLS: self.cls}
        return {metric: value for metric, value in told.items() if value is not None}


class VitalOut(Out):
    """`p75` is what three of four visits were at least as good as: milliseconds, CLS no unit."""

    p75: Annotated[float, Field(examples=[1840.5])]
    visits: int
    rating: Annotated[Rating, Field(description="By the thresholds of web.dev/vitals.")]


class VitalsOut(Out):
    """The three of Core Web Vitals; null where no visit told it."""

    lcp: VitalOut | None
    inp: VitalOut | None
    cls: VitalOut | None


class PageVitals(VitalsOut):
    """Those of pages of one kind."""

    page: PageKind


class VitalsReport(Out):
    """How fast pages were on the days (UTC) from `from_day` to `to_day`, both included.

    `items` are the kinds of pages that were visited; `total` is all of them together.
    """

    from_day: date
    to_day: date
    device: Annotated[Device | None, Field(description="Whose visits; null is everybody's.")]
    total: VitalsOut
    items: list[PageVitals]

    @classmethod
    def told(cls, found: Speeds, *, first: date, last: date, device: Device | None) -> Self:
        return cls(
            from_day=first,
            to_day=last,
            device=device,
            total=VitalsOut(**_told(found.total)),
            items=[PageVitals(page=page, **_told(each)) for page, each in found.by_page.items()],
        )


def _told(found: Mapping[Metric, Measured]) -> dict[str, VitalOut | None]:
    return {
        metric.value: VitalOut.model_validate(found[metric]) if metric in found else None
        for metric in Metric
    }
