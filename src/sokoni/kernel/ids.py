"""Ids: UUIDv7 inside (sortable by time), `prefix_…` on the wire, and a type per noun.

`ProductId` in a path, query or body takes `prod_…` and gives the endpoint a plain `UUID`; in an
answer it turns the UUID back. A malformed id of the right noun answers like an unknown one (404)
in a path, and as a refused field (422) in a body.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import uuid_utils.compat
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
PLACES = range(10 * (LENGTH // 2 - 1), -1, -10)


def new_id() -> UUID:
    """A fresh UUIDv7: ids made later sort later."""
    return uuid_utils.compat.uuid7()


def encode(prefix: str, value: UUID) -> str:
    """The wire form: the prefix and 26 letters of Crockford's base 32, which keep the order."""
    number = value.int
    return f"{prefix}_{''.join([PAIRS[number >> place & 1023] for place in PLACES])}"


def decode(prefix: str, text: str) -> UUID | None:
    """The UUID behind a wire form, or None when it is not one of this noun."""
    head, _, tail = text.rpartition("_")
    if head != prefix or len(tail) != LENGTH:
        return None
    number = 0
    for letter in tail:
        digit = VALUES.get(letter)
        if digit is None:
            return None
        number = number * 32 + digit
    return UUID(int=number) if number < 1 << 128 else None


@dataclass(frozen=True, slots=True)
class Wire:
    """Pydantic's view of a typed id."""

    prefix: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._parse,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: encode(self.prefix, value), return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": f"^{re.escape(self.prefix)}_[0-7][{ALPHABET}]{{{LENGTH - 1}}}$",
            "examples": [encode(self.prefix, EXAMPLE)],
        }

    def _parse(self, value: Any) -> UUID:
        if isinstance(value, UUID):
            return value
        found = decode(self.prefix, value) if isinstance(value, str) else None
        if found is None:
            raise PydanticCustomError(
                "id", "must be an id like {prefix}_…", {"prefix": self.prefix}
            )
        return found


EXAMPLE = UUID("01936f00-0000-7000-8000-000000000001")

ProductId = Annotated[UUID, Wire("prod")]
VariantId = Annotated[UUID, Wire("var")]
ImageId = Annotated[UUID, Wire("img")]
CategoryId = Annotated[UUID, Wire("cat")]
BrandId = Annotated[UUID, Wire("brd")]
CartId = Annotated[UUID, Wire("cart")]
CartLineId = Annotated[UUID, Wire("cli")]
OrderId = Annotated[UUID, Wire("ord")]
OrderLineId = Annotated[UUID, Wire("oli")]
PaymentId = Annotated[UUID, Wire("pay")]
UserId = Annotated[UUID, Wire("usr")]
AddressId = Annotated[UUID, Wire("adr")]
SessionId = Annotated[UUID, Wire("ses")]
RoleId = Annotated[UUID, Wire("role")]
ApiKeyId = Annotated[UUID, Wire("key")]
RegionId = Annotated[UUID, Wire("reg")]
TaxRateId = Annotated[UUID, Wire("tax")]
ShippingOptionId = Annotated[UUID, Wire("shp")]
LocationId = Annotated[UUID, Wire("loc")]
ReservationId = Annotated[UUID, Wire("res")]
MovementId = Annotated[UUID, Wire("mov")]
ImportId = Annotated[UUID, Wire("imp")]
EventId = Annotated[UUID, Wire("evt")]
AuditId = Annotated[UUID, Wire("aud")]
