"""The pages a buyer sees: paying a checkout session, and the bank's 3-D Secure page."""

from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tools.stripe_server import cards, checkout_sessions, pages, paying, session_payment
from tools.stripe_server.account import Account
from tools.stripe_server.errors import Json, StripeError


def pay_session(
    account: Account, session_id: str, *, number: str = "", iban: str = "", email: str = ""
) -> str:
    """What the form does: pay, and say where the buyer goes next. A decline is a StripeError."""
    session = checkout_sessions.find(account, session_id)
    instrument = cards.by_iban(iban) if iban else cards.by_number(number)
    intent = session_payment.pay(account, session, instrument, email=email)
    if intent["status"] == "requires_action":
        return str(intent["next_action"]["redirect_to_url"]["url"])
    return _success_url(session)


def authenticate(account: Account, intent_id: str, *, passed: bool) -> str | None:
    """What the bank's page does; returns where the buyer goes next, if anywhere."""
    intent = account.find("payment_intent", intent_id)
    action = intent["next_action"] or {}
    paying.authenticate(account, intent, passed=passed)
    session = account.objects.get(account.session_of.get(intent_id, ""))
    if session is not None and session["status"] == "complete":
        return _success_url(session)
    if session is not None:
        return session_payment.page_url(account, session)
    return_url = action.get("redirect_to_url", {}).get("return_url")
    return _returning(return_url, intent) if return_url else None


def session_routes(account: Account) -> list[Route]:
    async def show_session(request: Request) -> Response:
        account.tick()
        session = account.objects.get(request.path_params["id"])
        if session is None:
            return HTMLResponse(pages.message("Not found", "No such checkout session."), 404)
        return _session_page(account, session)

    async def pay(request: Request) -> Response:
        account.tick()
        sent = await _form(request)
        session_id, email = request.path_params["id"], sent.get("email", "")
        iban, number = sent.get("iban", ""), sent.get("number", "")
        try:
            place = pay_session(account, session_id, number=number, iban=iban, email=email)
        except StripeError as error:
            session = account.objects.get(session_id)
            if session is None:
                return HTMLResponse(pages.message("Not found", str(error)), 404)
            return _session_page(account, session, error=str(error), email=email)
        return RedirectResponse(place, 303)

    return [
        Route("/c/pay/{id}", show_session, methods=["GET"]),
        Route("/c/pay/{id}", pay, methods=["POST"]),
    ]


def bank_routes(account: Account) -> list[Route]:
    async def show_authentication(request: Request) -> Response:
        intent = account.objects.get(request.path_params["id"])
        if intent is None or intent["status"] != "requires_action":
            return HTMLResponse(pages.message("Nothing to do", "This payment does not wait."), 410)
        return HTMLResponse(pages.authentication(intent))

    async def answer_authentication(request: Request) -> Response:
        sent = await _form(request)
        passed = sent.get("outcome") == "complete"
        try:
            place = authenticate(account, request.path_params["id"], passed=passed)
        except StripeError as error:
            return HTMLResponse(pages.message("Nothing to do", str(error)), 410)
        if place is None:
            return HTMLResponse(pages.message("Done", "You can close this page."))
        return RedirectResponse(place, 303)

    return [
        Route("/3ds/{id}", show_authentication, methods=["GET"]),
        Route("/3ds/{id}", answer_authentication, methods=["POST"]),
    ]


async def _form(request: Request) -> dict[str, str]:
    fields = parse_qs((await request.body()).decode())
    return {name: values[-1].strip() for name, values in fields.items()}


def _session_page(
    account: Account, session: Json, *, error: str | None = None, email: str = ""
) -> Response:
    if session["status"] == "expired":
        return HTMLResponse(pages.message("Expired", "This checkout has expired."), 410)
    if session["status"] == "complete":
        return HTMLResponse(pages.message("Paid", "This checkout is complete already."))
    intent = account.objects.get(session["payment_intent"] or "")
    if error is None and intent is not None and intent["last_payment_error"]:
        error = intent["last_payment_error"]["message"]
    items = account.line_items[session["id"]]
    return HTMLResponse(pages.checkout(session, items, error=error, email=email))


def _success_url(session: Json) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _returning(return_url: str, intent: Json) -> str:
    paid = intent["status"] in {"succeeded", "requires_capture"}
    query = {
        "payment_intent": intent["id"],
        "payment_intent_client_secret": intent["client_secret"],
        "redirect_status": "succeeded" if paid else "failed",
    }
    return f"{return_url}{'&' if urlsplit(return_url).query else '?'}{urlencode(query)}"
