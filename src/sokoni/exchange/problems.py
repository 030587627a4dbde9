"""What is wrong with a row, in words that say what to do."""

from dataclasses import dataclass, field

from sokoni.exchange.models import Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts as spreadsheets do; None is about the whole file, as is `column` None."""

    row: int | None
    column: str | None
    message: str
    handle: str | None = None
    severity: Severity = Severity.ERROR


@dataclass(slots=True)
class Report:
    """The problems of one product, and which of its rows they keep out."""

    handle: str
    problems: list[Problem] = field(default_factory=list)
    refused_rows: set[int] = field(default_factory=set)
    is_refused: bool = False

    def refuse_row(self, row: int, column: str | None, message: str) -> None:
        self.problems.append(Problem(row, column, message, self.handle))
        self.refused_rows.add(row)

    def refuse(self, row: int, column: str | None, message: str) -> None:
        """Keep the whole product out."""
        self.problems.append(Problem(row, column, message, self.handle))
        self.is_refused = True

    def warn(self, row: int, column: str | None, message: str) -> None:
        self.problems.append(Problem(row, column, message, self.handle, Severity.WARNING))
