"""Known words and the nearest ones to an unknown word. Pure, in memory, bounded.

A word is compared only with those that a slip of the finger can turn into it: about as long, with
the same first letter, or with its first two letters swapped, doubled, dropped or wrong.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import nlargest

MAX_WORDS = 200_000
LOOKED_AT = 2_000
LAST = "\U0010ffff"


class Lexicon:
    """Words with the number of listings that hold them, of `listings` in all if that is known."""

    def __init__(self, counts: Mapping[str, int], *, listings: int = 0) -> None:
        self._listings = listings
        self._counts: dict[str, int] = {}
        self._sorted: list[str] = []
        self._alike: dict[tuple[int, int, str], list[str]] = {}
        self._popular: dict[str, list[str]] = {}
        self.nearest = lru_cache(maxsize=4096)(self._nearest)
        ranked = sorted(counts, key=lambda word: (-counts[word], word))[:MAX_WORDS]
        for word in ranked:
            self._put(word, counts[word])
        self._sorted = sorted(self._counts)

    @property
    def listings(self) -> int:
        """How many listings there are in all; 0 while that is not known."""
        return self._listings

    def __len__(self) -> int:
        return len(self._counts)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def add(self, counts: Mapping[str, int]) -> None:
        """Learn a few more words; full, it keeps what it has."""
        for word, count in counts.items():
            if word in self._counts or len(self._counts) >= MAX_WORDS:
                continue
            self._put(word, count)
            insort(self._sorted, word)
        self.nearest.cache_clear()

    def has_beginning(self, letters: str) -> bool:
        """Whether some word begins so."""
        at = bisect_left(self._sorted, letters)
        return at < len(self._sorted) and self._sorted[at].startswith(letters)

    def completions(self, letters: str, *, limit: int) -> list[str]:
        """The most frequent words that begin so."""
        if len(letters) <= 2:
            return self._popular.get(letters, [])[:limit]
        start = bisect_left(self._sorted, letters)
        end = bisect_left(self._sorted, letters + LAST)
        found = self._sorted[start : min(end, start + LOOKED_AT)]
        return nlargest(limit, found, key=lambda word: self._counts[word])

    def frequency(self, word: str, *, may_go_on: bool) -> int:
        """In at least how many listings the word is, or what it may become."""
        ends = self.completions(word, limit=1) if may_go_on else []
        return max(self._counts.get(each, 0) for each in (word, *ends))

    def share(self, word: str, *, may_go_on: bool) -> float:
        """The same as a part of all listings; 0 while their number is not known."""
        found = self.frequency(word, may_go_on=may_go_on)
        return found / self._listings if self._listings > 0 else 0.0

    def correct(self, words: Iterable[str], *, may_go_on: str | None) -> dict[str, str]:
        """Better spellings of unknown words; `may_go_on` is known as a beginning, too."""
        better: dict[str, str] = {}
        for word in filter(is_word, words):
            if word in self._counts or (word == may_go_on and self.has_beginning(word)):
                continue
            found = self.nearest(word)
            if found is not None:
                better[word] = found
        return better

    def _nearest(self, word: str) -> str | None:
        """The known word that is fewest slips away, of these the most frequent."""
        from rapidfuzz import process  # noqa: PLC0415 - with the first unknown word
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        slips = 1 if len(word) <= 5 else 2
        best: tuple[int, int, str] | None = None
        for candidates in self._candidates(word, slips):
            cutoff = slips if best is None else best[0]
            for found, distance, _ in process.extract(
                word, candidates, scorer=OSA.distance, score_cutoff=cutoff, limit=None
            ):
                key = (int(distance), -self._counts[found], found)
                if best is None or key < best:
                    best = key
        return best[2] if best else None

    def _candidates(self, word: str, slips: int) -> Iterator[list[str]]:
        wanted = {(0, word[0]), (0, word[1]), (1, word[0]), (1, word[1])}
        for length in range(max(3, len(word) - slips), len(word) + slips + 1):
            for position, letter in sorted(wanted):
                found = self._alike.get((length, position, letter))
                if found:
                    yield found

    def _put(self, word: str, count: int) -> None:
        self._counts[word] = count
        for position in (0, 1):
            self._alike.setdefault((len(word), position, word[position]), []).append(word)
        for letters in (word[:1], word[:2]):
            best = self._popular.setdefault(letters, [])
            if len(best) < 10:
                best.append(word)


def is_word(text: str) -> bool:
    """Whether its spelling matters: codes such as SKUs and sizes are not corrected."""
    return 3 <= len(text) <= 24 and not any(letter.isdigit() for letter in text)
