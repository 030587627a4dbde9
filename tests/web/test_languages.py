"""Languages are the catalogues that exist: for the pages' heads, the shop and the admin alike."""

import json
import string
from pathlib import Path

import pytest

from sokoni.web import languages

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "frontend" / "src"
WORDS = ROOT / "src" / "sokoni" / "web" / "words"


def spoken(folder: Path) -> set[str]:
    return {file.stem for file in folder.glob("*.json")}


@pytest.mark.parametrize("app", ["shop", "admin"])
def test_the_applications_speak_what_the_heads_of_pages_speak(app: str) -> None:
    assert spoken(SOURCES / app / "locales") == set(languages.LANGUAGES)
    assert languages.LANGUAGES[0] == "en"


def test_every_language_has_its_formats_and_countries() -> None:
    tables = spoken(SOURCES / "shared" / "formats") - {"digits"}
    countries = {f"countries.{language}" for language in languages.LANGUAGES}
    assert tables == countries | set(languages.LANGUAGES)


def test_a_further_file_is_a_further_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in ("sw", "en", "am"):
        (tmp_path / f"{language}.json").write_text("{}")
    monkeypatch.setattr(languages, "WORDS", tmp_path)
    assert languages.found() == ("en", "am", "sw")


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_every_head_can_be_said_with_the_same_values(language: str) -> None:
    english, own = (
        json.loads((WORDS / f"{name}.json").read_text("utf-8")) for name in ("en", language)
    )
    assert {key: values_in(text) for key, text in own.items()} == {
        key: values_in(text) for key, text in english.items()
    }


def values_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("language", "told"), [("en", "en_US"), ("sw", "sw_TZ"), ("am", "am_ET"), ("pt-PT", "pt_PT")]
)
def test_open_graph_hears_of_a_country_too(language: str, told: str) -> None:
    assert languages.open_graph(language) == told
