"""A page before it is HTML: its status, what was read for it, and what its head says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sokoni.catalog.queries import Shop
from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage
from sokoni.markets.answers import RegionOut, StoreConfig
from sokoni.search.answers import Vocabulary
from sokoni.web.languages import say
from sokoni.web.state import Query

JsonLd = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sources:
    """What loaders read from."""

    db: Database
    storage: Storage
    vocabulary: Vocabulary
    settings: Settings

    @classmethod
    def of(cls, resources: Resources) -> "Sources":
        return cls(
            db=resources.get(Database),
            storage=resources.get(Storage),
            vocabulary=resources.get(Vocabulary),
            settings=resources.get(Settings),
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for what: `path` is without the language's prefix, `query` as it was sent."""

    language: str
    path: str
    query: tuple[tuple[str, str], ...]
    store: StoreConfig
    region: RegionOut | None
    origin: str

    @property
    def currency(self) -> str:
        return self.region.currency if self.region else self.store.default_currency

    @property
    def region_id(self) -> str:
        """The region's id on the wire."""
        return str(self.region.model_dump(mode="json")["id"]) if self.region else ""

    @property
    def market(self) -> Mapping[str, str]:
        """The parameters of each query that decide prices, as the front end sends them."""
        return {"region": self.region_id} if self.region else {}

    @property
    def shop(self) -> Shop:
        return Shop(otherwise=self.currency, currency=self.currency)

    def first(self, name: str) -> str:
        """The first value of a parameter, or nothing."""
        return next((value for key, value in self.query if key == name), "")

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, shop=self.store.name, **values)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as search engines, and the preload of a page without markup, name it."""

    url: str
    width: int
    height: int
    alt: str = ""
    sizes: tuple[tuple[str, int], ...] = ()  # address and width, narrowest first


@dataclass(frozen=True, slots=True)
class Head:
    """`canonical` is a path with the query that belongs to it, without a language's prefix."""

    title: str
    description: str = ""
    canonical: str = ""
    kind: str = "website"
    picture: Picture | None = None
    structured: tuple[JsonLd, ...] = ()
    is_indexed: bool = True
    following: str = ""  # the next page of a list, as `canonical`


@dataclass(frozen=True, slots=True)
class Page:
    """`tags` are of what it shows; `chunk` names the front end's page, for early fetching.

    Of a shell only what surrounds it is drawn here, and the page itself by the browser.
    """

    head: Head
    tags: str
    chunk: str = ""
    status: int = 200
    queries: tuple[Query, ...] = ()
    is_shell: bool = False
    is_kept: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """The page is at another path now, for good."""

    path: str
