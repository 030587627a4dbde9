"""What makes and checks credentials, in one hand: taken from the process's resources."""

from dataclasses import dataclass

from sokoni.identity.passwords import PasswordHasher
from sokoni.identity.tokens import Signing


@dataclass(frozen=True, slots=True)
class Locksmith:
    passwords: PasswordHasher
    signing: Signing
