"""A tiny build of a front end: enough for pages to have scripts, styles and markup.

Its bundle draws what the state says, so that tests see what a page was told.
"""

import json
from pathlib import Path
from typing import Any

CHUNKS: dict[str, dict[str, Any]] = {
    "src/shop/entry-client.tsx": {
        "file": "assets/shop-1a.js",
        "src": "src/shop/entry-client.tsx",
        "isEntry": True,
        "imports": ["_react-2b.js"],
        "dynamicImports": ["src/shop/features/home/HomePage.tsx"],
        "css": ["assets/shop-3c.css"],
        "assets": [
            "assets/instrument-sans-latin-wght-normal-4d.woff2",
            "assets/instrument-sans-latin-ext-wght-normal-5e.woff2",
        ],
    },
    "_react-2b.js": {"file": "assets/react-2b.js"},
    "src/shop/features/home/HomePage.tsx": {
        "file": "assets/HomePage-6f.js",
        "isDynamicEntry": True,
        "imports": ["_react-2b.js"],
    },
    "src/admin/main.tsx": {
        "file": "assets/admin-7a.js",
        "isEntry": True,
        "css": ["assets/admin-8b.css"],
    },
}
ADMIN = ("src/admin/main.tsx",)
CSS = "h1{color:#1c1a17}"
BUNDLE = """
var SSR = (function () {
  const escape = (text) =>
    String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  const titles = {
    'products.show': (data) => data.title,
    'categories.show_category': (data) => data.name,
    'search.products': (data) => data.items.map((item) => item.title).join(', '),
  };
  return {
    render(url, state) {
      if (url.includes('throw')) throw new Error('no such component');
      if (url.includes('loop')) for (;;);
      const visit = JSON.parse(state);
      const parts = visit.queries.map(([operation, , data]) =>
        titles[operation] ? `<p>${escape(titles[operation](data))}</p>` : '');
      const path = new URL(url, 'http://shop').pathname;
      return `<link rel="preload" as="image" href="/first.webp" fetchPriority="high"/>` +
        `<main><h1>${escape(visit.status + ' ' + path)}</h1>${parts.join('')}</main>`;
    },
  };
})();
"""


def build(place: Path) -> Path:
    """Files as a build leaves them, below this directory."""
    static = place / "static"
    (static / ".vite").mkdir(parents=True)
    (static / "assets").mkdir()
    for app in ("shop", "admin"):
        own = {name: chunk for name, chunk in CHUNKS.items() if (name in ADMIN) == (app == "admin")}
        (static / ".vite" / f"{app}.json").write_text(json.dumps(own))
    for chunk in CHUNKS.values():
        (static / chunk["file"]).write_text("export {};\n" * 100)
        for name in chunk.get("css", ()):
            (static / name).write_text(CSS)
    (place / "ssr").mkdir()
    (place / "ssr" / "shop.js").write_text(BUNDLE)
    return place
