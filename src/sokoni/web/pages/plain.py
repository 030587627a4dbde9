"""Pages that read nothing of the catalogue but its shelves: those of one person, and refusals.

What belongs to a person is drawn by the browser alone; the HTML is the same for everybody.
"""

from sokoni.web.pages.page import Head, Page, Sources, Visit
from sokoni.web.pages.shelves import shelves

ALONE = {
    "/cart": "page.cart",
    "/checkout": "page.checkout",
    "/checkout/success": "page.checkout",
    "/checkout/cancelled": "page.checkout",
    "/orders/:id": "page.order",
    "/orders/:id/confirmed": "page.confirmed",
    "/track": "page.track",
    "/login": "page.login",
    "/register": "page.register",
    "/account": "page.account",
    "/account/orders": "page.account",
    "/account/orders/:id": "page.account",
    "/account/addresses": "page.account",
    "/account/profile": "page.account",
}


async def alone(sources: Sources, visit: Visit, _parameter: str, *, title: str) -> Page:
    """A page of one person."""
    found = await shelves(sources)
    return Page(
        head=Head(title=visit.say(title), canonical=visit.path, is_indexed=False),
        tags=found.tags,
        queries=(found.query,),
        is_shell=True,
    )


async def offline(sources: Sources, visit: Visit, _parameter: str) -> Page:
    """What the service worker shows where there is no network."""
    found = await shelves(sources)
    return Page(
        head=Head(title=visit.say("offline.title"), canonical=visit.path, is_indexed=False),
        tags=found.tags,
        chunk="OfflinePage",
        queries=(found.query,),
    )


async def missing(sources: Sources, visit: Visit) -> Page:
    """There is no such page: 404."""
    return await _nothing(sources, visit, words="missing", status=404)


async def gone(sources: Sources, visit: Visit) -> Page:
    """There was such a page: 410, so that search engines forget it soon."""
    return await _nothing(sources, visit, words="gone", status=410)


async def _nothing(sources: Sources, visit: Visit, *, words: str, status: int) -> Page:
    """Not kept, or strangers could fill the memory with such pages."""
    found = await shelves(sources)
    return Page(
        head=Head(
            title=visit.say(f"{words}.title"),
            description=visit.say(f"{words}.description"),
            is_indexed=False,
        ),
        tags=found.tags,
        status=status,
        queries=(found.query,),
        is_kept=False,
    )
