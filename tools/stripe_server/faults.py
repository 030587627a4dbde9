"""Faults on demand: which request goes wrong, and how."""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from random import Random


class FaultKind(StrEnum):
    ERROR_BEFORE = "error_before"  # 5xx, nothing done, the key not used up
    ERROR_AFTER = "error_after"  # done and remembered, but the answer is a 5xx
    ERROR_SAVED = "error_saved"  # nothing done, and the 5xx is remembered under the key
    HANG_BEFORE = "hang_before"  # waits, then does the work and answers
    HANG_AFTER = "hang_after"  # does the work, waits, then answers
    RESET_BEFORE = "reset_before"  # the connection is reset, nothing done
    RESET_AFTER = "reset_after"  # done and remembered, then the connection is reset
    DECLINE = "decline"  # the payment is declined whatever the card


@dataclass(slots=True)
class Fault:
    kind: FaultKind
    path: str = "/v1/*"  # shell pattern
    method: str = "*"
    times: int | None = 1  # None: until cleared
    share: float = 1.0  # of the requests that match
    status: int = 500
    seconds: float = 30.0
    decline_code: str = "generic_decline"


class Faults:
    def __init__(self, *, seed: int = 0) -> None:
        self.planned: list[Fault] = []
        self.struck = 0
        self._random = Random(seed)  # noqa: S311 - repeatable, not secret

    def add(self, fault: Fault) -> None:
        self.planned.append(fault)

    def clear(self) -> None:
        self.planned.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that strikes this request, used up by it."""
        for fault in self.planned:
            matches = fnmatchcase(path, fault.path) and fnmatchcase(method, fault.method)
            if matches and self._random.random() < fault.share:
                self.struck += 1
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.planned.remove(fault)
                return fault
        return None
