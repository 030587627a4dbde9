"""Passwords: rules, and argon2id in a bounded pool of threads.

A hash takes 26 ms of a core (19 MiB, t=2, p=1), so it never runs on the event loop, never inside a
transaction, at most `threads` at a time, and never more than `WAITING` wait for one.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError

from sokoni.kernel.errors import Invalid, Unavailable

SHORTEST, LONGEST = 8, 128
WAITING = 200
UNUSABLE = "!"  # no password has this hash

_COMMON = """
12345678 123456789 1234567890 password password1 password12 password123 passw0rd p@ssw0rd p@ssword
qwertyui qwertyuiop qwerty123 qwerty12 1q2w3e4r 1q2w3e4r5t 1qaz2wsx zaq12wsx abcd1234 abc12345
abcdefgh iloveyou 11111111 00000000 88888888 87654321 987654321 12341234 11223344 123123123
123321123 147258369 159753159 asdfghjk asdfghjkl asdf1234 football baseball basketball superman
batman123 sunshine princess princess1 trustno1 welcome1 welcome123 letmein1 letmein123 whatever
dragon123 monkey123 shadow123 master123 michael1 jennifer computer internet samsung1 starwars
pokemon1 charlie1 liverpool chelsea1 arsenal1 iloveyou1 iloveyou2 changeme changeme1 changeme123
secret123 test1234 testtest admin123 admin1234 administrator rootroot default1 google123 facebook1
qazwsxedc qazwsx123 zxcvbnm1 zxcvbnm123
"""
COMMONEST = frozenset(_COMMON.split())

Answer = TypeVar("Answer")


def check_rules(password: str, *, email: str, pointer: str = "/password") -> None:
    """Refuse a password that is too short, too long, common, or the e-mail. Raises Invalid."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid.field(pointer, f"must have {SHORTEST} to {LONGEST} characters")
    folded = password.strip().lower()
    if folded in COMMONEST or len(set(folded)) == 1:
        raise Invalid.field(pointer, "is among the first that an intruder would try")
    if folded in {email, email.partition("@")[0]}:
        raise Invalid.field(pointer, "must not be the e-mail address")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the password is right, and whether its hash was made with older parameters."""

    is_right: bool
    is_outdated: bool = False


class PasswordHasher:
    """argon2id in threads of its own. One per process; `close` it with the process."""

    def __init__(
        self, *, time_cost: int = 2, memory_kib: int = 19 * 1024, threads: int = 2
    ) -> None:
        self._argon2 = Argon2(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="argon2")
        self._waiting = 0
        self._nobody = self._argon2.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        return await self._run(partial(self._argon2.hash, password))

    async def verify(self, password: str, stored: str | None) -> Verdict:
        """Compare; with no hash (an unknown user) the same work is done and the answer is no."""
        return await self._run(partial(self._verify, password, stored))

    async def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password: str, stored: str | None) -> Verdict:
        known = bool(stored) and stored != UNUSABLE
        compared = stored if stored and known else self._nobody
        try:
            self._argon2.verify(compared, password)
        except (VerificationError, InvalidHashError):
            return Verdict(is_right=False)
        if not known:
            return Verdict(is_right=False)
        return Verdict(is_right=True, is_outdated=self._argon2.check_needs_rehash(compared))

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        if self._waiting >= WAITING:
            raise Unavailable("Too many people are signing in right now.", retry_after=2)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1
