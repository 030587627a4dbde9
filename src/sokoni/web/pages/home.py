"""The home page: what is popular, what is new, and the shelves with the best of each."""

import asyncio

from sokoni.web import structured
from sokoni.web.pages import cards
from sokoni.web.pages.page import Head, Page, Sources, Visit
from sokoni.web.pages.shelves import shelves

ROWS = ("popularity", "newest")
CARDS = 8
TILES = 6


async def load(sources: Sources, visit: Visit, _parameter: str) -> Page:
    found = await shelves(sources)
    rows = [await cards.row(sources, visit, sort=sort, limit=CARDS) for sort in ROWS]
    tiles = await asyncio.gather(
        *(
            cards.row(sources, visit, sort=ROWS[0], limit=1, category=slug)
            for slug in found.in_turns[:TILES]
        )
    )
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
        queries=(found.query, *(row.query for row in (*rows, *tiles))),
    )
