"""The two ways to run the embedded server: for data one wants to keep, and for tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Profile:
    """Server settings by name; `durable` says whether a power cut may lose a commit."""

    name: str
    durable: bool
    settings: Mapping[str, str]


_COMMON = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_min_duration_statement": "1s",
    "log_parameter_max_length": "0",  # the values of a slow statement are people's data
    "unix_socket_permissions": "0700",
}

DEV = Profile(
    name="dev",
    durable=True,
    settings=MappingProxyType(
        {**_COMMON, "fsync": "on", "max_wal_size": "2GB", "wal_compression": "pglz"}
    ),
)

# Nothing survives a power cut here, and everything survives a killed process.
TEST = Profile(
    name="test",
    durable=False,
    settings=MappingProxyType(
        {
            **_COMMON,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "checkpoint_timeout": "1h",
            "max_wal_size": "8GB",
        }
    ),
)
