"""Where somebody can say to be: provinces, and the counties of each by city."""

from dataclasses import dataclass
from functools import cache

from lianfang.kernel import identities

LOWEST, HIGHEST = 11, 82


@dataclass(frozen=True, slots=True)
class Place:
    """A region in force: its six digits and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class City:
    """A city with its counties."""

    name: str
    places: tuple[Place, ...]


@cache
def provinces() -> tuple[Place, ...]:
    """Return the provinces."""
    codes = (f"{number}0000" for number in range(LOWEST, HIGHEST + 1))
    return tuple(place for code in codes if (place := _place(code)))


@cache
def cities(province: str) -> tuple[City, ...]:
    """Return the cities of a province, named by its first two digits, with their counties."""
    found: list[City] = []
    for number in range(1, 100):
        head = f"{province}{number:02}"
        city = _place(f"{head}00")
        counties = (_place(f"{head}{county:02}") for county in range(1, 100))
        places = tuple(place for place in counties if place)
        if city or places:
            found.append(City(city.name if city else "", (*((city,) if city else ()), *places)))
    return tuple(found)


def is_region(code: str) -> bool:
    """Tell whether this is a region code that is or was in force."""
    return identities.region(code) is not None


def called(code: str) -> str:
    """Return the name by which people call a region: of the county, city or province alone."""
    found = identities.region(code)
    return found.name if found else code


def _place(code: str) -> Place | None:
    found = identities.region(code)
    return Place(code, found.name) if found and found.in_force else None
