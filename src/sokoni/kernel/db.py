"""The database: one engine per process, and the only code that commits.

An endpoint that only reads takes `db: Read`, the hottest ones `db: FastRead` (see `reads`); one
that writes takes `tx: Tx`. The route (see `routing`) opens the transaction, commits after the
endpoint returned and before the response is sent, so a client never sees a success that was not
stored. Code that must talk to the outside world between two commits takes `db: Database` and
lives in a module's `flows.py`.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, NewType, TypeVar, cast
from uuid import UUID

from asyncpg import exceptions as pg
from fastapi import Depends, Request
from sqlalchemy import DateTime, Enum, MetaData, Table, event, func, select
from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.ext.asyncio import create_async_engine as _create_async_engine
from sqlalchemy.orm import DeclarativeBase

from sokoni.kernel import held
from sokoni.kernel.reads import Reads

ReadSession = NewType("ReadSession", AsyncSession)
WriteSession = NewType("WriteSession", ReadSession)  # every writer can read, not the reverse

ATTEMPTS = 3
MOST_READING = 6  # connections for public reads on the bare driver; more only queue in the server
POOL_TIMEOUT = 15  # a rush of some hundred buyers is served by a small pool within it
Result = TypeVar("Result")


def _which_column(constraint: Any, table: Table) -> str:
    """Tells the checks of two columns of the same enum apart; one alone is named for the enum."""
    column = next(iter(constraint.columns), None)
    if not getattr(constraint, "_type_bound", False) or column is None:
        return ""
    same = [one for one in table.columns if getattr(one.type, "name", None) == column.type.name]
    return f"{column.name}_" if len(same) > 1 else ""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "which_column": _which_column,
            "ck": "%(table_name)s_%(which_column)s%(constraint_name)s_check",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own name and shape
        datetime: DateTime(timezone=True),
        StrEnum: Enum(
            StrEnum, native_enum=False, length=32, values_callable=list, create_constraint=True
        ),
    }


class Database:
    """Owns the connection pool. Built in the app's lifespan, closed with it."""

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        statement_timeout_ms: int = 5_000,
        lock_timeout_ms: int = 3_000,
        application: str = "sokoni",
    ) -> None:
        server_settings = {
            "application_name": application,
            "statement_timeout": str(statement_timeout_ms),
            "lock_timeout": str(lock_timeout_ms),
            "idle_in_transaction_session_timeout": "10000",
            "timezone": "UTC",
            "jit": "off",
        }
        self.engine = create_engine(url, pool_size=pool_size, server_settings=server_settings)
        self.reads = Reads(url, size=min(pool_size, MOST_READING), server_settings=server_settings)
        self._reads = async_sessionmaker(
            self.engine.execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False
        )
        self.after_commit: list[Callable[[WriteSession], None]] = []

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[WriteSession]:
        """One transaction, committed when the block ends and undone when it raises.

        A commit that was cut off may have come to be, and one that was cancelled has: it runs to
        its end. So whoever waits for it is told in any case.
        """
        session = cast("WriteSession", held.session(self.engine))
        try:
            yield session
        except BaseException:
            await asyncio.shield(held.undo(session))
            raise
        try:
            await asyncio.shield(held.commit(session))
        finally:
            for hook in self.after_commit:
                hook(session)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[ReadSession]:
        """A session for reads: every statement on its own, nothing to commit."""
        async with self._reads() as session:
            yield cast("ReadSession", session)

    async def run(self, work: Callable[[WriteSession], Awaitable[Result]]) -> Result:
        """Run `work` in a transaction of its own, again when it lost a race for locks."""
        for attempt in range(ATTEMPTS):
            try:
                async with self.transaction() as tx:
                    return await work(tx)
            except Exception as error:
                if not lost_race(error) or attempt == ATTEMPTS - 1:
                    raise
                await asyncio.sleep(0.005 * 2**attempt)
        raise AssertionError("unreachable")

    async def close(self) -> None:
        await self.reads.close()
        await self.engine.dispose()


def create_engine(url: str, *, pool_size: int, server_settings: dict[str, str]) -> AsyncEngine:
    engine = _create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT,
        pool_pre_ping=False,
        pool_recycle=1800,
        hide_parameters=True,  # errors are logged, and parameters are people's data
        connect_args={"server_settings": server_settings, "timeout": 5},
    )
    event.listen(engine.sync_engine, "checkout", _refuse_unfit)
    return engine


def _refuse_unfit(connection: Any, _record: Any, _proxy: Any) -> None:
    """A connection that is closed, or on which a transaction is open, is replaced, never used.

    One can come back so when its BEGIN was cancelled. The driver would then make a savepoint of
    each transaction that follows: their commits would be told, and never be.
    """
    driver = connection.driver_connection
    if (
        driver.is_closed()
        or driver._top_xact is not None  # noqa: SLF001 - nobody else tells
        or driver.is_in_transaction()
    ):
        raise DisconnectionError


async def lock(tx: WriteSession, namespace: str, key: UUID | str) -> None:
    """Queue behind any transaction that holds the same lock; released on commit."""
    number = func.hashtextextended(f"{namespace}:{key}", 0)
    await tx.execute(select(func.pg_advisory_xact_lock(number)))


def driver_error(error: BaseException) -> BaseException | None:
    """asyncpg's own exception behind SQLAlchemy's, if there is one."""
    if not isinstance(error, DBAPIError):
        return error
    cause: BaseException | None = error.orig
    while cause is not None and not isinstance(cause, pg.PostgresError):
        cause = cause.__cause__
    return cause


def lost_race(error: BaseException) -> bool:
    """Whether the same work, tried again, may succeed at once.

    It lost against others (deadlock, serialization), or against a migration that gave a column of
    a prepared statement another type: by now the statement is forgotten.
    """
    return isinstance(
        driver_error(error),
        pg.DeadlockDetectedError | pg.SerializationError | pg.InvalidCachedStatementError,
    ) or isinstance(error, RetryTransaction)


def waited_in_vain(error: BaseException) -> bool:
    """Whether somebody else kept a lock for longer than we wait."""
    return isinstance(driver_error(error), pg.LockNotAvailableError)


def unavailable(error: BaseException) -> bool:
    """Whether the database could not serve the statement, and the client should come back."""
    cause = driver_error(error)
    if isinstance(
        cause,
        pg.LockNotAvailableError
        | pg.QueryCanceledError
        | pg.PostgresConnectionError
        | pg.OperatorInterventionError
        | pg.InsufficientResourcesError
        | pg.IdleInTransactionSessionTimeoutError,
    ):
        return True
    # The driver's own: its connection is closed, or was while it was being used.
    if isinstance(error, pg.InterfaceError | pg.InternalClientError):
        return True
    lost = isinstance(error, DBAPIError) and (
        error.connection_invalidated or isinstance(error, InterfaceError)
    )
    return lost or isinstance(error, OSError | TimeoutError | PoolTimeout)


class RetryTransaction(Exception):
    """Raised by code that saw a twin's commit after its snapshot: undo and run again."""


def violated(error: BaseException, constraint: str) -> bool:
    """Whether a statement failed on this unique, check or foreign key constraint."""
    cause = driver_error(error)
    return getattr(cause, "constraint_name", None) == constraint


async def _transaction(request: Request) -> WriteSession:
    return cast("WriteSession", request.state.tx)


async def _reading(request: Request) -> AsyncGenerator[ReadSession]:
    async with request.app.state.db.reading() as db:
        yield db


async def _reads(request: Request) -> Reads:
    database: Any = request.app.state.db
    return cast("Reads", database.reads)


async def _database(request: Request) -> Database:
    database: Any = request.app.state.db
    return cast("Database", database)


Tx = Annotated[WriteSession, Depends(_transaction)]
Read = Annotated[ReadSession, Depends(_reading, scope="function")]
FastRead = Annotated[Reads, Depends(_reads)]
Db = Annotated[Database, Depends(_database)]
