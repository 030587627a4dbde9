"""The connection of one transaction: the bare driver's, and SQLAlchemy's as soon as it is asked.

A session that begins, takes its connection, commits and gives it back costs this process about
450 µs, of which the driver and the pool take 90. So a transaction's session has no connection of
its own: it asks for the one that is held here. A transaction of `writes` statements alone never
asks, and begins and ends at the driver; in any other both sides send to the same connection, in
the same transaction.

However it ends, the connection goes back without a transaction, or not at all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.util.concurrency import greenlet_spawn

HELD = "held"
PUBLISHED = "published"
"""Where a session keeps what its commit has to write (see `outbox`)."""

begun: list[Callable[[str], None]] = []
"""Called with BEGIN and COMMIT as they are sent, for those who record what is sent."""


class Held:
    """See the module's docstring. `AsyncSession.info[HELD]` of each transaction."""

    __slots__ = ("_connection", "_engine", "_given")

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._given: Any = None  # by the pool
        self._connection: Connection | None = None

    async def driver(self) -> Any:
        """The driver's connection, in the transaction. Raises the driver's errors."""
        if self._given is None:
            with self._in_the_drivers_words():
                self._given = await self._engine.raw_connection()
        adapted: Any = self._given.dbapi_connection
        if adapted._transaction is None:  # noqa: SLF001 - as SQLAlchemy does at its first statement
            try:
                with self._in_the_drivers_words():
                    await adapted._start_transaction()  # noqa: SLF001
            except BaseException:
                # The driver may believe in a transaction, which nobody ends.
                await self.invalidate()
                raise
            _tell("BEGIN")
        return adapted.driver_connection

    def for_sqlalchemy(self) -> Connection:
        """The same connection, for a session that wants to send by itself. Raises as `driver`."""
        if self._connection is None:
            if self._given is None:
                with self._in_the_drivers_words():
                    self._given = self._engine.sync_engine.raw_connection()
            self._connection = Connection(self._engine.sync_engine, self._given)
        return self._connection

    @property
    def is_shared(self) -> bool:
        """Whether the session has asked for it."""
        return self._connection is not None

    async def commit(self) -> None:
        """What SQLAlchemy has not committed."""
        if (adapted := self._in_transaction()) is not None:
            _tell("COMMIT")
            await adapted._call_and_discard(adapted._transaction.commit)  # noqa: SLF001

    async def give_back(self) -> None:
        """To the pool; undo what was not committed. A connection that cannot is closed."""
        if self._given is None:
            return
        try:
            if (adapted := self._in_transaction()) is not None:
                _tell("ROLLBACK")
                await adapted._call_and_discard(adapted._transaction.rollback)  # noqa: SLF001
        except Exception:  # noqa: BLE001 - closing undoes as well
            await self.invalidate()
        except BaseException:
            await self.invalidate()
            raise
        finally:
            await self._let_go()

    async def invalidate(self) -> None:
        """Close it: nobody knows in which state it is. The transaction is undone by that."""
        if self._connection is not None and not self._connection.invalidated:
            await greenlet_spawn(self._connection.invalidate)
        elif self._given is not None:
            await greenlet_spawn(self._given.invalidate)

    async def _let_go(self) -> None:
        adapted = self._given.dbapi_connection
        if adapted is not None and adapted.driver_connection.is_closed():
            await self.invalidate()
        if self._connection is not None:
            await greenlet_spawn(self._connection.close)
        else:
            self._given.close()  # out of a transaction this waits for nothing

    @contextmanager
    def _in_the_drivers_words(self) -> Iterator[None]:
        """Around what SQLAlchemy translates without saying that it was the database."""
        try:
            yield
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise (error.__cause__ or error) from None

    def _in_transaction(self) -> Any:
        """SQLAlchemy's adapter of the driver, if it has a transaction open."""
        adapted = self._given.dbapi_connection if self._given is not None else None
        return adapted if adapted is not None and adapted._transaction is not None else None  # noqa: SLF001


class _Late(Session):
    """Takes the connection that is held, when it needs one."""

    def get_bind(self, *_: Any, **__: Any) -> Connection:
        return self.info[HELD].for_sqlalchemy()  # type: ignore[no-any-return]


def session(engine: AsyncEngine) -> AsyncSession:
    """A session for one transaction, to be ended by `commit` or `undo`."""
    made = AsyncSession(sync_session_class=_Late, expire_on_commit=False)
    made.info[HELD] = Held(engine)
    return made


async def commit(tx: AsyncSession) -> None:
    """Commit, and give the connection back. If it cannot be committed, it is undone."""
    held: Held = tx.info[HELD]
    try:
        if tx.in_transaction() or tx.info.get(PUBLISHED):
            await tx.commit()
        await held.commit()
    finally:
        await undo(tx)


async def undo(tx: AsyncSession) -> None:
    """Undo what was not committed, and give the connection back; what went wrong stays told."""
    held: Held = tx.info[HELD]
    try:
        if held.is_shared:
            await tx.close()
    except Exception:  # noqa: BLE001 - closing the connection undoes as well
        await held.invalidate()
    finally:
        await held.give_back()


def _tell(words: str) -> None:
    for hear in begun:
        hear(words)
