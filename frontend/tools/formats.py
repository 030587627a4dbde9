"""Write the tables by which the browser formats money and dates: one file per language, from CLDR.

The shop's pages are rendered on the server and once more in the browser, whose ICU may differ in
version or be absent. Both therefore read these tables and never `Intl`. The languages are those of
the shop's catalogues:

    .venv/bin/python frontend/tools/formats.py
"""

import json
import subprocess
import sys
from pathlib import Path

from babel import Locale
from babel.core import get_global

from sokoni.kernel.currencies import EXPONENTS

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "frontend" / "src"
TABLES = SOURCES / "shared" / "formats"
CATALOGUES = SOURCES / "shop" / "locales"


def formats(locale: Locale) -> dict[str, object]:
    """Everything that money.ts and dates.ts need to know of a language."""
    numbers = locale.number_symbols["latn"]
    months = locale.months["format"]
    days = locale.days["format"]
    return {
        "decimal": numbers["decimal"],
        "group": numbers["group"],
        "money": locale.currency_formats["standard"].pattern.split(";")[0],
        "percent": locale.percent_formats[None].pattern,
        "symbols": {
            code: symbol
            for code, symbol in sorted(locale.currency_symbols.items())
            if symbol != code and code in EXPONENTS
        },
        "months": [months["wide"][month] for month in range(1, 13)],
        "monthsShort": [months["abbreviated"][month] for month in range(1, 13)],
        "daysShort": [days["abbreviated"][(day + 6) % 7] for day in range(7)],  # from Sunday
        "date": locale.date_formats["medium"].pattern,
        "dateLong": locale.date_formats["long"].pattern,
        "time": locale.time_formats["short"].pattern.replace("\u202f", " "),
        "periods": [locale.day_periods["format"]["abbreviated"][half] for half in ("am", "pm")],
    }


def countries(locale: Locale) -> dict[str, str]:
    """The names of the countries an address can be in."""
    currencies = get_global("territory_currencies")
    return {
        code: name
        for code, name in sorted(locale.territories.items(), key=lambda item: item[1])
        if len(code) == 2 and code.isalpha() and code in currencies and code not in {"EU", "ZZ"}
    }


def digits() -> dict[str, int]:
    """How many decimals a currency has, where it is not two: as the server counts them."""
    return {code: places for code, places in EXPONENTS.items() if places != 2}


def write(name: str, table: object) -> None:
    """Store a table as JSON."""
    text = json.dumps(table, ensure_ascii=False, indent=2) + "\n"
    (TABLES / name).write_text(text, encoding="utf-8")


def prettify() -> None:
    """Lay the tables out as the front end's check wants them."""
    prettier = ("prettier", "--write", "--log-level", "warn", str(TABLES))
    subprocess.run([sys.executable, "-m", "tools.frontend", "run", *prettier], cwd=ROOT, check=True)


def main() -> None:
    """Write the tables of the languages that the shop speaks."""
    for language in sorted(file.stem for file in CATALOGUES.glob("*.json")):
        locale = Locale.parse(language, sep="-")
        write(f"{language}.json", formats(locale))
        write(f"countries.{language}.json", countries(locale))
    write("digits.json", digits())
    prettify()


if __name__ == "__main__":
    main()
