"""`{temperature.fever_ge_c}` in a text of a pack: the number stands once, in its own place."""

import re
from collections.abc import Callable, Iterator, Mapping

Numbers = Mapping[str, int | float]
PLACE = re.compile(r"\{([a-z0-9_.]+)\}")


def fill(value: object, numbers: Callable[[], Numbers]) -> object:
    """Write the numbers into every text within a value; look them up only when one is named."""
    return _filled(value, numbers()) if next(named(value), None) is not None else value


def named(value: object) -> Iterator[str]:
    """Return the paths that the texts within a value refer to."""
    if isinstance(value, str):
        yield from PLACE.findall(value)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from named(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from named(part)


def _filled(value: object, numbers: Numbers) -> object:
    if isinstance(value, str):
        alone = PLACE.fullmatch(value)
        if alone:
            return numbers[alone[1]]
        return PLACE.sub(lambda found: str(numbers[found[1]]), value)
    if isinstance(value, Mapping):
        return {key: _filled(part, numbers) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, numbers) for part in value]
    return value
