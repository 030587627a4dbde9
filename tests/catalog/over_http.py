"""What staff send about products, and how it is answered."""

from typing import Any

from httpx import AsyncClient, Response

ADMIN = "/api/v1/admin"

BODY: dict[str, Any] = {
    "title": "Haven Stoneware Mug",
    "description": "<p>Thrown by hand.</p>",
    "status": "active",
    "brand": "Kilima Clay",
    "category_ids": [],
    "tags": ["coffee"],
    "options": [{"name": "Color", "values": ["Blue", "Red"]}],
    "variants": [
        {
            "sku": "MUG-BLUE",
            "options": {"Color": "Blue"},
            "prices": [{"currency": "EUR", "amount": 2400, "compare_at": 3000}],
            "weight_g": 380,
            "barcode": "2000000000015",
        },
        {"options": {"Color": "Red"}, "prices": [{"currency": "EUR", "amount": 2200}]},
    ],
    "seo": {"title": "Mug", "description": "A mug."},
}


def problem(response: Response) -> tuple[int, list[str]]:
    """The status of a refusal and the pointers it names."""
    return response.status_code, [each["pointer"] for each in response.json().get("errors", [])]


async def made(client: AsyncClient, editor: dict[str, str], **changes: Any) -> dict[str, Any]:
    response = await client.post(f"{ADMIN}/products", json=BODY | changes, headers=editor)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer
