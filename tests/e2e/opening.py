"""A visitor who may see a page: signed in where it asks for that, with the guest's order token."""

import json

from playwright.async_api import Page

from tests.e2e.conftest import Visit
from tests.e2e.people import enter
from tests.e2e.places import Known, Place


async def opened(place: Place, visit: Visit, known: Known, *, scripts: bool = True) -> Page:
    """An empty page, about to go there."""
    context = await visit(scripts=scripts)
    if place.person is not None:
        await enter(context, place.person)
    if "{guest}" in place.path:
        kept = json.dumps(json.dumps({known.guest: known.guest_token}))
        await context.add_init_script(f"localStorage.setItem('sokoni.orders', {kept})")
    return await context.new_page()
