"""What a guard is: where it stands, what the code is without it, and which tests must notice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guard:
    """`old` must stand in `file` exactly once; `new` is the same code without its guard."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def broken(self, whole: str) -> str:
        """The file without the guard. Raises ValueError when the code has moved on."""
        if whole.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.file} has {whole.count(self.old)} × {self.old!r}")
        return whole.replace(self.old, self.new)


SRC = "src/sokoni"
