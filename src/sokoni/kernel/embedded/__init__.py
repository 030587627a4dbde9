"""The embedded PostgreSQL: a server of our own for a machine that has none.

`EmbeddedPostgres` starts the binaries of a wheel (never that wheel's own Python code), or attaches
to a server that another process has started on the same data. What it keeps true:

- One data directory, one server: start and stop happen under a lock file beside the data.
- The last process to leave stops the server. The lists of users are file locks, so a process that
  was killed is off the list at once, and the next start always works.
- A data directory either does not exist or is complete: it is renamed into place after initdb.
- PostgreSQL never runs as root: root drops to `postgres`, else `nobody`, and everything that this
  account cannot reach (a private home) is kept under /var/lib/sokoni instead.
"""

from sokoni.kernel.embedded.binaries import EmbeddedError
from sokoni.kernel.embedded.profiles import DEV, TEST, Profile
from sokoni.kernel.embedded.server import EmbeddedPostgres

__all__ = ["DEV", "TEST", "EmbeddedError", "EmbeddedPostgres", "Profile"]
