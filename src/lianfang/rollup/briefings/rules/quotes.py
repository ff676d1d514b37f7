"""Figures that a briefing quotes: named in the text by a place, frozen with their source."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: A place in the text where a figure stands: {close_contacts} or {密切接触者}.
PLACE = re.compile(r"\{\s*([^{}\n]{1,60}?)\s*\}")


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure of an issued daily situation as it was when it was quoted."""

    code: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Source:
    """The daily situation from which a briefing quotes."""

    day: date
    number: int
    version: int
    as_of: datetime


def asked(text: str) -> Sequence[str]:
    """Return the names that stand in the places of a text, each once."""
    return list(dict.fromkeys(found.group(1) for found in PLACE.finditer(text)))


def filled(text: str, quotes: Mapping[str, Quote]) -> str:
    """Return a text with the numbers in their places."""

    def said(found: re.Match[str]) -> str:
        quote = quotes.get(found.group(1))
        return quote.said if quote else found.group(0)

    return PLACE.sub(said, text)


def by_name(quotes: Sequence[Quote]) -> Mapping[str, Quote]:
    """Return figures by everything that a place may call them: code or label."""
    return {name: quote for quote in quotes for name in (quote.label, quote.code)}


def freeze(quotes: Sequence[Quote], source: Source | None) -> dict[str, Any]:
    """Write quoted figures and their source so that they can be read back."""
    told: dict[str, Any] = {"quotes": [[each.code, each.label, each.said] for each in quotes]}
    if source is not None:
        told["source"] = {
            "day": source.day.isoformat(),
            "number": source.number,
            "version": source.version,
            "as_of": source.as_of.isoformat(),
        }
    return told


def thaw(told: Mapping[str, Any]) -> tuple[Sequence[Quote], Source | None]:
    """Read quoted figures and their source."""
    quotes = [Quote(*each) for each in told.get("quotes", ())]
    source = told.get("source")
    if source is None:
        return quotes, None
    day, at = date.fromisoformat(source["day"]), datetime.fromisoformat(source["as_of"])
    return quotes, Source(day, source["number"], source["version"], at)


def differing(then: Sequence[Quote], now: Callable[[str], str]) -> Sequence[Quote]:
    """Return the quoted figures that their source says otherwise by now."""
    return [quote for quote in then if now(quote.code) != quote.said]
