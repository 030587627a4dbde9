"""What the hosted pages look like: plain HTML, no scripts, nothing from elsewhere."""

from html import escape

from tools.stripe_server import money
from tools.stripe_server.errors import Json

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f4f1;color:#1d1d1b}
main{max-width:26rem;margin:8vh auto;padding:2rem;background:#fff;border:1px solid #ddd;
border-radius:12px}
h1{font-size:1.1rem;margin:0 0 .25rem}.amount{font-size:2rem;font-weight:600;margin:0 0 1rem}
ul{list-style:none;padding:0;margin:0 0 1.5rem}li{display:flex;justify-content:space-between}
label{display:block;margin:0 0 .75rem;font-size:.875rem}
input{display:block;width:100%;box-sizing:border-box;padding:.6rem;margin-top:.25rem;font:inherit;
border:1px solid #aaa;border-radius:6px}
button{padding:.7rem 1.2rem;font:inherit;font-weight:600;color:#fff;background:#2b4c3f;border:0;
border-radius:6px;cursor:pointer}button.quiet,a.quiet{color:#2b4c3f;background:none}
.error{padding:.6rem .8rem;color:#8a1c1c;background:#fdeaea;border-radius:6px}
.note{font-size:.8rem;color:#666}
"""


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def checkout(session: Json, items: list[Json], *, error: str | None = None, email: str = "") -> str:
    """The form of an open session."""
    currency = session["currency"]
    rows = [
        (f"{item['quantity']} &times; {escape(item['description'])}", item["amount_total"])
        for item in items
    ]
    if session["shipping_cost"]:
        rows.append(("Shipping", session["shipping_cost"]["amount_total"]))
    lines = "".join(
        f"<li><span>{name}</span><span>{money.show(amount, currency)}</span></li>"
        for name, amount in rows
    )
    known = session["customer_email"] or email
    problem = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
    bank = ""
    if "sepa_debit" in session["payment_method_types"]:
        bank = '<label>or IBAN <input name="iban" autocomplete="off"></label>'
    back = session["cancel_url"]
    cancel = f' <a class="quiet" href="{escape(back)}">Cancel</a>' if back else ""
    return _page(
        "Pay",
        f'<h1>Test payment</h1><p class="amount">{money.show(session["amount_total"], currency)}'
        f'</p><ul>{lines}</ul>{problem}<form method="post">'
        f'<label>E-mail <input name="email" type="email" value="{escape(known)}"></label>'
        '<label>Card number <input name="number" inputmode="numeric" autocomplete="cc-number" '
        f'placeholder="4242 4242 4242 4242"></label>{bank}<button>Pay</button>{cancel}</form>'
        '<p class="note">A local server for tests: no money moves, and only test card numbers '
        "are taken.</p>",
    )


def authentication(intent: Json) -> str:
    """The bank's page of 3-D Secure."""
    amount = money.show(intent["amount"], intent["currency"])
    return _page(
        "Authenticate",
        f'<h1>3-D Secure test page</h1><p class="amount">{amount}</p><form method="post">'
        '<button name="outcome" value="complete">Complete</button> '
        '<button class="quiet" name="outcome" value="fail">Fail</button></form>',
    )


def message(title: str, text: str) -> str:
    return _page(title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>")
