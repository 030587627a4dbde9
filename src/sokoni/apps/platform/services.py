"""The roles that an API process can have."""

from enum import StrEnum

_CATALOG = ("catalog", "search", "exchange")


class Service(StrEnum):
    """Which routers a process mounts."""

    ALL = "all"
    CATALOG = "catalog"
    COMMERCE = "commerce"

    def modules(self, every: tuple[str, ...]) -> tuple[str, ...]:
        """The modules of this role, in their order; the two small roles make up the whole."""
        if self is Service.ALL:
            return every
        return tuple(name for name in every if (name in _CATALOG) == (self is Service.CATALOG))
