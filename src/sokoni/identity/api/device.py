"""Where a request comes from, as the list of sessions shows it."""

from typing import Annotated

from fastapi import Depends, Request

from sokoni.identity.service import Device, Locksmith
from sokoni.kernel.limits import client_address
from sokoni.kernel.resources import resource


async def _device(request: Request) -> Device:
    return Device(user_agent=request.headers.get("user-agent"), ip=client_address(request))


FromDevice = Annotated[Device, Depends(_device)]
Keys = Annotated[Locksmith, resource(Locksmith)]
