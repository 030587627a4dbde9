"""A whole page as HTML, and the headers that belong to it."""

import re
from dataclasses import dataclass

from sokoni.web import head, policy
from sokoni.web.assets import ADDRESS, ADMIN, SHOP, Assets
from sokoni.web.pages.page import Page, Visit
from sokoni.web.policy import Allowed

# React writes the preloads of eager pictures in front of its markup; they belong into the head.
HOISTED = re.compile(r'(?:<link rel="preload"[^>]*/>)+')
FULL_WIDTH = "100vw"


@dataclass(frozen=True, slots=True)
class Document:
    body: bytes
    policy: str


def shop(
    visit: Visit,
    page: Page,
    *,
    state: str,
    markup: str,
    assets: Assets,
    allowed: Allowed,
) -> Document:
    """A page of the shop. `markup` is empty where nothing could be drawn here.

    Where it is only what surrounds the page, the browser draws all of it anew.
    """
    parts = assets.parts(SHOP, page=f"{page.chunk} locales/{visit.language}.json?language")
    css = assets.css(parts)
    hoisted = HOISTED.match(markup)
    preloads = hoisted[0] if hoisted else ""
    root = '<div id="root" data-shell>' if page.is_shell else '<div id="root">'
    is_drawn = bool(markup) and not page.is_shell
    return _document(
        [
            *head.opening(visit.language, title=page.head.title),
            *head.fonts(parts),
            f"<style>{css}</style>",
            preloads or _preload(page),
            *(head.scripts_after_painting if is_drawn else head.scripts)(parts),
            *head.said(visit, page.head),
        ],
        body=f"{root}{markup[len(preloads) :]}</div>{_state(state)}",
        rules=policy.policy(allowed, scripts=[head.THEME, head.AFTER_PAINTING], styles=[css]),
    )


def admin(language: str, *, name: str, assets: Assets, allowed: Allowed) -> Document:
    """The admin: an empty page with its scripts; it looks after its styles itself."""
    parts = assets.parts(ADMIN)
    return _document(
        [
            *head.opening(language, title=f"{name} admin", app="admin"),
            head.NOT_INDEXED,
            *head.fonts(parts),
            *(f'<link rel="stylesheet" href="{ADDRESS}{style}">' for style in parts.styles),
            *head.scripts(parts),
        ],
        body='<div id="root"></div>',
        rules=policy.policy(allowed, scripts=[head.THEME], styles=None),
    )


def under_tools(language: str, *, entry: str, tools: str, state: str, allowed: Allowed) -> Document:
    """Either application as Vite's server gives it, while somebody works on it."""
    inline, scripts = head.under_tools(tools, entry)
    app = "admin" if entry == ADMIN else "shop"
    return _document(
        [*head.opening(language, title="Sokoni", app=app), scripts],
        body=f'<div id="root"></div>{_state(state) if state else ""}',
        rules=policy.policy(allowed, scripts=[head.THEME, inline]),
    )


def _document(parts: list[str], *, body: str, rules: str) -> Document:
    text = f"{''.join(parts)}</head><body>{body}</body></html>"
    return Document(text.encode("utf-8", "replace"), rules)


def _state(state: str) -> str:
    return f'<script type="application/json" id="state">{state}</script>'


def _preload(page: Page) -> str:
    """Without markup, the picture that the head names is the best guess."""
    picture = page.head.picture
    return head.preloaded(picture, sizes=FULL_WIDTH) if picture and page.queries else ""
