"""What identity offers to everybody: signing in, one's own account, one's address book."""

from sokoni.identity.api import account, addresses, signing
from sokoni.kernel.routing import Api

router = Api()
for part in (signing, account, addresses):
    router.include_router(part.router)
