"""The time of a request, from the injected clock: `now: Now`."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from sokoni.kernel.clock import Clock


async def _now(request: Request) -> datetime:
    clock: Clock = request.app.state.clock
    return clock.now()


Now = Annotated[datetime, Depends(_now)]
