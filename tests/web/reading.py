"""HTML as a test reads it: elements by name, in their order, with their attributes and texts."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "img", "input", "br", "hr", "source"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Document(HTMLParser):
    """A parsed page. Texts of an element are those directly in it."""

    source: str
    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text += data

    def all(self, tag: str, /, **wanted: str) -> list[Element]:
        return [
            element
            for element in self.elements
            if element.name == tag
            and all(element.attributes.get(key) == value for key, value in wanted.items())
        ]

    def one(self, tag: str, /, **wanted: str) -> Element:
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of <{tag} {wanted}>"
        return found[0]

    def meta(self, name: str) -> str:
        key = "property" if name.startswith("og:") else "name"
        return self.one("meta", **{key: name}).attributes["content"]

    def link(self, relation: str) -> str:
        return self.one("link", rel=relation).attributes["href"]

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.one("script", id="state").text)
        return found

    @property
    def structured(self) -> dict[str, dict[str, Any]]:
        """The documents of JSON-LD, by type."""
        found = [json.loads(each.text) for each in self.all("script", type="application/ld+json")]
        assert all(each["@context"] == "https://schema.org" for each in found)
        return {each["@type"]: each for each in found}
