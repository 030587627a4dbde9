"""Reads of search: a page of products with facets, suggestions, and the words of listings."""

from sokoni.search.queries.answering import Completed, Found, complete, search
from sokoni.search.queries.facets import Facets
from sokoni.search.queries.matching import SearchSort
from sokoni.search.queries.spelling import Lexicon
from sokoni.search.queries.words import (
    FIRST_LISTING,
    ListingKey,
    batch_after,
    newest_word,
    words_after,
    words_between,
)

__all__ = [
    "FIRST_LISTING",
    "Completed",
    "Facets",
    "Found",
    "Lexicon",
    "ListingKey",
    "SearchSort",
    "batch_after",
    "complete",
    "newest_word",
    "search",
    "words_after",
    "words_between",
]
