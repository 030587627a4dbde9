"""Pages that need nothing: for when there is no build of the front end, no database, no market."""

import html

STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;"
    "place-items:center;background:#fbfaf7;color:#1c1a17}main{max-width:34rem;padding:2rem}"
    "h1{font:400 2.25rem/1.1 Georgia,serif;margin:0 0 1rem}a{color:#2f4a3f}"
    "code{background:#efebe4;border-radius:6px;padding:.1em .4em}"
    "@media(prefers-color-scheme:dark){body{background:#151412;color:#f4f0e8}a{color:#9cc5b0}"
    "code{background:#2a2723}}"
)

NOT_BUILT = (
    "The pages are not built yet",
    (
        "<p>The API is well: <a href='/docs'>read about it</a>, or "
        "<a href='/api/v1/products'>look at the products</a>.</p>"
        "<p>In a checkout, <code>make frontend</code> builds the shop and the admin, and fetches "
        "Node if this machine has none; then reload. Packages from an index have them inside.</p>"
    ),
)
NOT_OPEN = (
    "This shop is not open yet",
    (
        "<p>It does not deliver anywhere so far. Please come back soon.</p>"
        "<p>If it is yours: <a href='/admin/settings/markets'>add a region</a> with its taxes and "
        "shipping, or load those of the demo with <code>sokoni seed reference</code>.</p>"
    ),
)
OUT_OF_ORDER = (
    "We will be right back",
    (
        "<p>Something went wrong on our side. Nothing that you did is lost; please try again in a "
        "moment.</p><p><a href=''>Try again</a></p>"
    ),
)


def notice(words: tuple[str, str]) -> str:
    """A whole document. The second of the words is HTML of ours."""
    title, told = words
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{html.escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><main><h1>{html.escape(title)}</h1>{told}</main>"
        "</body></html>"
    )
