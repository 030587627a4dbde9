"""Search and suggestions as a whole: the words, their correction, the items and the facets."""

import math
from dataclasses import dataclass
from functools import partial

from sokoni.catalog.queries import Filters, Narrowed, Shop, narrow
from sokoni.kernel.reads import Reads
from sokoni.search.queries import matching, suggestions, wording
from sokoni.search.queries.facets import Facets, facets
from sokoni.search.queries.matching import SearchSort
from sokoni.search.queries.spelling import Lexicon
from sokoni.search.queries.suggestions import Shelf
from sokoni.search.queries.wording import Wording

COMMON = 5_000
COMMON_SHARE = 0.1
SHORT = 2
LARGE = 100_000
"""From so many listings on, the front of the shop is looked at first (`catalog.service.front`)."""

SCATTERED = 0.005
"""Of words that more listings have than this share, a walk along any order soon finds a page."""

EXCLUDED = "ts_match_vq(l.document, (SELECT search.query('{}', :excluded, false)))"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of search. `suggestion` is the corrected query, if its matches are shown."""

    cards: list[str]
    next_cursor: str | None
    suggestion: str | None
    facets: Facets | None


@dataclass(frozen=True, slots=True)
class Completed:
    """What may be meant: words, ready cards of products, categories."""

    words: list[str]
    cards: list[str]
    categories: list[Shelf]


async def search(
    db: Reads,
    *,
    lexicon: Lexicon,
    text: str | None,
    shop: Shop,
    filters: Filters,
    sort: SearchSort | None,
    cursor: str | None,
    limit: int,
    with_facets: bool,
    with_total: bool = False,
) -> Found:
    """One page of what matches the text and the filters: two statements, without facets one.

    `with_total` counts all matches, up to a bound, even where facets count fewer.
    Without a text everything matches; a text without any word in it matches nothing.
    """
    asked = wording.read(text)
    narrowed = narrow(shop, filters)
    if not asked.required and not _is_blank(text):
        narrowed = _without(narrowed, asked.excluded)
    query = asked if asked.required else None
    better = _corrected(asked, lexicon)
    is_common = query is not None and _is_common(query, lexicon)
    is_large = lexicon.listings > LARGE
    sort = sort or (SearchSort.RELEVANCE if query else SearchSort.NEWEST)
    if query is not None and sort is SearchSort.RELEVANCE:
        best = partial(
            matching.best,
            wording=query,
            is_common=is_common,
            front_first=is_large and not is_common and query.code is None,
        )
    else:
        best = partial(
            matching.sorted_by,
            sort=SearchSort.NEWEST if sort is SearchSort.RELEVANCE else sort,
            wording=query,
            is_common=is_common or (is_large and _is_scattered(query, narrowed, lexicon)),
        )
    matches = await best(db, better=better, narrowed=narrowed, cursor=cursor, limit=limit)
    counted = None
    if with_facets:
        counted = await facets(
            db,
            wording=better if matches.is_corrected else query,
            is_common=is_common,
            front_first=is_large,
            with_total=with_total,
            narrowed=narrowed,
        )
    return Found(
        cards=matches.cards,
        next_cursor=matches.next_cursor,
        suggestion=str(better) if better is not None and matches.is_corrected else None,
        facets=counted,
    )


async def complete(db: Reads, *, lexicon: Lexicon, text: str, shop: Shop, limit: int) -> Completed:
    """What may be meant by what has been typed so far; misspelt words are corrected.

    One statement; two where nothing is found and the words are unknown; none for no words.
    """
    asked = wording.read(text)
    found = await _complete(db, asked, lexicon=lexicon, shop=shop, limit=limit)
    if found.cards or found.categories or not asked.required:
        return found
    better = _corrected(asked, lexicon)
    if better is None:
        return found
    return await _complete(db, better, lexicon=lexicon, shop=shop, limit=limit)


async def _complete(
    db: Reads, asked: Wording, *, lexicon: Lexicon, shop: Shop, limit: int
) -> Completed:
    if not asked.required:
        return Completed(words=[], cards=[], categories=[])
    last = asked.words[-1] if asked.words else None
    rarest = min(lexicon.frequency(word, may_go_on=word == last) for word in asked.required)
    is_short = len(asked.required) == 1 and len(asked.required[0]) <= SHORT
    found = await suggestions.suggestions(
        db,
        shop=shop,
        wording=asked,
        is_common=is_short or rarest > COMMON,
        limit=limit,
    )
    return Completed(
        words=_completed(asked, lexicon, limit=limit),
        cards=found.cards,
        categories=found.categories,
    )


def _is_common(query: Wording, lexicon: Lexicon) -> bool:
    """Whether the query is one word of so many listings that any index of words is a detour."""
    if len(query.required) > 1 or query.excluded:
        return False
    return lexicon.share(query.required[0], may_go_on=query.open_ended) > COMMON_SHARE


def _is_scattered(query: Wording | None, narrowed: Narrowed, lexicon: Lexicon) -> bool:
    """Whether the words alone narrow the list, and matches stand close in any order."""
    if query is None or query.excluded or len(narrowed.by_subject) > 1:
        return False
    last = query.required[-1] if query.open_ended else None
    shares = (lexicon.share(word, may_go_on=word == last) for word in query.required)
    return math.prod(shares) > SCATTERED


def _without(narrowed: Narrowed, excluded: tuple[str, ...]) -> Narrowed:
    """Listings without these words; without any word to go by there are none."""
    return Narrowed(
        by_subject={**narrowed.by_subject, "words": EXCLUDED},
        values={**narrowed.values, "excluded": list(excluded)},
    )


def _corrected(asked: Wording, lexicon: Lexicon) -> Wording | None:
    """The query with its unknown words replaced by known ones; None if there is none."""
    last = asked.required[-1] if asked.open_ended else None
    better = lexicon.correct(asked.words, may_go_on=last)
    return asked.corrected(better) if better else None


def _completed(asked: Wording, lexicon: Lexicon, *, limit: int) -> list[str]:
    """The query with its last word gone on in the likeliest ways."""
    if not asked.words or asked.required[-1] != asked.words[-1]:
        return []
    before = asked.required[:-1]
    ends = lexicon.completions(asked.required[-1], limit=limit)
    return [" ".join((*before, end)) for end in ends]


def _is_blank(text: str | None) -> bool:
    return not (text or "").strip()
