"""What a page's head says: to search engines, to those who share it, and to the browser.

The order is that of need: what it is called, what it looks like, what to fetch first, and only
then the scripts, which may wait (`fetchpriority=low`): they would compete with the first picture.
"""

import html
import json
from collections.abc import Iterator

from sokoni.web.assets import ADDRESS, Parts
from sokoni.web.languages import DEFAULT, LANGUAGES, open_graph, prefixed
from sokoni.web.pages.page import Head, Picture, Visit
from sokoni.web.state import escaped
from sokoni.web.structured import whole

# Before the first paint: the theme that was chosen (`frontend/src/shared/theme.ts`), else the
# system's.
THEME = (
    "(function(){var t;try{t=localStorage.getItem('sokoni.theme')}catch(e){}"
    "if(t!=='dark'&&t!=='light')t=matchMedia('(prefers-color-scheme:dark)').matches?'dark':'light';"
    "document.documentElement.dataset.theme=t})()"
)
# A drawn page can be read and followed before its scripts come; until it is painted they would
# share the line with the first picture, however low their priority.
AFTER_PAINTING = (
    "requestAnimationFrame(()=>setTimeout(()=>"
    "document.head.append(document.getElementById('scripts').content)))"
)
PAPER = {"light": "#fbfaf7", "dark": "#151412"}
NOT_INDEXED = '<meta name="robots" content="noindex">'


def opening(language: str, *, title: str, app: str = "shop") -> Iterator[str]:
    """The first lines of any page."""
    yield f'<!doctype html><html lang="{language}" data-app="{app}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{html.escape(title)}</title>"
    yield f"<script>{THEME}</script>"
    for theme, color in PAPER.items():
        yield (
            f'<meta name="theme-color" content="{color}" media="(prefers-color-scheme: {theme})">'
        )
    yield '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
    yield '<link rel="icon" href="/favicon.ico" sizes="32x32">'
    yield '<link rel="apple-touch-icon" href="/icon-192.png">'


def said(visit: Visit, head: Head) -> Iterator[str]:
    """Titles, addresses and structured data."""
    if head.description:
        yield f'<meta name="description" content="{_text(head.description)}">'
    if not head.is_indexed:
        yield NOT_INDEXED
    yield '<link rel="manifest" href="/manifest.webmanifest">'
    if head.canonical:
        yield from _addresses(visit, head)
    yield from _shared(visit, head)
    for document in head.structured:
        text = escaped(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
        yield f'<script type="application/ld+json">{text}</script>'


def fonts(parts: Parts) -> Iterator[str]:
    for name in parts.fonts:
        yield (
            f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{ADDRESS}{name}">'
        )


def scripts(parts: Parts) -> Iterator[str]:
    for name in parts.scripts:
        yield f'<link rel="modulepreload" fetchpriority="low" href="{ADDRESS}{name}">'
    yield f'<script type="module" fetchpriority="low" src="{ADDRESS}{parts.entry}"></script>'


def scripts_after_painting(parts: Parts) -> Iterator[str]:
    """The scripts of a page that was drawn here: inert until its first paint."""
    yield f'<template id="scripts">{"".join(scripts(parts))}</template>'
    yield f"<script>{AFTER_PAINTING}</script>"


def under_tools(tools: str, entry: str) -> tuple[str, str]:
    """The scripts that Vite's own server asks for, and the inline one among them."""
    base = f"{tools}{ADDRESS}"
    inline = (
        f'import {{ injectIntoGlobalHook }} from "{base}@react-refresh";'
        "injectIntoGlobalHook(window);window.$RefreshReg$=()=>{};"
        "window.$RefreshSig$=()=>(type)=>type;"
    )
    return inline, (
        f'<script type="module">{inline}</script>'
        f'<script type="module" src="{base}@vite/client"></script>'
        f'<script type="module" src="{base}{entry}"></script>'
    )


def preloaded(picture: Picture, *, sizes: str) -> str:
    """The picture that is largest on the first screen, wanted before the browser sees it."""
    among = ", ".join(f"{url} {width}w" for url, width in picture.sizes)
    more = f' imagesrcset="{_text(among)}" imagesizes="{_text(sizes)}"' if among else ""
    return f'<link rel="preload" as="image" fetchpriority="high" href="{_text(picture.url)}"{more}>'


def _addresses(visit: Visit, head: Head) -> Iterator[str]:
    def link(relation: str, path: str, language: str, more: str = "") -> str:
        address = _text(visit.origin + prefixed(language, path))
        return f'<link rel="{relation}"{more} href="{address}">'

    yield link("canonical", head.canonical, visit.language)
    if head.is_indexed:
        for language in LANGUAGES:
            yield link("alternate", head.canonical, language, f' hreflang="{language}"')
        yield link("alternate", head.canonical, DEFAULT, ' hreflang="x-default"')
    if head.following:
        yield link("next", head.following, visit.language)


def _shared(visit: Visit, head: Head) -> Iterator[str]:
    """OpenGraph and Twitter."""
    told = {
        "og:title": head.title,
        "og:description": head.description,
        "og:type": head.kind,
        "og:site_name": visit.store.name,
        "og:locale": open_graph(visit.language),
    }
    if head.canonical:
        told["og:url"] = visit.origin + prefixed(visit.language, head.canonical)
    if head.picture is not None:
        told["og:image"] = whole(visit, head.picture.url)
        told["og:image:width"] = str(head.picture.width)
        told["og:image:height"] = str(head.picture.height)
        told["og:image:alt"] = head.picture.alt
    for name, value in told.items():
        if value:
            yield f'<meta property="{name}" content="{_text(value)}">'
    card = "summary_large_image" if head.picture else "summary"
    yield f'<meta name="twitter:card" content="{card}">'


def _text(text: str) -> str:
    return html.escape(text, quote=True)
