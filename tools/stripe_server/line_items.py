"""Line items and shipping options of a checkout session, with the prices made for them."""

from tools.stripe_server import money
from tools.stripe_server.account import Account, new_id
from tools.stripe_server.errors import Json, bad_parameter, missing_object
from tools.stripe_server.forms import Params

TAX_BEHAVIOURS = ("exclusive", "inclusive", "unspecified")


def line_item(account: Account, params: Params) -> Json:
    """One line: `price_data` made up for this session, times `quantity`."""
    if price_id := params.text("price"):
        raise missing_object("price", price_id, param=params.name("price"), status=400)
    data = params.child("price_data")
    currency = money.currency(data.required("currency"), param=data.name("currency"))
    unit_amount = _unit_amount(data)
    product = data.child("product_data")
    name = product.required("name")
    product.ignore("description", "images", "metadata", "tax_code", "unit_label")
    quantity = params.required_integer("quantity")
    if quantity < 1:
        message = "This value must be greater than or equal to 1."
        raise bad_parameter(message, param=params.name("quantity"))
    tax_behaviour = data.choice("tax_behavior", TAX_BEHAVIOURS) or "unspecified"
    params.ignore("adjustable_quantity")
    amount = unit_amount * quantity
    return {
        "id": new_id("li"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": currency,
        "description": name,
        "metadata": {},
        "price": _price(account, currency, unit_amount, tax_behaviour),
        "quantity": quantity,
    }


def shipping_option(account: Account, params: Params) -> Json:
    if rate_id := params.text("shipping_rate"):
        raise missing_object(
            "shipping_rate", rate_id, param=params.name("shipping_rate"), status=400
        )
    data = params.child("shipping_rate_data")
    data.choice("type", ("fixed_amount",))
    fixed = data.child("fixed_amount")
    currency = money.currency(fixed.required("currency"), param=fixed.name("currency"))
    amount = fixed.required_integer("amount")
    data.ignore("delivery_estimate", "tax_code")
    rate = {
        "id": new_id("shr"),
        "object": "shipping_rate",
        "active": True,
        "created": account.clock.now(),
        "delivery_estimate": None,
        "display_name": data.required("display_name"),
        "fixed_amount": {"amount": amount, "currency": currency},
        "livemode": False,
        "metadata": data.strings_by_name("metadata"),
        "tax_behavior": data.choice("tax_behavior", TAX_BEHAVIOURS) or "unspecified",
        "tax_code": None,
        "type": "fixed_amount",
    }
    account.add(rate)
    return {"shipping_amount": amount, "shipping_rate": rate["id"]}


def _unit_amount(data: Params) -> int:
    amount = data.required_integer("unit_amount")
    if amount < 0:
        message = "This value must be greater than or equal to 0."
        raise bad_parameter(message, param=data.name("unit_amount"))
    return amount


def _price(account: Account, currency: str, unit_amount: int, tax_behaviour: str) -> Json:
    return {
        "id": new_id("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": account.clock.now(),
        "currency": currency,
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": new_id("prod"),
        "recurring": None,
        "tax_behavior": tax_behaviour,
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": unit_amount,
        "unit_amount_decimal": str(unit_amount),
    }
