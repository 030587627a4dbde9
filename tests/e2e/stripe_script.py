"""Stripe's script and API as a browser reaches them, answered here: no test talks to Stripe."""

from pathlib import Path

import httpx
from playwright.async_api import BrowserContext, Route
from tools.stripe_server import StripeServer

SCRIPT = "https://js.stripe.com"
API = "https://api.stripe.com"
SOURCE = Path(__file__).with_suffix(".js")
CARD_FRAME = """<!doctype html><html lang="en"><title>Card</title>
<label>Card number <input inputmode="numeric"></label>
<script>
addEventListener('message', ({ ports }) => {
  ports[0].postMessage(document.querySelector('input').value);
});
</script></html>"""


async def stand_in(context: BrowserContext, stripe: StripeServer) -> None:
    """Serve the stand-in for Stripe's script, and let its calls reach the local server."""

    async def script(route: Route) -> None:
        if route.request.url.endswith("/card.html"):
            await route.fulfill(body=CARD_FRAME, content_type="text/html")
        else:
            assert route.request.url == f"{SCRIPT}/endive/stripe.js"
            await route.fulfill(path=SOURCE, content_type="text/javascript")

    async def api(route: Route) -> None:
        path = route.request.url.removeprefix(API)
        async with httpx.AsyncClient(base_url=stripe.url, auth=(stripe.key, "")) as http:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = await http.post(path, content=route.request.post_data or "", headers=form)
        await route.fulfill(
            status=answer.status_code,
            body=answer.text,
            content_type="application/json",
            headers={"Access-Control-Allow-Origin": "*"},
        )

    await context.route(f"{SCRIPT}/**", script)
    await context.route(f"{API}/**", api)
