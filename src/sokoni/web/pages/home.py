"""The home page: what is popular and what is new."""

from sokoni.web import structured
from sokoni.web.pages import cards
from sokoni.web.pages.page import Head, Page, Sources, Visit
from sokoni.web.pages.shelves import shelves

ROWS = ("popularity", "newest")
CARDS = 8


async def load(sources: Sources, visit: Visit, _parameter: str) -> Page:
    found = await shelves(sources)
    rows = [await cards.row(sources, visit, sort=sort, limit=CARDS) for sort in ROWS]
    return Page(
        head=Head(
            title=visit.say("home.title"),
            description=visit.say("home.description"),
            canonical="/",
            picture=next((row.picture for row in rows if row.picture), None),
            structured=(structured.organization(visit), structured.website(visit)),
        ),
        tags=f"{found.tags} products",
        chunk="HomePage",
        queries=(found.query, *(row.query for row in rows)),
    )
