"""Whether V8 works here, tried in a process of its own: what kills it kills nobody else.

python -m sokoni.web.render.probing path/to/shop.js
"""

import sys
from pathlib import Path


def main(bundle: str) -> int:
    from sokoni.web.render.v8 import CALL, isolate  # noqa: PLC0415 - importing it may be the end

    made = isolate(Path(bundle).read_text(encoding="utf-8"))
    kind = made.eval(f"typeof {CALL}")
    made.close()
    return 0 if kind == "function" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
