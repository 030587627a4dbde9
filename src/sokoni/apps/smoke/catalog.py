"""Look around: the list, a product, search, categories, and answers that need not be sent again."""

from sokoni.apps.smoke.visiting import Visitor, insist


async def look_around(visitor: Visitor) -> None:
    """Raises SmokeFailed at the first thing that is not right."""
    config = await visitor.get("/store/config")
    currency = config["default_currency"]
    visitor.say(f"The shop is called {config['name']} and sells in {currency}.")

    page = await visitor.get("/products", params={"currency": currency, "limit": 2})
    insist(page["items"], f"No product has a price in {currency}.")
    card = page["items"][0]
    visitor.say(f"The list begins with {card['title']}.")

    product = await visitor.get(f"/products/{card['slug']}", params={"currency": currency})
    insist(product["id"] == card["id"], f"/products/{card['slug']} shows another product.")
    insist(product["variants"], f"{card['title']} has no variants.")
    visitor.say(f"Its page shows {len(product['variants'])} variants.")

    found = await visitor.get(
        "/products/search", params={"q": card["title"], "currency": currency, "limit": 100}
    )
    titles = [item["title"] for item in found["items"]]
    insist(card["title"] in titles, f"Search does not find {card['title']!r}: {titles}.")
    visitor.say(f"Search finds it by its title, in {found['took_ms']} ms.")

    categories = await visitor.get("/categories")
    insist(categories["items"], "There are no categories.")
    visitor.say(f"The tree of categories has {len(categories['items'])} roots.")

    first = await visitor.ask("GET", f"/products/{card['slug']}")
    etag = first.headers.get("etag")
    insist(etag, "The product page carries no ETag.")
    known = {"If-None-Match": str(etag)}
    await visitor.ask("GET", f"/products/{card['slug']}", headers=known, expect=304)
    visitor.say("The page that is known already is answered with 304.")
