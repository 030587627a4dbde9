"""`/docs` and `/redoc`, without the internet: scripts and styles come from this package.

They are kept compressed, as they are sent. Versions: swagger-ui 5.35.0, redoc 2.5.4 (`static/`).
"""

import gzip
from importlib import resources

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sokoni.kernel.errors import NotFound

STATIC = resources.files("sokoni.apps") / "static"
KINDS = {"js": "text/javascript", "css": "text/css"}
FOR_A_DAY = "public, max-age=86400"
POLICY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "worker-src blob:; frame-ancestors 'none'; base-uri 'none'"
}

SWAGGER = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sokoni API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/static/swagger-ui.css"></head>
<body><div id="page"></div>
<script src="/docs/static/swagger-ui-bundle.js"></script>
<script src="/docs/static/start.js"></script></body></html>
"""
REDOC = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sokoni API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>body { margin: 0 }</style></head>
<body><redoc spec-url="/openapi.json"></redoc>
<script src="/docs/static/redoc.standalone.js"></script></body></html>
"""
START = b"""SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#page", deepLinking: true, validatorUrl: null,
  docExpansion: "none", filter: true, persistAuthorization: true,
  presets: [SwaggerUIBundle.presets.apis], layout: "BaseLayout",
});
"""


def install(app: FastAPI) -> None:
    """Add the pages and their files."""
    app.add_route("/docs", _swagger, include_in_schema=False)
    app.add_route("/redoc", _redoc, include_in_schema=False)
    app.add_route("/docs/static/{name}", _file, include_in_schema=False)


async def _swagger(_request: Request) -> Response:
    return HTMLResponse(SWAGGER, headers=POLICY)


async def _redoc(_request: Request) -> Response:
    return HTMLResponse(REDOC, headers=POLICY)


async def _file(request: Request) -> Response:
    name: str = request.path_params["name"]
    kind = KINDS.get(name.rpartition(".")[2], "")
    headers = {"Cache-Control": FOR_A_DAY}
    if name == "start.js":
        return Response(START, media_type=kind, headers=headers)
    packed = STATIC / f"{name}.gz"
    if not kind or "/" in name or "\\" in name or not packed.is_file():
        raise NotFound
    body = packed.read_bytes()
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(body), media_type=kind, headers=headers)
    headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, media_type=kind, headers=headers)
