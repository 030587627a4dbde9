"""Misspelt queries are corrected from the words of the listings."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from sokoni.catalog import service as catalog
from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from sokoni.search import flows
from sokoni.search.queries.spelling import Lexicon
from sokoni.search.vocabulary import Vocabulary
from tests.catalog import factories as making
from tests.search.factories import STONEWARE, Article, Shop, found, known, stocked

WORDS = Lexicon({"stoneware": 40, "mug": 90, "rug": 20, "lamp": 30, "linen": 9, "creme": 1})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stonware", "stoneware"),  # a letter is missing
        ("stonewarre", "stoneware"),  # one too many
        ("stonewere", "stoneware"),  # a wrong one
        ("stoenware", "stoneware"),  # two swapped
        ("tsoneware", "stoneware"),  # the first two swapped
        ("toneware", "stoneware"),  # the first missing
        ("dtoneware", "stoneware"),  # the first wrong
        ("stnewre", "stoneware"),  # two missing
        ("mgu", "mug"),
        ("lmap", "lamp"),
        ("linnen", "linen"),
        ("xug", "mug"),  # as near to rug, which is rarer
    ],
)
def test_slips_of_the_finger_are_undone(typed: str, meant: str) -> None:
    assert WORDS.correct([typed], may_go_on=None) == {typed: meant}


@pytest.mark.parametrize("typed", ["mug", "mu", "m200", "xylophone", "stnwr", "lamp1"])
def test_known_short_coded_and_quite_other_words_stay(typed: str) -> None:
    assert WORDS.correct([typed], may_go_on=None) == {}


def test_the_beginning_of_a_known_word_is_no_mistake_at_the_end() -> None:
    assert WORDS.correct(["line"], may_go_on="line") == {}
    assert WORDS.correct(["line"], may_go_on=None) == {"line": "linen"}


def test_words_are_completed_by_frequency() -> None:
    words = Lexicon({"mug": 9, "mugs": 3, "mughal": 5, "music": 20})

    assert words.completions("mu", limit=3) == ["music", "mug", "mughal"]
    assert words.completions("mug", limit=9) == ["mug", "mughal", "mugs"]
    assert words.completions("x", limit=3) == []


def test_new_words_are_known_without_a_new_lexicon() -> None:
    words = Lexicon({"mug": 9})
    assert words.correct(["kanga"], may_go_on=None) == {}
    assert words.correct(["kangga"], may_go_on=None) == {}

    words.add({"kanga": 1})

    assert words.correct(["kangga"], may_go_on=None) == {"kangga": "kanga"}
    assert words.completions("kan", limit=3) == ["kanga"]


def test_the_share_of_a_word_is_that_of_what_it_may_become() -> None:
    words = Lexicon({"mug": 9, "mugs": 30}, listings=60)

    assert words.share("mug", may_go_on=False) == 0.15
    assert words.share("mug", may_go_on=True) == 0.5
    assert Lexicon({"mug": 9}).share("mug", may_go_on=False) == 0.0


async def test_a_misspelt_query_is_answered_as_it_was_meant(
    client: AsyncClient, shop: Shop
) -> None:
    answer = await found(client, "stonware mgu")

    assert answer["suggestion"] == "stoneware mug"
    assert [item["title"] for item in answer["items"]] == [STONEWARE]
    assert answer["facets"]["categories"][0]["name"] == "Mugs"


async def test_a_correction_holds_in_any_order(client: AsyncClient, shop: Shop) -> None:
    answer = await found(client, "stonware", sort="-price")

    assert answer["suggestion"] == "stoneware"
    assert [item["title"] for item in answer["items"]] == ["Stoneware Bowl", STONEWARE]


async def test_words_that_find_something_are_left_alone(
    client: AsyncClient, db: Database, shop: Shop
) -> None:
    await stocked(db, [Article("Stonware")])  # a name, not learnt yet

    answer = await found(client, "stonware")

    assert answer["suggestion"] is None
    assert [item["title"] for item in answer["items"]] == ["Stonware"]


async def test_without_a_near_word_nothing_is_suggested(client: AsyncClient, shop: Shop) -> None:
    answer = await found(client, "xylophone")

    assert (answer["suggestion"], answer["items"]) == (None, [])


async def test_phrases_and_excluded_words_are_not_corrected(
    client: AsyncClient, shop: Shop
) -> None:
    assert (await found(client, '"stonware mug"'))["suggestion"] is None
    answer = await found(client, "mgu -stoneware")

    assert answer["suggestion"] == "mug -stoneware"
    assert [item["title"] for item in answer["items"]] == ["Enamel Mug"]


async def test_the_words_of_a_new_product_are_learnt_by_its_event(
    app: FastAPI, db: Database, client: AsyncClient, worker: Worker, shop: Shop
) -> None:
    await stocked(db, [Article("Zanzibar Lantern", sku="QQ-77")])
    await worker.until_idle()
    vocabulary = app.state.resources.get(Vocabulary)
    lexicon = await vocabulary.refresh()

    assert ("zanzibar" in lexicon, "77" in lexicon) == (True, False)
    assert (await found(client, "zanzibra lantern"))["suggestion"] == "zanzibar lantern"


async def test_counting_anew_drops_words_that_no_listing_has(
    app: FastAPI, db: Database, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows, "LISTINGS", 4)
    monkeypatch.setattr(flows, "WORDS", 7)
    before = await flows.rebuild_vocabulary(db)
    async with db.transaction() as tx:
        await catalog.delete_product(
            tx, product_id=shop.products["Reading Lamp"], actor=making.ACTOR, now=making.NOW
        )

    after = await flows.rebuild_vocabulary(db)
    await known(app, db)
    lexicon = await app.state.resources.get(Vocabulary).lexicon()

    assert (before.dropped, after.dropped) == (0, 5)  # reading, lamp, black, with, shade
    assert after.listings == before.listings - 1
    assert ("shade" in lexicon, "linen" in lexicon) == (False, True)
