"""What the process answers outside the API: the pages, and how one is made.

A page is the same for everybody with the same region; a cookie names it (`sokoni_region`).
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sokoni.kernel.cache import ReadCache
from sokoni.kernel.ids import decode
from sokoni.kernel.problems import unforeseen
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage
from sokoni.markets import answers as markets
from sokoni.markets.answers import RegionOut, StoreConfig
from sokoni.web import document, languages, policy
from sokoni.web.assets import ADMIN, SHOP
from sokoni.web.building import Build, Building
from sokoni.web.keeping import Kept, Made
from sokoni.web.notices import NOT_BUILT, NOT_OPEN, OUT_OF_ORDER, STYLE, notice
from sokoni.web.pages import table
from sokoni.web.pages.page import Head, Moved, Page, Sources, Visit
from sokoni.web.policy import Allowed
from sokoni.web.state import State

log = structlog.get_logger(__name__)

REGION = "sokoni_region"
HTML = "text/html; charset=utf-8"
ROUTE = "/{page}"
FOR_NOBODY = ("utm_", "gclid", "fbclid", "msclkid", "mc_cid", "mc_eid")
A_KEY = "products/0.webp"
Pairs = tuple[tuple[str, str], ...]


class Site:
    """Opened with the process, closed with it."""

    def __init__(self, resources: Resources, cache: ReadCache) -> None:
        self.settings = resources.get(Settings)
        self.sources = Sources.of(resources)
        self.building = Building(self.settings)
        self.kept = Kept(cache)
        self._allowed = _allowed(self.settings, resources.get(Storage))
        self._store: StoreConfig | None = None

    @property
    def of_workers(self) -> dict[str, str]:
        """What the service worker may fetch is said by its own policy."""
        return {"Content-Security-Policy": policy.policy(self._allowed)}

    async def close(self) -> None:
        await self.building.close()

    async def page(self, request: Request) -> Response:
        """The shop's page at the path of the request."""
        path: str = request.url.path
        pairs = _meant(request.url.query)
        region = request.cookies.get(REGION, "")
        if decode("reg", region) is None:
            region = ""
        if self.settings.vite_url:
            return await self._under_tools(request, SHOP)
        key = f"{path}\n{urlencode(pairs)}\n{region}".encode("utf-8", "replace")
        answer, was_kept = await self.kept.answer(
            key,
            lambda: self._made(path, pairs, region),
            encodings=request.headers.get("accept-encoding", ""),
            known=request.headers.get("if-none-match", ""),
            route=ROUTE,
        )
        request.scope["state"]["cache"] = "hit" if was_kept else "miss"
        return answer

    async def admin(self, request: Request) -> Response:
        """The admin's only page: its paths are the browser's."""
        if self.settings.vite_url:
            return await self._under_tools(request, ADMIN)
        build = self.building.current()
        if build is None:
            return _notice(NOT_BUILT)
        name = self._store.name if self._store else "Sokoni"
        made = document.admin(
            languages.DEFAULT, name=name, assets=build.assets, allowed=self._allowed
        )
        return Response(made.body, media_type=HTML, headers=_headers(made.policy))

    async def store(self) -> StoreConfig:
        """Who the shop is. Remembered, for pages that say that something is wrong."""
        async with self.sources.db.reading() as db:
            self._store = await markets.store_config(db, settings=self.settings)
        return self._store

    async def visit(self, path: str, pairs: Pairs, region: str) -> Visit:
        language, bare = languages.split(path)
        store = await self.store()
        return Visit(
            language=language,
            path=bare,
            query=pairs,
            store=store,
            region=_region(store.regions, region),
            origin=self.settings.shop_url,
        )

    async def _made(self, path: str, pairs: Pairs, region: str) -> Made:
        build = self.building.current()
        if build is None:
            return _refusal(NOT_BUILT)
        try:
            visit = await self.visit(path, pairs, region)
            if visit.region is None:
                return _refusal(NOT_OPEN)
            found = await table.load(self.sources, visit)
        except Exception as error:  # noqa: BLE001 - told as a page, noted as all others are
            return await self._failed(error, path, build)
        if isinstance(found, Moved):
            query = f"?{urlencode(pairs)}" if pairs else ""
            location = languages.prefixed(visit.language, found.path) + query
            return Made(b"", dict(RedirectResponse(location, 301).headers), status=301)
        return await self._drawn(visit, found, build)

    async def _drawn(self, visit: Visit, page: Page, build: Build) -> Made:
        state = State(
            locale=visit.language,
            currency=visit.currency,
            region=visit.region_id,
            store=visit.store.model_dump_json().encode(),
            status=page.status,
            queries=page.queries,
        ).text()
        markup, is_whole = await build.renderer.render(_address(visit), state)
        made = document.shop(
            visit, page, state=state, markup=markup, assets=build.assets, allowed=self._allowed
        )
        headers = {"content-type": HTML, "content-security-policy": made.policy, **page.headers}
        tags = page.tags if page.is_kept and is_whole else ""
        return Made(made.body, headers, tags=tags, status=page.status)

    async def _failed(self, error: Exception, path: str, build: Build) -> Made:
        """The page that says so, drawn if the shop is known, with the status of the error."""
        told = unforeseen(error)
        language, bare = languages.split(path)
        headers = {name.lower(): value for name, value in told.headers.items()}
        if self._store is None:
            return _refusal(OUT_OF_ORDER, status=told.status, headers=headers)
        visit = Visit(
            language=language,
            path=bare,
            query=(),
            store=self._store,
            region=_region(self._store.regions, ""),
            origin=self.settings.shop_url,
        )
        head = Head(title=visit.say("error.title"), is_indexed=False)
        made = await self._drawn(visit, Page(head=head, tags="", status=500), build)
        return replace(made, status=told.status, headers={**made.headers, **headers})

    async def _under_tools(self, request: Request, entry: str) -> Response:
        """Drawn by the browser, with modules from Vite's server as they are on the disk."""
        state, language, status = "", languages.DEFAULT, 200
        if entry == SHOP:
            pairs = _meant(request.url.query)
            visit = await self.visit(request.url.path, pairs, request.cookies.get(REGION, ""))
            if visit.region is None:
                return _notice(NOT_OPEN)
            found = await table.load(self.sources, visit)
            if isinstance(found, Moved):
                return RedirectResponse(languages.prefixed(visit.language, found.path), 301)
            language, status = visit.language, found.status
            state = State(
                locale=language,
                currency=visit.currency,
                region=visit.region_id,
                store=visit.store.model_dump_json().encode(),
                status=status,
                queries=found.queries,
            ).text()
        made = document.under_tools(
            language,
            entry=entry,
            tools=self.settings.vite_url,
            state=state,
            allowed=replace(self._allowed, tools=self.settings.vite_url),
        )
        return Response(made.body, status, media_type=HTML, headers=_headers(made.policy))


def _allowed(settings: Settings, storage: Storage) -> Allowed:
    return Allowed(
        stripe=settings.has_stripe_form,
        media=policy.origin_of(storage.url(A_KEY)),
    )


def _region(regions: Sequence[RegionOut], wanted: str) -> RegionOut | None:
    """The region with this id, else the first, which is the default one."""
    chosen = decode("reg", wanted)
    found = (region for region in regions if region.id == chosen)
    return next(found, regions[0] if regions else None)


def _meant(query: str) -> Pairs:
    """The parameters that mean something to us, in their order."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return ()
    return tuple(pair for pair in pairs if not pair[0].startswith(FOR_NOBODY))


def _address(visit: Visit) -> str:
    query = urlencode(visit.query)
    return languages.prefixed(visit.language, visit.path) + (f"?{query}" if query else "")


def _headers(rules: str) -> dict[str, str]:
    return {"Content-Security-Policy": rules, "Cache-Control": "no-cache"}


def _notice(words: tuple[str, str]) -> Response:
    made = _refusal(words)
    return Response(made.body, made.status, headers=dict(made.headers))


def _refusal(
    words: tuple[str, str], *, status: int = 503, headers: dict[str, str] | None = None
) -> Made:
    rules = policy.policy(Allowed(), styles=[STYLE])
    kept = {"content-type": HTML, "content-security-policy": rules, "cache-control": "no-store"}
    return Made(notice(words).encode(), {**kept, **(headers or {})}, status=status)
