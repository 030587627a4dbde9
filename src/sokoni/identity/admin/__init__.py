"""Identity for staff: accounts, roles, server keys."""

from sokoni.identity.admin import keys, roles, users
from sokoni.kernel.routing import Api

router = Api()
for part in (users, roles, keys):
    router.include_router(part.router)
