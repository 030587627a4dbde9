"""What search keeps for the life of a process."""

from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.kernel.signals import Signals
from sokoni.search.vocabulary import Vocabulary


async def open_resources(resources: Resources) -> None:
    vocabulary = Vocabulary(resources.get(Database))
    resources.put(Vocabulary, vocabulary, close=vocabulary.close)
    resources.get(Signals).on_stale(vocabulary.hear)
