"""What crawlers, agents and installers ask for: robots, sitemaps, `/llms.txt`, the web manifest.

Each is made from the shop as it is, kept and packed like a page.
"""

import json
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from sokoni.catalog import queries as catalog
from sokoni.catalog.queries import Node
from sokoni.kernel.errors import NotFound
from sokoni.web import sitemap
from sokoni.web.head import PAPER
from sokoni.web.keeping import Made
from sokoni.web.languages import LANGUAGES, prefixed
from sokoni.web.pages.shelves import TAGS
from sokoni.web.site import Site
from sokoni.web.texts import summary

Endpoint = Callable[[Request], Awaitable[Response]]
XML = "application/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
MANIFEST = "application/manifest+json"
OF_ONE_PERSON = ("cart", "checkout", "account", "orders", "track", "login")


async def robots(site: Site, _request: Request) -> Made:
    closed = ["/api/", "/admin"]
    closed += [prefixed(each, f"/{name}") for each in LANGUAGES for name in OF_ONE_PERSON]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {site.settings.shop_url}/sitemap.xml")
    return _text("\n".join(lines) + "\n", PLAIN, tags="markets")


async def llms(site: Site, _request: Request) -> Made:
    """For agents: what the shop is, where its shelves are, and that there is an API."""
    store = await site.store()
    origin = site.settings.shop_url
    async with site.sources.db.reading() as db:
        tree = await catalog.tree(db)
    lines = [
        f"# {_line(store.name)}",
        "",
        f"> An online shop. Prices in {', '.join(store.currencies)}.",
        "",
        "## Shelves",
        "",
        *_shelves(tree, origin=origin, depth=0),
        "",
        "## For programs",
        "",
        f"- [API]({origin}/docs): search, cart, checkout and orders",
        f"- [OpenAPI]({origin}/openapi.json): its description",
        f"- [Search]({origin}/api/v1/products/search?q=): products by words, with facets",
        f"- [Sitemap]({origin}/sitemap.xml): every page",
    ]
    if store.support_email:
        lines += ["", "## Contact", "", f"- {store.support_email}"]
    return _text("\n".join(lines) + "\n", PLAIN, tags=TAGS)


async def manifest(site: Site, _request: Request) -> Made:
    """What makes the shop installable."""
    store = await site.store()
    icons = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
    icons.append(("icon-maskable.png", "512x512", "maskable"))
    document = {
        "id": "/",
        "name": store.name,
        "short_name": store.name[:12],
        "start_url": "/",
        "display": "standalone",
        "background_color": PAPER["light"],
        "theme_color": PAPER["light"],
        "icons": [
            {"src": f"/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in icons
        ],
    }
    return _text(json.dumps(document, ensure_ascii=False), MANIFEST, tags="markets")


async def sitemap_index(site: Site, _request: Request) -> Made:
    body = await sitemap.index(site.sources.db, origin=site.settings.shop_url)
    return Made(body, {"content-type": XML}, tags=f"{TAGS} products")


async def sitemap_file(site: Site, request: Request) -> Made:
    """One file of the index; `NotFound` beyond its end."""
    body = await sitemap.file(
        site.sources.db,
        site.sources.storage,
        name=request.path_params["name"],
        origin=site.settings.shop_url,
    )
    if body is None:
        raise NotFound
    return Made(body, {"content-type": XML}, tags=f"{TAGS} products")


async def _kept(request: Request, *, make: Callable[[Site, Request], Awaitable[Made]]) -> Response:
    site: Site = request.app.state.site
    answer, _ = await site.kept.answer(
        request.url.path.encode("utf-8", "replace"),
        lambda: make(site, request),
        encodings=request.headers.get("accept-encoding", ""),
        known=request.headers.get("if-none-match", ""),
        route=request.url.path,
    )
    return answer


def _text(text: str, kind: str, *, tags: str) -> Made:
    return Made(text.encode(), {"content-type": kind}, tags=tags)


def _shelves(nodes: list[Node], *, origin: str, depth: int) -> list[str]:
    lines = []
    for node in nodes:
        told = summary(node.description)
        about = f": {told}" if told else ""
        lines.append(f"{'  ' * depth}- [{_line(node.name)}]({origin}/c/{node.slug}){about}")
        lines += _shelves(node.children, origin=origin, depth=depth + 1)
    return lines


def _line(text: str) -> str:
    """A name without what would end a link of Markdown."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")


ROUTES: dict[str, Endpoint] = {
    "/robots.txt": partial(_kept, make=robots),
    "/llms.txt": partial(_kept, make=llms),
    "/manifest.webmanifest": partial(_kept, make=manifest),
    "/sitemap.xml": partial(_kept, make=sitemap_index),
    "/sitemaps/{name}": partial(_kept, make=sitemap_file),
}
