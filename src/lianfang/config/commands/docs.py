"""`make docs`: the pages of the documentation that are made from the code."""

from pathlib import Path

from lianfang.ground.doors.act import ACTS
from lianfang.ground.orgs.rules.duties import EVERYBODY, OWN
from lianfang.ground.orgs.rules.posts import ACTS_OF

HEAD = """# Acts

Every change that somebody can cause, made from the code by `make docs`. The same list is the
permission matrix, the vocabulary of the trail, and the list behind the test that refuses every
act to a stranger. `operator` and `clock` may do every act; an act held by nobody is theirs alone.

| act | what it is for | held by |
| --- | --- | --- |
"""
READING = """
## Readings

What `visible()` is asked for: readings are granted like acts, and have no service.

| reading | held by |
| --- | --- |
"""


def acts_page() -> str:
    """Return docs/acts.md as it should be."""
    lines = [
        f"| `{name}` | {_sentence(ACTS[name].service.__doc__)} | {_holders(name)} |"
        for name in sorted(ACTS)
    ]
    held = set().union(*ACTS_OF.values()) | EVERYBODY | OWN
    readings = [f"| `{name}` | {_holders(name)} |" for name in sorted(held - set(ACTS))]
    return HEAD + "\n".join(lines) + "\n" + READING + "\n".join(readings) + "\n"


def write(folder: Path) -> None:
    """Write the pages."""
    (folder / "acts.md").write_text(acts_page(), encoding="utf-8")


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


def _holders(name: str) -> str:
    found = [role.value for role, acts in ACTS_OF.items() if name in acts]
    if name in EVERYBODY:
        found = ["everybody, for what is addressed to him"]
    if name in OWN:
        found.append("every person, for himself")
    return ", ".join(found) or "operator, clock"


def main() -> None:
    """Write the pages into the folder `docs`."""
    write(Path("docs"))
