"""Which path is which page."""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sokoni.web.pages import category, home, listing, plain, product, search
from sokoni.web.pages.page import Moved, Page, Sources, Visit

Load = Callable[[Sources, Visit, str], Awaitable[Page | Moved | None]]


@dataclass(frozen=True, slots=True)
class Route:
    """A path with at most one `:parameter`; what loads its page."""

    pattern: re.Pattern[str]
    load: Load


def _routes() -> Iterator[Route]:
    for path, load in PAGES.items():
        pattern = re.sub(r":\w+", r"([^/]+)", path.replace(".", r"\."))
        yield Route(re.compile(pattern), load)


PAGES: dict[str, Load] = {
    "/": home.load,
    "/products": listing.load,
    "/products/:slug": product.load,
    "/c/:slug": category.load,
    "/search": search.load,
    "/offline": plain.offline,
    **{path: partial(plain.alone, title=title) for path, title in plain.ALONE.items()},
}
ROUTES = tuple(_routes())


async def load(sources: Sources, visit: Visit) -> Page | Moved:
    """The page at the visit's path; the page that says so where there is none."""
    for route in ROUTES:
        found = route.pattern.fullmatch(visit.path)
        if found:
            page = await route.load(sources, visit, found[1] if found.groups() else "")
            return page or await plain.missing(sources, visit)
    return await plain.missing(sources, visit)
