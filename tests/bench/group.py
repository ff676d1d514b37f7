"""The codes of the group in which it is measured."""

UNITS = 24
BRANCHES = 2
GROUP = "OJ"
BATCH = 10_000


def companies() -> list[str]:
    """Return the codes of the companies."""
    return [f"{GROUP}{number:02}" for number in range(1, UNITS + 1)]


def staffed() -> list[str]:
    """Return the codes of every unit that has staff: companies and their branches."""
    ends = ["", *(f"{number:02}" for number in range(1, BRANCHES + 1))]
    return [code + end for code in companies() for end in ends]
