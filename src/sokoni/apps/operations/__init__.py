"""What operators look at besides the books: background work, and what waits to be done."""
