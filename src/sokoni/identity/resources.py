"""What identity keeps for the life of a process: the locksmith and the authenticator."""

from datetime import timedelta

from sokoni.identity.authenticator import DatabaseAuthenticator
from sokoni.identity.passwords import PasswordHasher
from sokoni.identity.service import Locksmith
from sokoni.identity.tokens import Signing
from sokoni.kernel.access import Authenticator
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Environment, Settings


async def open_resources(resources: Resources) -> None:
    settings = resources.get(Settings)
    is_test = settings.environment is Environment.TEST
    passwords = PasswordHasher(time_cost=1, memory_kib=8) if is_test else PasswordHasher()
    signing = Signing(
        secret=settings.jwt_secret.get_secret_value(),
        algorithm=settings.jwt_algorithm,
        access=timedelta(minutes=settings.access_token_expire_minutes),
        refresh=timedelta(minutes=settings.refresh_token_expire_minutes),
    )
    locksmith = Locksmith(passwords=passwords, signing=signing)
    resources.put(Locksmith, locksmith, close=passwords.close)
    authenticator = DatabaseAuthenticator(resources.get(Database), locksmith, resources.get(Clock))
    resources.put(Authenticator, authenticator)
