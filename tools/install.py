"""Install locked requirements with pip, and show how far it is: install.py requirements.txt."""

import re
import subprocess
import sys
from collections import deque
from pathlib import Path

PIP = [sys.executable, "-m", "pip", "install", "--require-hashes", "--progress-bar", "off"]
TAIL_LINES = 30


def main(requirements: str) -> int:
    locked = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", Path(requirements).read_text(), re.MULTILINE)
    tail: deque[str] = deque(maxlen=TAIL_LINES)
    seen = 0
    with subprocess.Popen(
        [*PIP, "-r", requirements], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            tail.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                show(f"fetching {seen} of {len(locked)} packages")
            elif line.startswith("Installing collected"):
                show("unpacking what is new")
    if pip.returncode != 0:
        print("\n" + "".join(tail))
        return pip.returncode
    show("done")
    print()
    return 0


def show(text: str) -> None:
    """One line that is written over on a terminal; nothing but the end in a log."""
    if sys.stdout.isatty():
        print(f"\r\033[K  {text}", end="", flush=True)
    elif text == "done":
        print(f"  {text}", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
