"""The demo catalogue and the reference data are whole: what they name is there."""

import re
from collections import Counter
from importlib.resources import files
from typing import Any

import msgspec
import pytest

from sokoni.catalog import images

FOLDER = files("sokoni.apps")
CURRENCIES = ["TZS", "USD", "EUR", "JPY"]

Entry = dict[str, Any]


def load(path: str) -> Entry:
    data: Entry = msgspec.json.decode(FOLDER.joinpath(path).read_bytes())
    return data


demo = load("demo/catalogue.json")
reference = load("reference/reference.json")
products: list[Entry] = demo["products"]
variants: list[Entry] = [variant for product in products for variant in product["variants"]]
regions: list[Entry] = reference["regions"]
photos = {entry.name.removesuffix(".webp") for entry in FOLDER.joinpath("demo/photos").iterdir()}


def repeated(values: list[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def test_sixty_products_repeat_no_name_or_number() -> None:
    assert len(products) == 60
    assert repeated([product["slug"] for product in products]) == []
    assert repeated([product["title"] for product in products]) == []
    assert repeated([variant["sku"] for variant in variants]) == []
    assert repeated([variant["barcode"] for variant in variants]) == []
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", product["slug"]) for product in products)


def test_every_photo_exists_and_is_used() -> None:
    shown = {image["photo"] for product in products for image in product["images"]}

    assert shown == photos
    for product in products:
        own = [image["photo"] for image in product["images"]]
        assert {variant["image"] for variant in product["variants"]} == set(own)
        assert all(image["alt"] for image in product["images"])


def test_a_photo_can_be_encoded_in_three_sizes() -> None:
    encoded = images.encode(FOLDER.joinpath("demo/photos/belly-vase_clay.webp").read_bytes())

    assert [(size.width, size.height) for size in encoded.sizes] == [
        (320, 400),
        (800, 1000),
        (960, 1200),
    ]


def test_every_variant_has_a_price_in_all_four_currencies() -> None:
    for variant in variants:
        assert [price["currency"] for price in variant["prices"]] == CURRENCIES, variant["sku"]
        for price in variant["prices"]:
            assert price["amount"] > 0
            assert price.get("compare_at", price["amount"] + 1) > price["amount"]


def test_the_four_prices_of_a_variant_are_worth_about_the_same() -> None:
    for variant in variants:
        amount = {price["currency"]: price["amount"] for price in variant["prices"]}
        assert 1.0 < amount["USD"] / amount["EUR"] < 1.2, variant["sku"]
        assert 2700 < amount["TZS"] / amount["EUR"] < 3100, variant["sku"]
        assert 1.55 < amount["JPY"] / amount["EUR"] < 1.75, variant["sku"]  # yen have no cents


def test_each_combination_of_options_is_one_variant() -> None:
    for product in products:
        names = [option["name"] for option in product["options"]]
        combinations = [tuple(variant["options"].items()) for variant in product["variants"]]
        expected = 1
        for option in product["options"]:
            expected *= len(option["values"])
        assert len(set(combinations)) == len(combinations) == expected
        for variant in product["variants"]:
            assert list(variant["options"]) == names
            for option in product["options"]:
                assert variant["options"][option["name"]] in option["values"]
            assert variant["options"]["Color"] in demo["swatches"]


def test_stock_is_at_known_locations_and_some_of_it_is_scarce() -> None:
    names = {location["name"] for location in demo["locations"]}
    total = {variant["sku"]: sum(variant["stock"].values()) for variant in variants}

    assert names == {"Dar es Salaam", "Rotterdam"}
    assert all(set(variant["stock"]) == names for variant in variants)
    sold_out = [
        product["slug"]
        for product in products
        if not any(total[variant["sku"]] for variant in product["variants"])
    ]
    assert sold_out == ["isla-dress-watch"]
    assert total["MIE-AGA-TER"] == 0 < total["MIE-AGA-WHI"]
    scarce = sorted(sku for sku, units in total.items() if 0 < units <= 3)
    assert scarce == ["CAL-DLA-MOS", "FEN-VAS-CLA", "MAP-ARM-FOG"]


def test_every_brand_and_category_that_a_product_names_exists() -> None:
    categories = {category["slug"] for category in reference["categories"]}
    brands = {brand["name"] for brand in demo["brands"]}

    for product in products:
        assert product["brand"] in brands
        assert product["categories"]
        assert set(product["categories"]) <= categories


def test_every_category_comes_after_its_parent() -> None:
    seen: set[str] = set()
    for category in reference["categories"]:
        assert category["parent"] is None or category["parent"] in seen
        assert category["slug"] not in seen
        seen.add(category["slug"])


def test_search_engines_get_a_title_and_a_description() -> None:
    for product in products:
        assert 0 < len(product["seo"]["title"]) <= 70
        assert 0 < len(product["seo"]["description"]) <= 160


def test_a_country_is_served_by_one_region_only() -> None:
    countries = [country for region in regions for country in region["countries"]]

    assert repeated(countries) == []
    assert all(re.fullmatch("[A-Z]{2}", country) for country in countries)
    assert {region["currency"] for region in regions} == set(CURRENCIES)
    assert reference["default_region"] in {region["code"] for region in regions}


def test_every_country_has_its_tax_rates() -> None:
    for region in regions:
        rates = region["tax_rates"]
        assert {rate["country"] for rate in rates} == set(region["countries"])
        assert repeated([f"{rate['country']}-{rate['state']}" for rate in rates]) == []
        assert all(0 <= rate["rate_bp"] <= 10_000 for rate in rates)
    euro = next(region for region in regions if region["code"] == "eurozone")
    states = next(region for region in regions if region["code"] == "united-states")
    assert len(euro["countries"]) == 21
    assert len(states["tax_rates"]) == 51
    assert not states["tax_inclusive"]


@pytest.mark.parametrize("region", regions, ids=lambda region: region["code"])
def test_any_basket_can_be_shipped_in_one_standard_way(region: Entry) -> None:
    options = region["shipping_options"]
    paid, free, express, freight = options

    assert [option["code"] for option in options] == [
        "standard",
        "standard-free",
        "express",
        "freight",
    ]
    assert all(option["currency"] == region["currency"] for option in options)
    assert all(0 < option["min_days"] <= option["max_days"] for option in options)
    assert (free["amount"], free["min_total"]) == (0, paid["max_total"] + 1)
    assert paid["max_weight_g"] == free["max_weight_g"] == freight["min_weight_g"] - 1
    assert freight["max_weight_g"] is freight["max_total"] is free["max_total"] is None
    assert 0 < paid["amount"] < express["amount"] < freight["amount"]
